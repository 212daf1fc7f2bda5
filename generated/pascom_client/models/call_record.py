from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.call_record_inbound import CallRecordInbound, check_call_record_inbound
from ..models.call_record_internal import CallRecordInternal, check_call_record_internal
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.call_label import CallLabel


T = TypeVar("T", bound="CallRecord")


@_attrs_define
class CallRecord:
    """One call in the journal of one user, as printed on the vendor's REST API page (structure up to pascom 18).

    Example:
        {'chain': '1562313497222_1', 'connected': 4, 'deviceId': 1, 'deviceName': 'pascom Softphone [Mathias Pasquay]',
            'duration': 5, 'extension': '', 'id': 1, 'inbound': 0, 'internal': 1, 'labelList': [], 'locationId': 2,
            'locationName': 'Mathias Pasquay', 'name': 'System call', 'number': '*104', 'phonebookEntryId': '',
            'phonecallRecordId': 1, 'prefix': '', 'recordId': '', 'result': 'hangup', 'resultDetails': 'voicemail', 'time':
            '2019-07-05 09:58:17', 'timestamp': 1562313497113, 'userId': 3, 'userName': 'mpasquay', 'via': '', 'viaDetails':
            '', 'voicemailId': ''}

    Attributes:
        chain (str | Unset): `<epoch milliseconds>_<counter>`: the same in all rows of one call.
        connected (int | Unset): Seconds of it that the ends were connected; the rest was ringing.
        device_id (int | Unset): Number of the device.
        device_name (str | Unset): Display name of the device.
        duration (int | Unset): Seconds from the start to the end of the call.
        extension (str | Unset): Extension that was called; empty if none.
        id (int | Unset): Number of this row; unique.
        inbound (CallRecordInbound | Unset): 1: the user was called, 0: the user called.
        internal (CallRecordInternal | Unset): 1: both ends belong to the system, 0: one is outside.
        label_list (list[CallLabel] | Unset): Labels set on the call.
        location_id (int | Unset): Number of the workplace.
        location_name (str | Unset): Name of the workplace.
        name (str | Unset): Name of the other party.
        number (str | Unset): Number of the other party; external ones international, for example `0049991296910`.
        phonebook_entry_id (str | Unset): Number of the other party's phonebook entry as text; empty if none.
        phonecall_record_id (int | Unset): Number of the raw phonecallrecord behind this row.
        prefix (str | Unset): Trunk prefix that was dialled.
        record_id (str | Unset): Name of the recording, see `/monitor`; empty if not recorded.
        result (str | Unset): How it ended: noanswer, hangup, transfer, redirect.
        result_details (str | Unset): More about it: voicemail, src, dst, abandon, elsewhere, timeout, picked, caller,
            agent, from; empty if nothing.
        time (str | Unset): Start of the call as `YYYY-MM-DD hh:mm:ss` in the server's local time, without a zone.
        timestamp (int | Unset): Start of the call: milliseconds since 1970-01-01 UTC.
        user_id (int | Unset): Number of the user whose journal this row belongs to.
        user_name (str | Unset): Login name of that user (`003use_name`).
        via (str | Unset): How it got here: noanswer, transfer, queue, fax; empty if directly.
        via_details (str | Unset): More about it: action, src, dst, caller, agent, picked; empty if nothing.
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
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        chain = self.chain

        connected = self.connected

        device_id = self.device_id

        device_name = self.device_name

        duration = self.duration

        extension = self.extension

        id = self.id

        inbound: int | Unset = UNSET
        if not isinstance(self.inbound, Unset):
            inbound = self.inbound

        internal: int | Unset = UNSET
        if not isinstance(self.internal, Unset):
            internal = self.internal

        label_list: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.label_list, Unset):
            label_list = []
            for label_list_item_data in self.label_list:
                label_list_item = label_list_item_data.to_dict()
                label_list.append(label_list_item)

        location_id = self.location_id

        location_name = self.location_name

        name = self.name

        number = self.number

        phonebook_entry_id = self.phonebook_entry_id

        phonecall_record_id = self.phonecall_record_id

        prefix = self.prefix

        record_id = self.record_id

        result = self.result

        result_details = self.result_details

        time = self.time

        timestamp = self.timestamp

        user_id = self.user_id

        user_name = self.user_name

        via = self.via

        via_details = self.via_details

        voicemail_id = self.voicemail_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if chain is not UNSET:
            field_dict["chain"] = chain
        if connected is not UNSET:
            field_dict["connected"] = connected
        if device_id is not UNSET:
            field_dict["deviceId"] = device_id
        if device_name is not UNSET:
            field_dict["deviceName"] = device_name
        if duration is not UNSET:
            field_dict["duration"] = duration
        if extension is not UNSET:
            field_dict["extension"] = extension
        if id is not UNSET:
            field_dict["id"] = id
        if inbound is not UNSET:
            field_dict["inbound"] = inbound
        if internal is not UNSET:
            field_dict["internal"] = internal
        if label_list is not UNSET:
            field_dict["labelList"] = label_list
        if location_id is not UNSET:
            field_dict["locationId"] = location_id
        if location_name is not UNSET:
            field_dict["locationName"] = location_name
        if name is not UNSET:
            field_dict["name"] = name
        if number is not UNSET:
            field_dict["number"] = number
        if phonebook_entry_id is not UNSET:
            field_dict["phonebookEntryId"] = phonebook_entry_id
        if phonecall_record_id is not UNSET:
            field_dict["phonecallRecordId"] = phonecall_record_id
        if prefix is not UNSET:
            field_dict["prefix"] = prefix
        if record_id is not UNSET:
            field_dict["recordId"] = record_id
        if result is not UNSET:
            field_dict["result"] = result
        if result_details is not UNSET:
            field_dict["resultDetails"] = result_details
        if time is not UNSET:
            field_dict["time"] = time
        if timestamp is not UNSET:
            field_dict["timestamp"] = timestamp
        if user_id is not UNSET:
            field_dict["userId"] = user_id
        if user_name is not UNSET:
            field_dict["userName"] = user_name
        if via is not UNSET:
            field_dict["via"] = via
        if via_details is not UNSET:
            field_dict["viaDetails"] = via_details
        if voicemail_id is not UNSET:
            field_dict["voicemailId"] = voicemail_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.call_label import CallLabel  # noqa: PLC0415

        d = dict(src_dict)
        chain = d.pop("chain", UNSET)

        connected = d.pop("connected", UNSET)

        device_id = d.pop("deviceId", UNSET)

        device_name = d.pop("deviceName", UNSET)

        duration = d.pop("duration", UNSET)

        extension = d.pop("extension", UNSET)

        id = d.pop("id", UNSET)

        _inbound = d.pop("inbound", UNSET)
        inbound: CallRecordInbound | Unset
        if isinstance(_inbound, Unset):
            inbound = UNSET
        else:
            inbound = check_call_record_inbound(_inbound)

        _internal = d.pop("internal", UNSET)
        internal: CallRecordInternal | Unset
        if isinstance(_internal, Unset):
            internal = UNSET
        else:
            internal = check_call_record_internal(_internal)

        _label_list = d.pop("labelList", UNSET)
        label_list: list[CallLabel] | Unset = UNSET
        if _label_list is not UNSET:
            label_list = []
            for label_list_item_data in _label_list:
                label_list_item = CallLabel.from_dict(label_list_item_data)

                label_list.append(label_list_item)

        location_id = d.pop("locationId", UNSET)

        location_name = d.pop("locationName", UNSET)

        name = d.pop("name", UNSET)

        number = d.pop("number", UNSET)

        phonebook_entry_id = d.pop("phonebookEntryId", UNSET)

        phonecall_record_id = d.pop("phonecallRecordId", UNSET)

        prefix = d.pop("prefix", UNSET)

        record_id = d.pop("recordId", UNSET)

        result = d.pop("result", UNSET)

        result_details = d.pop("resultDetails", UNSET)

        time = d.pop("time", UNSET)

        timestamp = d.pop("timestamp", UNSET)

        user_id = d.pop("userId", UNSET)

        user_name = d.pop("userName", UNSET)

        via = d.pop("via", UNSET)

        via_details = d.pop("viaDetails", UNSET)

        voicemail_id = d.pop("voicemailId", UNSET)

        call_record = cls(
            chain=chain,
            connected=connected,
            device_id=device_id,
            device_name=device_name,
            duration=duration,
            extension=extension,
            id=id,
            inbound=inbound,
            internal=internal,
            label_list=label_list,
            location_id=location_id,
            location_name=location_name,
            name=name,
            number=number,
            phonebook_entry_id=phonebook_entry_id,
            phonecall_record_id=phonecall_record_id,
            prefix=prefix,
            record_id=record_id,
            result=result,
            result_details=result_details,
            time=time,
            timestamp=timestamp,
            user_id=user_id,
            user_name=user_name,
            via=via,
            via_details=via_details,
            voicemail_id=voicemail_id,
        )

        call_record.additional_properties = d
        return call_record

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
