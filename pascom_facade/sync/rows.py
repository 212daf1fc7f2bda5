"""Calls as rows of a table: the columns of `Call.FIELDS`, and what the instance has besides as text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import msgspec

from ..cdr import Call

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

Row = dict[str, Any]


def key_of(call: Call) -> int:
    """The primary key: the call's id; for a row without one, its place among all."""
    return call.place.id


def content_of(call: Call) -> bytes:
    """What the instance sent, as JSON."""
    try:
        return msgspec.json.encode(call.raw)
    except (UnicodeError, OverflowError, TypeError):
        return json.dumps(call.raw, sort_keys=True).encode()


def digest(content: bytes) -> int:
    """64 bits of what the instance sent."""
    return int.from_bytes(blake2b(_LAYOUT + content, digest_size=8).digest(), "big", signed=True)


def as_stored(call: Call, content: bytes, *, native_times: bool) -> Row:
    """The row to write. native_times: times as datetimes, for a database that has a type for them."""
    row: Row = call.as_dict()
    row["id"] = key_of(call)
    row["labels"] = _text(row["labels"])
    if native_times:
        for name in ("started", "answered", "ended"):
            row[name] = row[name] and datetime.fromisoformat(row[name])
    raw = call.raw
    for column, name in _beside(tuple(raw)):
        value = raw[column]
        if value is not None and type(value) is not str:
            value = str(value) if type(value) is int else _text(value)
        row[name] = value
    longest = max(call.duration or 0, call.connected or 0)
    if b"\\u" in content or longest >= _LARGEST:
        return {name: _storable(value) for name, value in row.items()}
    return row


def raw_columns(rows: Iterable[Row]) -> list[str]:
    """The names of all columns that come from the instance alone, in order."""
    names = dict.fromkeys(name for columns in {tuple(row) for row in rows} for name in columns)
    return [name for name in names if name.startswith(_RAW)]


@lru_cache(64)
def _beside(columns: tuple[str, ...]) -> list[tuple[str, str]]:
    """The instance's columns that ours don't have, each with its name in the table."""
    return [(column, name) for column in columns if (name := _name_of(column))]


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
