"""What tells the members of a union apart: what a discriminator says, and the properties that have known values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pascom_facade._shape import SchemaReader

from ..tree import keys
from .forms import Schema

NAMED = "#/components/schemas/"


class Discriminator(NamedTuple):
    """`classes` are those that a value of the property means, by what they are referred to; None is any other."""

    property: str
    classes: dict[str | None, str]


def discriminator(schema: Schema, references: Mapping[str, str]) -> Discriminator | None:
    """What a union's discriminator says; `references` has what each of its members that is a reference became."""
    said = schema.get("discriminator")
    if not isinstance(said, Mapping) or not isinstance(said.get("propertyName"), str):
        return None
    mapping = said.get("mapping")
    classes: dict[str | None, str] = {}
    for value, target in mapping.items() if isinstance(mapping, Mapping) else ():
        # By reference, or by name, which may look like one.
        found = references.get(str(target)) or references.get(NAMED + escaped(str(target)))
        if found:
            classes[str(value)] = found
    for reference, key in references.items():
        classes.setdefault(keys(reference)[-1], key)
    return Discriminator(said["propertyName"], classes) if classes else None


def escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def known_values(reader: SchemaReader, schema: Schema) -> dict[str, list[Any]]:
    """The properties of an object that have a few values only, null aside."""
    found = {}
    for name, inner in reader.shape(schema).properties.items():
        values = [value for value in reader.choices(inner) if value is not None]
        if values and all(isinstance(value, (str, int, float)) for value in values):
            found[name] = values
    return found


def in_unions(part: Any) -> Iterator[str]:
    """What the members of the unions in a lowered part refer to, in lists as well."""
    if isinstance(part, list):
        for inner in part:
            yield from in_unions(inner)
    elif isinstance(part, dict):
        if "anyOf" in part:
            found = [reference for member in part["anyOf"] for reference in _referred(member)]
            if len(found) > 1:
                yield from found
        for inner in part.values():
            if isinstance(inner, (dict, list)):
                yield from in_unions(inner)


def _referred(member: Schema) -> Iterator[str]:
    if "$ref" in member:
        yield member["$ref"]
    for inner in (member.get("items"), *member.get("anyOf", ())):
        if isinstance(inner, dict):
            yield from _referred(inner)
