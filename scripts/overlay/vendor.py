"""The operations that the vendor's page documents, put where the vendor has them, whatever a document says of them.

What a document adds is kept: descriptions, responses, parameters and fields, all of them optional. An operation of
another form stays reachable beside the vendor's, under a name of its own.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..names import snake_case
from ..repair import Repair, Repaired
from ..repair.paths import push_down
from ..tree import METHODS, all_parameters, operation_title, pointer, resolve, resolved
from .contract import Promise, body_problem, documented, json_media, moved_to, reader_of
from .match import Match, address, is_parameter

Document = dict[str, Any]

# OpenAPI: "the parameter definition SHALL be ignored". The login, the body and the response decide what is sent.
IGNORED_HEADERS = {"accept", "authorization", "content-type"}
# The fields that are the vendor's, or merged with the vendor's below; all others are the document's.
_SETTLED = {"tags", "operationId", "x-pinned", "parameters", "requestBody", "responses", "servers"}


def place(result: Repaired, promise: Promise, promises: Iterable[Promise], *, add_missing: bool = True) -> None:
    """Put the promised operation into the document, and report how the document's own differs."""
    document = result.document
    verbs = f"the facade's {', '.join(promise.verbs)}"
    match = documented(document, promise, promises)
    if match is None:
        if not add_missing:
            return
        operation = copy.deepcopy(promise.operation)
        result.warnings.append(_missing(document, promise, verbs))
    else:
        operation = _merged(result, match, promise)
        _settle(result, match, promise, verbs)
    item = _own_item(document, promise.path)
    item[promise.method] = operation


def release_name(document: Document, promise: Promise) -> None:
    """Rename whatever bears a pinned name without being the pinned operation."""
    for path in document["paths"]:
        for _, operation in _operations(document, path):
            if snake_case(operation.get("operationId") or "") == promise.name:
                operation["operationId"] = f"{promise.name}_as_documented"


def _missing(document: Document, promise: Promise, verbs: str) -> str:
    missing = f"{promise} isn't in this document"
    if moved := moved_to(document, promise):
        missing += f" (is it {moved} here?)"
    return f"{missing}; added as the vendor documents it: {verbs} will send it"


def _merged(result: Repaired, match: Match, promise: Promise) -> Document:
    """The vendor's operation with what the document adds."""
    document = result.document
    vendors = copy.deepcopy(promise.operation)
    kept = {key: value for key, value in match.operation.items() if key not in _SETTLED}
    if not match.is_exact:
        kept = {key: kept[key] for key in ("summary", "description") if key in kept}
    merged = {**vendors, **copy.deepcopy(kept)}
    if parameters := _parameters(result, match, promise):
        merged["parameters"] = parameters
    body = resolved(document, match.operation.get("requestBody") or {})
    if "requestBody" in vendors:
        merged["requestBody"] = {**_described(body), **vendors["requestBody"]}
        _add_fields(document, body, vendors["requestBody"])
    elif body:
        merged["requestBody"] = {**copy.deepcopy(dict(body)), "required": False}
    merged["responses"] = _responses(document, match.operation.get("responses") or {}, vendors["responses"])
    return merged


def _described(thing: Mapping[str, Any]) -> Document:
    if not thing.get("description"):
        return {}
    return {"description": thing["description"]}


def _parameters(result: Repaired, match: Match, promise: Promise) -> list[Document]:
    """The vendor's parameters of the path, and the document's others, none of them required."""
    document = result.document
    listed = all_parameters(document, match.item, match.operation)
    vendors = copy.deepcopy(promise.operation.get("parameters", []))
    parameters = _of_path(vendors, listed, match, promise)
    for parameter in listed:
        name = parameter["name"]
        is_ignored = parameter["in"] == "header" and name.lower() in IGNORED_HEADERS
        if parameter["in"] == "path" or is_ignored or name in (promise.sends or ()):
            continue
        if parameter.get("required"):
            at = pointer(("paths", match.path, match.method))
            problem = f"`{name}` is required, and the vendor doesn't send it"
            result.repairs.append(Repair(at, problem, "optional"))
        parameters.append(_optional(document, parameter))
    names = {parameter["name"].removesuffix("[]") for parameter in parameters}
    return parameters + [parameter for parameter in vendors if parameter["name"] not in names]


def _of_path(
    vendors: list[Document], listed: Iterable[Mapping[str, Any]], match: Match, promise: Promise
) -> list[Document]:
    """The vendor's parameters of the path, with the document's descriptions, whatever it calls them."""
    by_name = {parameter["name"]: parameter for parameter in listed if parameter["in"] == "path"}
    described = {}
    for vendors_segment, segment in zip(address(promise.path), address(match.path), strict=True):
        if is_parameter(segment):
            described[vendors_segment] = _described(by_name.get(segment[1:-1], {}))
    parameters = []
    for parameter in vendors:
        if parameter["in"] == "path":
            segment = f"{{{parameter['name']}}}"
            parameters.append({**parameter, **described.get(segment, {})})
    return parameters


def _optional(document: Document, parameter: Mapping[str, Any]) -> Document:
    """A parameter that is not sent unless it is given."""
    changed = {**copy.deepcopy(dict(parameter)), "required": False}
    schema = resolved(document, changed.get("schema") or {})
    if "default" in schema:
        changed["schema"] = {key: value for key, value in schema.items() if key != "default"}
        description = str(changed.get("description") or "")
        default = str(schema["default"])
        if default not in description:
            changed["description"] = f"{description} (Default: {default})".strip()
    return changed


