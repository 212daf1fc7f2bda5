# pyright: standard
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _define
from attrs import field as _field

from ..types import UNSET, Unset, encoded

if TYPE_CHECKING:
    pass


@_define
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
    additional_properties: dict[str, Any] = _field(init=False, factory=dict)

    _required_names: ClassVar[frozenset[str]] = frozenset(("028pho_bez",))
    _known_names: ClassVar[frozenset[str]] = frozenset(
        (
            "028pho_bez",
            "028pho_email",
            "028pho_fax",
            "028pho_firstname",
            "028pho_homephone",
            "028pho_id",
            "028pho_lastname",
            "028pho_mobile",
            "028pho_notes",
            "028pho_organisation",
            "028pho_phone",
        )
    )

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        _values: dict[str, Any] = {
            **self.additional_properties,
            "028pho_bez": self.field_028pho_bez,
            "028pho_email": self.field_028pho_email,
            "028pho_fax": self.field_028pho_fax,
            "028pho_firstname": self.field_028pho_firstname,
            "028pho_homephone": self.field_028pho_homephone,
            "028pho_id": self.field_028pho_id,
            "028pho_lastname": self.field_028pho_lastname,
            "028pho_mobile": self.field_028pho_mobile,
            "028pho_notes": self.field_028pho_notes,
            "028pho_organisation": self.field_028pho_organisation,
            "028pho_phone": self.field_028pho_phone,
        }
        return {_name: encoded(_value) for _name, _value in _values.items() if _value is not UNSET}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """From what JSON gives; fields that aren't known are kept in `additional_properties`."""

        _rest = {**src_dict}  # a TypeError for a list, of which `dict` would make something
        _model = cls(
            field_028pho_bez=_rest.pop("028pho_bez", UNSET),
            field_028pho_email=_rest.pop("028pho_email", UNSET),
            field_028pho_fax=_rest.pop("028pho_fax", UNSET),
            field_028pho_firstname=_rest.pop("028pho_firstname", UNSET),
            field_028pho_homephone=_rest.pop("028pho_homephone", UNSET),
            field_028pho_id=_rest.pop("028pho_id", UNSET),
            field_028pho_lastname=_rest.pop("028pho_lastname", UNSET),
            field_028pho_mobile=_rest.pop("028pho_mobile", UNSET),
            field_028pho_notes=_rest.pop("028pho_notes", UNSET),
            field_028pho_organisation=_rest.pop("028pho_organisation", UNSET),
            field_028pho_phone=_rest.pop("028pho_phone", UNSET),
        )
        _model.additional_properties = _rest
        return _model

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties)

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
