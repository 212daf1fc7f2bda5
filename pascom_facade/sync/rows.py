"""Calls as rows of a table: the columns of `Call.FIELDS`, and what the instance has besides as text."""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

from ..cdr import Call
from ..cdr_row import FIELDS

DIGEST = "row_digest"
"""Column with a hash of the instance's row: whether a call has changed."""

_RAW = "raw_"
_LAYOUT = b"1"  # of our own columns: with another one, rows are written anew
_LARGEST = 2**63
_LONGEST_NAME = 60  # PostgreSQL cuts names after 63 bytes
_OURS = frozenset(
    [
        "id",
        "chain",
        "timestamp",
        "username",
        "devicename",
        "number",
        "name",
        "result",
        "resultdetails",
        "via",
        "viadetails",
        "duration",
        "connected",
        "recordid",
        "voicemailid",
        "labellist",
    ]
)
"""The instance's columns that ours have unchanged, in small letters without `_`."""

Names = tuple[str, ...]
Rows = dict[Names, list[tuple[Any, ...]]]
"""Rows to write, by the names of their columns: a row that lacks some has nothing there."""

_NAMES = (*(field.name for field in FIELDS), DIGEST)
_ID, _LABELS = _NAMES.index("id"), _NAMES.index("labels")
_TIMES = [index for index, field in enumerate(FIELDS) if field.type is datetime]


class Sent(NamedTuple):
    """What the instance sent of a call."""

    row: dict[str, Any]
    content: bytes
    """The row as JSON."""
    digest: int
    """64 bits of the content."""


def sent(call: Call) -> Sent:
    """The call as the instance has it."""
    row = call.raw
    try:
        content = msgspec.json.encode(row)
    except (UnicodeError, OverflowError, TypeError):
        content = json.dumps(row, sort_keys=True).encode()
    mark = blake2b(_LAYOUT + content, digest_size=8).digest()
    return Sent(row, content, int.from_bytes(mark, "big", signed=True))


def as_stored(call: Call, arrived: Sent, *, native_times: bool) -> tuple[Names, tuple[Any, ...]]:
    """The row to write: names and values. native_times: times as datetimes, for a database that has a type for them."""
    raw = arrived.row
    columns, names = _beside(tuple(raw))
    values = [*call.as_dict().values(), arrived.digest]
    values[_ID] = call.place.id  # for a row without an id, its place among all
    values[_LABELS] = _text(values[_LABELS])
    if native_times:
        for index in _TIMES:
            values[index] = values[index] and datetime.fromisoformat(values[index])
    for column in columns:
        value = raw[column]
        if value is not None and type(value) is not str:
            value = str(value) if type(value) is int else _text(value)
        values.append(value)
    longest = max(call.duration or 0, call.connected or 0)
    if b"\\u" in arrived.content or longest >= _LARGEST:
        return names, tuple(map(_storable, values))
    return names, tuple(values)


def raw_columns(rows: Rows) -> list[str]:
    """The names of all columns that come from the instance alone, in order."""
    names = dict.fromkeys(name for columns in rows for name in columns)
    return [name for name in names if name.startswith(_RAW)]


@lru_cache(64)
def _beside(columns: Names) -> tuple[list[str], Names]:
    """The instance's columns that ours don't have, and the names of all columns in the table."""
    beside = {name: column for column in columns if (name := _name_of(column))}
    return list(beside.values()), (*_NAMES, *beside)


def _name_of(column: str) -> str:
    """The table's name for one of the instance's columns; empty for one that ours have."""
    plain = column.removeprefix("phonecallrecord_").lower()
    if plain.replace("_", "") in _OURS:
        return ""
    return _RAW + re.sub(r"[^a-z0-9_]", "_", plain)[: _LONGEST_NAME - len(_RAW)]


def _text(value: Any) -> str:
    try:
        return msgspec.json.encode(value).decode()
    except (UnicodeError, OverflowError):
        return json.dumps(value)


def _storable(value: Any) -> Any:
    """The value without what no database takes: NUL, half characters, numbers of more than 64 bits."""
    if isinstance(value, str) and ("\0" in value or not value.isascii()):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, int) and not isinstance(value, bool) and not -_LARGEST <= value < _LARGEST:
        return None
    return value
