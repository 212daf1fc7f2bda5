"""Finding one's way in a repaired document: its operations, their parameters, what a reference leads to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

# In the order in which a reader expects them; `query` is OpenAPI 3.2's.
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")

Operation = dict[str, Any]
Thing = Mapping[str, Any]


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any], Operation]]:
    """Every operation as (path, method, path item, operation), of a repaired document."""
    for path, listed in document["paths"].items():
        item = resolved(document, listed) if isinstance(listed, dict) and not path.startswith("x-") else {}
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


def all_parameters(document: Thing, item: Thing, operation: Thing) -> list[Thing]:
    """An operation's parameters, those of its path included; its own win."""
    found: dict[tuple[str, str], Thing] = {}
    for listed in (*item.get("parameters", ()), *operation.get("parameters", ())):
        parameter = resolved(document, listed)
        found[parameter["in"], parameter["name"]] = parameter
    return list(found.values())


def untyped_responses(document: Thing) -> list[str]:
    """Where a successful response doesn't say what it holds."""
    found = []
    for path, method, item, operation in operations(document):
        field = (method,) if method in item else ("additionalOperations", method.upper())
        for status, listed in operation["responses"].items():
            if status == "204" or not status.startswith(("2", "default")):
                continue
            content = resolved(document, listed).get("content") or {}
            media = [one for one in content.values() if isinstance(one, Mapping)]
            if not any(resolved(document, one.get("schema") or {}) for one in media) and not any(
                kind.startswith("audio/") for kind in content
            ):
                found.append(pointer(("paths", path, *field, "responses", status)))
    return found


def pointer(keys: tuple[str, ...]) -> str:
    """A place as a JSON pointer in a URI fragment, for example `#/paths/~1cdr~1/get`."""
    return "#" + "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)
