"""Step 5: paths. Each parameter is in its place, once, and the path has exactly those that it documents.

In annotations (swagger-php, L5-Swagger) as in hand-written YAML, path and parameters are written apart, so they
drift apart: a renamed parameter, one that the route lost, one that nobody documented.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from ..tree import METHODS, QUERY_TEMPLATE, TEMPLATE, At, resolve
from .log import Log

Thing = dict[str, Any]

# Express and Rails write `/:id`; FastRoute (Slim), JAX-RS and gorilla/mux write `{id:[0-9]+}`.
ROUTED = re.compile(r"(?<=/):(\w+)(?=/|$)")
LIMITED = re.compile(r"\{(\w+):[^{}/]+\}")


def paths(document: Thing, log: Log) -> None:
    borrowed = list(_borrowed(document))
    if borrowed:
        rehearsal = Log()
        _paths(copy.deepcopy(document), rehearsal)
        if rehearsal.repairs:
            _own_copies(document, borrowed, log)
    _paths(document, log)


def _own_copies(document: Thing, borrowed: list[tuple[At, Thing]], log: Log) -> None:
    """A repair of the operation that lists such a parameter would change those that refer to it."""
    for at, parameter in borrowed:
        target = copy.deepcopy(resolve(document, parameter))
        parameter.clear()
        parameter |= target
        log.fix(at, "a parameter of another operation, which needs repair", "said here as well")


def _borrowed(document: Thing) -> Iterator[tuple[At, Thing]]:
    """References to parameters that an operation lists: json-schema-ref-parser (swagger-cli) bundles documents so."""
    for path, item in document["paths"].items():
        if path.startswith("x-"):
            continue
        yield from _borrowed_by(document, ("paths", path), item)
        for field, operation in operations_of(item):
            yield from _borrowed_by(document, ("paths", path, *field), operation)


def _borrowed_by(document: Thing, at: At, holder: Thing) -> Iterator[tuple[At, Thing]]:
    for number, parameter in enumerate(holder.get("parameters", ())):
        reference = str(parameter.get("$ref"))
        if reference.startswith("#/paths/") and isinstance(resolve(document, parameter), dict):
            yield (*at, "parameters", str(number)), parameter


def _paths(document: Thing, log: Log) -> None:
    taken = set(document["paths"])
    document["paths"] = {_path(document, path, taken, log): item for path, item in document["paths"].items()}
    for path, item in document["paths"].items():
        if not path.startswith("x-"):
            _item(document, path, item, log)
    shared_items = document.get("components", {}).get("pathItems", {})
    for name, item in shared_items.items():
        if isinstance(item, dict):
            _operations(document, None, item, ("components", "pathItems", name), log)
    _unique_operation_ids(document, log)


def operations_of(item: Thing) -> list[tuple[At, Thing]]:
    """A path's operations, with the keys that lead to them."""
    found: list[tuple[At, Thing]] = []
    for method in METHODS:
        if isinstance(item.get(method), dict):
            found.append(((method,), item[method]))
    for method, operation in item.get("additionalOperations", {}).items():
        found.append((("additionalOperations", method), operation))
    return found


def _path(document: Thing, path: str, taken: set[str], log: Log) -> str:
    """A path starts with a slash, has no address before it and no query template (`{?a,b}`, as springfox may write).

    Routers' spellings: `:id` is `{id}` when that is documented as a parameter of the path, `{id:[0-9]+}` is when
    it isn't documented by just this name.
    """
    proper = QUERY_TEMPLATE.sub("", path)
    if ":" in path:
        proper = _without_router_syntax(proper, _documented_in_path(document, document["paths"][path]))
    if not proper.startswith(("/", "x-")):
        proper = _without_address(proper.strip())
    if proper == path:
        return path
    if proper in taken:
        log.warn(("paths", path), "no proper path, and there is one already that it could mean: kept as it is")
        return path
    taken.add(proper)
    log.fix(("paths", path), "a path that isn't written as one", f"read as {proper}")
    return proper


def _without_router_syntax(path: str, documented: set[str]) -> str:
    def routed(match: re.Match[str]) -> str:
        name = match[1]
        return f"{{{name}}}" if name in documented else match[0]

    def limited(match: re.Match[str]) -> str:
        whole = match[0]
        return whole if whole[1:-1] in documented else f"{{{match[1]}}}"

    return LIMITED.sub(limited, ROUTED.sub(routed, path))


def _without_address(path: str) -> str:
    """The path of `https://pbx.example/users`, with a slash in front."""
    with suppress(ValueError):  # no address
        address = urlsplit(path)
        if address.scheme in ("http", "https") and address.netloc:
            path = address.path
    return path if path.startswith("/") else f"/{path}"


