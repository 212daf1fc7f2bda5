"""What a schema allows, in one flat form: references followed, `allOf` merged, nullability as a type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..tree import resolved

Document = Mapping[str, Any]
Schema = Mapping[str, Any]

_LIMITS = (
    "maxLength",
    "maxItems",
    "maximum",
    "maxProperties",
    "minLength",
    "minItems",
    "minimum",
    "minProperties",
)
_DEEPEST = 20


@dataclass
class Shape:
    """`types` is empty where anything is allowed; `null` is one of them."""

    types: set[str] = field(default_factory=set)
    format: str | None = None
    enum: list[Any] | None = None
    properties: dict[str, Schema] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    read_only: set[str] = field(default_factory=set)
    write_only: set[str] = field(default_factory=set)
    items: Schema | None = None
    additional: Schema | bool | None = None
    alternatives: list[Schema] = field(default_factory=list)
    limits: dict[str, float] = field(default_factory=dict)
    pattern: str | None = None
    default: Any = None

    @property
    def description(self) -> str:
        """The type as people write it."""
        names = sorted(self.types - {"null"}) or (["null"] if self.types else ["anything"])
        text = " or ".join(names) + (f" ({self.format})" if self.format else "")
        return f"{text} or null" if "null" in self.types and names != ["null"] else text


def shape(document: Document, node: Any, depth: int = 0) -> Shape:
    """The shape of a schema of `document`."""
    if not isinstance(node, Mapping):
        return Shape()
    schema = resolved(document, node)
    types = schema.get("type")
    found = Shape(
        types={types} if isinstance(types, str) else set(types or ()),
        format=schema.get("format"),
        enum=[schema["const"]] if "const" in schema else schema.get("enum"),
        properties=dict(schema.get("properties") or {}),
        required=set(schema.get("required") or ()),
        items=schema.get("items"),
        additional=schema.get("additionalProperties"),
        limits={name: schema[name] for name in _LIMITS if isinstance(schema.get(name), int | float)},
        pattern=schema.get("pattern"),
        default=schema.get("default"),
    )
    if schema.get("nullable"):
        found.types.add("null")
    for name, part in found.properties.items():
        marks = resolved(document, part) if isinstance(part, Mapping) else {}
        if marks.get("readOnly") is True:
            found.read_only.add(name)
        if marks.get("writeOnly") is True:
            found.write_only.add(name)
    if not found.types and found.properties:
        found.types = {"object"}
    if found.enum is not None:
        _types_of_enum(found)
    if depth < _DEEPEST:
        for part in schema.get("allOf") or ():
            _add(found, shape(document, part, depth + 1))
        _alternatives(document, schema, found, depth)
    return found


def _types_of_enum(found: Shape) -> None:
    values = found.enum or []
    if None in values:
        found.types |= {"null"} if found.types else set()
    found.enum = [value for value in values if value is not None]


def _add(found: Shape, part: Shape) -> None:
    """Narrow `found` by a part of its `allOf`."""
    found.types |= part.types
    found.format = found.format or part.format
    found.enum = part.enum if found.enum is None else found.enum
    found.properties = part.properties | found.properties
    found.required |= part.required
    found.read_only |= part.read_only
    found.write_only |= part.write_only
    found.items = found.items or part.items
    found.additional = part.additional if found.additional is None else found.additional
    found.alternatives += part.alternatives
    found.limits = part.limits | found.limits
    found.pattern = found.pattern or part.pattern
    found.default = part.default if found.default is None else found.default


def _alternatives(document: Document, schema: Schema, found: Shape, depth: int) -> None:
    """`oneOf` and `anyOf`; "this or null" is not an alternative but a type that may be null."""
    listed = [*(schema.get("oneOf") or ()), *(schema.get("anyOf") or ())]
    others = [part for part in listed if shape(document, part, depth + 1).types != {"null"}]
    if len(others) == 1:
        only = shape(document, others[0], depth + 1)
        if len(listed) > 1:
            only.types |= {"null"} if only.types else set()
        _add(found, only)
    else:
        found.alternatives += others
        if len(others) != len(listed):
            found.types.add("null")
