"""What an index's schemas mean for somebody who types values: their fields, their types, and text made to fit."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .._index import Index, Schema
from .._shape import Shape
from .suggest import suggestion


@dataclass
class Fields:
    """The properties of an object; `open` if others are allowed, which is OpenAPI's default."""

    properties: dict[str, Schema] = field(default_factory=dict)
    required: list[str] = field(default_factory=list)
    open: bool = True


def kinds(index: Index, schema: Any) -> set[str]:
    """The JSON types a schema allows; empty for any."""
    return index.reader.kinds(schema)


def fields(index: Index, schema: Any) -> Fields:
    """The fields of an object, those it inherits included; of alternatives all, none of them required."""
    shape = index.reader.shape(schema)
    found: dict[str, Any] = {}
    for part in _alternatives(index, shape):
        for name, inner in index.reader.shape(part).properties.items():
            known = found.get(name, inner)
            found[name] = inner if known == inner else {"anyOf": [known, inner]}
    return Fields({**found, **shape.properties}, shape.required, shape.additional is not False)


def _alternatives(index: Index, shape: Shape) -> Iterator[Any]:
    """The alternatives and theirs, each once."""
    waiting, seen = [*shape.alternatives], set()
    while waiting:
        part = waiting.pop(0)
        key = id(index.reader.node(part)) if isinstance(part, dict) else id(part)
        if key not in seen:
            seen.add(key)
            yield part
            waiting += index.reader.shape(part).alternatives


def is_read_only(index: Index, schema: Any) -> bool:
    """Whether a field is the instance's to fill in: not for requests."""
    return index.reader.flat(schema).get("readOnly") is True


def fields_to_send(index: Index, schema: Any) -> Fields:
    """The fields that a request may have."""
    found = fields(index, schema)
    kept = {name: part for name, part in found.properties.items() if not is_read_only(index, part)}
    required = [name for name in found.required if name in kept or name not in found.properties]
    return Fields(kept, required, found.open)


def choices(index: Index, schema: Any) -> list[Any]:
    """The only values allowed; empty if there are others."""
    return index.reader.choices(schema)


def type_name(index: Index, schema: Any, depth: int = 0) -> str:
    """`string`, `list of integer`, `Identity`, …"""
    if not isinstance(schema, dict):
        return "any"
    name = str(schema.get("$ref", "")).rsplit("/", 1)[-1]
    found = kinds(index, schema) - {"null"}
    schema = index.reader.flat(schema)
    if "array" in found and depth < 4:
        return f"list of {type_name(index, schema.get('items', {}), depth + 1)}"
    if "object" in found and name:
        return name
    if "object" in found and isinstance(extra := schema.get("additionalProperties"), dict) and depth < 4:
        return f"object of {type_name(index, extra, depth + 1)}"
    form = schema.get("format")
    return " or ".join(sorted(found) or ["any"]) + (f" ({form})" if form else "")


def value_of(index: Index, schema: Any, text: str, name: str, doubt: Callable[[str], object]) -> Any:
    """`text` as typed, made to fit the schema; as it is, with a `doubt` that says what is wanted, if it can't be.

    Documents are wrong more often than people who look at the instance: the doubt is said, and the value sent.
    """
    if enum := choices(index, schema):
        for one in enum:
            if text == written(one):
                return one
        known = [written(one) for one in enum]
        doubt(f"{name}: {text!r} is none of {', '.join(known)}{suggestion(text, known)}")
        doubt = _no_doubt
    allowed = kinds(index, schema)
    if "string" in allowed or not allowed:
        return text
    if "array" in allowed:
        items = index.reader.flat(schema).get("items", {})
        return [value_of(index, items, one, name, doubt) for one in text.split(",")] if text else []
    for kind, read in READERS.items():
        if kind in allowed:
            try:
                return read(text)
            except (ValueError, KeyError):
                continue
    wanted = " or ".join(sorted(allowed - {"null"}))
    hint = f"; give JSON: {name}:='{{…}}'" if "object" in allowed else ""
    doubt(f"{name}: {text!r} is no {wanted}{hint}")
    return text


def _no_doubt(_: str) -> None:
    """For what was said already."""


def _integer(text: str) -> int:
    if "_" in text or text != text.strip():
        raise ValueError(text)
    return int(text)


def _number(text: str) -> float:
    number = float(text)
    if number != number or abs(number) == float("inf"):
        raise ValueError(text)
    return number


def _null(text: str) -> None:
    if text != "null":
        raise ValueError(text)


READERS: dict[str, Any] = {
    "integer": _integer,
    "number": _number,
    "boolean": {"true": True, "false": False}.__getitem__,
    "null": _null,
}


def written(value: Any) -> str:
    """A value as text for an address or a header."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
