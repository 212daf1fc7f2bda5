"""Two schemas, compared for those who send (request) or receive (response) what they describe.

The instance must still accept what is sent: a request may only widen. Callers must still understand what they
receive: a response may only narrow. New fields are fine in a response, and in a request when they need not be sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from pascom_facade._shape import Schema, SchemaReader, Shape

from ..tree import resolved
from .model import Finding
from .rules import finding

# Formats that become another Python type in the generated client.
_RETYPING_FORMATS = {"date", "date-time", "uuid", "binary"}
_LIMITS = frozenset(
    ("maxLength", "maxItems", "maximum", "maxProperties", "minLength", "minItems", "minimum", "minProperties")
)


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

    def __init__(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        self._old = SchemaReader(lambda schema: resolved(old, schema))
        self._new = SchemaReader(lambda schema: resolved(new, schema))
        # By identity, with the schemas themselves: one that is made while reading must stay alive to keep its identity.
        self._compared: dict[tuple[int, int, Direction], tuple[Any, Any]] = {}

    def compare(self, old: Any, new: Any, direction: Direction, where: str) -> Iterator[Finding]:
        """The differences between two schemas, and below them; `where` says where they stand."""
        if not isinstance(old, dict) or not isinstance(new, dict):
            return
        where = _name(new) or where
        nodes = self._old.node(old), self._new.node(new)
        key = (id(nodes[0]), id(nodes[1]), direction)
        if key in self._compared:
            return
        self._compared[key] = nodes
        before, after = self._old.shape(old), self._new.shape(new)
        yield from _types(before, after, direction, where)
        if before.types and after.types and not (before.types - {"null"}) & (after.types - {"null"}):
            return  # nothing below can be compared
        yield from _enum(before, after, direction, where)
        yield from _limits(before, after, direction, where)
        yield from _fields(before, after, direction, where)
        hidden = _hidden(after, direction)
        for name, field in before.properties.items():
            if name in after.properties and name not in hidden:
                yield from self.compare(field, after.properties[name], direction, f"{where}.{name}")
        yield from self.compare(before.items, after.items, direction, f"{where}[]")
        yield from self.compare(before.additional, after.additional, direction, f"{where}.*")
        yield from self._alternatives(before, after, direction, where)

    def _alternatives(self, before: Shape, after: Shape, direction: Direction, where: str) -> Iterator[Finding]:
        if not before.alternatives or not after.alternatives:
            return
        old = {_identity(part, self._old): part for part in before.alternatives}
        new = {_identity(part, self._new): part for part in after.alternatives}
        for name in sorted(old.keys() - new.keys()):
            yield finding("alternatives", direction, "removed", where, values=name)
        for name in sorted(new.keys() - old.keys()):
            yield finding("alternatives", direction, "added", where, values=name)
        for name in sorted(old.keys() & new.keys()):
            yield from self.compare(old[name], new[name], direction, where)


def _types(before: Shape, after: Shape, direction: Direction, where: str) -> Iterator[Finding]:
    described = {"old": before.description, "new": after.description}
    if before.types - {"null"} != after.types - {"null"}:
        yield finding("type", direction, _type_change(before, after, direction), where, **described)
        return
    if before.is_limited and after.is_limited and before.nullable != after.nullable:
        yield finding("null", direction, "added" if after.nullable else "removed", where)
    if before.format == after.format:
        return
    if {before.format, after.format} & _RETYPING_FORMATS:
        yield finding("format", direction, "retyped", where, **described)
    else:
        formats = {"old": before.format or "none", "new": after.format or "none"}
        yield finding("format", direction, _change(before.format, after.format), where, **formats)


def _type_change(before: Shape, after: Shape, direction: Direction) -> str:
    if not direction.is_sent:
        return "narrowed" if _contains(before.types, after.types) else "changed"
    if _contains(after.types, before.types):
        return "widened"
    return "widened" if _fits_as_text(before, after, direction) else "changed"


def _change(before: Any, after: Any) -> str:
    if not before:
        return "added"
    return "changed" if after else "removed"


def _contains(wide: set[str], narrow: set[str]) -> bool:
    if not wide:
        return True
    missing = narrow - wide - {"null"}
    return bool(narrow) and (not missing or (missing == {"integer"} and "number" in wide))


def _fits_as_text(before: Shape, after: Shape, direction: Direction) -> bool:
    if direction is not Direction.PARAMETER or "string" not in after.types:
        return False
    simple = {"string", "integer", "number", "boolean"}
    return bool(before.types) and before.types <= simple


def _enum(before: Shape, after: Shape, direction: Direction, where: str) -> Iterator[Finding]:
    old, new = before.enum, after.enum
    if old is None and new is None:
        return
    if old is None:
        yield finding("enum", direction, "added", where, values=_values(new or []))
        return
    if new is None:
        yield finding("enum", direction, "removed", where)
        return
    removed = [value for value in old if value not in new]
    added = [value for value in new if value not in old]
    if removed:
        yield finding("enum", direction, "value removed", where, values=_values(removed))
    if added:
        yield finding("enum", direction, "value added", where, values=_values(added))


def _limits(before: Shape, after: Shape, direction: Direction, where: str) -> Iterator[Finding]:
    either = before.limits.keys() | after.limits.keys()
    for name in sorted(either & _LIMITS):
        old, new = before.limits.get(name), after.limits.get(name)
        if old != new:
            words = {"keyword": name, "old": _or_none(old), "new": _or_none(new)}
            change = "narrowed" if _is_narrower(name, old, new) else "widened"
            yield finding("limit", direction, change, where, **words)
    if before.pattern != after.pattern:
        yield finding("pattern", direction, _change(before.pattern, after.pattern), where, new=after.pattern)
    if before.default != after.default and direction.is_sent:
        words = {"old": _or_none(before.default), "new": _or_none(after.default)}
        yield finding("default", direction, "changed", where, **words)


def _is_narrower(name: str, old: float | None, new: float | None) -> bool:
    if old is None or new is None:
        return new is not None
    return new < old if name.startswith("max") else new > old


def _fields(before: Shape, after: Shape, direction: Direction, where: str) -> Iterator[Finding]:
    if before.properties and not after.properties and after.additional is not False and not after.alternatives:
        yield finding("properties", direction, "undocumented", where, values=", ".join(sorted(before.properties)))
        return
    gone = before.properties.keys() - after.properties.keys()
    arrived = after.properties.keys() - before.properties.keys()
    kept = before.properties.keys() & after.properties.keys()
    for name in sorted(gone - _hidden(before, direction)):
        yield finding("properties", direction, "removed", f"{where}.{name}")
    hidden = _hidden(after, direction)
    for name in (*sorted(arrived - hidden), *sorted(kept - hidden)):
        change = _of_field(name, before, after, direction)
        if change:
            yield finding("properties", direction, change, f"{where}.{name}")


def _of_field(name: str, before: Shape, after: Shape, direction: Direction) -> str | None:
    """What happened to a field that is there now."""
    required = name in after.required
    must_be_sent = required and direction.is_sent
    has_default = _has_default(after.properties[name])
    if name not in before.properties:
        return "added, required" if must_be_sent and not has_default else "added"
    if required == (name in before.required):
        return None
    if must_be_sent and has_default:
        return "required, with default"
    return "required" if required else "optional"


def _hidden(shape: Shape, direction: Direction) -> set[str]:
    """Read-only fields aren't sent, write-only ones not received."""
    return shape.read_only if direction.is_sent else shape.write_only


def _has_default(schema: Any) -> bool:
    return isinstance(schema, dict) and "default" in schema


def _name(node: Schema) -> str | None:
    """The name of the component a schema refers to."""
    reference = node.get("$ref")
    if not isinstance(reference, str):
        return None
    return reference.rsplit("/", 1)[-1].replace("~1", "/").replace("~0", "~")


def _identity(part: Any, reader: SchemaReader) -> str:
    """How alternatives of two documents are matched: by name, else by title, else by type."""
    if not isinstance(part, Mapping):
        return "anything"
    shape = reader.shape(part)
    inner = f" of {_identity(shape.items, reader)}" if shape.items else ""
    return _name(part) or part.get("title") or f"{shape.description}{inner}"


def _values(values: list[Any]) -> str:
    return ", ".join(map(str, values))


def _or_none(value: Any) -> str:
    return "none" if value is None else str(value)
