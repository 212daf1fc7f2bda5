"""Step 4: references. Each leads to something of the right kind in the document, or is replaced.

A reference to nowhere becomes what says nothing: any value, any response. What is in other files or on other
servers is not fetched: a document must not make us read anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from ..tree import At, keys, lookup, pointer, resolve
from .grammar import OBJECTS, Kind, ListOf, MapOf, Object
from .log import Log

Thing = dict[str, Any]

SHARED = {
    "Schema": "schemas",
    "Response": "responses",
    "Parameter": "parameters",
    "Example": "examples",
    "RequestBody": "requestBodies",
    "Header": "headers",
    "SecurityScheme": "securitySchemes",
    "Link": "links",
    "PathItem": "pathItems",
}
# What stands for something unknown; kinds that aren't here are left out.
UNKNOWN: dict[str, Thing] = {
    "Schema": {},
    "Response": {"description": ""},
    "RequestBody": {"content": {"application/json": {}}},
    "Header": {"schema": {}},
    "PathItem": {},
    "Example": {},
}


def references(document: Thing, log: Log) -> None:
    for holder, kind, at in list(_referring(document, Object("OpenAPI"), ())):
        _repair(document, holder, kind, at, log)
    for at in _remove_marked(document, Object("OpenAPI"), ()):
        log.warn(at, "what it refers to isn't in the document: left out")


def _referring(value: Any, kind: Kind, at: At) -> Iterator[tuple[Thing, str, At]]:
    """Every object with a reference, along the grammar."""
    if isinstance(kind, MapOf) and isinstance(value, dict):
        for key, inner in value.items():
            if not kind.is_note(key):
                yield from _referring(inner, kind.inner, (*at, key))
    elif isinstance(kind, ListOf) and isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _referring(inner, kind.inner, (*at, str(number)))
    elif isinstance(kind, Object) and isinstance(value, dict):
        if kind.reference and isinstance(value.get("$ref"), str):
            yield value, kind.name, at
        for key, inner_kind in OBJECTS[kind.name].items():
            if key in value:
                yield from _referring(value[key], inner_kind, (*at, key))


MARK = "x-left-out"


def _remove_marked(value: Any, kind: Kind, at: At) -> Iterator[At]:
    """Take out of lists and objects what `_repair` has marked."""
    if isinstance(kind, (MapOf, ListOf)):
        inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, one in list(inner)[::-1]:
            if isinstance(one, dict) and MARK in one:
                del value[key]
                yield (*at, str(key))
            else:
                yield from _remove_marked(one, kind.inner, (*at, str(key)))
    elif isinstance(kind, Object) and isinstance(value, dict):
        for key, inner_kind in OBJECTS[kind.name].items():
            if key in value:
                yield from _remove_marked(value[key], inner_kind, (*at, key))


def _repair(document: Thing, holder: Thing, kind: str, at: At, log: Log) -> None:
    reference = holder.get("$ref")
    if reference is None or _fits(document, holder, kind):
        return
    found = _meant(document, reference, kind)
    if found is not None:
        holder["$ref"] = found
        if _fits(document, holder, kind):
            log.fix((*at, "$ref"), "a reference that leads nowhere as it is written", "led to what was meant")
            return
    target = resolve(document, holder)
    if kind == "Schema":
        for inside in ("schema", "content/application~1json/schema"):
            if isinstance(lookup(document, f"{reference}/{inside}"), dict):
                holder["$ref"] = f"{reference}/{inside}"
                log.fix((*at, "$ref"), "a reference to what has a schema, not to the schema", "led to the schema")
                return
    if kind in ("Response", "RequestBody") and reference.startswith("#/components/schemas/") and target is not None:
        del holder["$ref"]
        holder |= {**UNKNOWN[kind], "content": {"application/json": {"schema": {"$ref": reference}}}}
        log.fix(
            (*at, "$ref"),
            f"a reference to a schema where a {_name(kind)} belongs",
            "taken as its JSON schema",
        )
        return
    local = reference.startswith("#")
    problem = "a reference that leads nowhere" if local else "a reference to another file or server"
    if local and target is not None:
        problem = f"a reference to something that is no {_name(kind)}"
    elif local and lookup(document, reference) is not None:
        problem = "a reference that leads back to itself"
    del holder["$ref"]
    if kind in UNKNOWN:
        for key, value in UNKNOWN[kind].items():
            holder.setdefault(key, value)
        log.fix(
            (*at, "$ref"),
            problem,
            "nothing is known about it" if kind != "Schema" else "any value is possible",
        )
        if kind == "PathItem":
            log.warn(at, f"what can be called there is described elsewhere ({reference}), and isn't known here")
    else:
        holder[MARK] = True
        log.fix((*at, "$ref"), problem, "left out")


def _fits(document: Thing, holder: Thing, kind: str) -> bool:
    """Whether the reference leads to an object of the kind (as far as one can tell)."""
    if not holder["$ref"].startswith("#/"):
        return False
    target = resolve(document, holder)
    if kind == "Schema" and isinstance(target, bool):
        return True
    place = _kind_at(holder["$ref"])
    if not isinstance(target, dict) or (isinstance(place, Object) and place.name != kind):
        return False
    if kind == "Parameter":
        return isinstance(target.get("name"), str)
    if kind == "RequestBody":
        return isinstance(target.get("content"), dict)
    if kind == "Response":
        return "description" in target and not holder["$ref"].startswith("#/components/schemas/")
    return True


def _kind_at(reference: str) -> Kind | None:
    """What belongs in the place that a local reference leads to; None if OpenAPI doesn't say."""
    kind: Kind | None = Object("OpenAPI")
    for key in keys(reference):
        if isinstance(kind, (MapOf, ListOf)):
            kind = kind.inner
        else:
            kind = OBJECTS[kind.name].get(key) if isinstance(kind, Object) else None
    return kind


def _meant(document: Thing, reference: str, kind: str) -> str | None:
    """The shared object of the kind that a misspelt reference must mean: by its last part, when there is one."""
    if "://" in reference or ".json" in reference or ".y" in reference or reference.startswith(".."):
        return None
    shared = document.get("components", {}).get(SHARED[kind], {})
    name = unquote(reference.rsplit("/", 1)[-1]).removeprefix("#")
    if name in shared:
        return pointer(("components", SHARED[kind], name))
    same = [other for other in shared if other.lower() == name.lower()]
    return pointer(("components", SHARED[kind], same[0])) if len(same) == 1 else None


def _name(kind: str) -> str:
    return {"RequestBody": "body", "PathItem": "path"}.get(kind, kind.lower())
