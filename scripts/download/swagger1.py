"""Make a Swagger 2.0 document of a Swagger 1.0, 1.1 or 1.2 resource listing and its API declarations.

It follows the published specifications of 1.1 and 1.2. What 2.0 cannot express (a list of allowed ranges, the order of
operations) is left out; the keys that changed between 1.0 and 1.2 are read in all their spellings.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from ..errors import DocumentUnusable, StepFailed

Load = Callable[[str], object]
Section = dict[str, Any]

_TYPES: dict[str, Section] = {
    "int": {"type": "integer", "format": "int32"},
    "integer": {"type": "integer"},
    "long": {"type": "integer", "format": "int64"},
    "float": {"type": "number", "format": "float"},
    "double": {"type": "number", "format": "double"},
    "number": {"type": "number"},
    "byte": {"type": "string", "format": "byte"},
    "string": {"type": "string"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "date-time": {"type": "string", "format": "date-time"},
    "datetime": {"type": "string", "format": "date-time"},
    "object": {"type": "object"},
    "any": {},
    "file": {"type": "file"},
    # No types of the specifications, but what generators wrote for those of their languages.
    "bool": {"type": "boolean"},
    "short": {"type": "integer"},
    "bigdecimal": {"type": "number"},
    "decimal": {"type": "number"},
    "str": {"type": "string"},
    "char": {"type": "string"},
    "uuid": {"type": "string", "format": "uuid"},
    "timestamp": {"type": "string", "format": "date-time"},
    "binary": {"type": "string", "format": "binary"},
    "mixed": {},
    "map": {"type": "object"},
    "hash": {"type": "object"},
}
# In Swagger 1.1 a `Date`, so written, has a time: `1970-01-01T00:00:00.000+0000`.
_DATE_OF_1_1 = "Date"
_LISTS = ("array", "list", "set", "collection")
_LIST = re.compile(r"(?:list|set|array|collection)\s*[\[«<](.+)[\]»>]$", re.IGNORECASE)
_MAP = re.compile(r"(?:map|hash)\s*[\[«<](?:[^,]+,)?(.+)[\]»>]$", re.IGNORECASE)
_ALLOWED = re.compile(r"(LIST|RANGE)\s*\[(.*)\]$", re.IGNORECASE)  # as in Swagger 1.0
_PLACES = {"form": "formData", "path": "path", "query": "query", "header": "header", "body": "body"}


def is_listing(document: Section) -> bool:
    return "swaggerVersion" in document and "paths" not in document


def from_listing(listing: Section, address: str, load: Load) -> Section:
    """The Swagger 2.0 document of `listing` (at `address`) and the files that it names."""
    if any("operations" in api for api in _apis(listing)):
        declarations = [listing]
    else:
        declarations = list(_declarations(listing, address, load))
    base_paths = [declaration["basePath"] for declaration in declarations if declaration.get("basePath")]
    base = urlsplit(address)
    if base_paths:
        base = urlsplit(urljoin(address, str(base_paths[0])))
    version = str(listing.get("apiVersion") or "1")
    document: Section = {
        "swagger": "2.0",
        "info": {"title": "API", "version": version, **_known(listing.get("info"), "title", "description")},
        "host": base.netloc,
        "basePath": base.path.rstrip("/") or "/",
        "schemes": [base.scheme or "http"],
        "paths": {},
        "definitions": {},
    }
    for declaration in declarations:
        _add(declaration, document)
    for declaration in declarations:
        _inherit(declaration, document["definitions"])
    return document


def _declarations(listing: Section, address: str, load: Load) -> Iterator[Section]:
    """The files that a listing names; published bases are often wrong, so they are looked for beside it as well."""
    first_way = 0
    for api in _apis(listing):
        path = _path(api)
        addresses = _addresses(path, listing, address)
        for way in sorted(range(len(addresses)), key=lambda way: way != first_way):
            try:
                declaration = load(addresses[way])
            except StepFailed:
                continue
            if isinstance(declaration, dict) and isinstance(declaration.get("apis"), list):
                first_way = way  # the other files are likely to lie there too
                yield declaration
                break
        else:
            raise DocumentUnusable(f"the Swagger 1 listing {address} names {path}, but no API declaration is there")


def _path(api: Section) -> str:
    return str(api.get("path", "")).replace("{format}", "json")


def _addresses(path: str, listing: Section, address: str) -> list[str]:
    """Where a file that a listing names may lie: always as many ways, in the same order."""
    folder = address.rstrip("/")
    tail = urlsplit(path).path
    last = tail.rpartition("/")[2]
    base = str(listing.get("basePath") or "").rstrip("/")
    as_specified = urljoin(address, tail)
    if "://" in path:
        as_specified = path
    elif base.startswith("/"):
        as_specified = urljoin(address, base + tail)
    beside = re.sub(r"\.\w+$", "", folder)  # `api-docs.json` beside `api-docs/`
    addresses = [
        as_specified,
        f"{folder}/{tail.lstrip('/')}",
        urljoin(address, last),
        f"{folder}/{last.partition('.')[0]}",
        urljoin(address, base + tail),
        urljoin(address, tail.lstrip("/")),
        f"{beside}/{tail.lstrip('/')}",
        f"{beside}/{last}",
    ]
    return addresses + [f"{one}.json" for one in addresses]  # without the `.{format}` that the file has


def _apis(holder: Section) -> list[Section]:
    return [api for api in holder.get("apis") or () if isinstance(api, dict)]


def _add(declaration: Section, document: Section) -> None:
    resource = str(declaration.get("resourcePath") or "").replace(".{format}", "").strip("/")
    tags = [resource.rpartition("/")[2]]
    if not tags[0]:
        tags = []
    for api in _apis(declaration):
        path = "/" + _path(api).lstrip("/")
        item = document["paths"].setdefault(path, {})
        for operation in api.get("operations") or ():
            if isinstance(operation, dict):
                method = str(operation.get("method") or operation.get("httpMethod") or "GET").lower()
                item[method] = _operation(operation, declaration, list(tags))
    for name, model in _objects_of(declaration.get("models")):
        document["definitions"].setdefault(_name(name), _model(model))


def _inherit(declaration: Section, definitions: Section) -> None:
    """What a model lists as its `subTypes` has its properties, too."""
    for name, model in _objects_of(declaration.get("models")):
        parent = {"$ref": f"#/definitions/{_name(name)}"}
        listed = model.get("subTypes")
        for subtype in map(_name, map(str, listed if isinstance(listed, list) else ())):
            own = definitions.get(subtype)
            if own is not None and parent not in own.get("allOf", ()) and subtype != _name(name):
                definitions[subtype] = {"allOf": [parent, own]}


def _objects_of(section: object) -> list[tuple[str, Section]]:
    """The names and objects of a section that should be a mapping to objects."""
    if not isinstance(section, dict):
        return []
    return [(name, part) for name, part in section.items() if isinstance(part, dict)]


def _operation(operation: Section, declaration: Section, tags: list[str]) -> Section:
    result: Section = {"tags": tags, **_known(operation, "summary", "deprecated")}
    if operation.get("notes"):
        result["description"] = operation["notes"]
    if operation.get("nickname"):
        result["operationId"] = operation["nickname"]
    for key in ("consumes", "produces"):
        if types := operation.get(key) or declaration.get(key):
            result[key] = types
    result["parameters"] = [_parameter(it) for it in operation.get("parameters") or () if isinstance(it, dict)]
    result["responses"] = {"200": _response("success", _type(operation, "type", "responseClass"))}
    result["responses"].update(_failures(operation))
    return result


def _failures(operation: Section) -> Iterator[tuple[str, Section]]:
    for failure in operation.get("responseMessages") or operation.get("errorResponses") or ():
        if isinstance(failure, dict) and failure.get("code"):
            description = str(failure.get("message") or failure.get("reason") or "failure")
            yield str(failure["code"]), _response(description, _type(failure, "responseModel"))


def _response(description: str, schema: Section) -> Section:
    if not schema:
        return {"description": description}
    return {"description": description, "schema": schema}


def _parameter(given: Section) -> Section:
    place = _PLACES.get(str(given.get("paramType", "query")), "query")
    result: Section = {"name": str(given.get("name") or "body"), "in": place, **_known(given, "description")}
    result["required"] = place == "path" or given.get("required") is True
    schema = {**_type(given, "type", "dataType"), **_constraints(given)}
    if place == "body":
        return {**result, "schema": schema}
    if given.get("allowMultiple") is True and schema.get("type") != "array":
        return {**result, "type": "array", "items": schema, "collectionFormat": "csv"}
    if "$ref" in schema or "type" not in schema:  # only a body can be a model
        schema = {"type": "string"}
    if schema["type"] == "array" and "type" not in schema.get("items", {}):
        schema["items"] = {"type": "string"}
    return {**result, **schema}


def _constraints(given: Section) -> Section:
    result: Section = {}
    allowed = _allowed(given.get("allowableValues"))
    values = given.get("enum") or allowed.get("values")
    for limit, key in (("minimum", "min"), ("maximum", "max")):
        number = _number(given.get(limit, allowed.get(key)))
        if number is not None:
            result[limit] = number
    if isinstance(values, list) and values:
        result["enum"] = values
    if given.get("defaultValue") not in (None, ""):
        result["default"] = given["defaultValue"]
    return result


def _allowed(said: object) -> Section:
    """A list of values, or a range; Swagger 1.0 writes them as text."""
    if isinstance(said, dict):
        return said
    written = _ALLOWED.match(said.strip()) if isinstance(said, str) else None
    if not written:
        return {}
    listed = [one.strip() for one in written[2].split(",")]
    if written[1].upper() == "LIST":
        return {"values": listed}
    return {"min": listed[0], "max": listed[-1]}


def _number(written: object) -> float | None:
    """A limit, which may be written as text; None for what is none, as `Infinity`."""
    try:
        number = float(written)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() else number


def _model(model: Section) -> Section:
    result: Section = {"type": "object", **_known(model, "description", "discriminator"), "properties": {}}
    required = [name for name in model.get("required") or () if isinstance(name, str)]
    for name, part in _objects_of(model.get("properties")):
        schema = {**_type(part, "type"), **_constraints(part), **_known(part, "description")}
        result["properties"][name] = schema
        if part.get("required") is True and name not in required:
            required.append(name)
    if required:
        result["required"] = required
    return result


def _type(holder: Section, *keys: str) -> Section:
    """The schema of the type that stands under the first of these keys in `holder`."""
    if isinstance(holder.get("$ref"), str):
        return {"$ref": f"#/definitions/{_name(holder['$ref'])}"}
    names = [str(holder[key]).strip() for key in keys if holder.get(key)]
    if not names or names[0].lower() in ("", "void"):
        return {}
    name = names[0]
    if name.lower() in _LISTS:
        items = holder.get("items")
        if not isinstance(items, dict):
            items = {}
        is_set = name.lower() == "set" or holder.get("uniqueItems") is True
        return {"type": "array", "items": _type(items, "type"), **({"uniqueItems": True} if is_set else {})}
    if of_type := _LIST.match(name):
        return {"type": "array", "items": _type({"type": of_type[1]}, "type")}
    if of_type := _MAP.match(name):
        return {"type": "object", "additionalProperties": _type({"type": of_type[1]}, "type")}
    if name == _DATE_OF_1_1 and not holder.get("format"):
        return dict(_TYPES["date-time"])
    if name.lower() in _TYPES:
        return {**_TYPES[name.lower()], **_known(holder, "format")}
    return {"$ref": f"#/definitions/{_name(name)}"}


def _name(word: str) -> str:
    return re.sub(r"[^\w.-]", "_", word.rpartition("/")[2] or word)


def _known(holder: object, *keys: str) -> Section:
    """Those of the keys that `holder` has a value for."""
    if not isinstance(holder, dict):
        return {}
    return {key: holder[key] for key in keys if holder.get(key)}
