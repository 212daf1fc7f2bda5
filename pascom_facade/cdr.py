"""Call detail records (CDR): one typed record, whatever the row looks like.

Two structures are known. The classic one (pascom <= 18) is printed by the vendor; its units are checked by arithmetic
(public facts §5.1). The one since 19.09 is not published: assumed to be the columns of the vendor's table
`mdphonecallrecord` (public facts §5.3, D).
"""

from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Annotated, Any, Literal, NamedTuple

import msgspec

from .answers import Answer

Milliseconds = Annotated[int, msgspec.Meta(ge=10**11, lt=2**42)]
"""Since 1970, UTC: the years 1973 to 2109. Anything else is read tolerantly."""

Direction = Literal["inbound", "outbound", "internal"]


class Place(NamedTuple):
    """Where a record stands among all: UTC milliseconds, then its id."""

    timestamp: int
    id: int


class Odd(NamedTuple):
    """What a row was that is not exactly as documented."""

    row: dict[str, Any]
    place: Place | None


class Call(msgspec.Struct, kw_only=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """One call record, of either structure: what it means, in words and units.

    A value that is missing or cannot be read as its type is None; it never costs the record. Everything the
    instance sent is in `raw`, under the instance's own keys, and as attributes in snake_case. The public sources are
    named in brackets: vendor page; public facts A (vendor), D (assumed).
    """

    id: int | None
    timestamp: int | None
    chain: str | None
    result: str | None
    result_details: str | None
    via: str | None
    via_details: str | None
    record_id: str | None
    duration: int | None
    connected: int | None
    odd: Odd | None = msgspec.field(default=None, name="?")

    @property
    def started(self) -> datetime | None:
        """When the call began (`timestamp`, UTC, to the millisecond; vendor page)."""
        return None if self.timestamp is None else datetime.fromtimestamp(self.timestamp / 1000, UTC)

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
        """Seconds of conversation: `connected` (A), without the time on hold where the instance tells it."""
        return self.connected

    @property
    def inbound(self) -> int | None:
        """1 (or True) if the user was called, 0 if the user called."""
        raise NotImplementedError

    @property
    def internal(self) -> int | None:
        """1 (or True) if both parties are users of the phone system."""
        raise NotImplementedError

    @property
    def direction(self) -> Direction | None:
        """Who called whom, from `internal` and `inbound`."""
        raise NotImplementedError

    @property
    def number(self) -> str | None:
        """The other party's number, as the instance writes it (external ones internationalised: `0049…`; A)."""
        raise NotImplementedError

    @property
    def name(self) -> str | None:
        """The other party's name."""
        raise NotImplementedError

    @property
    def user(self) -> str | None:
        """Login name of the user who called or was called."""
        raise NotImplementedError

    @property
    def device(self) -> str | None:
        """Name of that user's phone."""
        raise NotImplementedError

    def involves(self, user: str) -> bool:
        """Whether the record is about `user` (login name)."""
        return self.user == user

    @property
    def labels(self) -> list[str]:
        """Names of the call's labels (their form is assumed from the XMPP API, §5.1)."""
        raise NotImplementedError

    @property
    def recording(self) -> str | None:
        """Id of the call's recording, for `pbx.recordings`; None if it was not recorded (`recordId`; A)."""
        return self.record_id or None

    @property
    def cursor(self) -> str:
        """Where this record stands, for `cdr(after=…)`: short text without personal data."""
        return "{}.{}".format(*self.place)

    @property
    def place(self) -> Place:
        """The order of records: no two have the same."""
        return (self.odd and self.odd.place) or Place(self.timestamp or 0, self.id or 0)

    @property
    def raw(self) -> dict[str, Any]:
        """The row as the instance sent it."""
        if self.odd:
            return dict(self.odd.row)
        row: dict[str, Any] = msgspec.to_builtins(self)
        return row

    def _after_start(self, seconds: int | None) -> datetime | None:
        if self.started is None or seconds is None or abs(seconds) > 10**9:
            return None
        return self.started + timedelta(seconds=seconds)

    def __repr__(self) -> str:
        # No name, no number: reprs end in logs.
        return f"<Call {self.id} {self.started} {self.direction} {self.duration} s>"


class _Classic(Call, kw_only=True, gc=False, rename="camel"):
    """A row of one user's journal, exactly as the vendor prints it."""

    id: int
    timestamp: Milliseconds
    result_details: str | None
    via_details: str | None
    record_id: str | None
    time: str | None
    user_id: int | None
    user_name: str | None
    extension: str | None
    inbound: int | None
    internal: int | None
    device_id: int | None
    device_name: str | None
    location_id: int | None
    location_name: str | None
    voicemail_id: str | None
    name: str | None
    number: str | None
    prefix: str | None
    phonebook_entry_id: str | None
    phonecall_record_id: int | None
    label_list: list[Any] | None

    @property
    def direction(self) -> Direction | None:
        if self.internal:
            return "internal"
        return None if self.inbound is None else "inbound" if self.inbound else "outbound"

    @property
    def user(self) -> str | None:
        return self.user_name

    @property
    def device(self) -> str | None:
        return self.device_name

    @property
    def labels(self) -> list[str]:
        return _labels(self.label_list)


class _Since19(Call, kw_only=True, gc=False, rename=lambda name: name.replace("_", "")):
    """A row since 19.09 (assumed): both parties, `src_…` and `dst_…`."""

    id: int
    timestamp: Milliseconds
    result_details: str | None
    via_details: str | None
    record_id: str | None
    parent_id: int | None
    src_internal: bool | None
    src_user_id: int | None
    src_user_name: str | None
    src_name: str | None
    src_device_id: int | None
    src_device_name: str | None
    src_location_id: int | None
    src_location_name: str | None
    src_prefix: str | None
    src_number: str | None
    src_extension: str | None
    src_phonebook_entry_id: str | None
    dst_internal: bool | None
    dst_user_id: int | None
    dst_user_name: str | None
    dst_name: str | None
    dst_device_id: int | None
    dst_device_name: str | None
    dst_location_id: int | None
    dst_location_name: str | None
    dst_prefix: str | None
    dst_number: str | None
    dst_extension: str | None
    dst_phonebook_entry_id: str | None
    data: dict[str, Any] | None
    hold_count: int | None
    hold_duration: int | None
    phonecall_id: int | None

    @property
    def talk(self) -> int | None:
        return None if self.connected is None else self.connected - (self.hold_duration or 0)

    @property
    def direction(self) -> Direction | None:
        if self.src_internal is None or self.dst_internal is None:
            return None
        return "inbound" if not self.src_internal else "internal" if self.dst_internal else "outbound"

    @property
    def inbound(self) -> bool | None:
        return None if self.src_internal is None else self._user_was_called

    @property
    def internal(self) -> bool | None:
        return None if self.direction is None else self.direction == "internal"

    def involves(self, user: str) -> bool:
        return user in (self.src_user_name, self.dst_user_name)

    @property
    def number(self) -> str | None:
        return self.src_number if self._user_was_called else self.dst_number

    @property
    def name(self) -> str | None:
        return self.src_name if self._user_was_called else self.dst_name

    @property
    def user(self) -> str | None:
        return self.dst_user_name if self._user_was_called else self.src_user_name

    @property
    def device(self) -> str | None:
        return self.dst_device_name if self._user_was_called else self.src_device_name

    @property
    def labels(self) -> list[str]:
        return _labels(self.data.get("labels") if self.data else None)

    @property
    def _user_was_called(self) -> bool:
        """Whether the user is the callee: the caller is from outside, or nobody's login is known for it."""
        return not self.src_internal or (not self.src_user_name and bool(self.dst_user_name))


_STRUCTURES: tuple[type[Call], ...] = (_Classic, _Since19)
_pages = [msgspec.json.Decoder(list[kind]) for kind in _STRUCTURES]  # type: ignore[valid-type]
_single = [msgspec.json.Decoder(kind) for kind in _STRUCTURES]
_rows = msgspec.json.Decoder(list[msgspec.Raw])


def read_calls(answer: Answer) -> list[Call]:
    """All rows of a CDR answer, in its order; a row that is not as documented is read tolerantly, and alone.

    Raises UnexpectedAnswer if the answer is not a JSON array.
    """
    for page in _pages:
        try:
            calls: list[Call] = page.decode(answer.content)
            return calls
        except msgspec.DecodeError:
            continue
    try:
        calls = [_read_row(row) for row in _rows.decode(answer.content)]
    except msgspec.DecodeError:
        calls = [read_call(row) for row in _list(answer)]
    _place(calls)
    return calls


def in_order(calls: list[Call]) -> list[Call]:
    """Oldest first."""
    plain = attrgetter("timestamp", "id")
    return sorted(calls, key=attrgetter("place") if any(map(attrgetter("odd"), calls)) else plain)


def _list(answer: Answer) -> list[object]:
    rows = answer.json()
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise answer.unexpected(f"a JSON {type(rows).__name__} where a list of calls is documented")
    return rows


def _read_row(row: msgspec.Raw) -> Call:
    for structure in _single:
        try:
            return structure.decode(row)
        except msgspec.DecodeError:
            continue
    return read_call(msgspec.json.decode(row))


def read_call(row: object) -> Call:
    """One row that is not exactly as documented."""
    row = row if isinstance(row, dict) else {"": row}
    known = {str(key).removeprefix("phonecallrecord_"): value for key, value in row.items()}
    structure = _Since19 if "srcnumber" in known or "dstnumber" in known else _Classic
    values = {
        field.name: _lenient(known.get(field.encode_name), field.type)
        for field in msgspec.structs.fields(structure)
    }
    return structure(**{**values, "odd": Odd(row, None)})


def _place(calls: list[Call]) -> None:
    """Give every odd row a place: without a time of its own, its neighbour's; without an id, a hash of what it is."""
    near = next((call.timestamp for call in calls if call.timestamp is not None), 0)
    for call in calls:
        near = near if call.timestamp is None else call.timestamp
        if call.odd:
            text = json.dumps(call.odd.row, sort_keys=True).encode()  # half a character is no error here
            call.odd = call.odd._replace(
                place=Place(near, -1 - zlib.crc32(text) if call.id is None else call.id)
            )


def _lenient(value: object, kind: Any) -> Any:
    if kind == str | None and isinstance(value, int | float):
        return str(value)
    if kind is Milliseconds:
        value = _milliseconds(value)
    if kind == bool | None and value in ("t", "f"):
        return value == "t"
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError:
        return None


def _milliseconds(value: object) -> object:
    """A time that may be written as text (without a zone: UTC) or in seconds (both assumed)."""
    try:
        if isinstance(value, str) and not value.isdecimal():
            moment = datetime.fromisoformat(value)
            return round(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() * 1000)
        number = int(str(value))
    except (ValueError, OverflowError):
        return None
    return number if number >= 10**11 else number * 1000


def _labels(entries: object) -> list[str]:
    if not isinstance(entries, list):
        return []
    return [
        str(entry.get("displayName", entry)) if isinstance(entry, dict) else str(entry) for entry in entries
    ]
