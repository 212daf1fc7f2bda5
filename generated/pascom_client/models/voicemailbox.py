from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Voicemailbox")


@_attrs_define
class Voicemailbox:
    """A voicemail box, with database column names.

    Attributes:
        field_016voi_email (str | Unset): Address that is told of messages.
        field_016voi_id (str | Unset): Number of the box.
        field_016voi_mailbox (str | Unset): Extension.
        field_016voi_name (str | Unset): Name.
        field_016voi_tmstmp (str | Unset): Last change.
    """

    field_016voi_email: str | Unset = UNSET
    field_016voi_id: str | Unset = UNSET
    field_016voi_mailbox: str | Unset = UNSET
    field_016voi_name: str | Unset = UNSET
    field_016voi_tmstmp: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_016voi_email = self.field_016voi_email

        field_016voi_id = self.field_016voi_id

        field_016voi_mailbox = self.field_016voi_mailbox

        field_016voi_name = self.field_016voi_name

        field_016voi_tmstmp = self.field_016voi_tmstmp

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if field_016voi_email is not UNSET:
            field_dict["016voi_email"] = field_016voi_email
        if field_016voi_id is not UNSET:
            field_dict["016voi_id"] = field_016voi_id
        if field_016voi_mailbox is not UNSET:
            field_dict["016voi_mailbox"] = field_016voi_mailbox
        if field_016voi_name is not UNSET:
            field_dict["016voi_name"] = field_016voi_name
        if field_016voi_tmstmp is not UNSET:
            field_dict["016voi_tmstmp"] = field_016voi_tmstmp

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        field_016voi_email = d.pop("016voi_email", UNSET)

        field_016voi_id = d.pop("016voi_id", UNSET)

        field_016voi_mailbox = d.pop("016voi_mailbox", UNSET)

        field_016voi_name = d.pop("016voi_name", UNSET)

        field_016voi_tmstmp = d.pop("016voi_tmstmp", UNSET)

        voicemailbox = cls(
            field_016voi_email=field_016voi_email,
            field_016voi_id=field_016voi_id,
            field_016voi_mailbox=field_016voi_mailbox,
            field_016voi_name=field_016voi_name,
            field_016voi_tmstmp=field_016voi_tmstmp,
        )

        voicemailbox.additional_properties = d
        return voicemailbox

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
