from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Recording")


@_attrs_define
class Recording:
    """One recorded section of a call; fields from the XMPP twin.

    Attributes:
        duration (int | Unset): Seconds.
        file (int | Unset): Number of the section, starting at 1.
        format_ (str | Unset): `wav`.
        rule_id (int | Unset): Number of the recording rule.
        size (int | Unset): Bytes.
        state (str | Unset): For example `n`.
        type_ (str | Unset): For example `manual`.
    """

    duration: int | Unset = UNSET
    file: int | Unset = UNSET
    format_: str | Unset = UNSET
    rule_id: int | Unset = UNSET
    size: int | Unset = UNSET
    state: str | Unset = UNSET
    type_: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        duration = self.duration

        file = self.file

        format_ = self.format_

        rule_id = self.rule_id

        size = self.size

        state = self.state

        type_ = self.type_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if duration is not UNSET:
            field_dict["duration"] = duration
        if file is not UNSET:
            field_dict["file"] = file
        if format_ is not UNSET:
            field_dict["format"] = format_
        if rule_id is not UNSET:
            field_dict["ruleId"] = rule_id
        if size is not UNSET:
            field_dict["size"] = size
        if state is not UNSET:
            field_dict["state"] = state
        if type_ is not UNSET:
            field_dict["type"] = type_

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        duration = d.pop("duration", UNSET)

        file = d.pop("file", UNSET)

        format_ = d.pop("format", UNSET)

        rule_id = d.pop("ruleId", UNSET)

        size = d.pop("size", UNSET)

        state = d.pop("state", UNSET)

        type_ = d.pop("type", UNSET)

        recording = cls(
            duration=duration,
            file=file,
            format_=format_,
            rule_id=rule_id,
            size=size,
            state=state,
            type_=type_,
        )

        recording.additional_properties = d
        return recording

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
