from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="CallLabel")


@_attrs_define
class CallLabel:
    """A label of a call; fields from the XMPP twin.

    Attributes:
        display_name (str | Unset): What people see.
        id (str | Unset): For example `MDC_LABEL-1`.
        type_ (str | Unset): For example `generic`.
        value (str | Unset): Value.
        visible (bool | Unset): Whether it is shown.
    """

    display_name: str | Unset = UNSET
    id: str | Unset = UNSET
    type_: str | Unset = UNSET
    value: str | Unset = UNSET
    visible: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        display_name = self.display_name

        id = self.id

        type_ = self.type_

        value = self.value

        visible = self.visible

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if display_name is not UNSET:
            field_dict["displayName"] = display_name
        if id is not UNSET:
            field_dict["id"] = id
        if type_ is not UNSET:
            field_dict["type"] = type_
        if value is not UNSET:
            field_dict["value"] = value
        if visible is not UNSET:
            field_dict["visible"] = visible

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        display_name = d.pop("displayName", UNSET)

        id = d.pop("id", UNSET)

        type_ = d.pop("type", UNSET)

        value = d.pop("value", UNSET)

        visible = d.pop("visible", UNSET)

        call_label = cls(
            display_name=display_name,
            id=id,
            type_=type_,
            value=value,
            visible=visible,
        )

        call_label.additional_properties = d
        return call_label

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
