"""What all steps need to speak of a document: operations, routes, references, pointers, canonical JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

# In the order in which a reader expects them; `query` is OpenAPI 3.2's.
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")

# A path's parameters, and what says which query may follow: `{?a,b}` is no part of the path.
TEMPLATE = re.compile(r"\{([^{}?&#;][^{}]*)\}")
QUERY_TEMPLATE = re.compile(r"\{[?&#;][^{}]*\}")

Operation = dict[str, Any]
Thing = Mapping[str, Any]
At = tuple[str, ...]  # the keys that lead from the document's root to a place in it


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any], Operation]]:
    """Every operation as (path, method, path item, operation), of a repaired document."""
    for path, listed in document["paths"].items():
        if path.startswith("x-") or not isinstance(listed, dict):
            continue
        item = resolved(document, listed)
        for method in METHODS:
            if method in item:
                yield path, method, item, item[method]
        for method, operation in item.get("additionalOperations", {}).items():  # OpenAPI 3.2's, for `COPY`
            yield path, method.lower(), item, operation


def resolved(document: Mapping[str, Any], thing: Mapping[str, Any]) -> Mapping[str, Any]:
    """What `thing` refers to, or itself; references of a repaired document are local and end somewhere."""
    while isinstance(thing, Mapping) and isinstance(thing.get("$ref"), str):
        target: Any = document
        for part in thing["$ref"][2:].split("/"):
            key: Any = part.replace("~1", "/").replace("~0", "~")
            if isinstance(target, list):
                key = int(key)
            elif key not in target:
                key = unquote(key)
            target = target[key]
        thing = target
    return thing


# Header parameters of these names are to be ignored (OpenAPI, Parameter Object): the body, the answers and the login
# say what is sent.
NO_PARAMETERS = ("accept", "authorization", "content-type")
# What a query parameter may say of itself -> the encoder's argument; the last one is how OpenAPI 3.2's `querystring` is
# written here.
QUERY_FLAGS = {"allowReserved": "reserved", "allowEmptyValue": "empty", "x-whole-query": "whole"}
DEFAULT_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}
# Swagger 2.0's collections that OpenAPI 3 has no style for, in this place or at all (see repair/swagger2.py).
COLLECTIONS = {"ssv": "spaceDelimited", "tsv": "tabDelimited", "pipes": "pipeDelimited"}


def all_parameters(document: Thing, item: Thing, operation: Thing) -> list[Thing]:
    """An operation's parameters, those of its path included; its own win."""
    found: dict[tuple[str, str], Thing] = {}
    for listed in (*item.get("parameters", ()), *operation.get("parameters", ())):
        parameter = resolved(document, listed)
        if parameter["in"] != "header" or parameter["name"].lower() not in NO_PARAMETERS:
            found[parameter["in"], parameter["name"]] = parameter
    return list(found.values())


def serialization(described: Thing, place: str) -> tuple[str, bool]:
    """The style of a parameter or of a form's field, and whether it is exploded."""
    style = COLLECTIONS.get(described.get("x-collectionFormat", ""))
    style = style or described.get("style", DEFAULT_STYLES[place])
    return style, described.get("explode", style in ("form", "cookie"))


def media_of(parameter: Thing) -> str:
    """The media type that serializes a parameter; empty where a style does."""
    return "" if "schema" in parameter else next(iter(parameter.get("content", {})), "")


def encodings(document: Thing, media: Thing) -> dict[str, dict[str, Any]]:
    """How the fields of a form are written, where the document says it."""
    found: dict[str, dict[str, Any]] = {}
    for name, how in _said_of_fields(document, media).items():
        if not isinstance(how, Mapping):
            continue
        said: dict[str, Any] = {}
        if headers := _constant_headers(document, how.get("headers")):
            said["headers"] = headers
        if {"style", "explode", "x-collectionFormat"} & how.keys():
            said["style"], said["explode"] = serialization(how, "query")
        if isinstance(how.get("contentType"), str):
            said["contentType"] = how["contentType"]
        if how.get("allowReserved") is True:
            said["allowReserved"] = True
        if said:
            found[name] = said
    return found


