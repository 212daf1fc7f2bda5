"""Make a Swagger 2.0 document of a Swagger 1.0, 1.1 or 1.2 resource listing and its API declarations.

From the published specifications of 1.1 and 1.2. What 2.0 has no word for (a list of allowed ranges, the order of
operations) is left out; the words that changed between 1.0 and 1.2 are read in all their spellings.
"""

from __future__ import annotations

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
    "object": {"type": "object"},
    "any": {},
    "file": {"type": "file"},
}
_LIST = re.compile(r"(?:list|set|array|collection)\s*\[(.+)\]$", re.IGNORECASE)
_PLACES = {"form": "formData", "path": "path", "query": "query", "header": "header", "body": "body"}


def is_listing(document: Section) -> bool:
    return "swaggerVersion" in document and "paths" not in document


def from_listing(listing: Section, address: str, load: Load) -> Section:
    """The Swagger 2.0 document that `listing` (at `address`) and the files it names make together."""
    own = any("operations" in api for api in _apis(listing))
    declarations = [listing] if own else list(_declarations(listing, address, load))
    base = urlsplit(next((urljoin(address, str(it["basePath"])) for it in declarations if it.get("basePath")), address))
    info = listing.get("info") if isinstance(listing.get("info"), dict) else {}
    document: Section = {
        "swagger": "2.0",
        "info": {
            "title": "API",
            "version": str(listing.get("apiVersion") or "1"),
            **_known(info, "title", "description"),
        },
        "host": base.netloc,
        "basePath": base.path.rstrip("/") or "/",
        "schemes": [base.scheme or "http"],
        "paths": {},
        "definitions": {},
    }
    for declaration in declarations:
        _add(declaration, document)
    return document


def _declarations(listing: Section, address: str, load: Load) -> Iterator[Section]:
    """The files a listing names; published bases are often wrong, so they are looked for beside it as well."""
    lucky = 0
    for path in (str(api.get("path", "")).replace("{format}", "json") for api in _apis(listing)):
        places = _places(path, listing, address)
        for number in sorted(range(len(places)), key=lambda number: number != lucky):
            try:
                found = load(places[number])
            except StepFailed:
                continue
            if isinstance(found, dict) and isinstance(found.get("apis"), list):
                lucky = number  # the others will be there too
                yield found
                break
        else:
            raise DocumentUnusable(f"the Swagger 1 listing {address} names {path}, but no API declaration is there")


def _places(path: str, listing: Section, address: str) -> list[str]:
    tail = urlsplit(path).path
    last, base = tail.rpartition("/")[2], str(listing.get("basePath") or "")
    return [
        path if "://" in path else urljoin(address, base.rstrip("/") + tail if base.startswith("/") else tail),
        address.rstrip("/") + "/" + tail.lstrip("/"),
        urljoin(address, last),
        address.rstrip("/") + "/" + last.partition(".")[0],
        urljoin(address, base.rstrip("/") + tail),
    ]


def _apis(holder: Section) -> list[Section]:
    return [api for api in holder.get("apis") or () if isinstance(api, dict)]


def _add(declaration: Section, document: Section) -> None:
    tag = str(declaration.get("resourcePath") or "").replace(".{format}", "").strip("/").rpartition("/")[2]
    for api in _apis(declaration):
        path = "/" + str(api.get("path", "")).replace("{format}", "json").lstrip("/")
        item = document["paths"].setdefault(path, {})
        for operation in api.get("operations") or ():
            if isinstance(operation, dict):
                method = str(operation.get("method") or operation.get("httpMethod") or "GET").lower()
                item[method] = _operation(operation, declaration, [tag] if tag else [])
    models = declaration.get("models")
    for name, model in models.items() if isinstance(models, dict) else ():
        if isinstance(model, dict):
            document["definitions"].setdefault(_name(name), _model(model))


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
    answer = _type(operation, "type", "responseClass")
    result["responses"] = {"200": {"description": "success", **({"schema": answer} if answer else {})}}
    result["responses"].update(_failures(operation))
    return result


def _failures(operation: Section) -> Iterator[tuple[str, Section]]:
    for failure in operation.get("responseMessages") or operation.get("errorResponses") or ():
        if isinstance(failure, dict) and failure.get("code"):
            schema = _type(failure, "responseModel")
            said = str(failure.get("message") or failure.get("reason") or "failure")
            yield str(failure["code"]), {"description": said, **({"schema": schema} if schema else {})}


def _parameter(given: Section) -> Section:
    place = _PLACES.get(str(given.get("paramType", "query")), "query")
    result: Section = {"name": str(given.get("name") or "body"), "in": place, **_known(given, "description")}
    result["required"] = True if place == "path" else given.get("required") is True
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
    allowed = given.get("allowableValues")
    values = given.get("enum") or (allowed.get("values") if isinstance(allowed, dict) else None)
    result: Section = {"enum": values} if isinstance(values, list) and values else {}
    if given.get("defaultValue") not in (None, ""):
        result["default"] = given["defaultValue"]
    return result


def _model(model: Section) -> Section:
    properties = model.get("properties")
    result: Section = {"type": "object", **_known(model, "description"), "properties": {}}
    required = [name for name in model.get("required") or () if isinstance(name, str)]
    for name, part in properties.items() if isinstance(properties, dict) else ():
        if isinstance(part, dict):
            result["properties"][name] = {
                **_type(part, "type"),
                **_constraints(part),
                **_known(part, "description"),
            }
            if part.get("required") is True and name not in required:
                required.append(name)
    if required:
        result["required"] = required
    return result


def _type(holder: Section, *keys: str) -> Section:
    """The schema for what `holder` says its type is."""
    if isinstance(holder.get("$ref"), str):
        return {"$ref": f"#/definitions/{_name(holder['$ref'])}"}
    word = next((str(holder[key]) for key in keys if holder.get(key)), "").strip()
    if word.lower() in ("array", "list", "set"):
        items = holder.get("items")
        return {"type": "array", "items": _type(items, "type") if isinstance(items, dict) else {}}
    if of := _LIST.match(word):
        return {"type": "array", "items": _type({"type": of.group(1)}, "type")}
    if not word or word.lower() == "void":
        return {}
    if word.lower() in _TYPES:
        return {**_TYPES[word.lower()], **_known(holder, "format")}
    return {"$ref": f"#/definitions/{_name(word)}"}


def _name(word: str) -> str:
    return re.sub(r"[^\w.-]", "_", word.rpartition("/")[2] or word)


def _known(holder: object, *keys: str) -> Section:
    return {key: holder[key] for key in keys if holder.get(key)} if isinstance(holder, dict) else {}
