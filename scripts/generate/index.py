"""A small index of a document: enough to list, show, complete and call every operation without its models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from pascom_facade._shape import SchemaReader

from ..names import operation_names, own_names, parameter_names
from ..tree import (
    DEFAULT_STYLES,
    QUERY_FLAGS,
    all_parameters,
    encodings,
    media_of,
    operations,
    resolve,
    resolved,
    serialization,
)

Thing: TypeAlias = Mapping[str, Any]
PARTS = ("type", "format", "enum", "const", "default", "items", "$ref", "required", "description", "nullable",
         "example", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength",
         "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "minProperties", "readOnly")  # fmt: skip
NAMED = "#/components/schemas/"


def index(document: Mapping[str, Any]) -> dict[str, Any]:
    """The index of a repaired document."""
    names = operation_names(document)
    entries = []
    for path, method, item, operation in operations(document):
        name = names[path, method]
        parameters = all_parameters(document, item, operation)
        entries.append(
            {
                "name": str(name),
                "tag": name.tag,
                "operation": name.function,
                "method": method,
                "path": path,
                "summary": operation.get("summary", ""),
                "description": operation.get("description", ""),
                "deprecated": operation.get("deprecated", False),
                "assumed": operation.get("x-assumed", False),
                "parameters": _parameters(document, parameters, has_body="requestBody" in operation),
                "body": _body(document, operation),
                "responses": _responses(document, operation),
            }
        )
    info = document.get("info", {})
    named = document.get("components", {}).get("schemas", {})
    schemas = {name: compact(schema) for name, schema in named.items()}
    _add_others(document, [entries, schemas], schemas)
    return {
        "title": info.get("title", ""),
        "version": info.get("version", ""),
        "operations": sorted(entries, key=lambda entry: str(entry["name"])),
        "schemas": schemas,
    }


def _add_others(document: Thing, place: Any, schemas: dict[str, Any]) -> None:
    """What is referred to without having a name among the schemas, under its reference."""
    if isinstance(place, list):
        for one in place:
            _add_others(document, one, schemas)
    elif isinstance(place, dict):
        reference = place.get("$ref")
        if isinstance(reference, str) and (name := reference.removeprefix(NAMED)) not in schemas:
            schemas[name] = compact(resolve(document, place) or {})  # examples may refer to nowhere
            _add_others(document, schemas[name], schemas)
        for one in list(place.values()):
            _add_others(document, one, schemas)


def _parameters(document: Thing, parameters: list[Thing], *, has_body: bool) -> list[dict[str, Any]]:
    names = parameter_names(((p["in"], p["name"]) for p in parameters), taken=own_names(has_body))
    reader = SchemaReader(lambda schema: resolved(document, schema))
    entries = []
    for parameter in parameters:
        media = media_of(parameter)
        listed = parameter["content"][media].get("schema", {}) if media else parameter.get("schema", {})
        schema = reader.flat(listed)
        entry = {
            "name": parameter["name"],
            "python_name": names[parameter["in"], parameter["name"]],
            "in": parameter["in"],
            "required": parameter.get("required", False),
            "type": schema.get("type", "any"),
            "default": schema.get("default"),
            "enum": reader.choices(listed) or None,
            "description": parameter.get("description", ""),
            "schema": compact(listed),
        }
        # How a list or an object is written, where that is not the way its place has by default.
        style, explode = serialization(parameter, parameter["in"])
        if style != DEFAULT_STYLES[parameter["in"]]:
            entry["style"] = style
        if explode != (DEFAULT_STYLES[parameter["in"]] == "form"):
            entry["explode"] = explode
        entry |= {key: True for key in QUERY_FLAGS if parameter.get(key) is True}
        if media:
            entry["media"] = media
        entries.append(entry)
    return entries


def _body(document: Mapping[str, Any], operation: Mapping[str, Any]) -> dict[str, Any] | None:
    if "requestBody" not in operation:
        return None
    body = resolved(document, operation["requestBody"])
    encoding = {kind: found for kind, media in body["content"].items() if (found := encodings(document, media))}
    return {
        "required": body.get("required", False),
        "description": body.get("description", ""),
        "content": {kind: compact(media.get("schema", {})) for kind, media in body["content"].items()},
        **({"encoding": encoding} if encoding else {}),
    }


def _responses(document: Mapping[str, Any], operation: Mapping[str, Any]) -> list[dict[str, Any]]:
    entries = []
    for status, listed in operation.get("responses", {}).items():
        if status.startswith("x-"):
            continue
        response = resolved(document, listed)
        content = response.get("content", {})
        entries.append(
            {
                "status": status,
                "description": response.get("description", ""),
                "content": {kind: compact(media.get("schema", {})) for kind, media in content.items()},
            }
        )
    return entries


def compact(schema: Any) -> Any:
    """A schema without what the index's readers have no use for."""
    if not isinstance(schema, Mapping):
        return schema
    keep = {key: schema[key] for key in PARTS if key in schema}
    for key in ("items", "additionalProperties", "not"):
        if isinstance(schema.get(key), Mapping):
            keep[key] = compact(schema[key])
    if schema.get("additionalProperties") is False:
        keep["additionalProperties"] = False
    if "properties" in schema:
        keep["properties"] = {name: compact(part) for name, part in schema["properties"].items()}
    for key in ("allOf", "anyOf", "oneOf", "prefixItems"):
        if key in schema:
            keep[key] = [compact(part) for part in schema[key]]
    return keep
