"""A call as JSON: the classic record exactly as the vendor prints it, and the structure since 19.09 (assumed)."""

from __future__ import annotations

import json
from functools import lru_cache

from .calls import Call
from .timeline import server_time

_CLASSIC = (
    '{"id":%d,"timestamp":%d,"time":"%s","userId":%d,"userName":%s,"extension":"%s","inbound":%d,"internal":%d,'
    '"duration":%d,"connected":%d,"deviceId":%d,"deviceName":%s,"locationId":%d,"locationName":%s,'
    '"recordId":"%s","voicemailId":"%s","name":%s,"number":%s,"prefix":"","phonebookEntryId":"%s",'
    '"result":"%s","resultDetails":"%s","via":"%s","viaDetails":"%s","phonecallRecordId":%d,'
    '"chain":"%s","labelList":%s}'
)


@lru_cache(maxsize=4096)
def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def classic(call: Call) -> str:
    """Up to pascom 18 (A)."""
    person = call.person
    return _CLASSIC % (
        call.id,
        call.timestamp,
        server_time(call.timestamp),
        person.id,
        _text(person.login),
        call.extension,
        call.inbound,
        call.internal,
        call.duration,
        call.connected,
        person.id - 2,
        _text(person.phone),
        person.id - 1,
        _text(person.name),
        call.record_id,
        call.voicemail_id,
        _text(call.name),
        _text(call.number),
        call.entry,
        call.result,
        call.details,
        call.via,
        call.via_details,
        call.id,
        call.chain,
        call.labels,
    )


def raw(call: Call) -> str:
    """Since pascom 19.09, and `rawdata=1` before: assumed to be the columns of table mdphonecallrecord.

    The vendor says that the structure is new, not what it is; types are assumed too.
    """
    person = call.person
    user = {
        "internal": True,
        "userid": person.id,
        "username": person.login,
        "name": person.name,
        "deviceid": person.id - 2,
        "devicename": person.phone,
        "locationid": person.id - 1,
        "locationname": person.name,
        "prefix": "",
        "number": person.extension,
        "extension": person.extension,
        "phonebookentryid": str(100 + person.id),
    }
    other = {
        "internal": call.internal,
        "userid": 0,
        "username": "",
        "name": call.name,
        "deviceid": 0,
        "devicename": "",
        "locationid": 0,
        "locationname": "",
        "prefix": "",
        "number": call.number,
        "extension": "",
        "phonebookentryid": call.entry,
    }
    source, target = (other, user) if call.inbound else (user, other)
    record = {
        "id": call.id,
        "timestamp": call.timestamp,
        "parentid": call.parent,
        "chain": call.chain,
        "result": call.result,
        "resultdetails": call.details,
        "via": call.via,
        "viadetails": call.via_details,
        "recordid": call.record_id,
        "duration": call.duration,
        "connected": call.connected,
        **{f"src{key}": value for key, value in source.items()},
        **{f"dst{key}": value for key, value in target.items()},
        "data": {"labels": json.loads(call.labels), "voicemail": call.voicemail_id},
        "holdcount": int(call.hold > 0),
        "holdduration": call.hold,
        "phonecallid": call.id,
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def page(rows: list[str]) -> bytes:
    return ("[" + ",".join(rows) + "]").encode()
