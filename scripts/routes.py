"""How operations are recognised across documents: by method and path, whatever path parameters are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_TO_SERVICES = re.compile(r"(/[^/{}]+)?/services(?=/)")


def below_services(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document whose paths count from `services/`, as the client's do.

    An instance's document may count from the host or the instance instead (`/voipjack/services/cdr/`, assumed); then
    every path has that in front.
    """
    starts = {found and found.group() for found in map(_TO_SERVICES.match, document["paths"])}
    start = starts.pop() if len(starts) == 1 else None
    if start is None:
        return dict(document)
    paths = {path.removeprefix(start): item for path, item in document["paths"].items()}
    counted: dict[str, Any] = _referring({**document, "paths": paths}, "#/paths/" + start.replace("/", "~1"))
    return counted


def _referring(part: Any, start: str) -> Any:
    """`part` with references to the paths as they are called now."""
    if isinstance(part, dict):
        found = {key: _referring(value, start) for key, value in part.items()}
        if isinstance(reference := part.get("$ref"), str) and reference.startswith(start):
            found["$ref"] = "#/paths/" + reference.removeprefix(start)
        return found
    return [_referring(item, start) for item in part] if isinstance(part, list) else part


def route(path: str) -> str:
    """What two spellings of one path share: `/identity/{userName}/` and `/identity/{name}` are one route."""
    return re.sub(r"\{[^{}]*\}", "{}", path).rstrip("/") or "/"


def shown(method: str, path: str) -> str:
    """An operation as people write it."""
    return f"{method.upper()} {path}"
