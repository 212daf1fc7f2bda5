"""From a document as published to a valid one that says the same: nothing documented is lost.

The steps, in their order:

    plain        a tree that JSON can hold: no dates, NaN, cycles, numbers as keys
    swagger2     Swagger 2.0 becomes OpenAPI 3.0
    shapes       everything has the kind of value that belongs in its place (grammar.py says which),
                 with schemas.py for each schema and requests.py for what is around a request
    references   each leads to something of the right kind, or is replaced by what says nothing
    paths        parameters and paths fit each other, operationIds are unique

What can't be known becomes any value; nothing is invented, nothing is fetched. A document that is right comes
out as it went in, and so does one that was repaired before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..errors import DocumentUnusable
from .grammar import Object
from .log import Log, Repair
from .paths import paths
from .plain import plain
from .references import references
from .requests import HOOKS
from .schemas import repair_schema
from .shapes import GONE, Shapes
from .swagger2 import converted

__all__ = ["Repair", "Repaired", "repair"]

MOST_ROUNDS = 6


class Repaired(NamedTuple):
    document: dict[str, Any]
    repairs: list[Repair]
    warnings: list[str]


def _version(tree: Mapping[str, Any]) -> str:
    later = re.match(r"3\.[1-9]", str(tree.get("openapi")))
    return later[0] if later else "3.0"


def repair(document: Mapping[str, Any]) -> Repaired:
    """A valid document that says what `document` means, and what had to be repaired."""
    if not isinstance(document, Mapping):
        raise DocumentUnusable("this is no OpenAPI document: it is no object")
    log = Log()
    tree = converted(plain(document, log), log)
    if tree.get("paths") is None and "webhooks" in tree:
        tree["paths"] = {}  # 3.1 allows a document of webhooks alone: nothing can be called
    if not isinstance(tree.get("paths"), (dict, list)):
        raise DocumentUnusable("this is no OpenAPI document: it has no paths")
    shapes = Shapes(log, {**HOOKS, "Schema": repair_schema}, _version(tree))
    for _ in range(MOST_ROUNDS):  # what one repair leaves out can be what the next misses
        before = len(log.repairs)
        tree = shapes.of(tree, Object("OpenAPI"), ())
        if tree is GONE or not isinstance(tree.get("paths"), dict):
            raise DocumentUnusable("this is no OpenAPI document: it has no paths")
        references(tree, log)
        paths(tree, log)
        if len(log.repairs) == before:
            break
    return Repaired(tree, log.repairs, list(dict.fromkeys(log.warnings)))
