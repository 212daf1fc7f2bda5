"""What an index's schemas mean for somebody who types values: their fields, their types, and text made to fit."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from .._index import Index, Schema
from ..errors import ConfigurationError
from .suggest import suggestion


@dataclass
class Fields:
    """The properties of an object; `open` if others are allowed, which is OpenAPI's default."""

    properties: dict[str, Schema] = field(default_factory=dict)
    required: list[str] = field(default_factory=list)
    open: bool = True


def kinds(index: Index, schema: Any, depth: int = 0) -> set[str]:
    """The JSON types a schema allows; empty for any."""
    if not isinstance(schema, dict) or depth > 8:
        return set()
    schema = index.resolved(schema)
    named = schema.get("type")
    if isinstance(named, str):
        return {named} - {"any"}
    if isinstance(named, list):
        return {str(one) for one in named}
    if "const" in schema:
        return {kind_of(schema["const"])}
    found: set[str] = set()
    for key in ("allOf", "anyOf", "oneOf"):
        parts = [kinds(index, part, depth + 1) for part in schema.get(key, ())]
        if key != "allOf" and not all(parts):  # one of them takes anything
            return set()
        found = found.union(*parts)
    return found or ({"object"} if "properties" in schema else set())


def kind_of(value: Any) -> str:
    """The JSON type of a value."""
    if value is None:
        return "null"
    names = {bool: "boolean", int: "integer", float: "number", list: "array", dict: "object"}
    return names.get(type(value), "string")


def fields(index: Index, schema: Any, depth: int = 0) -> Fields:
    """The fields of an object, those it inherits included; of alternatives all, none of them required."""
    found = Fields()
    if not isinstance(schema, dict) or depth > 8:
        return found
    schema = index.resolved(schema)
    for key in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(key, ()):
            inner = fields(index, part, depth + 1)
            for name, schema_of in inner.properties.items():
                known = found.properties.get(name)
                alternatives = key != "allOf" and known is not None and known != schema_of
                found.properties[name] = {"anyOf": [known, schema_of]} if alternatives else schema_of
            if key == "allOf":
                found.required += inner.required
    found.properties.update(schema.get("properties", {}))
    found.required += [name for name in schema.get("required", ()) if name not in found.required]
    found.open = schema.get("additionalProperties") is not False
    return found


def is_read_only(index: Index, schema: Any) -> bool:
    """Whether a field is the instance's to fill in: not for requests."""
    return isinstance(schema, dict) and bool(schema.get("readOnly") or index.resolved(schema).get("readOnly"))


def fields_to_send(index: Index, schema: Any) -> Fields:
    """The fields that a request may have."""
    found = fields(index, schema)
    kept = {name: part for name, part in found.properties.items() if not is_read_only(index, part)}
    required = [name for name in found.required if name in kept or name not in found.properties]
    return Fields(kept, required, found.open)


def choices(index: Index, schema: Any, depth: int = 0) -> list[Any]:
    """The only values allowed; empty if there are others."""
    if not isinstance(schema, dict) or depth > 8:
        return []
    schema = index.resolved(schema)
    if "const" in schema:
        return [schema["const"]]
    if schema.get("enum"):
        return list(schema["enum"])
    for key in ("anyOf", "oneOf", "allOf"):
        found = [choices(index, part, depth + 1) for part in schema.get(key, ())]
        if found and (any(found) if key == "allOf" else all(found)):
            return [one for some in found for one in some]
    return []


def type_name(index: Index, schema: Any, depth: int = 0) -> str:
    """`string`, `list of integer`, `Identity`, …"""
    if not isinstance(schema, dict):
        return "any"
    name = str(schema.get("$ref", "")).rsplit("/", 1)[-1]
    found = kinds(index, schema) - {"null"}
    schema = index.resolved(schema)
    if "array" in found and depth < 4:
        return f"list of {type_name(index, schema.get('items', {}), depth + 1)}"
    if "object" in found and name:
        return name
    if "object" in found and isinstance(extra := schema.get("additionalProperties"), dict) and depth < 4:
        return f"object of {type_name(index, extra, depth + 1)}"
    form = schema.get("format")
    return " or ".join(sorted(found) or ["any"]) + (f" ({form})" if form else "")


def value_of(index: Index, schema: Any, text: str, name: str) -> Any:
    """`text` as typed, made to fit the schema. Raises ConfigurationError saying what is wanted."""
    resolved = index.resolved(schema) if isinstance(schema, dict) else {}
    if enum := choices(index, schema):
        for one in enum:
            if text == written(one):
                return one
        known = [written(one) for one in enum]
        raise ConfigurationError(f"{name}: {text!r} is none of {', '.join(known)}{suggestion(text, known)}")
    allowed = kinds(index, schema)
    if "string" in allowed or not allowed:
        return text
    if "array" in allowed:
        items = resolved.get("items", {})
        return [value_of(index, items, one, name) for one in text.split(",")] if text else []
    for kind, read in READERS.items():
        if kind in allowed:
            try:
                return read(text)
            except (ValueError, KeyError):
                continue
    wanted = " or ".join(sorted(allowed - {"null"}))
    hint = f"; give JSON: {name}:='{{…}}'" if "object" in allowed else ""
    raise ConfigurationError(f"{name}: {text!r} is no {wanted}{hint}")


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
