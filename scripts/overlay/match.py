"""Which of a document's operations is the one that the vendor's page documents.

It is the same operation if it has the vendor's address, whatever its parameters are called and whether it ends in a
slash, or if the vendor's address fits its template: `…/defaultdevice/action` fits `…/defaultdevice/{action}`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from ..tree import operations

_BEHIND = re.compile(r"[?#](?![^{}]*\}).*")
_FORMAT = re.compile(r"\.(json|xml|\{[^{}]+\})$")
_ONE_PARAMETER = re.compile(r"\{[^{}]*\}")


class Match(NamedTuple):
    """An operation of a document. `filled` counts the literal segments of the address that its template leaves open."""

    path: str
    method: str
    item: Mapping[str, Any]
    operation: dict[str, Any]
    filled: int

    @property
    def is_exact(self) -> bool:
        return self.filled == 0


def matches(
    document: Mapping[str, Any], method: str, path: str, reserved: Collection[tuple[str, str]] = ()
) -> Iterator[Match]:
    """The operations that `method` and `path` can mean.

    `reserved` are addresses of others, which don't count as templates: `identity/{userName}` isn't where
    `identity/states` is documented.
    """
    for documented, its_method, item, operation in operations(document):
        if its_method != method:
            continue
        filled = _filled(address(path), address(documented))
        if filled == 0 or (filled and (method, template(documented)) not in reserved):
            yield Match(documented, method, item, operation, filled)


def template(path: str) -> str:
    """What all spellings of an address have in common."""
    return "/".join(_ONE_PARAMETER.sub("{}", segment) for segment in address(path))


def address(path: str) -> tuple[str, ...]:
    """The segments of a path, without a query, a fragment or a format (`cdr.json`) at its end."""
    plain = _FORMAT.sub("", _BEHIND.sub("", path).rstrip("/"))
    return tuple(segment for segment in plain.split("/") if segment)


def _filled(wanted: tuple[str, ...], documented: tuple[str, ...]) -> int | None:
    """How many literals of `wanted` fall on parameters of `documented`; None if it doesn't fit."""
    if len(wanted) != len(documented):
        return None
    filled = 0
    for one, other in zip(wanted, documented, strict=True):
        if is_parameter(other):
            if not is_parameter(one):
                filled += 1
        elif one != other:
            return None
    return filled


def is_parameter(segment: str) -> bool:
    return bool(_ONE_PARAMETER.fullmatch(segment))
