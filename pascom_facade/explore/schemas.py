"""An index's schemas for somebody who types values: their fields and types, and text converted to a type."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from .._index import Index, Schema
from .._shape import Shape
from .suggest import suggestion

DEEPEST_NAME = 4  # "list of list of …"


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
    optional: dict[str, Any] = {}
    for part in _alternatives(index, shape):
        for name, property_ in index.reader.shape(part).properties.items():
            other = optional.get(name, property_)
            if other != property_:
                property_ = {"anyOf": [other, property_]}
            optional[name] = property_
    return Fields({**optional, **shape.properties}, shape.required, shape.additional is not False)


def _alternatives(index: Index, shape: Shape) -> Iterator[Any]:
    """The alternatives and their own alternatives, each once."""
    waiting = [*shape.alternatives]
    seen = set()
    while waiting:
        part = waiting.pop(0)
        node = index.reader.node(part) if isinstance(part, dict) else part
        if id(node) not in seen:
            seen.add(id(node))
            yield part
            waiting += index.reader.shape(part).alternatives


def is_read_only(index: Index, schema: Any) -> bool:
    """Whether only the instance sets a field: it is not for requests."""
    return index.reader.flat(schema).get("readOnly") is True


def fields_to_send(index: Index, schema: Any) -> Fields:
    """The fields that a request may have."""
    documented = fields(index, schema)
    read_only = {name for name, part in documented.properties.items() if is_read_only(index, part)}
    properties = {name: part for name, part in documented.properties.items() if name not in read_only}
    required = [name for name in documented.required if name not in read_only]
    return Fields(properties, required, documented.open)


def choices(index: Index, schema: Any) -> list[Any]:
    """The only values allowed; empty if there are others."""
    return index.reader.choices(schema)


def type_name(index: Index, schema: Any, depth: int = 0) -> str:
    """`string`, `list of integer`, `Identity`, …"""
    if not isinstance(schema, dict):
        return "any"
    name = str(schema.get("$ref", "")).rsplit("/", 1)[-1]
    types = kinds(index, schema) - {"null"}
    schema = index.reader.flat(schema)
    if "array" in types and depth < DEEPEST_NAME:
        return f"list of {type_name(index, schema.get('items', {}), depth + 1)}"
    if "object" in types:
        if name:
            return name
        values = schema.get("additionalProperties")
        if isinstance(values, dict) and depth < DEEPEST_NAME:
            return f"object of {type_name(index, values, depth + 1)}"
    names = " or ".join(sorted(types)) or "any"
    if schema.get("format"):
        return f"{names} ({schema['format']})"
    return names


def value_of(index: Index, schema: Any, text: str, name: str, doubt: Callable[[str], object]) -> Any:
    """The typed `text`, converted to the schema's type; the text itself, with a `doubt` to report, if it can't be.

    Documents are wrong more often than people who look at the instance: the value is sent all the same.
    """
    if allowed := choices(index, schema):
        texts = [written(value) for value in allowed]
        if text in texts:
            return allowed[texts.index(text)]
        doubt(f"{name}: {text!r} is none of {', '.join(texts)}{suggestion(text, texts)}")
        doubt = _ignored  # one doubt about a value is enough
    types = kinds(index, schema)
    if "string" in types or not types:
        return text
    if "array" in types:
        if not text:
            return []
        items = index.reader.flat(schema).get("items", {})
        return [value_of(index, items, item, name, doubt) for item in text.split(",")]
    for type_, convert in CONVERTERS.items():
        if type_ in types:
            with suppress(ValueError, KeyError):
                return convert(text)
    expected = " or ".join(sorted(types - {"null"}))
    hint = f"; give JSON: {name}:='{{…}}'" if "object" in types else ""
    doubt(f"{name}: {text!r} is no {expected}{hint}")
    return text


def _ignored(_: str) -> None:
    """A `doubt` that is not reported."""


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


CONVERTERS: dict[str, Any] = {
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
