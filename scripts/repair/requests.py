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

# Where a parameter is, as people write it: by the part of the request, or by the framework's word for it.
LOCATIONS = {
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
# Swagger 2.0's fields of the document, and where OpenAPI 3 has them: left over when only the version was raised.
MOVED = (("definitions", "schemas"), ("parameters", "parameters"), ("responses", "responses"))
STYLES = {
    "path": ("matrix", "label", "simple"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form", "cookie"),
}


def repair_head(document: Thing, at: At, shapes: Shapes) -> None:
    _version(document, shapes.log)
    _info(document, shapes.log)
    for old, new in MOVED:
        _move_to_components(document, old, new, shapes.log)


def _version(document: Thing, log: Log) -> None:
    """`3`, `3.0` and `"OpenAPI 3"`: written by hand, and in YAML without quotes a number."""
    version = document.get("openapi")
    if isinstance(version, str) and re.fullmatch(r"3\.\d+\.\d+(-.+)?", version):
        return
    document["openapi"] = "3.0.3"
    minor = re.match(r"3\.\d", str(version))
    if minor:
        document["openapi"] = f"{minor[0]}.0"
    log.fix(("openapi",), "no proper OpenAPI version", f"read as {document['openapi']}")


def _info(document: Thing, log: Log) -> None:
    info = document.get("info")
    if not isinstance(info, dict):
        document["info"] = info = {}
        log.fix(("info",), "no title and version", "left empty")
    for key in ("title", "version"):
        if info.get(key) is None:
            info[key] = ""
            log.fix(("info", key), f"no {key}", "left empty")


def _move_to_components(document: Thing, old: str, new: str, log: Log) -> None:
    moved = document.get(old)
    if not isinstance(moved, dict):
        return
    components = document.setdefault("components", {})
    if isinstance(components, dict) and isinstance(components.setdefault(new, {}), dict):
        components[new] = {**moved, **components[new]}
        del document[old]
        log.fix((old,), f"`{old}` of Swagger 2.0 in an OpenAPI 3 document", f"moved to components/{new}")


def repair_server(value: Thing, at: At, shapes: Shapes) -> None:
    if not isinstance(value.get("url"), (str, int)):
        value["url"] = "/"
        shapes.log.fix(at, "a server without an address", "taken as the root")


def repair_path_item(item: Thing, at: At, shapes: Shapes) -> None:
    """Methods in lower case; an operation in which nothing is documented is one all the same."""
    log = shapes.log
    for key in list(item):
        method = key.lower().strip()
        if method not in METHODS:
            continue
        operation = item[key]
        if key != method:
            log.fix((*at, key), "a method that isn't in lower case", "read in lower case")
            del item[key]
            if method in item:
                log.fix((*at, key), "a method that is there twice", "kept the first one")
                continue
        if not isinstance(operation, dict):
            log.fix((*at, key), "an operation that is no object", "taken as one about which nothing is known")
            operation = {}
        item[method] = operation
    if isinstance(item.get("additionalOperations"), dict):
        _additional(item, (*at, "additionalOperations"), log)


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
    _tags(value, at, shapes.log)
    if value.get("operationId") == "":
        del value["operationId"]
        shapes.log.fix((*at, "operationId"), "an empty operationId", "left out")
    _security(value, at, shapes.log)
    responses = _responses(value, at, shapes.log)
    _status_codes(responses, (*at, "responses"), shapes.log)


def _tags(operation: Thing, at: At, log: Log) -> None:
    """Tags are names: written by hand, they may be Tag Objects, numbers or empty."""
    tags = operation.get("tags")
    if not isinstance(tags, list) or all(isinstance(tag, str) and tag.strip() for tag in tags):
        return
    names = []
    for tag in tags:
        name = tag.get("name") if isinstance(tag, dict) else tag
        if name is not None and str(name).strip():
            names.append(str(name))
    operation["tags"] = names
    log.fix((*at, "tags"), "tags that are no names", "kept the names in them")


def _security(operation: Thing, at: At, log: Log) -> None:
    """PHP's json_encode writes `[]` for the `{}` that means "without login" (swagger-php, L5-Swagger)."""
    security = operation.get("security")
    if not isinstance(security, list) or not any(isinstance(one, list) for one in security):
        return
    operation["security"] = [{} if isinstance(one, list) else one for one in security]
    log.fix((*at, "security"), "`[]` where `{}` is meant", "read as what was meant")


def _responses(operation: Thing, at: At, log: Log) -> Thing:
    """An operation's responses by their status codes; if there are none, a `default` without content."""
    responses = operation.get("responses")
    if isinstance(responses, list):
        by_code = _by_status_code(responses)
        if by_code:
            operation["responses"] = responses = by_code
            log.fix((*at, "responses"), "a list where an object belongs", "its items' codes are the keys")
    if isinstance(responses, dict) and any(not key.startswith("x-") for key in responses):
        return responses
    unknown: Thing = {"default": {"description": ""}}
    operation["responses"] = unknown
    log.fix((*at, "responses"), "no responses", "any response is possible")
    return unknown


def _by_status_code(responses: list[Any]) -> Thing:
    """A list as swagger-php's annotations have it, each response with its code; empty if one has none."""
    by_code = {}
    for response in responses:
        if not isinstance(response, dict):
            return {}
        code = response.get("response", response.get("status", response.get("code")))
        if not isinstance(code, (str, int)):
            return {}
        by_code[str(code)] = response
    return by_code


def _status_codes(responses: Thing, at: At, log: Log) -> None:
    """`200 OK`, `2xx`, `success`: written by hand."""
    for code in list(responses):
        if re.fullmatch(r"[1-5](\d\d|XX)|default|x-.*", code):
            continue
        proper = "default"
        number = re.search(r"(?<!\d)[1-9](\d\d|xx|XX)(?!\d)", code)
        if number:
            proper = number[0].upper()
        response = responses.pop(code)
        if proper == code:  # three digits that HTTP doesn't have: kept, they match what the server sends
            responses[code] = response
        elif proper not in responses:
            responses[proper] = response
            log.fix((*at, code), "a status code that doesn't exist", f"read as {proper}")
        else:
            log.fix((*at, code), "a status code that doesn't exist", f"left out, as there is one for {proper}")


def repair_parameter(value: Thing, at: At, shapes: Shapes) -> None:
    log = shapes.log
    _location(value, at, log)
    _flag_required(value, at, log)
    _schema_keys(value, at, log)
    repair_schema_or_content(value, at, shapes)
    location = value.get("in")
    if location == "path" and value.get("required") is not True:
        value["required"] = True
        log.fix((*at, "required"), "a path parameter that isn't required", "required, as every path parameter")
    if "style" in value and location in STYLES and value["style"] not in STYLES[location]:
        del value["style"]
        log.fix((*at, "style"), f"a style that a {location} parameter can't have", "left out")


def _location(parameter: Thing, at: At, log: Log) -> None:
    written = parameter.get("in")
    if written is None or str(written) in STYLES:
        return
    if written == "querystring" and parameter.get("content"):
        parameter["in"] = "query"
        parameter["x-whole-query"] = True
        return  # OpenAPI 3.2: the whole query as one value
    location = LOCATIONS.get(str(written).lower().strip(), "query")
    parameter["in"] = location
    if written != location:
        log.fix((*at, "in"), "a parameter in a place that doesn't exist", f"taken as {location}")


def _flag_required(value: Thing, at: At, log: Log) -> None:
    """A list as a schema has it: whoever wrote it took the parameter for one."""
    if isinstance(value.get("required"), list):
        value["required"] = value.get("name") in value["required"]
        log.fix((*at, "required"), "a list where true or false belongs", "read as what was meant")


def _schema_keys(value: Thing, at: At, log: Log) -> None:
    """A parameter's type belongs into its schema; in Swagger 2.0 it stood beside the name, where many still put it."""
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
    log = shapes.log
    content = value.get("content")
    if "content" in value and not (isinstance(content, dict) and content):
        del value["content"]
        log.fix((*at, "content"), "content that says nothing", "left out")
    if "schema" in value and "content" in value:
        del value["content"]
        log.fix((*at, "content"), "both a schema and content", "kept the schema")
    if "schema" not in value and "content" not in value:
        if value.get("in") == "path":
            value["schema"] = {"type": "string"}
            log.fix(at, "no schema", "text")
        else:
            value["schema"] = {}
            log.fix(at, "no schema", "any value is possible")
    repair_examples(value, at, shapes)


def repair_examples(value: Thing, at: At, shapes: Shapes) -> None:
    """Examples have names here; in a schema (JSON Schema) they are a list of values."""
    if "examples" not in value:
        return
    examples = value["examples"]
    if not isinstance(examples, dict):
        values = examples if isinstance(examples, list) else [examples]
        value["examples"] = {str(number): {"value": one} for number, one in enumerate(values, 1)}
        shapes.log.fix((*at, "examples"), "examples without names", "numbered them")
    elif not all(isinstance(example, dict) for example in examples.values()):
        value["examples"] = {
            name: example if isinstance(example, dict) else {"value": example} for name, example in examples.items()
        }
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
    """Content is an object of media types; what stands in its place is taken as JSON.

    Swagger 2.0 had the schema in the content's place, and so it still stands in many a document that says 3.
    """
    log = shapes.log
    here = (*at, "content")
    if "schema" in value:
        schema = value.pop("schema")
        if not value.get("content"):
            value["content"] = {"application/json": {"schema": schema}}
            log.fix((*at, "schema"), "a schema outside of any content", "taken as JSON's")
    content = value.get("content")
    if isinstance(content, list):
        listed = [media for media in content if isinstance(media, dict)]
        content = {str(media.get("mediaType", "application/json")): media for media in listed}
        log.fix(here, "a list where an object belongs", "read as what was meant")
    if not isinstance(content, dict):
        if "content" in value:
            log.fix(here, "content that says nothing", "left out")
            del value["content"]
        return
    if "schema" in content:
        content = {"application/json": content}
        log.fix(here, "content without a media type", "taken as JSON")
    elif "$ref" in content:
        content = {"application/json": {"schema": content}}
        log.fix(here, "content without a media type", "taken as JSON")
    value["content"] = {_media_type(name, here, log): media for name, media in content.items()}


def _media_type(name: str, at: At, log: Log) -> str:
    """`json` is `application/json`; an empty name is any type."""
    if "/" in name or (name.startswith("x-") and "form" not in name):
        return name
    subtype = name.strip().lower()
    proper = f"application/{subtype}" if subtype else "*/*"
    log.fix((*at, name), "a media type that doesn't exist", f"read as {proper}")
    return proper


def repair_media(value: Thing, at: At, shapes: Shapes) -> None:
    repair_examples(value, at, shapes)


def repair_security_scheme(value: Thing, at: At, shapes: Shapes) -> None:
    log = shapes.log
    if value.get("type") == "basic":
        value |= {"type": "http", "scheme": "basic"}
        log.fix((*at, "type"), "a security scheme of Swagger 2.0", "read as http basic")
    type_ = value.get("type")
    if type_ in ("http", "oauth2"):
        for key in ("name", "in"):
            if key in value:
                del value[key]
                log.fix((*at, key), f"a field that a scheme of type {type_} doesn't have", "left out")
    if type_ == "apiKey" and value.get("in") not in ("query", "header", "cookie"):
        value["in"] = "header"
        log.fix((*at, "in"), "a key in no place that exists", "taken as a header")


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
