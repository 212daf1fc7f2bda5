"""Call detail records (CDR): one typed record, whatever the row looks like.

The classic structure (pascom <= 18) is printed by the vendor; its units are checked by arithmetic (public facts
§5.1): `timestamp` is UTC in milliseconds, `duration` and `connected` are seconds.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import msgspec

from .answers import Answer

Direction = Literal["inbound", "outbound", "internal"]


class Call(msgspec.Struct, kw_only=True, gc=False, rename="camel", forbid_unknown_fields=True):
    """One row of the journal: the fields as the vendor prints them, in snake_case, and what they mean.

    A value that is missing or cannot be read as its type is None; it never costs the record. Everything the
    instance sent is in `raw`, under the instance's own keys.
    """

    id: int | None
    timestamp: int | None
    time: str | None
    user_id: int | None
    user_name: str | None
    extension: str | None
    inbound: int | None
    internal: int | None
    duration: int | None
    connected: int | None
    device_id: int | None
    device_name: str | None
    location_id: int | None
    location_name: str | None
    record_id: str | None
    voicemail_id: str | None
    name: str | None
    number: str | None
    prefix: str | None
    phonebook_entry_id: str | None
    result: str | None
    result_details: str | None
    via: str | None
    via_details: str | None
    phonecall_record_id: int | None
    chain: str | None
    label_list: list[Any] | None

    @property
    def started(self) -> datetime | None:
        """When the call began (UTC, milliseconds; vendor page)."""
        if self.timestamp is None:
            return None
        try:
            return datetime.fromtimestamp(self.timestamp / 1000, UTC)
        except (OverflowError, ValueError, OSError):
            return None

    @property
    def ended(self) -> datetime | None:
        """When the call ended: `started` and `duration` (public facts D)."""
        return self._after_start(self.duration)

    @property
    def answered(self) -> datetime | None:
        """When the call was answered; None if it was not (`connected` is 0)."""
        return self._after_start(self.ringing) if self.connected else None

    @property
    def ringing(self) -> int | None:
        """Seconds until the call was answered or given up: `duration` less `connected` (public facts A)."""
        if self.duration is None or self.connected is None:
            return None
        return self.duration - self.connected

    @property
    def talk(self) -> int | None:
        """Seconds of conversation (`connected`)."""
        return self.connected

    @property
    def direction(self) -> Direction | None:
        """Who called whom, from `internal` and `inbound` (0 or 1)."""
        if self.internal:
            return "internal"
        return None if self.inbound is None else "inbound" if self.inbound else "outbound"

    @property
    def user(self) -> str | None:
        """The login name of the user whose journal this row is from."""
        return self.user_name

    @property
    def device(self) -> str | None:
        """The name of the user's phone."""
        return self.device_name

    @property
    def recording(self) -> str | None:
        """The id of the call's recording; None if it was not recorded."""
        return self.record_id or None

    @property
    def labels(self) -> list[str]:
        """The names of the call's labels (their form is assumed from the XMPP API, public facts §5.1)."""
        return [
            str(x.get("displayName", x)) if isinstance(x, dict) else str(x) for x in self.label_list or ()
        ]

    @property
    def raw(self) -> dict[str, Any]:
        """The row as the instance sent it."""
        row: dict[str, Any] = msgspec.to_builtins(self)
        return row

    def _after_start(self, seconds: int | None) -> datetime | None:
        started = self.started
        return None if started is None or seconds is None else started + timedelta(seconds=seconds)

    def __repr__(self) -> str:
        # No name, no number: reprs end in logs.
        return (
            f"<Call {self.id} {self.started:%Y-%m-%d %H:%M:%S%z} {self.direction} {self.duration} s>"
            if self.started
            else f"<Call {self.id}>"
        )


class OddCall(Call):
    """A row that is not exactly as documented: read field by field, and kept as sent."""

    odd: dict[str, Any]

    @property
    def raw(self) -> dict[str, Any]:
        """The row as the instance sent it."""
        return dict(self.odd)


_FIELDS = msgspec.structs.fields(Call)
_fast = msgspec.json.Decoder(Call)
_rows = msgspec.json.Decoder(list[msgspec.Raw])
_page = msgspec.json.Decoder(list[Call])


def read_calls(answer: Answer) -> list[Call]:
    """All rows of a CDR answer; a row that is not as documented is read tolerantly, and alone.

    Raises UnexpectedAnswer if the answer is not a JSON array.
    """
    if not answer.content.strip():
        return []
    try:
        return _page.decode(answer.content)
    except msgspec.DecodeError:
        pass
    try:
        return [_read_row(row) for row in _rows.decode(answer.content)]
    except msgspec.DecodeError:
        rows = answer.json()
    if not isinstance(rows, list):
        raise answer.unexpected(f"a JSON {type(rows).__name__} where a list of calls is documented")
    return [read_call(row) for row in rows]


def _read_row(row: msgspec.Raw) -> Call:
    try:
        return _fast.decode(row)
    except msgspec.DecodeError:
        return read_call(msgspec.json.decode(row))


def read_call(row: object) -> Call:
    """One row that is not exactly as documented."""
    if not isinstance(row, dict):
        row = {"": row}
    values = {field.name: _lenient(row.get(field.encode_name), field.type) for field in _FIELDS}
    return OddCall(**values, odd=row)


def _lenient(value: object, kind: Any) -> Any:
    if kind == str | None and isinstance(value, (int, float)):
        return str(value)
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError:
        return None
