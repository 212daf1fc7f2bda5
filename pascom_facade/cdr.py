"""Call detail records (CDR): one typed record, whatever columns the instance has.

Two structures are known. The classic one (pascom <= 18) is printed by the vendor; its units are checked by arithmetic
(public facts §5.1). The one since 19.09 is not published: assumed to be the columns of the vendor's table
`mdphonecallrecord`, which name both parties (public facts §5.3, D).
"""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any, ClassVar, Literal, NamedTuple, cast, get_args, get_type_hints

import msgspec

from ._json import is_deep
from ._records import records_of
from .answers import Answer
from .cdr_row import FIELDS, Field, as_row, is_missed
from .cdr_values import Milliseconds, lenient

UNDECODABLE = (msgspec.MsgspecError, ValueError, RecursionError)  # bytes that aren't UTF-8 are ValueErrors

Direction = Literal["inbound", "outbound", "internal"]


class Position(NamedTuple):
    """Where a record stands among all: UTC milliseconds, then its id."""

    timestamp: int
    id: int


class Odd(NamedTuple):
    """What a row was that is not as documented, and where it stands."""

    row: dict[str, Any]
    place: Position


class Call(msgspec.Struct, kw_only=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """One call record, of either structure: what it means, in words and units.

    A value that is missing or cannot be read as its type is None; it never costs the record. Everything the
    instance sent is in `raw`, under the instance's own keys. The public sources are named in brackets: vendor page;
    public facts A (vendor), D (assumed).
    """

    # What the instance's columns say. `_structure` makes fields of those that are there; the others take no memory.
    id: ClassVar[int | None] = None
    timestamp: ClassVar[int | None] = None
    duration: ClassVar[int | None] = None
    connected: ClassVar[int | None] = None
    result: ClassVar[str | None] = None
    result_details: ClassVar[str | None] = None
    via: ClassVar[str | None] = None
    via_details: ClassVar[str | None] = None
    chain: ClassVar[str | None] = None
    voicemail_id: ClassVar[str | None] = None
    record_id: ClassVar[str | None] = None
    label_list: ClassVar[list[Any] | None] = None
    hold_duration: ClassVar[int | None] = None
    data: ClassVar[dict[str, Any] | None] = None
    src_internal: ClassVar[bool | None] = None
    src_user_name: ClassVar[str | None] = None
    src_name: ClassVar[str | None] = None
    src_device_name: ClassVar[str | None] = None
    src_number: ClassVar[str | None] = None
    src_extension: ClassVar[str | None] = None
    dst_internal: ClassVar[bool | None] = None
    dst_user_name: ClassVar[str | None] = None
    dst_name: ClassVar[str | None] = None
    dst_device_name: ClassVar[str | None] = None
    dst_number: ClassVar[str | None] = None
    dst_extension: ClassVar[str | None] = None

    odd: Odd | None = msgspec.field(default=None, name="?")

    FIELDS: ClassVar[tuple[Field, ...]] = FIELDS
    """What `as_dict` gives: name, Python type, meaning and source of each value."""

    @property
    def started(self) -> datetime | None:
        """When the call began (`timestamp`, UTC, to the millisecond; vendor page)."""
        if self.timestamp is None:
            return None
        return datetime.fromtimestamp(self.timestamp / 1000, UTC)

    @property
    def ended(self) -> datetime | None:
        """When the call ended: `started` and `duration` (D)."""
        return self._after_start(self.duration)

    @property
    def answered(self) -> datetime | None:
        """When the call was answered: `started` and `ringing`; None if it was not (`connected` is 0; A)."""
        return self._after_start(self.ringing) if self.connected else None

    @property
    def ringing(self) -> int | None:
        """Seconds until the call was answered or given up: `duration` less `connected` (A)."""
        if self.duration is None or self.connected is None:
            return None
        return self.duration - self.connected

    @property
    def talk(self) -> int | None:
        """Seconds of conversation: `connected` (A), without the time on hold where the instance has it."""
        if self.connected is None:
            return None
        return self.connected - (self.hold_duration or 0)

    @property
    def inbound(self) -> int | None:
        """1 (or True) if the user was called, 0 if the user called."""
        return None if self.src_internal is None else self._user_was_called

    @property
    def internal(self) -> int | None:
        """1 (or True) if both parties are users of the phone system."""
        return self.src_internal and self.dst_internal

    @property
    def direction(self) -> Direction | None:
        """Who called whom, from `internal` and `inbound`."""
        if self.internal:
            return "internal"
        if self.inbound is None:
            return None
        return "inbound" if self.inbound else "outbound"

    @property
    def number(self) -> str | None:
        """The other party's number, as the instance writes it (external ones internationalised: `0049…`; A)."""
        return self.src_number if self._user_was_called else self.dst_number

    @property
    def name(self) -> str | None:
        """The other party's name."""
        return self.src_name if self._user_was_called else self.dst_name

    @property
    def user(self) -> str | None:
        """Login name of the user who called or was called."""
        return self.dst_user_name if self._user_was_called else self.src_user_name

    @property
    def device(self) -> str | None:
        """Name of that user's phone."""
        return self.dst_device_name if self._user_was_called else self.src_device_name

    @property
    def extension(self) -> str | None:
        """The extension that was called, of a user or a team; empty or None if the user called."""
        return self.dst_extension if self._user_was_called else None

    @property
    def is_final(self) -> bool:
        """Whether the call has ended: a `result` is there, or the instance has no such column (assumed)."""
        return bool(self.result) or "result" not in self.__struct_fields__

    @property
    def missed(self) -> bool:
        """Whether a call from outside ended, and nobody of ours took it, as far as this record tells (assumed).

        A call left to the voicemail box is missed. One that a colleague took (`elsewhere`, `picked`) isn't, nor is a
        leg that passed the call on or got it from a colleague (`transfer`): the other legs of the `chain` tell.
        """
        return is_missed(self)

    @property
    def answered_by(self) -> str | None:
        """Login name of the user who took the call; None if nobody did, an outsider, or somebody not named here (D)."""
        if not self.connected or self.result_details == "voicemail":
            return None
        return (self.user if self.inbound else self.dst_user_name) or None

    def as_dict(self) -> dict[str, Any]:
        """The record as plain data, with the same names and types whatever the instance's version (see `FIELDS`).

        Times are ISO 8601 text in UTC with milliseconds; empty text is None. The instance's own row is `raw`.
        """
        return as_row(self)

    @property
    def labels(self) -> list[str]:
        """Names of the call's labels (their form is assumed from the XMPP API, §5.1)."""
        entries = self.label_list or (self.data or {}).get("labels")
        if not isinstance(entries, list):
            return []
        return [_label(entry) for entry in entries]

    @property
    def recording(self) -> str | None:
        """Id of the call's recording, for `pbx.recordings`; None if it was not recorded (`recordId`; A)."""
        return self.record_id or None

    @property
    def cursor(self) -> str:
        """The record's position, for `cdr(after=…)`: short text without personal data."""
        return "{}.{}".format(*self.place)

    @property
    def place(self) -> Position:
        """The order of records: no two have the same."""
        if self.odd:
            return self.odd.place
        return Position(self.timestamp or 0, self.id or 0)

    @property
    def raw(self) -> dict[str, Any]:
        """The row as the instance sent it."""
        if self.odd:
            return dict(self.odd.row)
        row: dict[str, Any] = msgspec.to_builtins(self)
        return row

    def involves(self, user: str) -> bool:
        """Whether the record is about `user` (login name)."""
        return user in (self.user, self.src_user_name, self.dst_user_name)

    @property
    def _user_was_called(self) -> bool:
        """Whether the user is the callee: the caller is from outside, or nobody's login is known for it."""
        return not self.src_internal or (not self.src_user_name and bool(self.dst_user_name))

    def _after_start(self, seconds: int | None) -> datetime | None:
        if self.started is None or seconds is None or abs(seconds) > 10**9:
            return None
        return self.started + timedelta(seconds=seconds)

    def __repr__(self) -> str:
        # No name, no number: reprs end in logs.
        return f"<Call {self.id} {self.started} {self.direction} {self.duration} s>"

    def __eq__(self, other: object) -> bool:
        # The same row may have been read into two structures.
        if not isinstance(other, Call):
            return NotImplemented
        return self.raw == other.raw

    def __reduce__(self) -> Any:
        return _restored, (self.raw, self.odd)


def _label(entry: Any) -> str:
    if isinstance(entry, dict):
        entry = entry.get("displayName", entry)
    return str(entry)


_COLUMNS: dict[str, tuple[str, Any]] = {
    name.replace("_", ""): (name, get_args(hint)[0])
    for name, hint in get_type_hints(Call).items()
    if name not in ("odd", "FIELDS")
} | {
    "id": ("id", int),
    "timestamp": ("timestamp", Milliseconds),
    # In the classic structure only: a field takes the place of the property.
    "inbound": ("inbound", int | None),
    "internal": ("internal", int | None),
    "number": ("number", str | None),
    "name": ("name", str | None),
    "username": ("user", str | None),
    "devicename": ("device", str | None),
    "extension": ("extension", str | None),
}
"""Attribute and type of each column, by its name in small letters without `_`."""


def in_order(calls: list[Call]) -> list[Call]:
    """Oldest first."""
    if any(map(attrgetter("odd"), calls)):
        return sorted(calls, key=attrgetter("place"))
    return sorted(calls, key=attrgetter("timestamp", "id"))  # in C, as `place` is not


@lru_cache(64)
def _structure(columns: tuple[str, ...]) -> type[Call]:
    """A record with a field for each column: half the time and memory of one that also keeps its row for `raw`."""
    fields: list[Any] = []
    free = dict(_COLUMNS)
    for column in filter(str.isidentifier, columns):
        name, kind = free.pop(_plain(column), (f"_{len(fields)}", Any))
        default = msgspec.UNSET if kind is Any else msgspec.NODEFAULT
        fields.append((name, kind, msgspec.field(name=column, default=default)))
    fields += [free[needed] for needed in ("id", "timestamp") if needed in free]
    made: Any = msgspec.defstruct("Call", fields, bases=(Call,), kw_only=True, gc=False)
    return cast(type[Call], made)


def _plain(column: str) -> str:
    return column.removeprefix("phonecallrecord_").replace("_", "").lower()


_CLASSIC = """id timestamp time userId userName extension inbound internal duration connected deviceId deviceName
    locationId locationName recordId voicemailId name number prefix phonebookEntryId result resultDetails via viaDetails
    phonecallRecordId chain labelList"""
_recent: dict[type[Call], msgspec.json.Decoder[list[Call]]] = {}
"""Decoders of the structures seen last (an instance has one); at first, of the one on the vendor's page."""


def _remember(structure: type[Call]) -> None:
    global _recent
    if structure not in _recent:
        decoder = msgspec.json.Decoder(list[structure])  # type: ignore[valid-type]
        _recent = dict([(structure, decoder), *_recent.items()][:4])


_remember(_structure(tuple(_CLASSIC.split())))


def read_calls(answer: Answer) -> list[Call]:
    """All rows of a CDR answer, in its order; a row that differs from the others is read tolerantly, by itself.

    Raises UnexpectedAnswer if the answer is not a JSON array.
    """
    for decoder in _recent.values():
        try:
            return decoder.decode(answer.content)
        except UNDECODABLE:
            continue
    rows = _rows(answer)
    structure = _structure(tuple(dict.fromkeys(key for row in rows if isinstance(row, dict) for key in row)))
    _remember(structure)
    calls = [_read(row, structure) for row in rows]
    _place(calls)
    return calls


def _rows(answer: Answer) -> list[object]:
    if answer.content[:1] == b"[" and not is_deep(answer.content):
        with suppress(*UNDECODABLE):
            plain: list[object] = msgspec.json.decode(answer.content)
            if any(map(is_call, plain)):
                return plain
    rows = records_of(answer, is_call)
    if rows is None or (not rows and answer.content.strip() == b"{}"):
        raise answer.unexpected(f"a JSON {type(answer.json()).__name__} where a list of calls is documented")
    return rows


_FEWEST = 3  # columns: an envelope may have `name`, `result` or `data` as well


def is_call(value: Any) -> bool:
    """Whether a JSON value looks like a record of a call."""
    if not isinstance(value, dict) or not value:
        return False
    plain = {_plain(name) for name, cell in value.items() if not isinstance(cell, list | dict)}
    return len(plain & _COLUMNS.keys()) >= min(_FEWEST, len(value))


_fields = lru_cache(64)(msgspec.structs.fields)


def _read(row: object, structure: type[Call]) -> Call:
    try:
        return msgspec.convert(row, structure)
    except msgspec.ValidationError:
        pass
    if not isinstance(row, dict):
        row = {"": row}
    structure = _structure(tuple(row))
    values = {field.name: lenient(row.get(field.encode_name), field.type) for field in _fields(structure)}
    return structure(**{**values, "odd": Odd(row, Position(0, 0))})


def _restored(row: dict[str, Any], odd: Odd | None) -> Call:
    call = _read(row, _structure(tuple(row)))
    call.odd = odd
    return call


def _place(calls: list[Call]) -> None:
    """Give every odd row a place: without a time of its own, its neighbour's; without an id, a hash of the row."""
    near = next((call.timestamp for call in calls if call.timestamp is not None), 0)
    for call in calls:
        if call.timestamp is not None:
            near = call.timestamp
        if call.odd:
            number = call.id
            if number is None:
                text = json.dumps(call.odd.row, sort_keys=True)  # escapes surrogates: they can be encoded
                number = -1 - zlib.crc32(text.encode())
            call.odd = Odd(call.odd.row, Position(near, number))
