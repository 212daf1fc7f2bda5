"""Inheritance as OpenAPI has it: a schema with a discriminator, and others that bring it in by `allOf`.

Wherever the document says the parent, its heirs may come: `Pet` is `Pet | Cat | Dog`, told apart by the discriminator.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..tree import resolved
from .forms import Schema
from .unions import NAMED, escaped

Heirs = dict[str, list[str]]  # of each parent, by what it is referred to


def heirs(document: Mapping[str, Any]) -> Heirs:
    """The named schemas that bring in one with a discriminator, through others too."""
    named = {f"{NAMED}{escaped(name)}": schema for name, schema in _schemas(document).items()}
    ancestors = {reference: set(_ancestors(document, schema)) for reference, schema in named.items()}
    parents = [reference for reference, schema in named.items() if _is_parent(schema)]
    found = {
        parent: [reference for reference in named if parent in ancestors[reference] and reference != parent]
        for parent in parents
    }
    return {parent: children for parent, children in found.items() if children}


def without_children(document: Mapping[str, Any], found: Heirs) -> dict[str, Any]:
    """The document whose parents don't list their heirs as alternatives, too: an heir would be made of itself."""
    schemas = dict(_schemas(document))
    for name, schema in schemas.items():
        children = found.get(f"{NAMED}{escaped(name)}", ())
        for key in ("oneOf", "anyOf"):
            listed = schema.get(key) if isinstance(schema, Mapping) else None
            if listed and all(isinstance(one, Mapping) and one.get("$ref") in children for one in listed):
                schemas[name] = schema = {said: value for said, value in schema.items() if said != key}
    components = {**document.get("components", {}), "schemas": schemas}
    return {**document, "components": components}


def _schemas(document: Mapping[str, Any]) -> Mapping[str, Any]:
    schemas: Mapping[str, Any] = document.get("components", {}).get("schemas", {})
    return schemas


def _is_parent(schema: Any) -> bool:
    said = schema.get("discriminator") if isinstance(schema, Mapping) else None
    return isinstance(said, Mapping) and isinstance(said.get("propertyName"), str) and bool(schema.get("properties"))


def _ancestors(document: Mapping[str, Any], schema: Schema, seen: tuple[str, ...] = ()) -> Iterator[str]:
    """What a schema brings in by `allOf`, and what that brings in."""
    listed = schema.get("allOf") if isinstance(schema, Mapping) else None
    for part in listed or ():
        reference = part.get("$ref") if isinstance(part, Mapping) else None
        if isinstance(reference, str) and reference not in seen:
            yield reference
            yield from _ancestors(document, resolved(document, part), (*seen, reference))
