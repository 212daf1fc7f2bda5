"""Step 4: references. Each leads to something of the right kind in the document, or is replaced.

A reference to nowhere becomes what says nothing: any value, any response. So do references to other files (documents
that are split by hand, and published without their other half) and to other servers: nothing is fetched, as a
document must not make us read anything.
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
        reference = holder.get("$ref")
        if reference is not None and not _fits(document, holder, kind):
            _repair(document, holder, kind, (*at, "$ref"), log)
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
        for key, item in reversed(_items(value)):
            if isinstance(item, dict) and MARK in item:
                del value[key]
                yield (*at, str(key))
            else:
                yield from _remove_marked(item, kind.inner, (*at, str(key)))
    elif isinstance(kind, Object) and isinstance(value, dict):
        for key, inner_kind in OBJECTS[kind.name].items():
            if key in value:
                yield from _remove_marked(value[key], inner_kind, (*at, key))


def _items(value: Any) -> list[tuple[Any, Any]]:
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def _repair(document: Thing, holder: Thing, kind: str, at: At, log: Log) -> None:
    """Lead the reference to what it must mean, or put what says nothing in its place."""
    reference = holder["$ref"]
    if _lead_to_namesake(document, holder, kind):
        log.fix(at, "a reference that leads nowhere as it is written", "led to what was meant")
        return
    if kind == "Schema" and _lead_to_schema_of(document, holder, reference):
        log.fix(at, "a reference to what has a schema, not to the schema", "led to the schema")
        return
    has_target = resolve(document, holder) is not None
    if kind in ("Response", "RequestBody") and has_target and reference.startswith("#/components/schemas/"):
        del holder["$ref"]
        holder |= {**UNKNOWN[kind], "content": {"application/json": {"schema": {"$ref": reference}}}}
        log.fix(at, f"a reference to a schema where a {_name(kind)} belongs", "taken as its JSON schema")
        return
    problem = _problem(document, reference, kind, has_target)
    del holder["$ref"]
    if kind in UNKNOWN:
        log.fix(at, problem, _leave_open(holder, kind))
    else:
        holder[MARK] = True
        log.fix(at, problem, "left out")
    if kind == "PathItem":
        log.warn(at[:-1], f"what can be called there is described elsewhere ({reference}), and isn't known here")


def _lead_to_namesake(document: Thing, holder: Thing, kind: str) -> bool:
    """`#/definitions/User` (Swagger 2.0) and `User` alone mean the shared object of that name."""
    written = holder["$ref"]
    meant = _meant(document, written, kind)
    if meant is None or not _fits(document, {**holder, "$ref": meant}, kind):
        return False
    holder["$ref"] = meant
    return True


def _lead_to_schema_of(document: Thing, holder: Thing, reference: str) -> bool:
    """A parameter or a response in a schema's place: its schema."""
    for inside in ("schema", "content/application~1json/schema"):
        if isinstance(lookup(document, f"{reference}/{inside}"), dict):
            holder["$ref"] = f"{reference}/{inside}"
            return True
    return False


def _problem(document: Thing, reference: str, kind: str, has_target: bool) -> str:
    if not reference.startswith("#"):
        return "a reference to another file or server"
    if has_target:
        return f"a reference to something that is no {_name(kind)}"
    if lookup(document, reference) is not None:
        return "a reference that leads back to itself"
    return "a reference that leads nowhere"


def _leave_open(holder: Thing, kind: str) -> str:
    """Put what says nothing in the reference's place; how the log puts it."""
    for key, value in UNKNOWN[kind].items():
        holder.setdefault(key, value)
    if kind == "Schema":
        return "any value is possible"
    return "nothing is known about it"


def _fits(document: Thing, holder: Thing, kind: str) -> bool:
    """Whether the reference leads to an object of the kind (as far as one can tell)."""
    reference = holder["$ref"]
    if not reference.startswith("#/"):
        return False
    target = resolve(document, holder)
    if kind == "Schema" and isinstance(target, bool):
        return True
    belongs = _kind_at(reference)
    if not isinstance(target, dict) or (isinstance(belongs, Object) and belongs.name != kind):
        return False
    if kind == "Parameter":
        return isinstance(target.get("name"), str)
    if kind == "RequestBody":
        return isinstance(target.get("content"), dict)
    if kind == "Response":
        return "description" in target and not reference.startswith("#/components/schemas/")
    return True


def _kind_at(reference: str) -> Kind | None:
    """What belongs in the place that a local reference leads to; None if OpenAPI doesn't say."""
    kind: Kind | None = Object("OpenAPI")
    for key in keys(reference):
        if isinstance(kind, (MapOf, ListOf)):
            kind = kind.inner
        elif isinstance(kind, Object):
            kind = OBJECTS[kind.name].get(key)
        else:
            return None
    return kind


def _meant(document: Thing, reference: str, kind: str) -> str | None:
    """The shared object of the kind that a misspelt reference must mean: by its last part, when there is one."""
    if "://" in reference or ".json" in reference or ".y" in reference or reference.startswith(".."):
        return None
    section = SHARED[kind]
    shared = document.get("components", {}).get(section, {})
    name = unquote(reference.rsplit("/", 1)[-1]).removeprefix("#")
    if name in shared:
        return pointer(("components", section, name))
    same = [other for other in shared if other.lower() == name.lower()]
    if len(same) == 1:
        return pointer(("components", section, same[0]))
    return None


def _name(kind: str) -> str:
    return {"RequestBody": "body", "PathItem": "path"}.get(kind, kind.lower())
