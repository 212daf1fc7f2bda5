"""Operations in the one form the generator keeps without fail, and beside it the facts for the templates.

The generator is given each operation under a path of its own, with every parameter as a query parameter named as
in Python, one JSON body and JSON responses: nothing in that can be dropped. What is really sent and received
(places, wire names, styles, media types, status codes) the templates learn from the facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..names import OperationName, own_names, parameter_names
from ..tree import QUERY_TEMPLATE, TEMPLATE, all_parameters, resolved
from .schemas import Lowered, Schemas, says_nothing, united

Thing = Mapping[str, Any]

BINARY: Lowered = {"type": "string", "format": "binary"}
TEXT: Lowered = {"type": "string"}


@dataclass
class ParameterFact:
    """A parameter as it is sent."""

    name: str
    python_name: str
    place: str
    description: str
    style: str
    explode: bool
    is_json: bool  # serialized by a media type, not by a style


@dataclass
class OperationFact:
    """An operation as it is called; texts are the document's and mustn't get into code unescaped."""

    method: str
    path: str  # a template for str.format, with the parameters' Python names
    summary: str
    description: str
    deprecated: bool
    assumed: bool
    parameters: list[ParameterFact]
    bodies: list[str] = field(default_factory=list)  # media types, the one to be used first
    body_description: str = ""
    statuses: list[str] = field(default_factory=list)  # all that are documented
    binary: bool = False  # a successful answer is bytes


def lower_operation(
    schemas: Schemas,
    document: Thing,
    path: str,
    method: str,
    item: Thing,
    operation: Thing,
    name: OperationName,
) -> tuple[Lowered, OperationFact]:
    """What the generator is given for an operation, and its fact."""
    place = ("", name.tag, name.function)
    listed = all_parameters(document, item, operation)
    has_body = "requestBody" in operation
    names = parameter_names(((one["in"], one["name"]) for one in listed), taken=own_names(has_body))
    facts, parameters = [], []
    for one in sorted(listed, key=lambda one: _position(path, one)):
        python_name = names[one["in"], one["name"]]
        facts.append(_parameter_fact(one, python_name, schemas.losses.text(one)))
        schema = schemas.lower(_parameter_schema(one), (*place, one["name"]))
        required = one["in"] == "path" or one.get("required", False)
        if required:
            schema = {key: value for key, value in schema.items() if key != "default"}
        parameters.append({"name": python_name, "in": "query", "required": required, "schema": schema})
    fact = OperationFact(
        method=method,
        path=_format(path, {one["name"]: names[one["in"], one["name"]] for one in listed if one["in"] == "path"}),
        summary=schemas.losses.text(operation, "summary"),
        description=schemas.losses.text(operation),
        deprecated=operation.get("deprecated", False),
        assumed=operation.get("x-assumed", False) is True,
        parameters=facts,
    )
    lowered: Lowered = {
        "operationId": name.function,
        "tags": [name.tag],
        "parameters": parameters,
        "responses": _responses(schemas, document, operation, place, fact),
    }
    if has_body:
        lowered["requestBody"] = _body(schemas, document, operation["requestBody"], place, fact)
    return lowered, fact


def _position(path: str, parameter: Thing) -> int:
    names = TEMPLATE.findall(path)
    return names.index(parameter["name"]) if parameter["in"] == "path" and parameter["name"] in names else len(names)


def _format(path: str, names: Mapping[str, str]) -> str:
    """The path for `str.format`: its parameters by their Python names, other braces doubled, `{?query}` dropped."""
    path = QUERY_TEMPLATE.sub("", path)
    parts, end = [], 0
    for found in TEMPLATE.finditer(path):
        if found[1] in names:
            parts += [_doubled(path[end : found.start()]), f"{{{names[found[1]]}}}"]
            end = found.end()
    return "".join([*parts, _doubled(path[end:])])


def _doubled(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _parameter_schema(parameter: Thing) -> Any:
    if "schema" in parameter:
        return parameter["schema"]
    media: Any = next(iter(parameter.get("content", {}).values()), {})
    return media.get("schema", {}) if isinstance(media, Mapping) else {}


def _parameter_fact(parameter: Thing, python_name: str, description: str) -> ParameterFact:
    in_query = parameter["in"] in ("query", "cookie")
    style = parameter.get("style", "form" if in_query else "simple")
    return ParameterFact(
        name=parameter["name"],
        python_name=python_name,
        place=parameter["in"],
        description=description,
        style=style,
        explode=parameter.get("explode", style == "form"),
        is_json="schema" not in parameter,
    )


def preferred(media_types: Mapping[str, Any]) -> list[str]:
    """The media types in the order in which we would use them: JSON, forms, then the others as documented."""

    def rank(media_type: str) -> int:
        plain = media_type.partition(";")[0].strip().lower()
        if is_json(plain):
            return 0 if plain == "application/json" else 1
        forms = ("multipart/form-data", "application/x-www-form-urlencoded")
        return 2 + forms.index(plain) if plain in forms else 4

    return sorted(media_types, key=rank)


def is_json(media_type: str) -> bool:
    plain = media_type.partition(";")[0].strip().lower()
    return plain.endswith(("/json", "+json", "/x-json")) or plain in ("*/*", "application/*")


def _body(schemas: Schemas, document: Thing, listed: Thing, place: tuple[str, ...], fact: OperationFact) -> Lowered:
    body = resolved(document, listed)
    shared = listed.get("$ref")
    place = (str(shared).rsplit("/", 1)[-1], "body") if shared else (*place, "body")
    content = body["content"]
    fact.bodies = [kind for kind in preferred(content) if not kind.startswith("x-")] or ["application/json"]
    fact.body_description = schemas.losses.text(body)
    types = []
    for kind in fact.bodies:
        media: Any = content.get(kind)
        schema = media.get("schema", {}) if isinstance(media, Mapping) else {}
        lowered = schemas.lower(schema, place)
        structured = is_json(kind) or "form" in kind.partition(";")[0]
        if not structured and lowered in ({}, TEXT, BINARY):
            lowered = {"anyOf": [TEXT, BINARY]}
        types.append(lowered)
    schema = {key: value for key, value in united(types).items() if key != "default"}
    return {"required": body.get("required", False), "content": {"application/json": {"schema": schema}}}


def _responses(
    schemas: Schemas, document: Thing, operation: Thing, place: tuple[str, ...], fact: OperationFact
) -> dict[str, Any]:
    """Those responses that have a type; all others are any value, decoded by what the server says it sends."""
    lowered: dict[str, Any] = {}
    for status, listed in operation["responses"].items():
        if status.startswith("x-"):
            continue
        fact.statuses.append(status)
        response = resolved(document, listed)
        shared = listed.get("$ref")
        here = (str(shared).rsplit("/", 1)[-1], "response") if shared else (*place, "response", status)
        content = {kind: media for kind, media in (response.get("content") or {}).items() if not kind.startswith("x-")}
        if not content:
            continue
        kind = preferred(content)[0]
        media: Any = content[kind] if isinstance(content[kind], Mapping) else {}
        schema = schemas.lower(media.get("schema", {}), here)
        if _is_bytes(kind, media.get("schema")):
            schema = BINARY
            fact.binary = fact.binary or status.startswith(("2", "d"))
        elif kind.startswith("text/") and schema == {}:
            schema = TEXT
        lowered[status] = {"description": "", "content": {"application/json": {"schema": schema}}}
    return lowered


def _is_bytes(media_type: str, schema: Any) -> bool:
    if isinstance(schema, Mapping) and schema.get("format") == "binary" and schema.get("type") == "string":
        return True
    known = is_json(media_type) or media_type.startswith("text/") or "xml" in media_type or "form" in media_type
    untyped = not isinstance(schema, Mapping) or says_nothing(schema) or schema.get("type") == "string"
    return not known and untyped
