"""Which alternative of one document is which of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pascom_facade._shape import ANNOTATIONS, COMPOSED, Schema, SchemaReader, Shape, members

from ..tree import lookup
from .direction import Direction, change_of
from .model import Finding
from .rules import finding

_LONGEST_CHAIN = 50  # references to references
_ADDS_NO_TYPE = {"$ref", "nullable", "default", "type"}


class Paired(NamedTuple):
    """`kept` are pairs, with the name that both have; of the others only the names matter."""

    kept: list[tuple[str, Any, Any]]
    removed: list[str]
    added: list[str]


def paired(old: list[Any], old_reader: SchemaReader, new: list[Any], new_reader: SchemaReader) -> Paired:
    """By name; those without one by type, and among these first those that have the same fields."""
    before, after = _by_name(old, old_reader), _by_name(new, new_reader)
    result = Paired([], [], [])
    for name in sorted(before.keys() | after.keys()):
        olds, news = before[name], after[name]
        for one in list(olds):
            same = _same_fields(one, old_reader, news, new_reader)
            if same is not None:
                result.kept.append((name, one, news.pop(same)))
                olds.remove(one)
        count = min(len(olds), len(news))
        result.kept.extend((name, *pair) for pair in zip(olds[:count], news[:count], strict=True))
        result.removed.extend([name] * len(olds[count:]))
        result.added.extend([name] * len(news[count:]))
    return result


def _by_name(parts: list[Any], reader: SchemaReader) -> defaultdict[str, list[Any]]:
    named: defaultdict[str, list[Any]] = defaultdict(list)
    for part in parts:
        named[identity(part, reader)].append(part)
    return named


def _same_fields(one: Any, old: SchemaReader, news: list[Any], new: SchemaReader) -> int | None:
    fields = old.shape(one).properties.keys()
    return next((number for number, other in enumerate(news) if new.shape(other).properties.keys() == fields), None)


def is_one_of(part: Any, reader: SchemaReader, others: list[Any], their_reader: SchemaReader) -> bool:
    """Whether a schema is an alternative of the other document; an object without a name is known by its fields."""
    name = identity(part, reader)
    alike = [other for other in others if identity(other, their_reader) == name]
    return bool(alike) and (name != "object" or _same_fields(part, reader, alike, their_reader) is not None)


def identity(part: Any, reader: SchemaReader) -> str:
    """How alternatives of two documents are matched: by name, else by title, else by type."""
    if not isinstance(part, Mapping):
        return "anything"
    shape = reader.shape(part)
    inner = f" of {identity(shape.items, reader)}" if shape.items else ""
    return component(part) or part.get("title") or f"{shape.description}{inner}"


def component(node: Schema) -> str | None:
    """The name of the component a schema refers to."""
    reference = node.get("$ref")
    if not isinstance(reference, str):
        return None
    return reference.rsplit("/", 1)[-1].replace("~1", "/").replace("~0", "~")


def named_parts(schema: Any, document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """(name, reference) of each component that a schema is nothing but; the last is the one with something to say."""
    for _ in range(_LONGEST_CHAIN):
        if not isinstance(schema, Mapping):
            return
        name = component(schema)
        if name is None:
            schema = _only_part(schema)
        elif schema.keys() - ANNOTATIONS - _ADDS_NO_TYPE:
            return
        else:
            yield name, schema
            schema = lookup(document, schema["$ref"])


def _only_part(schema: Schema) -> Any:
    """The one schema that another is nothing but, next to a null; None if it is its own."""
    if schema.keys() - ANNOTATIONS - COMPOSED - _ADDS_NO_TYPE:
        return None
    parts = [*(schema.get("allOf") or ()), *members(schema)]
    named = [part for part in parts if isinstance(part, Mapping) and part.get("type") != "null"]
    return named[0] if len(named) == 1 else None


def shares_fields(one: Shape, other: Shape) -> bool:
    return bool(one.properties.keys() & other.properties.keys())


def discriminator_changes(before: Shape, after: Shape, direction: Direction, where: str) -> Iterator[Finding]:
    old, new = _discriminator(before), _discriminator(after)
    old_name, new_name = old.get("propertyName"), new.get("propertyName")
    if old_name != new_name:
        yield finding("discriminator", direction, change_of(old_name, new_name), where, old=old_name, new=new_name)
        return
    before_mapping, after_mapping = _mapping(old), _mapping(new)
    if not before_mapping or not after_mapping:
        return  # it is by the names of the schemas
    for name in sorted(before_mapping.keys() | after_mapping.keys()):
        was, now = before_mapping.get(name), after_mapping.get(name)
        if was != now:
            yield finding("mapping", direction, change_of(was, now), where, name=name, old=was, new=now)


def _discriminator(shape: Shape) -> Mapping[str, Any]:
    said = shape.further.get("discriminator")
    return said if isinstance(said, Mapping) else {}


def _mapping(discriminator: Mapping[str, Any]) -> dict[str, str]:
    listed = discriminator.get("mapping") or {}
    return {str(name): str(target).rsplit("/", 1)[-1] for name, target in listed.items()}
