from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Device")


@_attrs_define
class Device:
    """A device, with database column names. Only `010dev_bez` and `013pee_username` are known publicly.

    Attributes:
        field_010dev_bez (str | Unset): Display name, for example `Snom 0004132726ee [Thomas Weber]`.
        field_010dev_id (str | Unset): Number of the device.
        field_013pee_username (str | Unset): Name of its SIP account.
    """

    field_010dev_bez: str | Unset = UNSET
    field_010dev_id: str | Unset = UNSET
    field_013pee_username: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_010dev_bez = self.field_010dev_bez

        field_010dev_id = self.field_010dev_id

        field_013pee_username = self.field_013pee_username

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if field_010dev_bez is not UNSET:
            field_dict["010dev_bez"] = field_010dev_bez
        if field_010dev_id is not UNSET:
            field_dict["010dev_id"] = field_010dev_id
        if field_013pee_username is not UNSET:
            field_dict["013pee_username"] = field_013pee_username

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        field_010dev_bez = d.pop("010dev_bez", UNSET)

        field_010dev_id = d.pop("010dev_id", UNSET)

        field_013pee_username = d.pop("013pee_username", UNSET)

        device = cls(
            field_010dev_bez=field_010dev_bez,
            field_010dev_id=field_010dev_id,
            field_013pee_username=field_013pee_username,
        )

        device.additional_properties = d
        return device

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
