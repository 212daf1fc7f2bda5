"""Values of odd rows, read as the type of their column; what cannot be is None."""

from __future__ import annotations

from datetime import UTC, datetime
from math import isfinite
from typing import Annotated, Any

import msgspec

Milliseconds = Annotated[int, msgspec.Meta(ge=10**11, lt=2**42)]
"""Since 1970, UTC: the years 1973 to 2109. Anything else is read tolerantly."""

_YES_NO = {"t": 1, "f": 0, "true": 1, "false": 0}


def lenient(value: object, kind: Any) -> Any:
    """The value converted to its column's type; None if it cannot be."""
    if kind == str | None:
        return _text(value)
    if kind is Milliseconds:
        value = _milliseconds(value)
    if isinstance(value, bool):
        value = int(value)
    elif isinstance(value, str):
        value = _YES_NO.get(value.strip().lower(), value)
    if isinstance(value, float):
        if not isfinite(value):
            return None
        value = round(value)
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError:
        return None


def _text(value: object) -> str | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else None


def _milliseconds(value: object) -> object:
    """A time that may be written as text (without a zone: UTC) or in seconds (both assumed)."""
    text = str(value).strip()
    try:
        number = float(text)
    except ValueError:
        return _moment(text)
    if not isfinite(number) or (isinstance(value, str) and not text[:1].isdecimal()):
        return None
    if number < 10**11:
        number *= 1000
    return round(number)


def _moment(text: str) -> int | None:
    try:
        moment = datetime.fromisoformat(text)
        return round(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() * 1000)
    except (ValueError, OverflowError):
        return None
