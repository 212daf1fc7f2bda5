"""A call record as plain data: the same columns whatever the instance's version, for JSON, CSV, tables, data frames."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

Call = Any  # `cdr.Call`, which has FIELDS from here: naming it would close a circle


class Field(NamedTuple):
    """A value of `Call.as_dict()`. Each may be None, except `missed`, `is_final` and `labels`."""

    name: str
    type: type
    """`datetime` is written as ISO 8601 text, in UTC, with milliseconds."""
    meaning: str
    source: str
    """The instance's columns (those since 19.09 in brackets), and how surely this is known (public facts, A to D)."""


FIELDS = (
    Field("id", int, "the record's number at this instance", "id; A"),
    Field("chain", str, "what all legs of one call have in common", "chain; A"),
    Field("started", datetime, "when the call began", "timestamp; A"),
    Field("answered", datetime, "when it was answered", "timestamp + duration - connected; A"),
    Field("ended", datetime, "when it ended", "timestamp + duration; D"),
    Field("direction", str, "inbound, outbound or internal", "inbound, internal (srcinternal, dstinternal; D); A"),
    Field("user", str, "login name of the user who called or was called", "userName (src…, dstusername; D); A"),
    Field("extension", str, "the extension that was called", "extension (dstextension; D); A"),
    Field("device", str, "name of the user's phone", "deviceName (src…, dstdevicename; D); A"),
    Field("number", str, "the other party's number", "number (src…, dstnumber; D); A"),
    Field("name", str, "the other party's name", "name (src…, dstname; D); A"),
    Field("result", str, "hangup, noanswer, transfer, …", "result; A"),
    Field("result_details", str, "src, dst, elsewhere, voicemail, …", "resultDetails; A"),
    Field("via", str, "how the call got here: transfer, queue, …", "via; A"),
    Field("via_details", str, "caller, agent, …", "viaDetails; A"),
    Field("duration", int, "seconds from beginning to end", "duration; A"),
    Field("ringing", int, "seconds until it was answered or given up", "duration - connected; A"),
    Field("connected", int, "seconds connected", "connected; A"),
    Field("talk", int, "seconds of conversation", "connected (less holdduration); A"),
    Field("missed", bool, "nobody of ours took this inbound call, as far as the record tells", "assumed"),
    Field("answered_by", str, "login name of the user who took it", "connected, userName; D"),
    Field("is_final", bool, "whether the call has ended", "result; assumed"),
    Field("recording", str, "id of the recording", "recordId; A"),
    Field("voicemail", str, "id of the message in the voicemail box", "voicemailId; A"),
    Field("labels", list, "names of the call's labels", "labelList (data; D); assumed"),
)


def as_row(call: Call) -> dict[str, Any]:
    """The values of `FIELDS`, in their order."""
    began, ringing = call.timestamp, call.ringing
    answered_after = ringing if call.connected else None
    return {
        "id": call.id,
        "chain": call.chain or None,
        "started": _later(began, 0),
        "answered": _later(began, answered_after),
        "ended": _later(began, call.duration),
        "direction": call.direction,
        "user": call.user or None,
        "extension": call.extension or None,
        "device": call.device or None,
        "number": call.number or None,
        "name": call.name or None,
        "result": call.result or None,
        "result_details": call.result_details or None,
        "via": call.via or None,
        "via_details": call.via_details or None,
        "duration": call.duration,
        "ringing": ringing,
        "connected": call.connected,
        "talk": call.talk,
        "missed": call.missed,
        "answered_by": call.answered_by,
        "is_final": call.is_final,
        "recording": call.recording,
        "voicemail": call.voicemail_id or None,
        "labels": call.labels,
    }


def _later(milliseconds: int | None, seconds: int | None) -> str | None:
    """So many seconds after a moment; as the properties of a call have it, in a third of the time."""
    if milliseconds is None or seconds is None or abs(seconds) > 10**9:
        return None
    day, rest = divmod(milliseconds + seconds * 1000, 86_400_000)
    minute, rest = divmod(rest, 60_000)
    second, rest = divmod(rest, 1000)
    return f"{_day(day)}T{_minute(minute)}:{second:02}.{rest:03}+00:00"


@lru_cache(1024)
def _day(number: int) -> str:
    return f"{datetime.fromtimestamp(number * 86_400, UTC):%Y-%m-%d}"


@lru_cache(1440)
def _minute(number: int) -> str:
    return "{:02}:{:02}".format(*divmod(number, 60))


_TAKEN_BY_OTHERS = ("elsewhere", "picked")


def is_missed(call: Call) -> bool:
    """Whether nobody of ours took an inbound call, as far as the record tells."""
    if call.direction != "inbound" or not call.is_final:
        return False
    if "transfer" in (call.result, call.via) or call.result_details in _TAKEN_BY_OTHERS:
        return False
    if call.connected is None:
        return bool(call.result == "noanswer")
    return bool(not call.connected or call.result_details == "voicemail")
