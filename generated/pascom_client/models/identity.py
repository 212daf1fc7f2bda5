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
class Identity:
    """A user, with database column names; every value is a text.

    Attributes:
        field_003use_bez (str | Unset): Display name.
        field_003use_doc (str | Unset): Notes.
        field_003use_enabled (str | Unset): `true` if enabled.
        field_003use_id (str | Unset): Number of the user.
        field_003use_lastlogin (str | Unset): Last login, `YYYY-MM-DD hh:mm:ss.ffffff`.
        field_003use_name (str | Unset): Login name.
        field_003use_tmstmp (str | Unset): Last change.
        field_009ext_extension (str | Unset): Extension.
        field_009ext_id (str | Unset): Number of the extension's row.
        field_009ext_tmstmp (str | Unset): Last change of the extension.
        field_011acc_calleridnum (str | Unset): Number shown to others.
        field_011acc_id (str | Unset): Number of the account.
        field_011acc_tmstmp (str | Unset): Last change of the account.
        field_011acc_voiidwatch (str | Unset): Voicemail box that is watched.
        field_016voi_id (str | Unset): Number of the voicemail box.
        field_016voi_mailbox (str | Unset): Extension of the voicemail box.
        field_020fax_id (str | Unset): Number of the fax device.
        field_028pho_id (str | Unset): Number of the phonebook entry.
        faxextension (str | Unset): Extension of the fax device.
    """

    field_003use_bez: str | Unset = UNSET
    field_003use_doc: str | Unset = UNSET
    field_003use_enabled: str | Unset = UNSET
    field_003use_id: str | Unset = UNSET
    field_003use_lastlogin: str | Unset = UNSET
    field_003use_name: str | Unset = UNSET
    field_003use_tmstmp: str | Unset = UNSET
    field_009ext_extension: str | Unset = UNSET
    field_009ext_id: str | Unset = UNSET
    field_009ext_tmstmp: str | Unset = UNSET
    field_011acc_calleridnum: str | Unset = UNSET
    field_011acc_id: str | Unset = UNSET
    field_011acc_tmstmp: str | Unset = UNSET
    field_011acc_voiidwatch: str | Unset = UNSET
    field_016voi_id: str | Unset = UNSET
    field_016voi_mailbox: str | Unset = UNSET
    field_020fax_id: str | Unset = UNSET
    field_028pho_id: str | Unset = UNSET
    faxextension: str | Unset = UNSET
    additional_properties: dict[str, Any] = _field(init=False, factory=dict)

    _required_names: ClassVar[frozenset[str]] = frozenset(())
    _known_names: ClassVar[frozenset[str]] = frozenset(
        (
            "003use_bez",
            "003use_doc",
            "003use_enabled",
            "003use_id",
            "003use_lastlogin",
            "003use_name",
            "003use_tmstmp",
            "009ext_extension",
            "009ext_id",
            "009ext_tmstmp",
            "011acc_calleridnum",
            "011acc_id",
            "011acc_tmstmp",
            "011acc_voiidwatch",
            "016voi_id",
            "016voi_mailbox",
            "020fax_id",
            "028pho_id",
            "faxextension",
        )
    )

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        _values: dict[str, Any] = {
            **self.additional_properties,
            "003use_bez": self.field_003use_bez,
            "003use_doc": self.field_003use_doc,
            "003use_enabled": self.field_003use_enabled,
            "003use_id": self.field_003use_id,
            "003use_lastlogin": self.field_003use_lastlogin,
            "003use_name": self.field_003use_name,
            "003use_tmstmp": self.field_003use_tmstmp,
            "009ext_extension": self.field_009ext_extension,
            "009ext_id": self.field_009ext_id,
            "009ext_tmstmp": self.field_009ext_tmstmp,
            "011acc_calleridnum": self.field_011acc_calleridnum,
            "011acc_id": self.field_011acc_id,
            "011acc_tmstmp": self.field_011acc_tmstmp,
            "011acc_voiidwatch": self.field_011acc_voiidwatch,
            "016voi_id": self.field_016voi_id,
            "016voi_mailbox": self.field_016voi_mailbox,
            "020fax_id": self.field_020fax_id,
            "028pho_id": self.field_028pho_id,
            "faxextension": self.faxextension,
        }
        return {_name: encoded(_value) for _name, _value in _values.items() if _value is not UNSET}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """From what JSON gives; fields that aren't known are kept in `additional_properties`."""

        _rest = {**src_dict}  # a TypeError for a list, of which `dict` would make something
        _model = cls(
            field_003use_bez=_rest.pop("003use_bez", UNSET),
            field_003use_doc=_rest.pop("003use_doc", UNSET),
            field_003use_enabled=_rest.pop("003use_enabled", UNSET),
            field_003use_id=_rest.pop("003use_id", UNSET),
            field_003use_lastlogin=_rest.pop("003use_lastlogin", UNSET),
            field_003use_name=_rest.pop("003use_name", UNSET),
            field_003use_tmstmp=_rest.pop("003use_tmstmp", UNSET),
            field_009ext_extension=_rest.pop("009ext_extension", UNSET),
            field_009ext_id=_rest.pop("009ext_id", UNSET),
            field_009ext_tmstmp=_rest.pop("009ext_tmstmp", UNSET),
            field_011acc_calleridnum=_rest.pop("011acc_calleridnum", UNSET),
            field_011acc_id=_rest.pop("011acc_id", UNSET),
            field_011acc_tmstmp=_rest.pop("011acc_tmstmp", UNSET),
            field_011acc_voiidwatch=_rest.pop("011acc_voiidwatch", UNSET),
            field_016voi_id=_rest.pop("016voi_id", UNSET),
            field_016voi_mailbox=_rest.pop("016voi_mailbox", UNSET),
            field_020fax_id=_rest.pop("020fax_id", UNSET),
            field_028pho_id=_rest.pop("028pho_id", UNSET),
            faxextension=_rest.pop("faxextension", UNSET),
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