def _add_fields(document: Document, body: Mapping[str, Any], vendors: Document) -> None:
    """Add the documented fields of a JSON object that the vendor's doesn't have."""
    media = json_media(body.get("content") or {})
    vendors_media = next(iter(vendors["content"].values()))
    known: Any = resolved(document, vendors_media["schema"])
    if media is None or "properties" not in known:
        return
    for name, schema in reader_of(document).shape(media.get("schema")).properties.items():
        known["properties"].setdefault(name, copy.deepcopy(schema))


def _responses(document: Document, listed: Document, vendors: Document) -> Document:
    """The documented responses; the vendor's for a success that the document doesn't describe."""
    responses = copy.deepcopy(listed)
    [vendors_success] = vendors.values()
    kinds = vendors_success.get("content", {})
    successes = [status for status in listed if status.startswith("2") and status != "204"]
    success: Mapping[str, Any] = {}
    if successes:
        success = resolved(document, listed[successes[0]])
    elif "default" in listed:
        success = resolved(document, listed["default"])
        if not success.get("content"):
            del responses["default"]  # it may be the success or an error
    if successes and not kinds:
        return responses
    if _describes(document, success, kinds):
        return responses
    responses["200"] = {**copy.deepcopy(vendors_success), **_described(success)}
    return responses


def _describes(document: Document, response: Mapping[str, Any], kinds: Mapping[str, Any]) -> bool:
    """Whether a documented response has a schema, in the vendor's media type."""
    media = json_media(response.get("content") or {})
    if media is None or json_media(kinds) is None:
        return False
    return bool(resolve(document, media.get("schema")))


def _settle(result: Repaired, match: Match, promise: Promise, verbs: str) -> None:
    """Remove the documented operation, or keep it under a name of its own where it differs, and report that."""
    document = result.document
    beside = _beside_the_body(document, match, promise)
    problem = body_problem(document, match.operation, promise)
    if beside:
        problem = f"takes {', '.join(beside)} beside the body"
    if problem:
        title = operation_title(match.method, match.path)
        result.warnings.append(f"{title} {problem}; {verbs} will send what the vendor documents")
    at = pointer(("paths", match.path, match.method))
    own_name = f"{promise.name}_as_documented"
    if not match.is_exact:
        result.repairs.append(Repair(at, f"{promise}, which the vendor documents, is a case of this", "both are there"))
        if snake_case(match.operation.get("operationId") or "") == promise.name:
            match.operation["operationId"] = own_name
    elif beside or _has_own_form(document, match, promise):
        if match.path == promise.path:
            operation = _take(document, match)
            document["paths"][f"{match.path}#as-documented"] = {match.method: operation}
        match.operation.setdefault("tags", promise.operation["tags"])
        match.operation["operationId"] = own_name
        result.repairs.append(Repair(at, "another form than the vendor's", f"it is {own_name} now"))
    else:
        _take(document, match)
        if match.path != promise.path:
            result.repairs.append(Repair(at, "not the address that the vendor has", f"put at {promise.path}"))


def _beside_the_body(document: Document, match: Match, promise: Promise) -> list[str]:
    """The fields of the vendor's body that the document has as other parameters."""
    fields = promise.sends or {}
    listed = all_parameters(document, match.item, match.operation)
    return [one["name"] for one in listed if one["in"] != "path" and one["name"] in fields]


def _has_own_form(document: Document, match: Match, promise: Promise) -> bool:
    """Whether the documented body can't be expressed with the fields of the vendor's and its own together."""
    if not body_problem(document, match.operation, promise):
        return False
    body = resolved(document, match.operation.get("requestBody") or {})
    media = json_media(body["content"])
    if not promise.sends or media is None:
        return True
    fields = reader_of(document).shape(media.get("schema")).properties
    vendors_media = promise.operation["requestBody"]["content"]["application/json"]
    vendors_schema = resolved(document, vendors_media["schema"])
    return not fields.keys() >= set(vendors_schema["required"])


def _take(document: Document, match: Match) -> Document:
    """Remove an operation from its path, whose shared parameters it keeps; and the path, if that was its last."""
    item = _own_item(document, match.path)
    if match.method in item:
        operation: Document = item.pop(match.method)
    else:
        others = item["additionalOperations"]
        name = next(name for name in others if name.lower() == match.method)
        operation = others.pop(name)
    if not list(_operations(document, match.path)):
        del document["paths"][match.path]
    return operation


def _own_item(document: Document, path: str) -> Document:
    """The item of a path, shared with no other path; its shared parameters are moved into its operations."""
    item: Document = document["paths"].get(path, {})
    if "$ref" in item:
        item = copy.deepcopy(dict(resolved(document, item)))
    if "parameters" in item:
        push_down(document, item)
    document["paths"][path] = item
    return item


def _operations(document: Document, path: str) -> Iterator[tuple[str, Document]]:
    if path.startswith("x-"):
        return
    item = resolved(document, document["paths"][path])
    for method in METHODS:
        if method in item:
            yield method, item[method]
    yield from item.get("additionalOperations", {}).items()
