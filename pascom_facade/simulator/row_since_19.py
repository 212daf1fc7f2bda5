"""The record since pascom 19.09: every part of it is assumed."""

from __future__ import annotations

import json

from .calls import Call


def raw(call: Call) -> str:
    """Since pascom 19.09, and `rawdata=1` before: assumed to be the columns of table mdphonecallrecord.

    The vendor says that the structure is new, but does not describe it; types are assumed too.
    """
    kind = call.kind
    person = kind.person
    user = {
        "internal": True,
        "userid": person.id,
        "username": person.login,
        "name": person.name,
        "deviceid": person.device_id,
        "devicename": person.phone,
        "locationid": person.location_id,
        "locationname": person.name,
        "prefix": "",
        "number": person.extension,
        "extension": person.extension,
        "phonebookentryid": person.entry,
    }
    other = {
        "internal": kind.internal,
        "userid": 0,
        "username": "",
        "name": kind.name,
        "deviceid": 0,
        "devicename": "",
        "locationid": 0,
        "locationname": "",
        "prefix": "",
        "number": kind.number,
        "extension": "",
        "phonebookentryid": kind.entry,
    }
    source, target = user, other
    if kind.inbound:
        source, target = other, user
    record = {
        "id": call.id,
        "timestamp": call.timestamp,
        "parentid": call.parent,
        "chain": call.chain,
        "result": kind.result,
        "resultdetails": kind.details,
        "via": kind.via,
        "viadetails": kind.via_details,
        "recordid": call.record_id,
        "duration": kind.duration,
        "connected": kind.connected,
        **{f"src{key}": value for key, value in source.items()},
        **{f"dst{key}": value for key, value in target.items()},
        "data": {"labels": json.loads(kind.labels), "voicemail": call.voicemail_id},
        "holdcount": int(kind.hold > 0),
        "holdduration": kind.hold,
        "phonecallid": call.id,
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))
