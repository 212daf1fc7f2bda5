"""From a document as published to a valid one from which the generator keeps everything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..errors import DocumentUnusable


class Repair(NamedTuple):
    """One problem: where, what, and what was made of it."""

    pointer: str
    problem: str
    repair: str


class Repaired(NamedTuple):
    document: dict[str, Any]
    repairs: list[Repair]
    warnings: list[str]


def repair(document: Mapping[str, Any]) -> Repaired:
    """A valid document that says what `document` means, and what had to be repaired."""
    if not isinstance(document.get("paths"), dict):
        raise DocumentUnusable("this is no OpenAPI document: it has no paths")
    return Repaired(dict(document), [], [])
