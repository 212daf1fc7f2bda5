"""Step 5: paths. Each parameter is in its place, once, and the path has exactly those that it documents."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from ..tree import METHODS, QUERY_TEMPLATE, TEMPLATE, At, resolve
from .log import Log

Thing = dict[str, Any]

ROUTED = re.compile(r"(?<=/):(\w+)(?=/|$)")
LIMITED = re.compile(r"\{(\w+):[^{}/]+\}")


def paths(document: Thing, log: Log) -> None:
    borrowed = list(_borrowed(document))
    if borrowed:
        tried = Log()
        _paths(copy.deepcopy(document), tried)
        for at, parameter in borrowed if tried.repairs else ():
            lent = copy.deepcopy(resolve(document, parameter))
            parameter.clear()
            parameter |= lent
            log.fix(at, "a parameter of another operation, which needs repair", "said here as well")
    _paths(document, log)


def _borrowed(document: Thing) -> Iterator[tuple[At, Thing]]:
    """The parameters that are references to those listed elsewhere: what they lead to moves with every repair."""
    for path, item in document["paths"].items():
        if path.startswith("x-"):
            continue
        own = [(("paths", path, *field), operation) for field, operation in operations_of(item)]
        for at, holder in [(("paths", path), item), *own]:
            for number, parameter in enumerate(holder.get("parameters", ())):
                lists = str(parameter.get("$ref")).startswith("#/paths/")
                if lists and isinstance(resolve(document, parameter), dict):
                    yield (*at, "parameters", str(number)), parameter


def _paths(document: Thing, log: Log) -> None:
    taken = set(document["paths"])
    document["paths"] = {_path(document, path, taken, log): item for path, item in document["paths"].items()}
    for path, item in document["paths"].items():
        if not path.startswith("x-"):
            _item(document, path, item, log)
    for name, item in document.get("components", {}).get("pathItems", {}).items():
        if isinstance(item, dict):
            _operations(document, None, item, ("components", "pathItems", name), log)
    _unique_operation_ids(document, log)


def operations_of(item: Thing) -> list[tuple[At, Thing]]:
    """A path's operations, with the keys that lead to them."""
    others = item.get("additionalOperations", {})
    return [
        *(((method,), item[method]) for method in METHODS if isinstance(item.get(method), dict)),
        *((("additionalOperations", method), operation) for method, operation in others.items()),
    ]


def _path(document: Thing, path: str, taken: set[str], log: Log) -> str:
    """A path starts with a slash, has no address in front of it and no query template (`{?a,b}`) behind it.

    Routers' ways of writing: `:id` is `{id}` when that is documented as a parameter of the path, `{id:[0-9]+}` is when
    it isn't documented by just this name.
    """
    meant = QUERY_TEMPLATE.sub("", path)
    if ":" in path:
        names = _documented_in_path(document, document["paths"][path])
        meant = ROUTED.sub(lambda found: f"{{{found[1]}}}" if found[1] in names else found[0], meant)
        meant = LIMITED.sub(lambda found: found[0] if found[0][1:-1] in names else f"{{{found[1]}}}", meant)
    if not meant.startswith(("/", "x-")):
        try:
            split = urlsplit(meant.strip())
            meant = split.path if split.scheme in ("http", "https") and split.netloc else meant.strip()
        except ValueError:
            meant = meant.strip()
        meant = meant if meant.startswith("/") else f"/{meant}"
    if meant == path:
        return path
    if meant in taken:
        log.warn(("paths", path), "no proper path, and there is one already that it could mean: kept as it is")
        return path
    taken.add(meant)
    log.fix(("paths", path), "a path that isn't written as one", f"read as {meant}")
    return meant


def _documented_in_path(document: Thing, item: Thing) -> set[str]:
    holders = [item, *(operation for _, operation in operations_of(item))]
    listed = [resolve(document, one) for holder in holders for one in holder.get("parameters", ())]
    return {one["name"] for one in listed if isinstance(one, dict) and one.get("in") == "path" and "name" in one}


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
        log.fix(
            (*at, "parameters"),
            "a path's shared parameters that don't fit the path",
            "listed in each operation",
        )
        shared = []
    for field, operation in operations_of(item):
        here = (*at, *field)
        own = _listed(document, operation, here, log)
        _bodies(document, operation, here, log)
        if path is not None:
            _match(document, path, operation, [*own, *shared], here, log)


def _out_of_place(parameter: Thing, path: str) -> bool:
    in_path = parameter["name"] in TEMPLATE.findall(path)
    return parameter["in"] in ("body", "formData") or (parameter["in"] == "path" and not in_path)


def push_down(document: Thing, item: Thing) -> None:
    """Move a path item's parameters into its operations, whose own ones win."""
    shared = item.pop("parameters")
    for _, operation in operations_of(item):
        own = operation.setdefault("parameters", [])
        has = {(one.get("in"), one.get("name")) for parameter in own if (one := resolve(document, parameter))}
        for parameter in shared:
            meant = resolve(document, parameter)
            if meant and (meant["in"], meant["name"]) not in has:
                own.append(copy.deepcopy(parameter))


