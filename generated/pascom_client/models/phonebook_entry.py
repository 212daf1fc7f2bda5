from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="PhonebookEntry")


@_attrs_define
class PhonebookEntry:
    """A phonebook entry, with database column names.

    Attributes:
        field_028pho_bez (str): Display name; the only one that must be set.
        field_028pho_email (str | Unset): E-mail address.
        field_028pho_fax (str | Unset): Fax number.
        field_028pho_firstname (str | Unset): First name.
        field_028pho_homephone (str | Unset): Private number.
        field_028pho_id (str | Unset): Number of the entry.
        field_028pho_lastname (str | Unset): Last name.
        field_028pho_mobile (str | Unset): Mobile number.
        field_028pho_notes (str | Unset): Notes.
        field_028pho_organisation (str | Unset): Organisation.
        field_028pho_phone (str | Unset): Number.
    """

    field_028pho_bez: str
    field_028pho_email: str | Unset = UNSET
    field_028pho_fax: str | Unset = UNSET
    field_028pho_firstname: str | Unset = UNSET
    field_028pho_homephone: str | Unset = UNSET
    field_028pho_id: str | Unset = UNSET
    field_028pho_lastname: str | Unset = UNSET
    field_028pho_mobile: str | Unset = UNSET
    field_028pho_notes: str | Unset = UNSET
    field_028pho_organisation: str | Unset = UNSET
    field_028pho_phone: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_028pho_bez = self.field_028pho_bez

        field_028pho_email = self.field_028pho_email

        field_028pho_fax = self.field_028pho_fax

        field_028pho_firstname = self.field_028pho_firstname

        field_028pho_homephone = self.field_028pho_homephone

        field_028pho_id = self.field_028pho_id

        field_028pho_lastname = self.field_028pho_lastname

        field_028pho_mobile = self.field_028pho_mobile

        field_028pho_notes = self.field_028pho_notes

        field_028pho_organisation = self.field_028pho_organisation

        field_028pho_phone = self.field_028pho_phone

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "028pho_bez": field_028pho_bez,
            }
        )
        if field_028pho_email is not UNSET:
            field_dict["028pho_email"] = field_028pho_email
        if field_028pho_fax is not UNSET:
            field_dict["028pho_fax"] = field_028pho_fax
        if field_028pho_firstname is not UNSET:
            field_dict["028pho_firstname"] = field_028pho_firstname
        if field_028pho_homephone is not UNSET:
            field_dict["028pho_homephone"] = field_028pho_homephone
        if field_028pho_id is not UNSET:
            field_dict["028pho_id"] = field_028pho_id
        if field_028pho_lastname is not UNSET:
            field_dict["028pho_lastname"] = field_028pho_lastname
        if field_028pho_mobile is not UNSET:
            field_dict["028pho_mobile"] = field_028pho_mobile
        if field_028pho_notes is not UNSET:
            field_dict["028pho_notes"] = field_028pho_notes
        if field_028pho_organisation is not UNSET:
            field_dict["028pho_organisation"] = field_028pho_organisation
        if field_028pho_phone is not UNSET:
            field_dict["028pho_phone"] = field_028pho_phone

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        field_028pho_bez = d.pop("028pho_bez")

        field_028pho_email = d.pop("028pho_email", UNSET)

        field_028pho_fax = d.pop("028pho_fax", UNSET)

        field_028pho_firstname = d.pop("028pho_firstname", UNSET)

        field_028pho_homephone = d.pop("028pho_homephone", UNSET)

        field_028pho_id = d.pop("028pho_id", UNSET)

        field_028pho_lastname = d.pop("028pho_lastname", UNSET)

        field_028pho_mobile = d.pop("028pho_mobile", UNSET)

        field_028pho_notes = d.pop("028pho_notes", UNSET)

        field_028pho_organisation = d.pop("028pho_organisation", UNSET)

        field_028pho_phone = d.pop("028pho_phone", UNSET)

        phonebook_entry = cls(
            field_028pho_bez=field_028pho_bez,
            field_028pho_email=field_028pho_email,
            field_028pho_fax=field_028pho_fax,
            field_028pho_firstname=field_028pho_firstname,
            field_028pho_homephone=field_028pho_homephone,
            field_028pho_id=field_028pho_id,
            field_028pho_lastname=field_028pho_lastname,
            field_028pho_mobile=field_028pho_mobile,
            field_028pho_notes=field_028pho_notes,
            field_028pho_organisation=field_028pho_organisation,
            field_028pho_phone=field_028pho_phone,
        )

        phonebook_entry.additional_properties = d
        return phonebook_entry

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
