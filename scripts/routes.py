"""How operations are recognised across documents: by method and path, whatever path parameters are called."""

from __future__ import annotations

import re


def route(path: str) -> str:
    """What two spellings of one path share: `/identity/{userName}/` and `/identity/{name}` are one route."""
    return re.sub(r"\{[^{}]*\}", "{}", path).rstrip("/") or "/"


def shown(method: str, path: str) -> str:
    """An operation as people write it."""
    return f"{method.upper()} {path}"
