# pyright: standard
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _define
from attrs import field as _field

from ..types import UNSET, Unset, decoded, encoded, list_of

if TYPE_CHECKING:
    from .call_label import CallLabel
    from .call_record_inbound import CallRecordInbound
    from .call_record_internal import CallRecordInternal

    pass


@_define
class CallRecord:
    """One call in the journal of one user, as printed on the vendor's REST API page (structure up to
    pascom 18).

    Attributes:
        chain (str | Unset): `<epoch milliseconds>_<counter>`: the same in all rows of one call.
        connected (int | Unset): Seconds of it that the ends were connected; the rest was ringing.
        device_id (int | Unset): Number of the device.
        device_name (str | Unset): Display name of the device.
        duration (int | Unset): Seconds from the start to the end of the call.
        extension (str | Unset): Extension that was called; empty if none.
        id (int | Unset): Number of this row; unique.
        inbound (CallRecordInbound | Unset):
        internal (CallRecordInternal | Unset):
        label_list (list[CallLabel] | Unset): Labels set on the call.
        location_id (int | Unset): Number of the workplace.
        location_name (str | Unset): Name of the workplace.
        name (str | Unset): Name of the other party.
        number (str | Unset): Number of the other party; external ones international, for example
            `0049991296910`.
        phonebook_entry_id (str | Unset): Number of the other party's phonebook entry as text;
            empty if none.
        phonecall_record_id (int | Unset): Number of the raw phonecallrecord behind this row.
        prefix (str | Unset): Trunk prefix that was dialled.
        record_id (str | Unset): Name of the recording, see `/monitor`; empty if not recorded.
        result (str | Unset): How it ended: noanswer, hangup, transfer, redirect.
        result_details (str | Unset): More about it: voicemail, src, dst, abandon, elsewhere,
            timeout, picked, caller, agent, from; empty if nothing.
        time (str | Unset): Start of the call as `YYYY-MM-DD hh:mm:ss` in the server's local time,
            without a zone.
        timestamp (int | Unset): Start of the call: milliseconds since 1970-01-01 UTC.
        user_id (int | Unset): Number of the user whose journal this row belongs to.
        user_name (str | Unset): Login name of that user (`003use_name`).
        via (str | Unset): How it got here: noanswer, transfer, queue, fax; empty if directly.
        via_details (str | Unset): More about it: action, src, dst, caller, agent, picked; empty
            if nothing.
        voicemail_id (str | Unset): Name of the voicemail message; empty if none.
    """

    chain: str | Unset = UNSET
    connected: int | Unset = UNSET
    device_id: int | Unset = UNSET
    device_name: str | Unset = UNSET
    duration: int | Unset = UNSET
    extension: str | Unset = UNSET
    id: int | Unset = UNSET
    inbound: CallRecordInbound | Unset = UNSET
    internal: CallRecordInternal | Unset = UNSET
    label_list: list[CallLabel] | Unset = UNSET
    location_id: int | Unset = UNSET
    location_name: str | Unset = UNSET
    name: str | Unset = UNSET
    number: str | Unset = UNSET
    phonebook_entry_id: str | Unset = UNSET
    phonecall_record_id: int | Unset = UNSET
    prefix: str | Unset = UNSET
    record_id: str | Unset = UNSET
    result: str | Unset = UNSET
    result_details: str | Unset = UNSET
    time: str | Unset = UNSET
    timestamp: int | Unset = UNSET
    user_id: int | Unset = UNSET
    user_name: str | Unset = UNSET
    via: str | Unset = UNSET
    via_details: str | Unset = UNSET
    voicemail_id: str | Unset = UNSET
    additional_properties: dict[str, Any] = _field(init=False, factory=dict)

    _required_names: ClassVar[frozenset[str]] = frozenset(())
    _known_names: ClassVar[frozenset[str]] = frozenset(
        (
            "chain",
            "connected",
            "deviceId",
            "deviceName",
            "duration",
            "extension",
            "id",
            "inbound",
            "internal",
            "labelList",
            "locationId",
            "locationName",
            "name",
            "number",
            "phonebookEntryId",
            "phonecallRecordId",
            "prefix",
            "recordId",
            "result",
            "resultDetails",
            "time",
            "timestamp",
            "userId",
            "userName",
            "via",
            "viaDetails",
            "voicemailId",
        )
    )

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        _values: dict[str, Any] = {
            **self.additional_properties,
            "chain": self.chain,
            "connected": self.connected,
            "deviceId": self.device_id,
            "deviceName": self.device_name,
            "duration": self.duration,
            "extension": self.extension,
            "id": self.id,
            "inbound": self.inbound,
            "internal": self.internal,
            "labelList": self.label_list,
            "locationId": self.location_id,
            "locationName": self.location_name,
            "name": self.name,
            "number": self.number,
            "phonebookEntryId": self.phonebook_entry_id,
            "phonecallRecordId": self.phonecall_record_id,
            "prefix": self.prefix,
            "recordId": self.record_id,
            "result": self.result,
            "resultDetails": self.result_details,
            "time": self.time,
            "timestamp": self.timestamp,
            "userId": self.user_id,
            "userName": self.user_name,
            "via": self.via,
            "viaDetails": self.via_details,
            "voicemailId": self.voicemail_id,
        }
        return {_name: encoded(_value) for _name, _value in _values.items() if _value is not UNSET}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """From what JSON gives; fields that aren't known are kept in `additional_properties`."""
        from .call_label import CallLabel

        _rest = {**src_dict}  # a TypeError for a list, of which `dict` would make something
        _model = cls(
            chain=_rest.pop("chain", UNSET),
            connected=_rest.pop("connected", UNSET),
            device_id=_rest.pop("deviceId", UNSET),
            device_name=_rest.pop("deviceName", UNSET),
            duration=_rest.pop("duration", UNSET),
            extension=_rest.pop("extension", UNSET),
            id=_rest.pop("id", UNSET),
            inbound=_rest.pop("inbound", UNSET),
            internal=_rest.pop("internal", UNSET),
            label_list=decoded(list_of(CallLabel.from_dict), _rest.pop("labelList", UNSET)),
            location_id=_rest.pop("locationId", UNSET),
            location_name=_rest.pop("locationName", UNSET),
            name=_rest.pop("name", UNSET),
            number=_rest.pop("number", UNSET),
            phonebook_entry_id=_rest.pop("phonebookEntryId", UNSET),
            phonecall_record_id=_rest.pop("phonecallRecordId", UNSET),
            prefix=_rest.pop("prefix", UNSET),
            record_id=_rest.pop("recordId", UNSET),
            result=_rest.pop("result", UNSET),
            result_details=_rest.pop("resultDetails", UNSET),
            time=_rest.pop("time", UNSET),
            timestamp=_rest.pop("timestamp", UNSET),
            user_id=_rest.pop("userId", UNSET),
            user_name=_rest.pop("userName", UNSET),
            via=_rest.pop("via", UNSET),
            via_details=_rest.pop("viaDetails", UNSET),
            voicemail_id=_rest.pop("voicemailId", UNSET),
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
