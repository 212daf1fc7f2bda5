"""Does a value fit a schema? Enough of JSON Schema and OpenAPI to choose examples by.

Not jsonschema: importing it takes longer (150 ms) than all the rest of `pascom show`. What is unknown here, fits.
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
    """Whether `value` may be sent where the schema stands."""
    if schema is False:
        return False
    if not isinstance(schema, dict) or depth > DEEPEST:
        return True
    return all(_held(index, index.resolved(schema), value, depth + 1))


def _held(index: Index, schema: Schema, value: Any, depth: int) -> Iterator[bool]:
    kind = kind_of(value)
    if value is None and schema.get("nullable"):
        return
    if "type" in schema and (allowed := kinds(index, schema)):
        yield kind in allowed or (kind == "integer" and "number" in allowed)
    if "enum" in schema:
        yield value in schema["enum"]
    if "const" in schema:
        yield bool(value == schema["const"])
    counts = {"allOf": None, "anyOf": lambda count: count > 0, "oneOf": lambda count: count == 1}
    for key, enough in counts.items():
        if parts := schema.get(key):
            count = sum(fits(index, part, value, depth) for part in parts)
            yield enough(count) if enough else count == len(parts)
    if "not" in schema:
        yield not fits(index, schema["not"], value, depth)
    if kind in ("integer", "number"):
        yield from _number(schema, value)
    elif kind == "string":
        yield from _text(schema, value)
    elif kind == "array":
        yield schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
        yield not schema.get("uniqueItems") or all(one not in value[:at] for at, one in enumerate(value))
        first = schema.get("prefixItems", [])
        parts = [*first, *[schema.get("items")] * (len(value) - len(first))]
        yield all(fits(index, part, one, depth) for part, one in zip(parts, value, strict=False))
    elif kind == "object":
        yield from _object(index, schema, value, depth)


def _number(schema: Schema, value: Any) -> Iterator[bool]:
    for key, sign in (("inimum", 1), ("aximum", -1)):
        limit, strict = schema.get(f"m{key}"), schema.get(f"exclusiveM{key}")
        if limit is not None:
            yield (value - limit) * sign > 0 if strict is True else (value - limit) * sign >= 0
        if strict is not None and not isinstance(strict, bool):
            yield (value - strict) * sign > 0
    if step := schema.get("multipleOf"):
        yield abs(value / step - round(value / step)) < 1e-9


def _text(schema: Schema, value: str) -> Iterator[bool]:
    yield schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value))
    if pattern := schema.get("pattern"):
        with suppress(re.error):  # another language's
            yield re.search(pattern, value) is not None
    if test := FORMATS.get(schema.get("format", "")):
        try:
            yield bool(test(value))
        except ValueError:
            yield False


def _object(index: Index, schema: Schema, value: dict[str, Any], depth: int) -> Iterator[bool]:
    properties, others = schema.get("properties", {}), schema.get("additionalProperties")
    for name in schema.get("required", ()):
        yield name in value or is_read_only(index, properties.get(name))
    for name, one in value.items():
        part = properties.get(name, others)
        yield not is_read_only(index, part) and fits(index, part, one, depth)
    yield len(value) >= schema.get("minProperties", 0)
