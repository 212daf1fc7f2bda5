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
    additional_properties: dict[str, Any] = _field(init=False, factory=dict)

    _required_names: ClassVar[frozenset[str]] = frozenset(())
    _known_names: ClassVar[frozenset[str]] = frozenset(
        ("duration", "file", "format", "ruleId", "size", "state", "type")
    )

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        _values: dict[str, Any] = {
            **self.additional_properties,
            "duration": self.duration,
            "file": self.file,
            "format": self.format_,
            "ruleId": self.rule_id,
            "size": self.size,
            "state": self.state,
            "type": self.type_,
        }
        return {_name: encoded(_value) for _name, _value in _values.items() if _value is not UNSET}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """From what JSON gives; fields that aren't known are kept in `additional_properties`."""

        _rest = {**src_dict}  # a TypeError for a list, of which `dict` would make something
        _model = cls(
            duration=_rest.pop("duration", UNSET),
            file=_rest.pop("file", UNSET),
            format_=_rest.pop("format", UNSET),
            rule_id=_rest.pop("ruleId", UNSET),
            size=_rest.pop("size", UNSET),
            state=_rest.pop("state", UNSET),
            type_=_rest.pop("type", UNSET),
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
