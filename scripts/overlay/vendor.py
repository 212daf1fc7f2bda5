"""What the vendor's page documents, put where the vendor has it, whatever a document says of it.

What a document says more is kept: descriptions, answers, parameters and fields, none of which has to be sent. Where it
has another form, that one stays reachable beside the vendor's, under a name of its own.
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

# OpenAPI: "the parameter definition SHALL be ignored". What is sent follows from the login, the body and the answer.
IGNORED_HEADERS = {"accept", "authorization", "content-type"}
# What of a documented operation is the vendor's, or merged with it below.
_SETTLED = {"tags", "operationId", "x-pinned", "parameters", "requestBody", "responses", "servers"}


def place(said: Repaired, promise: Promise, promises: Iterable[Promise], *, add_missing: bool = True) -> None:
    """Put the promised operation into the document, and tell how the document's own differs."""
    document = said.document
    verbs = f"the facade's {', '.join(promise.verbs)}"
    found = documented(document, promise, promises)
    if found is None:
        if not add_missing:
            return
        operation = copy.deepcopy(promise.operation)
        said.warnings.append(_missing(document, promise, verbs))
    else:
        operation = _merged(said, found, promise)
        _settle(said, found, promise, verbs)
    item = _own_item(document, promise.path)
    item[promise.method] = operation


def release_name(document: Document, promise: Promise) -> None:
    """Rename whatever bears a pinned name without being the pinned operation."""
    for path in document["paths"]:
        for _, operation in _operations(document, path):
            if snake_case(operation.get("operationId") or "") == promise.name:
                operation["operationId"] = f"{promise.name}_as_documented"


def _missing(document: Document, promise: Promise, verbs: str) -> str:
    moved = moved_to(document, promise)
    perhaps = f" (is it {moved} here?)" if moved else ""
    return f"{promise} isn't in this document{perhaps}; added as the vendor documents it: {verbs} will send it"


def _merged(said: Repaired, found: Match, promise: Promise) -> Document:
    """The vendor's operation with what the document says more."""
    document, vendors = said.document, copy.deepcopy(promise.operation)
    kept = {key: value for key, value in found.operation.items() if key not in _SETTLED}
    if not found.is_exact:
        kept = {key: kept[key] for key in ("summary", "description") if key in kept}
    merged = {**vendors, **copy.deepcopy(kept)}
    if parameters := _parameters(said, found, promise):
        merged["parameters"] = parameters
    body = resolved(document, found.operation.get("requestBody") or {})
    if "requestBody" in vendors:
        merged["requestBody"] = {**_described(body), **vendors["requestBody"]}
        _add_fields(document, body, vendors["requestBody"])
    elif body:
        merged["requestBody"] = {**copy.deepcopy(dict(body)), "required": False}
    merged["responses"] = _responses(document, found.operation.get("responses") or {}, vendors["responses"])
    return merged


def _described(thing: Mapping[str, Any]) -> Document:
    return {"description": thing["description"]} if thing.get("description") else {}


def _parameters(said: Repaired, found: Match, promise: Promise) -> list[Document]:
    """The vendor's parameters of the path, and the document's others, none of them required."""
    document = said.document
    listed = all_parameters(document, found.item, found.operation)
    by_name = {one["name"]: one for one in listed if one["in"] == "path"}
    pairs = zip(address(promise.path), address(found.path), strict=True)
    same = {vendors: by_name.get(its[1:-1], {}) for vendors, its in pairs if is_parameter(its)}
    vendors = copy.deepcopy(promise.operation.get("parameters", []))
    parameters = [one | _described(same.get(f"{{{one['name']}}}", {})) for one in vendors if one["in"] == "path"]
    for one in listed:
        is_ignored = one["in"] == "header" and one["name"].lower() in IGNORED_HEADERS
        if one["in"] == "path" or is_ignored or one["name"] in (promise.sends or ()):
            continue
        if one.get("required"):
            at = pointer(("paths", found.path, found.method))
            said.repairs.append(Repair(at, f"`{one['name']}` is required, and the vendor doesn't send it", "optional"))
        parameters.append(_optional(document, one))
    has = {one["name"].removesuffix("[]") for one in parameters}
    return parameters + [one for one in vendors if one["name"] not in has]


def _optional(document: Document, parameter: Mapping[str, Any]) -> Document:
    """A parameter that is not sent unless it is given."""
    changed = {**copy.deepcopy(dict(parameter)), "required": False}
    schema = resolved(document, changed.get("schema") or {})
    if "default" in schema:
        changed["schema"] = {key: value for key, value in schema.items() if key != "default"}
        about, default = str(changed.get("description") or ""), str(schema["default"])
        if default not in about:
            changed["description"] = f"{about} (Default: {default})".strip()
    return changed