def _listed(document: Thing, holder: Thing, at: At, log: Log) -> list[Thing]:
    """The parameters listed in an operation or path item, each once; those without a name are dropped."""
    if "parameters" not in holder:
        return []
    kept, found, seen = [], [], set()
    for number, parameter in enumerate(holder["parameters"]):
        here = (*at, "parameters", str(number))
        meant = resolve(document, parameter)
        if not isinstance(meant, dict) or not meant.get("name"):
            log.fix(here, "a parameter without a name", "left out")
            continue
        if "in" not in meant:
            in_path = f"{{{meant['name']}}}" in at[1] if at[0] == "paths" else False
            meant["in"] = "path" if in_path else "query"
            log.fix((*here, "in"), "a parameter without a place", f"taken as {meant['in']}")
            if in_path:
                meant["required"] = True
        key = meant["in"], meant["name"]
        if key in seen:
            log.fix(here, "a parameter that is listed twice", "kept the first one")
            continue
        seen.add(key)
        kept.append(parameter)
        found.append(meant)
    holder["parameters"] = kept
    return found


def _match(document: Thing, path: str, operation: Thing, listed: list[Thing], at: At, log: Log) -> None:
    """Documented path parameters and those in the path are the same."""
    wanted = list(dict.fromkeys(TEMPLATE.findall(path)))
    have = {parameter["name"] for parameter in listed if parameter.get("in") == "path"}
    missing = [name for name in wanted if name not in have]
    extra = [name for name in have if name not in wanted]
    own = operation.setdefault("parameters", []) if missing or extra else []
    for name in sorted(extra):
        parameter = next(p for p in listed if p.get("in") == "path" and p["name"] == name)
        meant = _same_name(name, missing) or (missing[0] if len(missing) == len(extra) == 1 else None)
        place = next((n for n, one in enumerate(own) if resolve(document, one) is parameter), None)
        if meant is not None:
            changed = {**parameter, "name": meant}
            log.fix(at, f"the path parameter `{name}`, which the path calls `{meant}`", "named as in the path")
            missing.remove(meant)
        elif any(p.get("in") == "query" and p["name"] == name for p in listed):
            changed = {}
            log.fix(
                at,
                f"the path parameter `{name}`, which the path doesn't have",
                "left out, it is a query parameter",
            )
        else:
            changed = {**parameter, "in": "query"}
            for key in ("style", "required"):
                changed.pop(key, None)
            log.fix(at, f"the path parameter `{name}`, which the path doesn't have", "taken as a query parameter")
        if place is None:
            own += [changed] if changed else []
        else:
            own[place : place + 1] = [changed] if changed else []
    for name in missing:
        misplaced = next((p for p in own if p.get("name") == name and p.get("in") == "query"), None)
        if misplaced is not None:
            misplaced |= {"in": "path", "required": True}
            misplaced.pop("style", None)
            log.fix(at, f"`{name}` of the path documented as a query parameter", "taken as the path parameter")
            continue
        own.append({"name": name, "in": "path", "required": True, "schema": {"type": "string"}})
        log.fix(at, f"the path's `{name}` isn't documented", "taken as text")
    if (missing or extra) and not own:
        del operation["parameters"]


def _same_name(name: str, candidates: list[str]) -> str | None:
    def bare(text: str) -> str:
        return re.sub(r"[^a-z0-9]", "", text.lower())

    return next((other for other in candidates if bare(other) == bare(name)), None)


def _bodies(document: Thing, holder: Thing, at: At, log: Log) -> None:
    """Parameters `in: body` and `in: formData` are the body."""
    listed = holder.get("parameters", [])
    meant = [resolve(document, parameter) or {"in": None} for parameter in listed]
    parts = [one for one in meant if one["in"] in ("body", "formData")]
    if not parts:
        return
    holder["parameters"] = [
        one for one, said in zip(listed, meant, strict=True) if said["in"] not in ("body", "formData")
    ]
    if not holder["parameters"]:
        del holder["parameters"]
    log.fix(at, "parameters that are the body (Swagger 2.0)", "made them the body")
    holder.setdefault("requestBody", _body(parts))


def _body(parts: list[Thing]) -> Thing:
    whole = next((part for part in parts if part["in"] == "body"), None)
    if whole is not None and len(parts) == 1:
        schema = whole.get("schema", {})
        body = {"content": {"application/json": {"schema": schema}}}
        return body | {key: whole[key] for key in ("description", "required") if key in whole}
    properties = {part["name"]: part.get("schema", {}) for part in parts}
    schema = {"type": "object", "properties": properties}
    required = [part["name"] for part in parts if part.get("required") is True]
    if required:
        schema["required"] = required
    has_file = any(isinstance(one, dict) and one.get("format") == "binary" for one in properties.values())
    is_form = whole is None
    kind = "multipart/form-data" if has_file else "application/x-www-form-urlencoded" if is_form else "application/json"
    media = {"schema": schema}
    styles = ("style", "explode", "x-collectionFormat")
    encoding = {part["name"]: {key: part[key] for key in styles if key in part} for part in parts}
    if any(encoding.values()):
        media["encoding"] = {name: how for name, how in encoding.items() if how}
    return {"content": {kind: media}} | ({"required": True} if required else {})


def _unique_operation_ids(document: Thing, log: Log) -> None:
    """An operationId that is given twice names nothing: all who have it are named after method and path."""
    having = [
        (at, operation)
        for path, item in document["paths"].items()
        if isinstance(item, dict) and "$ref" not in item and not path.startswith("x-")
        for field, operation in operations_of(item)
        for at in [("paths", path, *field)]
        if "operationId" in operation
    ]
    count = Counter(operation["operationId"] for _, operation in having)
    for at, operation in having:
        if count[operation["operationId"]] > 1:
            log.fix((*at, "operationId"), "an operationId that isn't unique", "named after method and path")
            del operation["operationId"]
