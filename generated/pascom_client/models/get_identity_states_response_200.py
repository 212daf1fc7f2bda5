# pyright: standard
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _define
from attrs import field as _field

from ..types import UNSET, decoded, encoded

if TYPE_CHECKING:
    from .identity_state import IdentityState

    pass


@_define
class GetIdentityStatesResponse200:
    """A model."""

    additional_properties: dict[str, IdentityState] = _field(init=False, factory=dict)

    _required_names: ClassVar[frozenset[str]] = frozenset(())
    _known_names: ClassVar[frozenset[str]] = frozenset(())

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        _values: dict[str, Any] = {**self.additional_properties}
        return {_name: encoded(_value) for _name, _value in _values.items() if _value is not UNSET}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """From what JSON gives; fields that aren't known are kept in `additional_properties`."""
        from .identity_state import IdentityState

        _rest = {**src_dict}  # a TypeError for a list, of which `dict` would make something
        _model = cls()
        _model.additional_properties = {
            _name: decoded(IdentityState.from_dict, _value) for _name, _value in _rest.items()
        }
        return _model

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties)

    def __getitem__(self, key: str) -> IdentityState:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: IdentityState) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