def _said_of_fields(document: Thing, media: Thing) -> dict[str, Any]:
    """The `encoding` of each field; its schema may say its media type, too."""
    said = dict(media.get("encoding") or {})
    schema: Any = resolved(document, media.get("schema") or {})
    properties = schema.get("properties") if isinstance(schema, Mapping) else None
    for name, listed in (properties or {}).items():
        field: Any = resolved(document, listed)
        if not isinstance(field, Mapping) or "contentEncoding" in field:
            continue
        media_type = field.get("contentMediaType")
        # A text that holds JSON is no value to be written as JSON once more.
        if isinstance(media_type, str) and "json" not in media_type and isinstance(said.get(name, {}), Mapping):
            said[name] = {"contentType": media_type, **said.get(name, {})}
    return said


def _constant_headers(document: Thing, listed: Any) -> dict[str, str]:
    """The headers of a part whose schema allows one value; others only the caller knows."""
    found: dict[str, str] = {}
    for name, listed_header in (listed or {}).items() if isinstance(listed, Mapping) else ():
        header = resolved(document, listed_header)
        schema = resolved(document, header.get("schema") or {}) if isinstance(header, Mapping) else None
        if name.lower() == "content-type" or not isinstance(schema, Mapping):
            continue
        allowed = [schema["const"]] if "const" in schema else schema.get("enum")
        if isinstance(allowed, list) and len(allowed) == 1 and isinstance(allowed[0], str):
            found[name] = allowed[0]
    return found


def untyped_responses(document: Thing) -> list[str]:
    """The pointers of successful responses that don't say what they hold."""
    pointers = []
    for path, method, item, operation in operations(document):
        field = (method,) if method in item else ("additionalOperations", method.upper())
        for status, listed in operation["responses"].items():
            if status != "204" and status.startswith(("2", "default")) and not _is_typed(document, listed):
                pointers.append(pointer(("paths", path, *field, "responses", status)))
    return pointers


def _is_typed(document: Thing, listed: Thing) -> bool:
    """Whether a response has a schema, or is a recording."""
    content = resolved(document, listed).get("content") or {}
    for media_type, media in content.items():
        if media_type.startswith("audio/"):
            return True
        if isinstance(media, Mapping) and resolved(document, media.get("schema") or {}):
            return True
    return False


def pointer(keys: At) -> str:
    """A place as a JSON pointer in a URI fragment, for example `#/paths/~1cdr~1/get`."""
    return "#" + "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)


def keys(reference: str) -> At:
    """The place a local reference (`#/…`) points to."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in reference[2:].split("/"))


def lookup(document: Mapping[str, Any], reference: str) -> Any:
    """What a local reference leads to; None if to nothing."""
    if not reference.startswith("#/"):
        return document if reference == "#" else None
    target: Any = document
    for key in keys(reference):
        if isinstance(target, dict) and key not in target:
            key = unquote(key)
        if isinstance(target, dict) and key in target:
            target = target[key]
        elif isinstance(target, list) and key.isdecimal() and int(key) < len(target):
            target = target[int(key)]
        else:
            return None
    return target


def resolve(document: Mapping[str, Any], value: Any) -> Any:
    """`value`, or what its reference leads to in the end."""
    for _ in range(50):
        if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
            return value
        value = lookup(document, value["$ref"])
    return None


def route(path: str) -> str:
    """What two spellings of one path share: `/identity/{userName}/` and `/identity/{name}` are one route."""
    return without_names(path).rstrip("/") or "/"


def without_names(path: str) -> str:
    """A path with its parameters' names left out."""
    return re.sub(r"\{[^{}]*\}", "{}", path)


def operation_title(method: str, path: str) -> str:
    """An operation as people write it."""
    return f"{method.upper()} {path}"


def canonical(document: object) -> bytes:
    """The one way documents are written, so that differences mean something: sorted, two spaces, UTF-8, a newline.

    Raises ValueError for what JSON cannot hold (NaN, infinities) or UTF-8 cannot (lone surrogates).
    """
    text = json.dumps(document, sort_keys=True, indent=2, ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8") + b"\n"
