"""Values made from a schema, to call every generated function with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scripts.tree import resolved

Schema = Mapping[str, Any]
TEXTS = {
    "date": "2026-11-23",
    "date-time": "2026-11-23T10:00:00+00:00",
    "uuid": "0b0f9c1e-6f5c-4a53-9a8e-2f3b1c4d5e6f",
}
TEXTS |= {
    "email": "a@example.org",
    "uri": "https://example.org/a",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
}
DEEPEST = 6


def value(document: Schema, schema: Any, depth: int = 0) -> Any:
    """A value that the schema allows, as JSON has it."""
    if not isinstance(schema, Mapping) or depth > DEEPEST:
        return "x"
    schema = resolved(document, schema)
    if schema.get("enum"):
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    for key in ("oneOf", "anyOf"):
        if schema.get(key):
            return value(document, schema[key][0], depth + 1)
    if schema.get("allOf"):
        parts = [value(document, part, depth + 1) for part in schema["allOf"]]
        objects = [part for part in parts if isinstance(part, dict)]
        return {key: inner for part in objects for key, inner in part.items()} if objects else parts[0]
    types = schema.get("type")
    type_ = types[0] if isinstance(types, list) else types
    if type_ == "object" or (type_ is None and "properties" in schema):
        return {
            name: value(document, inner, depth + 1)
            for name, inner in (schema.get("properties") or {}).items()
            if name in (schema.get("required") or ()) or depth < 1
            if not (isinstance(inner, Mapping) and inner.get("readOnly"))
        }
    if type_ == "array":
        return [value(document, schema.get("items", {}), depth + 1)] * max(schema.get("minItems", 1), 1)
    if type_ in ("integer", "number"):
        number = max(schema.get("minimum", 1), min(1, schema.get("maximum", 1)))
        return int(number) if type_ == "integer" else number  # a limit can be written 1.0
    if type_ == "boolean":
        return True
    text = TEXTS.get(schema.get("format", ""), "text & more")
    return text[: schema.get("maxLength", len(text))].ljust(schema.get("minLength", 0), "x")


def without_ignored(document: dict[str, Any], holder: dict[str, Any]) -> None:
    """Without the header parameters that OpenAPI says are to be ignored, which the validator asks for."""
    if isinstance(holder.get("parameters"), list):
        holder["parameters"] = [
            one
            for one in holder["parameters"]
            if (meant := resolved(document, one))["in"] != "header"
            or meant["name"].lower() not in ("accept", "authorization", "content-type")
        ]