def _documented_in_path(document: Thing, item: Thing) -> set[str]:
    names = set()
    for holder in [item, *(operation for _, operation in operations_of(item))]:
        for listed in holder.get("parameters", ()):
            parameter = resolve(document, listed)
            if isinstance(parameter, dict) and parameter.get("in") == "path" and "name" in parameter:
                names.add(parameter["name"])
    return names


def _item(document: Thing, path: str, item: Thing, log: Log) -> None:
    at: At = ("paths", path)
    if "$ref" in item:
        item = resolve(document, item)
        if not isinstance(item, dict):
            return
    _operations(document, path, item, at, log)


def _operations(document: Thing, path: str | None, item: Thing, at: At, log: Log) -> None:
    """One path's operations; a shared path item (`path` is None) can only have its parameters put in order."""
    shared = _listed(document, item, at, log)
    if path is not None and any(_out_of_place(parameter, path) for parameter in shared):
        push_down(document, item)
        problem = "a path's shared parameters that don't fit the path"
        log.fix((*at, "parameters"), problem, "listed in each operation")
        shared = []
    for field, operation in operations_of(item):
        here = (*at, *field)
        own = _listed(document, operation, here, log)
        _bodies(document, operation, here, log)
        if path is not None:
            _match(document, path, operation, [*own, *shared], here, log)


def _out_of_place(parameter: Thing, path: str) -> bool:
    if parameter["in"] == "path":
        return parameter["name"] not in TEMPLATE.findall(path)
    return parameter["in"] in ("body", "formData")


def push_down(document: Thing, item: Thing) -> None:
    """Move a path item's parameters into its operations, whose own ones win."""
    shared = item.pop("parameters")
    for _, operation in operations_of(item):
        own = operation.setdefault("parameters", [])
        resolved = [resolve(document, parameter) for parameter in own]
        present = {(parameter.get("in"), parameter.get("name")) for parameter in resolved if parameter}
        for listed in shared:
            parameter = resolve(document, listed)
            if parameter and (parameter["in"], parameter["name"]) not in present:
                own.append(copy.deepcopy(listed))


def _listed(document: Thing, holder: Thing, at: At, log: Log) -> list[Thing]:
    """The parameters listed in an operation or path item, each once; those without a name are dropped."""
    if "parameters" not in holder:
        return []
    kept, parameters, seen = [], [], set()
    for number, listed in enumerate(holder["parameters"]):
        here = (*at, "parameters", str(number))
        parameter = resolve(document, listed)
        if not isinstance(parameter, dict) or not parameter.get("name"):
            log.fix(here, "a parameter without a name", "left out")
            continue
        if "in" not in parameter:
            _locate(parameter, here, log)
        key = parameter["in"], parameter["name"]
        if key in seen:
            log.fix(here, "a parameter that is listed twice", "kept the first one")
            continue
        seen.add(key)
        kept.append(listed)
        parameters.append(parameter)
    holder["parameters"] = kept
    return parameters


def _locate(parameter: Thing, at: At, log: Log) -> None:
    """A parameter without a location is the path's if the path has its name."""
    if at[0] == "paths" and f"{{{parameter['name']}}}" in at[1]:
        parameter |= {"in": "path", "required": True}
    else:
        parameter["in"] = "query"
    log.fix((*at, "in"), "a parameter without a place", f"taken as {parameter['in']}")


def _match(document: Thing, path: str, operation: Thing, listed: list[Thing], at: At, log: Log) -> None:
    """The path parameters that an operation documents and those in the path are the same."""
    wanted = list(dict.fromkeys(TEMPLATE.findall(path)))
    documented = {parameter["name"] for parameter in listed if parameter.get("in") == "path"}
    missing = [name for name in wanted if name not in documented]
    extra = sorted(documented.difference(wanted))
    if not missing and not extra:
        return
    own = operation.setdefault("parameters", [])
    only_one = len(missing) == len(extra) == 1
    for name in extra:
        new_name = _same_name(name, missing)
        if new_name is None and only_one:
            new_name = missing[0]
        if new_name is not None:
            missing.remove(new_name)
        parameter = next(known for known in listed if known.get("in") == "path" and known["name"] == name)
        replacement = _replacement(parameter, new_name, listed, at, log)
        _replace(document, own, parameter, replacement)
    for name in missing:
        _document(own, name, at, log)
    if not own:
        del operation["parameters"]


