"""Where a schema stands, and how what it says is written in a finding."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any


class Direction(StrEnum):
    """Where a schema stands. A parameter is a request's too, but travels as text: any simple type fits a string."""

    PARAMETER = "parameter"
    REQUEST = "request"
    RESPONSE = "response"

    @property
    def is_sent(self) -> bool:
        return self is not Direction.RESPONSE


def change_of(before: Any, after: Any) -> str:
    if not before:
        return "added"
    return "changed" if after else "removed"


def flag_change(before: Any, after: Any) -> str:
    """What happened to a flag: "added", "removed" or, empty, nothing."""
    if bool(before) == bool(after):
        return ""
    return "added" if after else "removed"


def listed(values: Iterable[Any]) -> str:
    return ", ".join(map(str, values))


def or_none(value: Any) -> str:
    return "none" if value is None else str(value)
