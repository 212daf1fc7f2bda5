"""Two schemas that stand in the same place, and what callers notice of the difference.

What is sent may be widened and must not be narrowed: the old client's values have to stay valid. What is received may
only narrow. New fields are fine in a response, and in a request when they need not be sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pascom_facade._shape import SchemaReader, Shape

from ..names import snake_case
from ..tree import resolved
from .alternatives import component, discriminator_changes, identity, is_one_of, named_parts, paired, shares_fields
from .direction import Direction, change_of, listed
from .fields import ANY, field_changes, hidden, openness_changes, others
from .keywords import null_change, says_nothing, type_changes, value_changes
from .model import Finding
from .rules import finding

_SHARED = re.compile(r"#/components/schemas/[^/]+")
# Conditions that are schemas: what narrows these narrows the whole.
_INNER = ("contains", "propertyNames", "unevaluatedItems", "additionalItems")
_INNER_BY_NAME = ("patternProperties", "dependentSchemas")
# Conditions that can be narrower and wider at once.
_OPAQUE = ("not", "if", "then", "else", "dependentRequired", "dependencies")


class SchemaComparison:
    """Compares schemas of two documents; each pair of schemas is reported once for each direction."""

    def __init__(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        self._documents = old, new
        self._old = SchemaReader(lambda schema: resolved(old, schema))
        self._new = SchemaReader(lambda schema: resolved(new, schema))
        # By identity, with the schemas themselves: one that is made while reading must stay alive to keep its identity.
        self._compared: dict[tuple[int, int, Direction], tuple[Any, Any]] = {}
        components = (new.get("components") or {}).get("schemas") or {}
        self._classes = {snake_case(name) for name in components}

    def old_kinds(self, schema: Any) -> set[str]:
        """The JSON types that the old document allows; empty for any."""
        return self._old.kinds(schema)

    def new_kinds(self, schema: Any) -> set[str]:
        return self._new.kinds(schema)

    def compare(self, old: Any, new: Any, direction: Direction, where: str) -> Iterator[Finding]:
        """The differences between two schemas, and below them; `where` says where they stand."""
        if not isinstance(old, Mapping) or not isinstance(new, Mapping):
            return
        place, where = where, component(new) or where
        nodes = self._old.node(old), self._new.node(new)
        key = (id(nodes[0]), id(nodes[1]), direction)
        if key in self._compared:
            return
        self._compared[key] = nodes
        before, after = self._old.shape(old), self._new.shape(new)
        yield from self._class(old, new, before, direction, place)
        if bool(before.alternatives) != bool(after.alternatives):
            unlike = list(self._one_or_more((old, before), (new, after), direction, where))
            if unlike:
                yield from null_change(before, after, direction, where)
                yield from unlike
                return
        else:
            yield from type_changes(before, after, direction, where)
            if before.types and after.types and not (before.types - {"null"}) & (after.types - {"null"}):
                return  # nothing below can be compared
        yield from value_changes(before, after, direction, where)
        yield from self._conditions(before, after, direction, where)
        yield from self._below(before, after, direction, where)
        if before.alternatives and after.alternatives:
            yield from self._alternatives(before.alternatives, after.alternatives, direction, where)
        yield from discriminator_changes(before, after, direction, where)

    def _below(self, before: Shape, after: Shape, direction: Direction, where: str) -> Iterator[Finding]:
        yield from field_changes(before, after, direction, where)
        unseen = hidden(before, direction) | hidden(after, direction)
        for name, field in before.properties.items():
            if name in after.properties and name not in unseen:
                yield from self.compare(field, after.properties[name], direction, f"{where}.{name}")
        types = before.types & after.types
        if "array" in types or _are_schemas(before.items, after.items):
            yield from self.compare(before.items or ANY, after.items or ANY, direction, f"{where}[]")
        if "object" in types or _are_schemas(before.additional, after.additional):
            yield from openness_changes(before, after, direction, where)
            yield from self.compare(others(before), others(after), direction, f"{where}.*")

    def _conditions(self, before: Shape, after: Shape, direction: Direction, where: str) -> Iterator[Finding]:
        old, new = before.further, after.further
        for keyword in _INNER:
            yield from self._condition(keyword, old.get(keyword), new.get(keyword), direction, where)
        for keyword in _INNER_BY_NAME:
            were, are = (said if isinstance(said, Mapping) else {} for said in (old.get(keyword), new.get(keyword)))
            for name in sorted(were.keys() | are.keys()):
                yield from self._condition(f"{keyword} {name}", were.get(name), are.get(name), direction, where)
        items = [side.get("prefixItems") or [] for side in (old, new)]
        for number in range(max(map(len, items))):
            was, now = (each[number] if number < len(each) else None for each in items)
            yield from self._condition(f"prefixItems {number}", was, now, direction, where)
        for keyword in _OPAQUE:
            was, now = old.get(keyword), new.get(keyword)
            if (was is None) != (now is None) or self._differs(was, now):
                yield finding("condition", direction, change_of(was, now), where, keyword=keyword)

    def _condition(self, keyword: str, old: Any, new: Any, direction: Direction, where: str) -> Iterator[Finding]:
        old, new = (None if said is True else said for said in (old, new))
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from self.compare(old, new, direction, f"{where} ({keyword})")
        elif old != new:
            change = change_of(old is not None, new is not None)
            yield finding("condition", direction, change, where, keyword=keyword)

    def _differs(self, old: Any, new: Any) -> bool:
        if not isinstance(old, Mapping) or not isinstance(new, Mapping):
            return bool(old != new)
        if all(isinstance(part, list) for part in (*old.values(), *new.values())):
            return old != new  # of `dependentRequired`
        inner = SchemaComparison(*self._documents)
        return any(True for _ in inner.compare(old, new, Direction.REQUEST, ""))

    def _alternatives(self, before: list[Any], after: list[Any], direction: Direction, where: str) -> Iterator[Finding]:
        pairs = paired(before, self._old, after, self._new)
        for name in pairs.removed:
            yield finding("alternatives", direction, "removed", where, values=name)
        for name in pairs.added:
            yield finding("alternatives", direction, "added", where, values=name)
        for name, old, new in pairs.kept:
            yield from self.compare(old, new, direction, where if component(new) else f"{where} ({name})")

    def _one_or_more(
        self, old: tuple[Any, Shape], new: tuple[Any, Shape], direction: Direction, where: str
    ) -> Iterator[Finding]:
        """Where only one of the documents has alternatives; nothing if what both have beside them can be compared."""
        before, after = old[1], new[1]
        several, reader, one, its_reader = before, self._old, new, self._new
        if after.alternatives:
            several, reader, one, its_reader = after, self._new, old, self._old
        names = listed(identity(part, reader) for part in several.alternatives)
        change = "opened" if before.alternatives else "limited"
        if says_nothing(one[1]):
            yield finding("alternatives", direction, change, where, values=names)
            return
        known = {identity(part, reader) for part in several.alternatives}
        parts = self._as_alternatives(*one, known, its_reader)
        is_known = any(is_one_of(part, its_reader, several.alternatives, reader) for part in parts)
        if not is_known and shares_fields(before, after):
            yield finding("alternatives", direction, change, where, values=names)
            yield from self._below(before, after, direction, where)
            return
        lists = (before.alternatives, parts) if before.alternatives else (parts, after.alternatives)
        yield from self._alternatives(*lists, direction, where)

    def _as_alternatives(self, schema: Any, shape: Shape, known: set[str], reader: SchemaReader) -> list[Any]:
        """A schema without alternatives as the list of them that it is: itself, or what it says, or its types."""
        document = self._documents[reader is self._new]
        for name, part in named_parts(schema, document):
            if name in known:
                return [part]
        types = sorted(shape.types - {"null"})
        if len(types) > 1:
            return [{**reader.flat(schema), "type": name, "nullable": False} for name in types]
        return [schema]

    def _class(self, old: Any, new: Any, before: Shape, direction: Direction, where: str) -> Iterator[Finding]:
        """The generated class, if the document no longer has one of that name."""
        was, now = map(_class_of, (old, new), self._documents)
        if was is None or snake_case(was) in self._classes:
            return
        is_class = "object" in before.types or before.enum is not None
        if not is_class:
            return
        if now is None:
            yield finding("class", direction, "removed", where, old=was)
        else:
            yield finding("class", direction, "changed", where, old=was, new=now)


def _class_of(schema: Any, document: Mapping[str, Any]) -> str | None:
    """The component whose class a schema's values have."""
    references = [part["$ref"] for _, part in named_parts(schema, document)]
    if not references or not _SHARED.fullmatch(references[-1]):
        return None
    return component({"$ref": references[-1]})


def _are_schemas(one: Any, other: Any) -> bool:
    return isinstance(one, Mapping) and isinstance(other, Mapping)