def _replacement(parameter: Thing, new_name: str | None, listed: list[Thing], at: At, log: Log) -> Thing | None:
    """What to document instead of a path parameter that isn't in the path; None for nothing."""
    name = parameter["name"]
    if new_name is not None:
        problem = f"the path parameter `{name}`, which the path calls `{new_name}`"
        log.fix(at, problem, "named as in the path")
        return {**parameter, "name": new_name}
    problem = f"the path parameter `{name}`, which the path doesn't have"
    if _in_query(name, listed) is not None:
        log.fix(at, problem, "left out, it is a query parameter")
        return None
    log.fix(at, problem, "taken as a query parameter")
    replacement = {**parameter, "in": "query"}
    for key in ("style", "required"):
        replacement.pop(key, None)
    return replacement


def _replace(document: Thing, own: list[Thing], parameter: Thing, replacement: Thing | None) -> None:
    """Replace `parameter` in `own`; append if it comes from the path item."""
    replacements = []
    if replacement is not None:
        replacements.append(replacement)
    for position, listed in enumerate(own):
        if resolve(document, listed) is parameter:
            own[position : position + 1] = replacements
            return
    own += replacements


def _document(own: list[Thing], name: str, at: At, log: Log) -> None:
    """Document `name`, which only the path has: by a query parameter that is called so, else as text."""
    misplaced = _in_query(name, own)
    if misplaced is not None:
        misplaced |= {"in": "path", "required": True}
        misplaced.pop("style", None)
        log.fix(at, f"`{name}` of the path documented as a query parameter", "taken as the path parameter")
        return
    own.append({"name": name, "in": "path", "required": True, "schema": {"type": "string"}})
    log.fix(at, f"the path's `{name}` isn't documented", "taken as text")


def _in_query(name: str, parameters: list[Thing]) -> Thing | None:
    for parameter in parameters:
        if parameter.get("in") == "query" and parameter.get("name") == name:
            return parameter
    return None


def _same_name(name: str, candidates: list[str]) -> str | None:
    """The candidate that differs from `name` in case and punctuation alone: `user_id` and `userId`."""

    def bare(text: str) -> str:
        return re.sub(r"[^a-z0-9]", "", text.lower())

    return next((other for other in candidates if bare(other) == bare(name)), None)


def _bodies(document: Thing, holder: Thing, at: At, log: Log) -> None:
    """Parameters `in: body` and `in: formData` are the body: written for Swagger 2.0, in a document that says 3."""
    kept, parts = [], []
    for listed in holder.get("parameters", ()):
        parameter = resolve(document, listed)
        if parameter and parameter["in"] in ("body", "formData"):
            parts.append(parameter)
        else:
            kept.append(listed)
    if not parts:
        return
    holder["parameters"] = kept
    if not kept:
        del holder["parameters"]
    log.fix(at, "parameters that are the body (Swagger 2.0)", "made them the body")
    holder.setdefault("requestBody", _body(parts))


def _body(parts: list[Thing]) -> Thing:
    whole = next((part for part in parts if part["in"] == "body"), None)
    if whole is not None and len(parts) == 1:
        schema = whole.get("schema", {})
        content = {"application/json": {"schema": schema}}
        return {"content": content} | {key: whole[key] for key in ("description", "required") if key in whole}
    properties = {part["name"]: part.get("schema", {}) for part in parts}
    schema = {"type": "object", "properties": properties}
    required = [part["name"] for part in parts if part.get("required") is True]
    if required:
        schema["required"] = required
    has_file = any(isinstance(one, dict) and one.get("format") == "binary" for one in properties.values())
    kind = "application/json"
    if whole is None:
        kind = "application/x-www-form-urlencoded"
    if has_file:
        kind = "multipart/form-data"
    media = {"schema": schema}
    encoding = _encoding(parts)
    if encoding:
        media["encoding"] = encoding
    body: Thing = {"content": {kind: media}}
    if required:
        body["required"] = True
    return body


def _encoding(parts: list[Thing]) -> Thing:
    """How each field of a form is written, where it says so."""
    keys = ("style", "explode", "x-collectionFormat")
    by_name = {part["name"]: {key: part[key] for key in keys if key in part} for part in parts}
    return {name: styles for name, styles in by_name.items() if styles}


def _unique_operation_ids(document: Thing, log: Log) -> None:
    """An operationId that stands twice names nothing: all that have it are named after method and path.

    Annotations are often copied from one controller method to the next.
    """
    with_id = []
    for path, item in document["paths"].items():
        if not isinstance(item, dict) or "$ref" in item or path.startswith("x-"):
            continue
        for field, operation in operations_of(item):
            if "operationId" in operation:
                with_id.append((("paths", path, *field), operation))
    count = Counter(operation["operationId"] for _, operation in with_id)
    for at, operation in with_id:
        if count[operation["operationId"]] > 1:
            log.fix((*at, "operationId"), "an operationId that isn't unique", "named after method and path")
            del operation["operationId"]
