"""Two schemas, compared for those who send (request) or receive (response) what they describe.

What is sent must still be accepted: a request may only widen. What is received must still be understood: a
response may only narrow. New fields are fine in a response, and in a request when they need not be sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from ..tree import resolved
from .model import Finding, Severity
from .shapes import Document, Schema, Shape, shape

BREAKING, MAYBE, COMPATIBLE = Severity.BREAKING, Severity.MAYBE, Severity.COMPATIBLE
# Formats that become another Python type in the generated client.
_RETYPING_FORMATS = {"date", "date-time", "uuid", "binary"}


class Direction(StrEnum):
    """Where a schema stands. A parameter is a request's too, but travels as text: any simple type fits a string."""

    PARAMETER = "parameter"
    REQUEST = "request"
    RESPONSE = "response"

    @property
    def is_sent(self) -> bool:
        return self is not Direction.RESPONSE


class SchemaComparison:
    """Compares schemas of two documents; each pair of schemas is reported once for each direction."""

    def __init__(self, old: Document, new: Document) -> None:
        self._old, self._new = old, new
        self._seen: set[tuple[int, int, Direction]] = set()

    def compare(self, old: Any, new: Any, direction: Direction, where: str) -> Iterator[Finding]:
        """The differences between two schemas, and below them; `where` says where they stand."""
        if not isinstance(old, dict) or not isinstance(new, dict):
            return
        where = _name(new) or where
        old_node, new_node = _end(self._old, old), _end(self._new, new)
        key = (id(old_node), id(new_node), direction)
        if key in self._seen:
            return
        self._seen.add(key)
        before, after = shape(self._old, old), shape(self._new, new)
        yield from _types(before, after, direction, where)
        if before.types and after.types and not (before.types - {"null"}) & (after.types - {"null"}):
            return  # nothing below can be compared
        yield from _enum(before, after, direction, where)
        yield from _limits(before, after, direction, where)
        yield from _fields(before, after, direction, where)
        for name in before.properties.keys() & after.properties.keys():
            if name not in _not_ours(after, direction):
                yield from self.compare(before.properties[name], after.properties[name], direction, f"{where}.{name}")
        yield from self.compare(before.items, after.items, direction, f"{where}[]")
        yield from self.compare(before.additional, after.additional, direction, f"{where}.*")
        yield from self._alternatives(before, after, direction, where)

    def _alternatives(self, before: Shape, after: Shape, direction: Direction, where: str) -> Iterator[Finding]:
        if not before.alternatives or not after.alternatives:
            return
        old = {_identity(part, self._old): part for part in before.alternatives}
        new = {_identity(part, self._new): part for part in after.alternatives}
        for name in old.keys() - new.keys():
            severity = BREAKING if direction.is_sent else COMPATIBLE
            yield Finding(severity, f"{direction}-alternative-removed", where, f"can no longer be {name}")
        for name in new.keys() - old.keys():
            severity = COMPATIBLE if direction.is_sent else MAYBE
            yield Finding(severity, f"{direction}-alternative-added", where, f"can also be {name}")
        for name in old.keys() & new.keys():
            yield from self.compare(old[name], new[name], direction, where)


def _types(before: Shape, after: Shape, direction: Direction, where: str) -> Iterator[Finding]:
    wide, narrow = (after, before) if direction.is_sent else (before, after)
    if before.types - {"null"} != after.types - {"null"}:
        fits = _contains(wide.types, narrow.types) or _fits_as_text(before, after, direction)
        severity = COMPATIBLE if fits else BREAKING
        text = f"type changed from {before.description} to {after.description}"
        yield Finding(severity, f"{direction}-type-changed", where, text)
        return
    if before.types and ("null" in before.types) != ("null" in after.types):
        severity = BREAKING if "null" in narrow.types else COMPATIBLE
        text = "may be null" if "null" in after.types else "may no longer be null"
        yield Finding(severity, f"{direction}-nullability-changed", where, text)
    if before.format != after.format and {before.format, after.format} & _RETYPING_FORMATS:
        text = f"type changed from {before.description} to {after.description}"
        yield Finding(BREAKING, f"{direction}-type-changed", where, text)
    elif before.format != after.format:
        text = f"format changed from {before.format or 'none'} to {after.format or 'none'}"
        severity = MAYBE if before.format and after.format else COMPATIBLE
        yield Finding(severity, f"{direction}-format-changed", where, text)


def _contains(wide: set[str], narrow: set[str]) -> bool:
    if not wide:
        return True
    missing = narrow - wide - {"null"}
    return bool(narrow) and (not missing or (missing == {"integer"} and "number" in wide))


def _fits_as_text(before: Shape, after: Shape, direction: Direction) -> bool:
    simple = {"string", "integer", "number", "boolean"}
    return (
        direction is Direction.PARAMETER and "string" in after.types and bool(before.types) and before.types <= simple
    )


