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
class Device:
    """A device, with database column names. Only `010dev_bez` and `013pee_username` are known publicly.

    Attributes:
        field_010dev_bez (str | Unset): Display name, for example `Snom 0004132726ee [Thomas
            Weber]`.
        field_010dev_id (str | Unset): Number of the device.
        field_013pee_username (str | Unset): Name of its SIP account.
    """

    field_010dev_bez: str | Unset = UNSET
    field_010dev_id: str | Unset = UNSET
    field_013pee_username: str | Unset = UNSET
    additional_properties: dict[str, Any] = _field(init=False, factory=dict)

    _required_names: ClassVar[frozenset[str]] = frozenset(())
    _known_names: ClassVar[frozenset[str]] = frozenset(("010dev_bez", "010dev_id", "013pee_username"))

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        _values: dict[str, Any] = {
            **self.additional_properties,
            "010dev_bez": self.field_010dev_bez,
            "010dev_id": self.field_010dev_id,
            "013pee_username": self.field_013pee_username,
        }
        return {_name: encoded(_value) for _name, _value in _values.items() if _value is not UNSET}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """From what JSON gives; fields that aren't known are kept in `additional_properties`."""

        _rest = {**src_dict}  # a TypeError for a list, of which `dict` would make something
        _model = cls(
            field_010dev_bez=_rest.pop("010dev_bez", UNSET),
            field_010dev_id=_rest.pop("010dev_id", UNSET),
            field_013pee_username=_rest.pop("013pee_username", UNSET),
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
