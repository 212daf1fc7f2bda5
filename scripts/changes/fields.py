"""The fields of an object in two documents: which there are, which have to be there, what others there may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pascom_facade._shape import Shape

from ..names import property_names
from .direction import Direction, listed
from .model import Finding
from .rules import finding

ANY: Mapping[str, Any] = {}  # the schema of what nothing is said about


def field_changes(before: Shape, after: Shape, direction: Direction, where: str) -> Iterator[Finding]:
    if before.properties and not after.properties and after.additional is not False and not after.alternatives:
        yield finding("properties", direction, "undocumented", where, values=listed(sorted(before.properties)))
        return
    gone = before.properties.keys() - after.properties.keys()
    arrived = after.properties.keys() - before.properties.keys()
    kept = before.properties.keys() & after.properties.keys()
    was_hidden, is_hidden = hidden(before, direction), hidden(after, direction)
    for name in sorted(gone - was_hidden):
        yield finding("properties", direction, "removed", f"{where}.{name}")
    for name in sorted(kept & (was_hidden ^ is_hidden)):
        yield _visibility(name, after, direction, f"{where}.{name}")
    for name in (*sorted(arrived - is_hidden), *sorted(kept - is_hidden - was_hidden)):
        change = _of_field(name, before, after, direction)
        if change:
            yield finding("properties", direction, change, f"{where}.{name}")
    for name in sorted({*before.required} ^ {*after.required}):
        if name not in before.properties and name not in after.properties:
            change = "required" if name in after.required else "optional"
            yield finding("properties", direction, change, f"{where}.{name}")
    if arrived or gone:
        yield from _attributes(before, after, direction, where)


def _visibility(name: str, after: Shape, direction: Direction, where: str) -> Finding:
    """A field that is no longer sent or received, or is now."""
    is_hidden = name in hidden(after, direction)
    if not direction.is_sent:
        return finding("writeOnly", direction, "added" if is_hidden else "removed", where)
    if is_hidden:
        return finding("readOnly", direction, "added", where)
    must_be_sent = name in after.required and not _has_default(after.properties[name])
    return finding("readOnly", direction, "removed, required" if must_be_sent else "removed", where)


def _of_field(name: str, before: Shape, after: Shape, direction: Direction) -> str | None:
    """What happened to a field that is there now."""
    required = name in after.required
    was_there = name in before.properties
    if was_there and required == (name in before.required):
        return None
    if required and direction.is_sent:
        has_default = _has_default(after.properties[name])
        if not was_there:
            return "added" if has_default else "added, required"
        return "required, with default" if has_default else "required"
    if not was_there:
        return "added"
    return "required" if required else "optional"


def _attributes(before: Shape, after: Shape, direction: Direction, where: str) -> Iterator[Finding]:
    """What is called otherwise in Python only because another field has come or gone."""
    old, new = property_names(before.properties), property_names(after.properties)
    for name in sorted(old.keys() & new.keys()):
        if old[name] != new[name]:
            yield finding("attribute", direction, "changed", f"{where}.{name}", old=old[name], new=new[name])


def openness_changes(before: Shape, after: Shape, direction: Direction, where: str) -> Iterator[Finding]:
    """Whether an object may have fields that aren't documented by name; not, what they are."""
    old, new = others(before), others(after)
    if (old is False) == (new is False):
        return
    if old is False:
        yield finding("additionalProperties", direction, "opened", where)
        return
    was_a_map = bool(old) or not before.properties
    yield finding("additionalProperties", direction, "removed" if was_a_map else "closed", where)


def others(shape: Shape) -> Any:
    """The schema of fields that aren't documented by name; False if there are none."""
    for said in (shape.additional, shape.further.get("unevaluatedProperties")):
        if said is False or isinstance(said, Mapping):
            return said
    return ANY


def hidden(shape: Shape, direction: Direction) -> set[str]:
    """Read-only fields aren't sent, write-only ones not received."""
    return shape.read_only if direction.is_sent else shape.write_only


def _has_default(schema: Any) -> bool:
    return isinstance(schema, dict) and "default" in schema