def _enum(before: Shape, after: Shape, direction: Direction, where: str) -> Iterator[Finding]:
    if before.enum is None and after.enum is None:
        return
    if before.enum is None or after.enum is None:
        limited = after.enum is not None
        text = (
            f"is limited to {_values(after.enum or [])} now" if limited else "is no longer limited to a list of values"
        )
        harm = BREAKING if direction.is_sent else MAYBE
        harmful = limited == (direction.is_sent)
        yield Finding(
            harm if harmful else COMPATIBLE,
            f"{direction}-enum-{'added' if limited else 'removed'}",
            where,
            text,
        )
        return
    if gone := [value for value in before.enum if value not in after.enum]:
        severity = BREAKING if direction.is_sent else COMPATIBLE
        yield Finding(severity, f"{direction}-enum-value-removed", where, f"no longer {_values(gone)}")
    if added := [value for value in after.enum if value not in before.enum]:
        severity = COMPATIBLE if direction.is_sent else MAYBE
        yield Finding(severity, f"{direction}-enum-value-added", where, f"can also be {_values(added)}")


def _limits(before: Shape, after: Shape, direction: Direction, where: str) -> Iterator[Finding]:
    for name in sorted(before.limits.keys() | after.limits.keys()):
        old, new = before.limits.get(name), after.limits.get(name)
        if old == new:
            continue
        narrower = new is not None and (old is None or (new < old if name.startswith("max") else new > old))
        harmful = narrower == direction.is_sent
        severity = COMPATIBLE if not harmful else BREAKING if direction.is_sent else MAYBE
        yield Finding(
            severity,
            f"{direction}-limit-changed",
            where,
            f"{name} changed from {_or_none(old)} to {_or_none(new)}",
        )
    if before.pattern != after.pattern:
        severity = COMPATIBLE
        if direction.is_sent and after.pattern:
            severity = MAYBE if before.pattern else BREAKING
        text = f"must match {after.pattern} now" if after.pattern else "need not match a pattern now"
        yield Finding(severity, f"{direction}-pattern-changed", where, text)
    if before.default != after.default and direction.is_sent:
        text = f"default changed from {_or_none(before.default)} to {_or_none(after.default)}"
        yield Finding(MAYBE, "request-default-changed", where, text)


def _fields(before: Shape, after: Shape, direction: Direction, where: str) -> Iterator[Finding]:
    def field(severity: Severity, kind: str, name: str, text: str) -> Finding:
        return Finding(severity, f"{direction}-field-{kind}", f"{where}.{name}", text)

    def asked_for(name: str) -> bool:
        return name in after.required and not _has_default(after.properties.get(name))

    if before.properties and not after.properties and after.additional is not False and not after.alternatives:
        text = f"no longer says which fields it has (it had {', '.join(sorted(before.properties))})"
        yield Finding(BREAKING, f"{direction}-fields-undocumented", where, text)
        return
    for name in sorted(before.properties.keys() - after.properties.keys()):
        if name not in _not_ours(before, direction):
            yield field(BREAKING, "removed", name, "removed")
    for name in sorted(after.properties.keys() - before.properties.keys()):
        if name in _not_ours(after, direction):
            continue
        if direction.is_sent and asked_for(name):
            yield field(BREAKING, "added", name, "added, and required")
        else:
            yield field(COMPATIBLE, "added", name, "added")
    for name in sorted(before.properties.keys() & after.properties.keys()):
        if (name in before.required) == (name in after.required):
            continue
        if name in _not_ours(after, direction):
            continue
        if name in after.required:
            severity = BREAKING if direction.is_sent and asked_for(name) else COMPATIBLE
            yield field(
                severity,
                "required",
                name,
                "is required now" if direction.is_sent else "is always there now",
            )
        else:
            severity = COMPATIBLE if direction.is_sent else BREAKING
            yield field(
                severity,
                "optional",
                name,
                "need not be sent now" if direction.is_sent else "may be missing now",
            )


def _not_ours(found: Shape, direction: Direction) -> set[str]:
    """Read-only fields aren't sent, write-only ones not received."""
    return found.read_only if direction.is_sent else found.write_only


def _has_default(schema: Any) -> bool:
    return isinstance(schema, dict) and "default" in schema


def _name(node: Schema) -> str | None:
    """The name of the component a schema refers to."""
    reference = node.get("$ref")
    return reference.rsplit("/", 1)[-1].replace("~1", "/").replace("~0", "~") if isinstance(reference, str) else None


def _identity(part: Schema, document: Document) -> str:
    """How alternatives of two documents are matched: by name, else by title, else by type."""
    found = shape(document, part)
    inner = f" of {_identity(found.items, document)}" if found.items else ""
    return _name(part) or part.get("title") or f"{found.description}{inner}"


def _end(document: Document, node: Schema) -> Schema:
    return resolved(document, node)


def _values(values: list[Any]) -> str:
    return ", ".join(map(str, values))


def _or_none(value: Any) -> str:
    return "none" if value is None else str(value)