def _add_fields(document: Document, body: Mapping[str, Any], vendors: Document) -> None:
    """The documented fields of a JSON object that the vendor's doesn't have."""
    media = json_media(body.get("content") or {})
    known: Any = resolved(document, next(iter(vendors["content"].values()))["schema"])
    if media is None or "properties" not in known:
        return
    for name, schema in reader_of(document).shape(media.get("schema")).properties.items():
        known["properties"].setdefault(name, copy.deepcopy(schema))


def _responses(document: Document, listed: Document, vendors: Document) -> Document:
    """The documented answers; the vendor's for a success of which the document doesn't say what it looks like."""
    responses = copy.deepcopy(listed)
    [vendors_success] = vendors.values()
    kinds = vendors_success.get("content", {})
    successes = [status for status in listed if status.startswith("2") and status != "204"]
    success = resolved(document, listed[successes[0]]) if successes else {}
    if not successes and "default" in listed:
        success = resolved(document, listed["default"])
        if not success.get("content"):
            del responses["default"]  # nobody said what it is
    if _describes(document, success, kinds) or (successes and not kinds):
        return responses
    responses["200"] = {**copy.deepcopy(vendors_success), **_described(success)}
    return responses


def _describes(document: Document, response: Mapping[str, Any], kinds: Mapping[str, Any]) -> bool:
    """Whether a documented answer says more than the vendor, in the vendor's media type."""
    media = json_media(response.get("content") or {})
    if media is None or json_media(kinds) is None:
        return False
    return bool(resolve(document, media.get("schema")))


def _settle(said: Repaired, found: Match, promise: Promise, verbs: str) -> None:
    """Move the documented operation away, or leave it where it says something else, and tell of that."""
    document = said.document
    beside = _beside_the_body(document, found, promise)
    problem = (
        f"takes {', '.join(beside)} beside the body" if beside else body_problem(document, found.operation, promise)
    )
    at = pointer(("paths", found.path, found.method))
    if problem:
        said.warnings.append(
            f"{operation_title(found.method, found.path)} {problem}; {verbs} will send what the vendor documents"
        )
    if not found.is_exact:
        said.repairs.append(Repair(at, f"{promise}, which the vendor documents, is a case of this", "both are there"))
        _distinguish(found.operation, promise)
    elif beside or _has_own_form(document, found, promise):
        if found.path == promise.path:
            item = _take(document, found)
            document["paths"][f"{found.path}#as-documented"] = {found.method: item}
        found.operation.setdefault("tags", promise.operation["tags"])
        found.operation["operationId"] = f"{promise.name}_as_documented"
        said.repairs.append(Repair(at, "another form than the vendor's", f"it is {promise.name}_as_documented now"))
    else:
        _take(document, found)
        if found.path != promise.path:
            said.repairs.append(Repair(at, "not the address that the vendor has", f"put at {promise.path}"))


def _beside_the_body(document: Document, found: Match, promise: Promise) -> list[str]:
    """What the vendor sends in the body, and the document as other parameters."""
    listed = all_parameters(document, found.item, found.operation)
    return [one["name"] for one in listed if one["in"] != "path" and one["name"] in (promise.sends or ())]


def _has_own_form(document: Document, found: Match, promise: Promise) -> bool:
    """Whether the documented body can't be said with the fields of the vendor's and its own together."""
    if not (problem := body_problem(document, found.operation, promise)):
        return False
    body = resolved(document, found.operation.get("requestBody") or {})
    media = json_media(body["content"])
    if not promise.sends or media is None:
        return bool(problem)
    has = reader_of(document).shape(media.get("schema")).properties
    required = resolved(document, promise.operation["requestBody"]["content"]["application/json"]["schema"])["required"]
    return not has.keys() >= set(required)


def _distinguish(operation: Document, promise: Promise) -> None:
    if snake_case(operation.get("operationId") or "") == promise.name:
        operation["operationId"] = f"{promise.name}_as_documented"


def _take(document: Document, found: Match) -> Document:
    """Take an operation out of its path, whose shared parameters it keeps; a path without operations goes."""
    item = _own_item(document, found.path)
    if found.method in item:
        operation: Document = item.pop(found.method)
    else:
        others = item["additionalOperations"]
        operation = others.pop(next(name for name in others if name.lower() == found.method))
    if not any(True for _ in _operations(document, found.path)):
        del document["paths"][found.path]
    return operation


def _own_item(document: Document, path: str) -> Document:
    """The item of a path, no other's, without shared parameters: these are listed in its operations."""
    item: Document = document["paths"].get(path, {})
    if "$ref" in item:
        item = copy.deepcopy(dict(resolved(document, item)))
    if "parameters" in item:
        push_down(document, item)
    document["paths"][path] = item
    return item


def _operations(document: Document, path: str) -> Iterator[tuple[str, Document]]:
    item = resolved(document, document["paths"][path]) if not path.startswith("x-") else {}
    yield from ((method, item[method]) for method in METHODS if method in item)
    yield from item.get("additionalOperations", {}).items()
