from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Identity")


@_attrs_define
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
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_003use_bez = self.field_003use_bez

        field_003use_doc = self.field_003use_doc

        field_003use_enabled = self.field_003use_enabled

        field_003use_id = self.field_003use_id

        field_003use_lastlogin = self.field_003use_lastlogin

        field_003use_name = self.field_003use_name

        field_003use_tmstmp = self.field_003use_tmstmp

        field_009ext_extension = self.field_009ext_extension

        field_009ext_id = self.field_009ext_id

        field_009ext_tmstmp = self.field_009ext_tmstmp

        field_011acc_calleridnum = self.field_011acc_calleridnum

        field_011acc_id = self.field_011acc_id

        field_011acc_tmstmp = self.field_011acc_tmstmp

        field_011acc_voiidwatch = self.field_011acc_voiidwatch

        field_016voi_id = self.field_016voi_id

        field_016voi_mailbox = self.field_016voi_mailbox

        field_020fax_id = self.field_020fax_id

        field_028pho_id = self.field_028pho_id

        faxextension = self.faxextension

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if field_003use_bez is not UNSET:
            field_dict["003use_bez"] = field_003use_bez
        if field_003use_doc is not UNSET:
            field_dict["003use_doc"] = field_003use_doc
        if field_003use_enabled is not UNSET:
            field_dict["003use_enabled"] = field_003use_enabled
        if field_003use_id is not UNSET:
            field_dict["003use_id"] = field_003use_id
        if field_003use_lastlogin is not UNSET:
            field_dict["003use_lastlogin"] = field_003use_lastlogin
        if field_003use_name is not UNSET:
            field_dict["003use_name"] = field_003use_name
        if field_003use_tmstmp is not UNSET:
            field_dict["003use_tmstmp"] = field_003use_tmstmp
        if field_009ext_extension is not UNSET:
            field_dict["009ext_extension"] = field_009ext_extension
        if field_009ext_id is not UNSET:
            field_dict["009ext_id"] = field_009ext_id
        if field_009ext_tmstmp is not UNSET:
            field_dict["009ext_tmstmp"] = field_009ext_tmstmp
        if field_011acc_calleridnum is not UNSET:
            field_dict["011acc_calleridnum"] = field_011acc_calleridnum
        if field_011acc_id is not UNSET:
            field_dict["011acc_id"] = field_011acc_id
        if field_011acc_tmstmp is not UNSET:
            field_dict["011acc_tmstmp"] = field_011acc_tmstmp
        if field_011acc_voiidwatch is not UNSET:
            field_dict["011acc_voiidwatch"] = field_011acc_voiidwatch
        if field_016voi_id is not UNSET:
            field_dict["016voi_id"] = field_016voi_id
        if field_016voi_mailbox is not UNSET:
            field_dict["016voi_mailbox"] = field_016voi_mailbox
        if field_020fax_id is not UNSET:
            field_dict["020fax_id"] = field_020fax_id
        if field_028pho_id is not UNSET:
            field_dict["028pho_id"] = field_028pho_id
        if faxextension is not UNSET:
            field_dict["faxextension"] = faxextension

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        field_003use_bez = d.pop("003use_bez", UNSET)

        field_003use_doc = d.pop("003use_doc", UNSET)

        field_003use_enabled = d.pop("003use_enabled", UNSET)

        field_003use_id = d.pop("003use_id", UNSET)

        field_003use_lastlogin = d.pop("003use_lastlogin", UNSET)

        field_003use_name = d.pop("003use_name", UNSET)

        field_003use_tmstmp = d.pop("003use_tmstmp", UNSET)

        field_009ext_extension = d.pop("009ext_extension", UNSET)

        field_009ext_id = d.pop("009ext_id", UNSET)

        field_009ext_tmstmp = d.pop("009ext_tmstmp", UNSET)

        field_011acc_calleridnum = d.pop("011acc_calleridnum", UNSET)

        field_011acc_id = d.pop("011acc_id", UNSET)

        field_011acc_tmstmp = d.pop("011acc_tmstmp", UNSET)

        field_011acc_voiidwatch = d.pop("011acc_voiidwatch", UNSET)

        field_016voi_id = d.pop("016voi_id", UNSET)

        field_016voi_mailbox = d.pop("016voi_mailbox", UNSET)

        field_020fax_id = d.pop("020fax_id", UNSET)

        field_028pho_id = d.pop("028pho_id", UNSET)

        faxextension = d.pop("faxextension", UNSET)

        identity = cls(
            field_003use_bez=field_003use_bez,
            field_003use_doc=field_003use_doc,
            field_003use_enabled=field_003use_enabled,
            field_003use_id=field_003use_id,
            field_003use_lastlogin=field_003use_lastlogin,
            field_003use_name=field_003use_name,
            field_003use_tmstmp=field_003use_tmstmp,
            field_009ext_extension=field_009ext_extension,
            field_009ext_id=field_009ext_id,
            field_009ext_tmstmp=field_009ext_tmstmp,
            field_011acc_calleridnum=field_011acc_calleridnum,
            field_011acc_id=field_011acc_id,
            field_011acc_tmstmp=field_011acc_tmstmp,
            field_011acc_voiidwatch=field_011acc_voiidwatch,
            field_016voi_id=field_016voi_id,
            field_016voi_mailbox=field_016voi_mailbox,
            field_020fax_id=field_020fax_id,
            field_028pho_id=field_028pho_id,
            faxextension=faxextension,
        )

        identity.additional_properties = d
        return identity

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
