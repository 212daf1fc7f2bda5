"""For each row of the table of rules the smallest pair of documents that has this difference and no other."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from scripts.changes.rules import Rule

Schema = dict[str, Any]
Document = dict[str, Any]
Pair = tuple[Any, Any]

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer"}
CAT: Schema = {"$ref": "#/components/schemas/Cat"}
DOG: Schema = {"$ref": "#/components/schemas/Dog"}
LIST: Schema = {"type": "array", "items": TEXT}


def fields(*required: str, **properties: Schema) -> Schema:
    whole: Schema = {"type": "object", "properties": properties}
    return {**whole, "required": list(required)} if required else whole


def kinds(*mapping: str, name: str = "kind") -> Schema:
    """Alternatives that a field tells apart."""
    targets = {part.partition("=")[0]: f"#/components/schemas/{part.partition('=')[2]}" for part in mapping}
    return {"oneOf": [CAT, DOG], "discriminator": {"propertyName": name, **({"mapping": targets} if mapping else {})}}


# (keyword, change) -> old and new schema, wherever they stand; (keyword, change, place) where they differ by place.
SCHEMAS: dict[tuple[str, ...], Pair] = {
    ("type", "widened"): (COUNT, {"type": "number"}),
    ("type", "narrowed"): ({"type": "number"}, COUNT),
    ("type", "changed"): (TEXT, {"type": "boolean"}),
    ("null", "added"): (TEXT, {"type": "string", "nullable": True}),
    ("null", "removed"): ({"type": "string", "nullable": True}, TEXT),
    ("format", "retyped"): (TEXT, {"type": "string", "format": "date"}),
    ("format", "added"): (TEXT, {"type": "string", "format": "email"}),
    ("format", "removed"): ({"type": "string", "format": "email"}, TEXT),
    ("format", "changed"): ({"type": "string", "format": "email"}, {"type": "string", "format": "uri"}),
    ("enum", "added"): (TEXT, {"type": "string", "enum": ["a"]}),
    ("enum", "removed"): ({"type": "string", "enum": ["a"]}, TEXT),
    ("enum", "value added"): ({"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["a", "b"]}),
    ("enum", "value removed"): ({"type": "string", "enum": ["a", "b"]}, {"type": "string", "enum": ["a"]}),
    ("limit", "narrowed"): (TEXT, {"type": "string", "maxLength": 5}),
    ("limit", "widened"): ({"type": "string", "maxLength": 5}, TEXT),
    ("limit", "changed"): ({"type": "integer", "multipleOf": 2}, {"type": "integer", "multipleOf": 3}),
    ("pattern", "added"): (TEXT, {"type": "string", "pattern": "a"}),
    ("pattern", "changed"): ({"type": "string", "pattern": "a"}, {"type": "string", "pattern": "b"}),
    ("pattern", "removed"): ({"type": "string", "pattern": "a"}, TEXT),
    ("contentEncoding", "changed"): (TEXT, {"type": "string", "contentEncoding": "base64"}),
    ("contentMediaType", "changed"): (TEXT, {"type": "string", "contentMediaType": "image/png"}),
    ("default", "changed"): (TEXT, {"type": "string", "default": "a"}),
    ("condition", "added"): (LIST, {**LIST, "contains": {"enum": ["a"]}}),
    ("condition", "removed"): ({**LIST, "contains": {"enum": ["a"]}}, LIST),
    ("condition", "changed"): ({"type": "string", "not": {"enum": ["a"]}}, {"type": "string", "not": {"enum": ["b"]}}),
    ("properties", "removed"): (fields(a=TEXT, b=TEXT), fields(a=TEXT)),
    ("properties", "added"): (fields(a=TEXT), fields(a=TEXT, b=TEXT)),
    ("properties", "added, required"): (fields(a=TEXT), fields("b", a=TEXT, b=TEXT)),
    ("properties", "undocumented"): (fields(a=TEXT), {"type": "object"}),
    ("properties", "required"): (fields(a=TEXT), fields("a", a=TEXT)),
    ("properties", "optional"): (fields("a", a=TEXT), fields(a=TEXT)),
    ("properties", "required, with default"): (
        fields(a={**TEXT, "default": "x"}),
        fields("a", a={**TEXT, "default": "x"}),
    ),
    ("additionalProperties", "closed"): (fields(a=TEXT), {**fields(a=TEXT), "additionalProperties": False}),
    ("additionalProperties", "opened"): ({**fields(a=TEXT), "additionalProperties": False}, fields(a=TEXT)),
    ("additionalProperties", "removed"): (
        {"type": "object", "additionalProperties": TEXT},
        {"type": "object", "additionalProperties": False},
    ),
    ("readOnly", "added"): (fields(a=TEXT), fields(a={**TEXT, "readOnly": True})),
    ("readOnly", "removed"): (fields(a={**TEXT, "readOnly": True}), fields(a=TEXT)),
    ("readOnly", "removed, required"): (fields("a", a={**TEXT, "readOnly": True}), fields("a", a=TEXT)),
    ("writeOnly", "added"): (fields(a=TEXT), fields(a={**TEXT, "writeOnly": True})),
    ("writeOnly", "removed"): (fields(a={**TEXT, "writeOnly": True}), fields(a=TEXT)),
    ("deprecated", "added"): (TEXT, {**TEXT, "deprecated": True}),
    ("deprecated", "removed"): ({**TEXT, "deprecated": True}, TEXT),
    ("alternatives", "added"): (CAT, {"oneOf": [CAT, DOG]}),
    ("alternatives", "removed"): ({"oneOf": [CAT, DOG]}, {"oneOf": [CAT]}),
    ("alternatives", "limited"): ({}, {"anyOf": [CAT, DOG]}),
    ("alternatives", "opened"): ({"anyOf": [CAT, DOG]}, {}),
    ("discriminator", "added"): ({"oneOf": [CAT, DOG]}, kinds()),
    ("discriminator", "removed"): (kinds(), {"oneOf": [CAT, DOG]}),
    ("discriminator", "changed"): (kinds(), kinds(name="type")),
    ("mapping", "added"): (kinds("cat=Cat"), kinds("cat=Cat", "tom=Cat")),
    ("mapping", "removed"): (kinds("cat=Cat", "tom=Cat"), kinds("cat=Cat")),
    ("mapping", "changed"): (kinds("cat=Cat"), kinds("cat=Dog")),
    ("class", "changed"): ({"$ref": "#/components/schemas/Before"}, {"$ref": "#/components/schemas/After"}),
    ("class", "removed"): ({"$ref": "#/components/schemas/Before"}, fields(a=TEXT)),
    # A field of a name that another one's is spelled like: both are called otherwise.
    ("attribute", "changed"): (
        fields(Limit=TEXT),
        fields(Limit=TEXT, limit={**TEXT, "readOnly": True, "writeOnly": True}),
    ),
}

Edit = Callable[[Document], object]


def the_operation(document: Document) -> Document:
    found: Document = document["paths"]["/a/{id}"]["post"]
    return found


def says(**what: Any) -> Edit:
    return lambda document: the_operation(document).update(what)


def with_parameter(**what: Any) -> Edit:
    parameter = {"in": "query", "name": "p", "schema": TEXT, **what}
    return lambda document: the_operation(document)["parameters"].append(parameter)


def with_body(media: Any = None, kind: str = "application/json", **what: Any) -> Edit:
    content = {kind: {"schema": TEXT} if media is None else media}
    return says(requestBody={"content": content, **what})


def with_responses(**responses: Any) -> Edit:
    return says(responses={status.lstrip("_"): {"description": "", **said} for status, said in responses.items()})


def with_header(**header: Any) -> Edit:
    return with_responses(_200={"headers": {"X-A": {"schema": TEXT, **header}}})


def with_login(*ways: Any, **scheme: Any) -> Edit:
    def edit(document: Document) -> None:
        document["components"]["securitySchemes"] = {"k": scheme or {"type": "http", "scheme": "basic"}, "other": KEY}
        document["security"] = list(ways)

    return edit


def moved(document: Document) -> None:
    document["paths"]["/b/{id}"] = document["paths"].pop("/a/{id}")


def renamed(document: Document) -> None:
    item = document["paths"].pop("/a/{id}")
    item["post"]["parameters"][0]["name"] = "name"
    document["paths"]["/a/{name}"] = item


def both(*edits: Edit) -> Edit:
    def edit(document: Document) -> None:
        for one in edits:
            one(document)

    return edit


def nothing(_document: Document) -> None:
    pass


KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}
OAUTH = {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://a.test/t", "scopes": {}}}}
WIDER = {"type": "oauth2", "flows": {**OAUTH["flows"], "password": {"tokenUrl": "https://a.test/t", "scopes": {}}}}  # type: ignore[dict-item]
JSON = {"content": {"application/json": {"schema": TEXT}}}
CSV = {"content": {"text/csv": {"schema": TEXT}}}
BOTH = {"content": {**JSON["content"], **CSV["content"]}}
FORM = "application/x-www-form-urlencoded"
LIST_FORM = {"schema": fields(a=LIST)}

# (keyword, where, change) -> what is done to the old and to the new document.
OPERATIONS: dict[tuple[str, str, str], tuple[Edit, Edit]] = {
    ("operation", "operation", "removed"): (nothing, lambda document: document["paths"].clear()),
    ("operation", "operation", "added"): (lambda document: document["paths"].clear(), nothing),
    ("operation", "operation", "moved"): (nothing, moved),
    ("operationId", "operation", "changed"): (nothing, says(operationId="other")),
    ("deprecated", "operation", "added"): (nothing, says(deprecated=True)),
    ("deprecated", "operation", "removed"): (says(deprecated=True), nothing),
    ("summary", "operation", "changed"): (nothing, says(summary="x")),
    ("description", "operation", "changed"): (nothing, says(description="x")),
    ("security", "operation", "widened"): (with_login({"k": []}), with_login({"k": []}, {"other": []})),
    ("security", "operation", "changed"): (with_login({"k": []}, {"other": []}), with_login({"k": []})),
    ("security", "operation", "replaced"): (with_login({"k": []}), with_login({"other": []})),
    ("securityScheme", "operation", "changed"): (with_login({"k": []}), with_login({"k": []}, **KEY)),
    ("securityScheme", "operation", "widened"): (with_login({"k": []}, **OAUTH), with_login({"k": []}, **WIDER)),
    ("scopes", "operation", "added"): (with_login({"k": []}, **OAUTH), with_login({"k": ["read"]}, **OAUTH)),
    ("scopes", "operation", "removed"): (with_login({"k": ["read"]}, **OAUTH), with_login({"k": []}, **OAUTH)),
    ("servers", "operation", "changed"): (nothing, lambda document: document.update(servers=[{"url": "/v2"}])),
    ("x-sunset", "operation", "added"): (nothing, says(**{"x-sunset": "2027-01-01"})),
    ("x-sunset", "operation", "changed"): (
        says(**{"x-sunset": "2027-01-01"}),
        says(**{"x-sunset": "2026-12-01"}),
    ),
    ("x-sunset", "operation", "removed"): (says(**{"x-sunset": "2027-01-01"}), nothing),
    ("parameter", "parameter", "removed"): (with_parameter(), nothing),
    ("parameter", "parameter", "added"): (nothing, with_parameter()),
    ("parameter", "parameter", "added, required"): (nothing, with_parameter(required=True)),
    ("parameter", "parameter", "added, with default"): (
        nothing,
        with_parameter(required=True, schema={**TEXT, "default": "x"}),
    ),
    ("name", "parameter", "changed"): (nothing, renamed),
    ("required", "parameter", "added"): (with_parameter(), with_parameter(required=True)),
    ("required", "parameter", "removed"): (with_parameter(required=True), with_parameter()),
    ("in", "parameter", "changed"): (with_parameter(), with_parameter(**{"in": "header"})),
    ("style", "parameter", "changed"): (
        with_parameter(schema=LIST),
        with_parameter(schema=LIST, style="pipeDelimited", explode=False),
    ),
    ("content", "parameter", "changed"): (
        with_parameter(),
        lambda document: the_operation(document)["parameters"].append({"in": "query", "name": "p", **JSON}),
    ),
    ("allowReserved", "parameter", "added"): (with_parameter(), with_parameter(allowReserved=True)),
    ("allowReserved", "parameter", "removed"): (with_parameter(allowReserved=True), with_parameter()),
    ("allowEmptyValue", "parameter", "added"): (with_parameter(), with_parameter(allowEmptyValue=True)),
    ("allowEmptyValue", "parameter", "removed"): (with_parameter(allowEmptyValue=True), with_parameter()),
    ("argument", "parameter", "changed"): (with_parameter(name="body"), both(with_parameter(name="body"), with_body())),
    ("argument", "parameter", "taken"): (
        with_parameter(name="P"),
        both(with_parameter(name="P"), with_parameter(name="p")),
    ),
    ("requestBody", "request", "removed"): (with_body(), nothing),
    ("requestBody", "request", "added"): (nothing, with_body()),
    ("requestBody", "request", "added, required"): (nothing, with_body(required=True)),
    ("required", "request", "added"): (with_body(), with_body(required=True)),
    ("required", "request", "removed"): (with_body(required=True), with_body()),
    ("content", "request", "added"): (says(requestBody=JSON), says(requestBody=BOTH)),
    ("content", "request", "removed"): (says(requestBody=BOTH), says(requestBody=JSON)),
    ("encoding", "request", "changed"): (
        with_body(LIST_FORM, FORM),
        with_body({**LIST_FORM, "encoding": {"a": {"style": "form", "explode": False}}}, FORM),
    ),
    ("responses", "response", "added"): (nothing, with_responses(_200={}, _202={})),
    ("responses", "response", "removed"): (with_responses(_200={}, _202={}), nothing),
    ("responses", "error", "removed"): (with_responses(_200={}, default={}), nothing),
    ("headers", "response", "removed"): (with_header(), nothing),
    ("headers", "response", "added"): (nothing, with_header()),
    ("headers", "response", "required"): (with_header(), with_header(required=True)),
    ("headers", "response", "optional"): (with_header(required=True), with_header()),
    ("content", "response", "added"): (with_responses(_200=JSON), with_responses(_200=BOTH)),
    ("content", "response", "removed"): (with_responses(_200=BOTH), with_responses(_200=JSON)),
}

# The difference that a row can't be without.
BESIDE = {("argument", "parameter", "changed"): "body-added", ("argument", "parameter", "taken"): "parameter-added"}


def document(*edits: Edit) -> Document:
    operation = {
        "operationId": "change",
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": TEXT}],
        "responses": {"200": {"description": ""}},
    }
    whole = {
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a/{id}": {"post": operation}},
        "components": {"schemas": {"Cat": fields(meow=TEXT), "Dog": fields(bark=TEXT)}},
    }
    whole = copy.deepcopy(whole)
    for edit in edits:
        edit(whole)
    return copy.deepcopy(whole)


def with_schema(where: str, schema: Schema) -> Edit:
    """A schema at a place, and the class that only one of the documents has."""
    media = {"application/json": {"schema": schema}}
    places: dict[str, Edit] = {
        "parameter": with_parameter(schema=schema),
        "request": says(requestBody={"content": media}),
        "response": with_responses(_200={"content": media}),
    }

    def edit(whole: Document) -> None:
        places[where](whole)
        for name in ("Before", "After"):
            if schema.get("$ref", "").endswith(name):
                whole["components"]["schemas"][name] = fields(a=TEXT)

    return edit


def example(rule: Rule) -> tuple[Document, Document] | None:
    """The pair of documents for a row; None if there is none."""
    if edits := OPERATIONS.get((rule.keyword, rule.where, rule.change)):
        return document(edits[0]), document(edits[1])
    if pair := SCHEMAS.get((rule.keyword, rule.change)):
        return document(with_schema(rule.where, pair[0])), document(with_schema(rule.where, pair[1]))
    return None
