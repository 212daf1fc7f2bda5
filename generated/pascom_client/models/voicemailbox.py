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
    additional_properties: dict[str, Any] = _field(init=False, factory=dict)

    _required_names: ClassVar[frozenset[str]] = frozenset(())
    _known_names: ClassVar[frozenset[str]] = frozenset(
        ("016voi_email", "016voi_id", "016voi_mailbox", "016voi_name", "016voi_tmstmp")
    )

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        _values: dict[str, Any] = {
            **self.additional_properties,
            "016voi_email": self.field_016voi_email,
            "016voi_id": self.field_016voi_id,
            "016voi_mailbox": self.field_016voi_mailbox,
            "016voi_name": self.field_016voi_name,
            "016voi_tmstmp": self.field_016voi_tmstmp,
        }
        return {_name: encoded(_value) for _name, _value in _values.items() if _value is not UNSET}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """From what JSON gives; fields that aren't known are kept in `additional_properties`."""

        _rest = {**src_dict}  # a TypeError for a list, of which `dict` would make something
        _model = cls(
            field_016voi_email=_rest.pop("016voi_email", UNSET),
            field_016voi_id=_rest.pop("016voi_id", UNSET),
            field_016voi_mailbox=_rest.pop("016voi_mailbox", UNSET),
            field_016voi_name=_rest.pop("016voi_name", UNSET),
            field_016voi_tmstmp=_rest.pop("016voi_tmstmp", UNSET),
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
