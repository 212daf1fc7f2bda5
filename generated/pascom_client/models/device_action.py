from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="DeviceAction")


@_attrs_define
class DeviceAction:
    """What the preferred phone of a user is told to do.

    Attributes:
        action (str): `dial`, `offhook` (answer) or `hangup`; an instance may know more.
        destination (str | Unset): For `dial`: an extension, an external number, or a service code such as `*100`.
        prefix (str | Unset): For `dial`: `auto`, or the digits to dial first.
    """

    action: str
    destination: str | Unset = UNSET
    prefix: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        action = self.action

        destination = self.destination

        prefix = self.prefix

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "action": action,
            }
        )
        if destination is not UNSET:
            field_dict["destination"] = destination
        if prefix is not UNSET:
            field_dict["prefix"] = prefix

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        action = d.pop("action")

        destination = d.pop("destination", UNSET)

        prefix = d.pop("prefix", UNSET)

        device_action = cls(
            action=action,
            destination=destination,
            prefix=prefix,
        )

        device_action.additional_properties = d
        return device_action

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
