"""Step 3, for everything around a request: parameters, bodies, responses, operations and the document's head.

Each function repairs one kind of object, in place, before its fields are walked.
"""

from __future__ import annotations

import re
from typing import Any

from ..tree import METHODS, At
from .grammar import OBJECTS
from .log import Log
from .shapes import Hook, Shapes
from .swagger2 import collected

Thing = dict[str, Any]

# Where a parameter is, as people write it.
PLACES = {
    "query": "query",
    "querystring": "query",
    "get": "query",
    "params": "query",
    "path": "path",
    "url": "path",
    "uri": "path",
    "route": "path",
    "header": "header",
    "headers": "header",
    "cookie": "cookie",
    "cookies": "cookie",
    "body": "body",
    "json": "body",
    "formdata": "formData",
    "form": "formData",
    "form-data": "formData",
    "post": "formData",
}
STYLES = {
    "path": ("matrix", "label", "simple"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form", "cookie"),
}


def repair_head(document: Thing, at: At, shapes: Shapes) -> None:
    """Version, info and paths are there."""
    version = document.get("openapi")
    if not (isinstance(version, str) and re.fullmatch(r"3\.\d+\.\d+(-.+)?", version)):
        found = re.match(r"3\.\d", str(version))
        document["openapi"] = f"{found[0]}.0" if found else "3.0.3"
        shapes.log.fix(("openapi",), "no proper OpenAPI version", f"read as {document['openapi']}")
    info = document.get("info")
    if not isinstance(info, dict):
        document["info"] = info = {}
        shapes.log.fix(("info",), "no title and version", "left empty")
    for key in ("title", "version"):
        if info.get(key) is None:
            info[key] = ""
            shapes.log.fix(("info", key), f"no {key}", "left empty")
    for old, new in (("definitions", "schemas"), ("parameters", "parameters"), ("responses", "responses")):
        moved = document.get(old)
        if isinstance(moved, dict):
            components = document.setdefault("components", {})
            if isinstance(components, dict) and isinstance(components.setdefault(new, {}), dict):
                components[new] = {**moved, **components[new]}
                del document[old]
                shapes.log.fix((old,), f"`{old}` of Swagger 2.0 in an OpenAPI 3 document", f"moved to components/{new}")


def repair_server(value: Thing, at: At, shapes: Shapes) -> None:
    if not isinstance(value.get("url"), (str, int)):
        value["url"] = "/"
        shapes.log.fix(at, "a server without an address", "taken as the root")


def repair_path_item(item: Thing, at: At, shapes: Shapes) -> None:
    """Methods in lower case; an operation in which nothing is documented is one all the same."""
    for key in list(item):
        method = key.lower().strip()
        if method not in METHODS:
            continue
        operation = item[key]
        if key != method:
            shapes.log.fix((*at, key), "a method that isn't in lower case", "read in lower case")
            del item[key]
            if method in item:
                shapes.log.fix((*at, key), "a method that is there twice", "kept the first one")
                continue
        if not isinstance(operation, dict):
            shapes.log.fix((*at, key), "an operation that is no object", "taken as one about which nothing is known")
            operation = {}
        item[method] = operation
    if isinstance(item.get("additionalOperations"), dict):
        _additional(item, (*at, "additionalOperations"), shapes.log)


def _additional(item: Thing, at: At, log: Log) -> None:
    """OpenAPI 3.2's operations of other methods: each once, in upper case, as clients send all methods."""
    others = item["additionalOperations"]
    for key in list(others):
        method = key.strip().upper()
        if not re.fullmatch(r"[A-Z][A-Z0-9-]*", method):
            log.fix((*at, key), "a method that no HTTP request can have", "left out")
            del others[key]
        elif method.lower() in METHODS and method.lower() not in item:
            log.fix((*at, key), "a method that OpenAPI has a field for", "moved there")
            item[method.lower()] = others.pop(key)
        elif method.lower() in METHODS or (key != method and method in others):
            log.fix((*at, key), "a method that is there twice", "kept the first one")
            del others[key]
        elif key != method:
            log.fix((*at, key), "a method that isn't in upper case", "read in upper case")
            others[method] = others.pop(key)


def repair_operation(value: Thing, at: At, shapes: Shapes) -> None:
    tags = value.get("tags")
    if isinstance(tags, list) and any(not isinstance(tag, str) or not tag.strip() for tag in tags):
        names = [tag.get("name") if isinstance(tag, dict) else tag for tag in tags]
        value["tags"] = [str(tag) for tag in names if tag is not None and str(tag).strip()]
        shapes.log.fix((*at, "tags"), "tags that are no names", "kept the names in them")
    if value.get("operationId") == "":
        del value["operationId"]
        shapes.log.fix((*at, "operationId"), "an empty operationId", "left out")
    security = value.get("security")
    if isinstance(security, list) and any(isinstance(one, list) for one in security):
        value["security"] = [{} if isinstance(one, list) else one for one in security]
        shapes.log.fix((*at, "security"), "`[]` where `{}` is meant", "read as what was meant")
    responses = value.get("responses")
    if isinstance(responses, list) and responses and all(isinstance(one, dict) for one in responses):
        codes = [one.get("response", one.get("status", one.get("code"))) for one in responses]
        if all(isinstance(code, (str, int)) for code in codes):
            value["responses"] = responses = dict(zip(map(str, codes), responses, strict=True))
            shapes.log.fix((*at, "responses"), "a list where an object belongs", "its items' codes are the keys")
    if not isinstance(responses, dict) or not any(not key.startswith("x-") for key in responses):
        value["responses"] = responses = {"default": {"description": ""}}
        shapes.log.fix((*at, "responses"), "no responses", "any response is possible")
    _status_codes(responses, (*at, "responses"), shapes.log)


def _status_codes(responses: Thing, at: At, log: Log) -> None:
    for code in list(responses):
        if re.fullmatch(r"[1-5](\d\d|XX)|default|x-.*", code):
            continue
        found = re.search(r"(?<!\d)[1-9](\d\d|xx|XX)(?!\d)", code)
        meant = found[0].upper() if found else "default"
        response = responses.pop(code)
        if meant == code:  # three digits that HTTP doesn't have: kept, they match what the server sends
            responses[code] = response
        elif meant not in responses:
            responses[meant] = response
            log.fix((*at, code), "a status code that doesn't exist", f"read as {meant}")
        else:
            log.fix((*at, code), "a status code that doesn't exist", f"left out, as there is one for {meant}")


def repair_parameter(value: Thing, at: At, shapes: Shapes) -> None:
    log = shapes.log
    place = value.get("in")
    if place is not None and str(place) not in STYLES:
        meant = PLACES.get(str(place).lower().strip(), "query")
        value["in"] = meant
        if place != meant:
            log.fix((*at, "in"), "a parameter in a place that doesn't exist", f"taken as {meant}")
    _flag_required(value, at, log)
    _schema_keys(value, at, log)
    repair_schema_or_content(value, at, shapes)
    place = value.get("in")
    if place == "path" and value.get("required") is not True:
        value["required"] = True
        log.fix((*at, "required"), "a path parameter that isn't required", "required, as every path parameter")
    if "style" in value and place in STYLES and value["style"] not in STYLES[place]:
        del value["style"]
        log.fix((*at, "style"), f"a style that a {place} parameter can't have", "left out")


def _flag_required(value: Thing, at: At, log: Log) -> None:
    if isinstance(value.get("required"), list):
        value["required"] = value.get("name") in value["required"]
        log.fix((*at, "required"), "a list where true or false belongs", "read as what was meant")


def _schema_keys(value: Thing, at: At, log: Log) -> None:
    """A parameter's type belongs into its schema (in Swagger 2.0 it didn't)."""
    described = OBJECTS["Schema"].keys() | {"type", "enum", "default", "exclusiveMinimum", "exclusiveMaximum"}
    outside = [key for key in value if key in described - OBJECTS["Parameter"].keys()]
    if not outside:
        return
    schema = value.setdefault("schema", {})
    if isinstance(schema, dict) and "$ref" not in schema:
        for key in outside:
            schema.setdefault(key, value[key])
    for key in outside:
        del value[key]
    log.fix(at, "a parameter that says its type outside its schema", "moved into the schema")
    if "collectionFormat" in value:
        for key, said in collected(value).items():
            value.setdefault(key, said)
        del value["collectionFormat"]


def repair_schema_or_content(value: Thing, at: At, shapes: Shapes) -> None:
    """A parameter or header has either a schema or one content."""
    content = value.get("content")
    if "content" in value and not (isinstance(content, dict) and content):
        del value["content"]
        shapes.log.fix((*at, "content"), "content that says nothing", "left out")
    if "schema" in value and "content" in value:
        del value["content"]
        shapes.log.fix((*at, "content"), "both a schema and content", "kept the schema")
    if "schema" not in value and "content" not in value:
        value["schema"] = {"type": "string"} if value.get("in") == "path" else {}
        shapes.log.fix(at, "no schema", "text" if value.get("in") == "path" else "any value is possible")
    repair_examples(value, at, shapes)


def repair_examples(value: Thing, at: At, shapes: Shapes) -> None:
    listed = value.get("examples")
    if "examples" in value and not isinstance(listed, dict):
        values = listed if isinstance(listed, list) else [listed]
        value["examples"] = {str(number): {"value": one} for number, one in enumerate(values, 1)}
        shapes.log.fix((*at, "examples"), "examples without names", "numbered them")
    elif isinstance(listed, dict) and any(not isinstance(one, dict) for one in listed.values()):
        value["examples"] = {name: one if isinstance(one, dict) else {"value": one} for name, one in listed.items()}
        shapes.log.fix((*at, "examples"), "an example that is no object", "taken as the example's value")


def repair_request_body(value: Thing, at: At, shapes: Shapes) -> None:
    _content(value, at, shapes)
    if "content" not in value:
        value["content"] = {"application/json": {}}
        shapes.log.fix(at, "a body that doesn't say of what type", "taken as any JSON")


def repair_response(value: Thing, at: At, shapes: Shapes) -> None:
    if value.get("description") is None:
        value["description"] = ""
        shapes.log.fix(at, "a response without a description", "left empty")
    if "schema" in value or "content" in value:
        _content(value, at, shapes)


def _content(value: Thing, at: At, shapes: Shapes) -> None:
    """Content is an object of media types; what stands in its place is taken as JSON."""
    log = shapes.log
    if "schema" in value and not value.get("content"):
        value["content"] = {"application/json": {"schema": value["schema"]}}
        log.fix((*at, "schema"), "a schema outside of any content", "taken as JSON's")
    if "schema" in value:
        del value["schema"]
    content = value.get("content")
    if isinstance(content, list):
        found = {str(one.get("mediaType", "application/json")): one for one in content if isinstance(one, dict)}
        log.fix((*at, "content"), "a list where an object belongs", "read as what was meant")
        content = found
    if not isinstance(content, dict):
        if "content" in value:
            log.fix((*at, "content"), "content that says nothing", "left out")
            del value["content"]
        return
    if "schema" in content or "$ref" in content:
        content = {"application/json": content if "schema" in content else {"schema": content}}
        log.fix((*at, "content"), "content without a media type", "taken as JSON")
    value["content"] = {_media_type(kind, (*at, "content"), log): media for kind, media in content.items()}


def _media_type(kind: str, at: At, log: Log) -> str:
    if "/" in kind or (kind.startswith("x-") and "form" not in kind):
        return kind
    meant = f"application/{kind.strip().lower()}" if kind.strip() else "*/*"
    log.fix((*at, kind), "a media type that doesn't exist", f"read as {meant}")
    return meant


def repair_media(value: Thing, at: At, shapes: Shapes) -> None:
    repair_examples(value, at, shapes)


def repair_security_scheme(value: Thing, at: At, shapes: Shapes) -> None:
    if value.get("type") == "basic":
        value |= {"type": "http", "scheme": "basic"}
        shapes.log.fix((*at, "type"), "a security scheme of Swagger 2.0", "read as http basic")
    for key in [key for key in ("name", "in") if key in value and value.get("type") in ("http", "oauth2")]:
        del value[key]
        shapes.log.fix((*at, key), f"a field that a scheme of type {value['type']} doesn't have", "left out")
    if value.get("type") == "apiKey" and value.get("in") not in ("query", "header", "cookie"):
        value["in"] = "header"
        shapes.log.fix((*at, "in"), "a key in no place that exists", "taken as a header")


HOOKS: dict[str, Hook] = {
    "OpenAPI": repair_head,
    "Server": repair_server,
    "PathItem": repair_path_item,
    "Operation": repair_operation,
    "Parameter": repair_parameter,
    "Header": repair_schema_or_content,
    "RequestBody": repair_request_body,
    "Response": repair_response,
    "MediaType": repair_media,
    "SecurityScheme": repair_security_scheme,
}
