"""Kinds of calls: all of a call's row but its time and number, shared by many calls.

A journal of a million rows has a few thousand kinds, so a row costs little more than filling in a template.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from .people import MENU_EXTENSION, OUTSIDERS, PEOPLE, TEAM_EXTENSION, Person

_MASK = (1 << 64) - 1
VARIETY = 11  # bits: 2,048 different single calls
CHAIN_VARIETY = 8  # bits: 256 different calls of each chain


def mix(value: int) -> int:
    """splitmix64: 64 well-mixed bits from any integer."""
    value = (value + 0x9E3779B97F4A7C15) & _MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _MASK
    return value ^ (value >> 31)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A row of one user's journal without its moment; names as in the vendor's CDR, in short."""

    person: Person
    name: str
    number: str
    entry: str = ""
    inbound: bool = False
    internal: bool = False
    duration: int = 0
    connected: int = 0
    hold: int = 0
    result: str = ""
    details: str = ""
    via: str = ""
    via_details: str = ""
    extension: str = ""
    recorded: bool = False
    voicemail: bool = False
    labels: str = "[]"

    @cached_property
    def template(self) -> str:
        """The vendor's 26 fields in the vendor's order; open are id, timestamp, time, recordId, voicemailId, chain."""
        person = self.person
        fixed = {
            "userId": person.id,
            "userName": person.login,
            "extension": self.extension,
            "inbound": int(self.inbound),
            "internal": int(self.internal),
            "duration": self.duration,
            "connected": self.connected,
            "deviceId": person.device_id,
            "deviceName": person.phone,
            "locationId": person.location_id,
            "locationName": person.name,
        }
        other = {
            "name": self.name,
            "number": self.number,
            "prefix": "",
            "phonebookEntryId": self.entry,
            "result": self.result,
            "resultDetails": self.details,
            "via": self.via,
            "viaDetails": self.via_details,
        }
        return (
            '{"id":%(id)d,"timestamp":%(timestamp)d,"time":"%(time)s",'
            f'{_fields(fixed)},"recordId":"%(record_id)s","voicemailId":"%(voicemail_id)s",{_fields(other)},'
            f'"phonecallRecordId":%(id)d,"chain":"%(chain)s","labelList":{self.labels}}}'
        )


def _fields(values: Mapping[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))[1:-1].replace("%", "%%")


_VIP = '[{"id":"MDC_LABEL-1","displayName":"VIP","type":"generic","value":"1","visible":true}]'


def single(bits: int) -> Kind:
    """A call whose chain has no other row."""
    bits = mix(bits)
    person = PEOPLE[bits % len(PEOPLE)]
    inbound = bool(bits >> 8 & 1)
    internal = bits >> 9 & 3 == 0
    answered = bits >> 12 & 7 > 1
    voicemail = not answered and inbound and not bits >> 30 & 3
    ringing = 1 + (bits >> 16 & 15)
    connected = 0
    result, details = "noanswer", "timeout"
    if answered:
        connected = 1 + (bits >> 20) % 240
        result, details = "hangup", ("src", "dst")[bits >> 34 & 1]
    elif voicemail:
        result, details = "hangup", "voicemail"
    name, number, entry = _other(bits >> 40, person, internal)
    return Kind(
        person=person,
        name=name,
        number=number,
        entry=entry,
        inbound=inbound,
        internal=internal,
        duration=ringing + connected,
        connected=connected,
        result=result,
        details=details,
        extension=person.extension if inbound else "",
        recorded=answered and not internal and not bits >> 50 & 7,
        voicemail=voicemail,
        labels="[]" if bits >> 55 & 31 else _VIP,
    )


_NOBODY = Kind(person=PEOPLE[0], name="", number="", inbound=True)
_CALLER_GONE = replace(_NOBODY, result="hangup", details="caller", via="queue", connected=20, hold=6)

# (milliseconds after the first row, kind); the vendor's worked examples of an attended transfer and of a team.
TRANSFER = (
    (0, replace(_NOBODY, result="transfer", details="dst", duration=41, connected=29, hold=16)),
    (
        22_000,
        replace(_NOBODY, result="transfer", details="src", duration=16, connected=12, inbound=False, internal=True),
    ),
    (41_000, replace(_NOBODY, result="hangup", via="transfer", duration=18, connected=18)),
)
TEAM = (
    (0, replace(_NOBODY, result="transfer", details="dst", duration=4, extension=MENU_EXTENSION)),
    (4_000, replace(_CALLER_GONE, via_details="caller", duration=33, extension=TEAM_EXTENSION)),
    (
        4_010,
        replace(_NOBODY, result="noanswer", details="elsewhere", via="queue", via_details="agent", duration=10),
    ),
    (7_000, replace(_CALLER_GONE, via_details="agent", duration=30)),
)
Pattern = tuple[tuple[int, Kind], ...]


def chained(pattern: Pattern, position: int, bits: int) -> Kind:
    """The row at `position` of a chain; the same `bits` in all its rows make it one call."""
    _, row = pattern[position]
    bits = mix(bits)
    person = PEOPLE[(bits + position // 2) % len(PEOPLE)]
    name, number, entry = _other(bits >> 40, person, row.internal)
    recorded = row.connected > 0 and not row.internal and bool(bits >> 50 & 1)
    return replace(row, person=person, name=name, number=number, entry=entry, recorded=recorded)


def dialled(person: Person, number: str, *, inbound: bool) -> Kind:
    """A call that just began. Nothing is known of its end, so `result` is empty (assumed)."""
    name, entry, internal = _party(number)
    return Kind(person=person, name=name, number=number, entry=entry, internal=internal, inbound=inbound)


def _other(bits: int, person: Person, internal: bool) -> tuple[str, str, str]:
    """Name, number and phonebook entry of the other party."""
    if not internal:
        return OUTSIDERS[bits % len(OUTSIDERS)]
    colleague = PEOPLE[(PEOPLE.index(person) + 1 + bits % (len(PEOPLE) - 1)) % len(PEOPLE)]
    return colleague.name, colleague.extension, colleague.entry


def _party(number: str) -> tuple[str, str, bool]:
    """A dialled number's name, phonebook entry, and whether it is internal."""
    for person in PEOPLE:
        if person.extension == number:
            return person.name, person.entry, True
    for name, known, entry in OUTSIDERS:
        if known == number:
            return name, entry, False
    if number.startswith("*"):
        return "System call", "", True  # the vendor's name of *104
    return "", "", len(number) <= 3
