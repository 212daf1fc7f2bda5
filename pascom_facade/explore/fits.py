"""Does a value fit a schema? Enough of JSON Schema and OpenAPI to choose examples by.

Not jsonschema: importing it takes longer (150 ms) than all the rest of `pascom show`. A keyword unknown here is met
by every value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import Any
from uuid import UUID

from .._index import Index, Schema
from .._shape import kind_of
from .schemas import is_read_only, kinds

FORMATS: dict[str, Any] = {
    "date": lambda text: date.fromisoformat(text) and re.fullmatch(r"\d{4}-\d\d-\d\d", text),
    "date-time": lambda text: datetime.fromisoformat(text).tzinfo and "T" in text.upper(),
    "time": lambda text: re.fullmatch(r"\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", text),
    "uuid": lambda text: UUID(text) and len(text) == 36,
    "email": lambda text: re.fullmatch(r"[^@\s]+@[^@\s]+", text),
    "uri": lambda text: re.match(r"[a-z][a-z0-9+.-]*:\S", text, re.IGNORECASE),
    "ipv4": lambda text: re.fullmatch(r"(\d{1,3}\.){3}\d{1,3}", text),
}
DEEPEST = 12


def fits(index: Index, schema: Any, value: Any, depth: int = 0) -> bool:
    """Whether `value` may be sent where the schema is asked for."""
    if schema is False:
        return False
    if not isinstance(schema, dict) or depth > DEEPEST:
        return True
    return all(_checks(index, index.resolved(schema), value, depth + 1))


def _checks(index: Index, schema: Schema, value: Any, depth: int) -> Iterator[bool]:
    """Whether the value meets each of the schema's keywords."""
    if value is None and schema.get("nullable"):
        return
    value_type = kind_of(value)
    if "type" in schema and (allowed := kinds(index, schema)):
        yield value_type in allowed or (value_type == "integer" and "number" in allowed)
    if "enum" in schema:
        yield value in schema["enum"]
    if "const" in schema:
        yield bool(value == schema["const"])
    yield from _combinations(index, schema, value, depth)
    match value_type:
        case "integer" | "number":
            yield from _number(schema, value)
        case "string":
            yield from _text(schema, value)
        case "array":
            yield from _array(index, schema, value, depth)
        case "object":
            yield from _object(index, schema, value, depth)


def _combinations(index: Index, schema: Schema, value: Any, depth: int) -> Iterator[bool]:
    def matches(keyword: str) -> int:
        return sum(fits(index, part, value, depth) for part in schema[keyword])

    if schema.get("allOf"):
        yield matches("allOf") == len(schema["allOf"])
    if schema.get("anyOf"):
        yield matches("anyOf") > 0
    if schema.get("oneOf"):
        yield matches("oneOf") == 1
    if "not" in schema:
        yield not fits(index, schema["not"], value, depth)


def _number(schema: Schema, value: Any) -> Iterator[bool]:
    low, above = schema.get("minimum"), schema.get("exclusiveMinimum")
    high, below = schema.get("maximum"), schema.get("exclusiveMaximum")
    if low is not None:
        yield value > low or (value == low and above is not True)
    if high is not None:
        yield value < high or (value == high and below is not True)
    # Beside a limit, `exclusive…` is true or false up to OpenAPI 3.0, a limit of its own since 3.1.
    if above is not None and not isinstance(above, bool):
        yield value > above
    if below is not None and not isinstance(below, bool):
        yield value < below
    if step := schema.get("multipleOf"):
        yield abs(value / step - round(value / step)) < 1e-9


def _text(schema: Schema, value: str) -> Iterator[bool]:
    length = len(value)
    yield schema.get("minLength", 0) <= length <= schema.get("maxLength", length)
    if pattern := schema.get("pattern"):
        with suppress(re.error):  # another language's
            yield re.search(pattern, value) is not None
    if test := FORMATS.get(schema.get("format", "")):
        try:
            yield bool(test(value))
        except ValueError:
            yield False


def _array(index: Index, schema: Schema, value: list[Any], depth: int) -> Iterator[bool]:
    length = len(value)
    yield schema.get("minItems", 0) <= length <= schema.get("maxItems", length)
    if schema.get("uniqueItems"):
        yield all(item not in value[:position] for position, item in enumerate(value))
    prefix = schema.get("prefixItems", [])
    rest = [schema.get("items")] * (length - len(prefix))
    for part, item in zip([*prefix, *rest], value, strict=False):
        yield fits(index, part, item, depth)


def _object(index: Index, schema: Schema, value: dict[str, Any], depth: int) -> Iterator[bool]:
    properties = schema.get("properties", {})
    additional = schema.get("additionalProperties")
    for name in schema.get("required", ()):
        yield name in value or is_read_only(index, properties.get(name))
    for name, item in value.items():
        part = properties.get(name, additional)
        yield not is_read_only(index, part) and fits(index, part, item, depth)
    yield len(value) >= schema.get("minProperties", 0)
