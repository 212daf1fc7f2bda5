"""What we know and the document doesn't say: `openapi/overlay.yaml`, applied to a repaired document.

The file is an OpenAPI Overlay (1.0 and 1.1: `update`, `remove`, `copy` is not used), readable by any overlay
tool. Ours differs in three ways, all of them on the strict or the tolerant side of the standard:

* A target that names an operation (`$.paths['/identity/{userName}'].get…`) also finds it where the document
  calls the parameter otherwise or ends the path in a slash.
* An action that matches nothing is an error, because then the document changed under us. The extension
  `x-may-match-nothing: true` excepts actions that only tidy up.
* `x-facade-verbs` and `x-facade-requires` say which verbs of the facade stand on an operation; see contract.py.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonpath import JSONPathEnvironment
from jsonpath.exceptions import JSONPathError

from ..errors import ContractBroken, DocumentUnusable, WrongUsage
from ..fetch.yaml_reader import read_yaml
from ..names import snake_case
from ..tree import operations, route
from .contract import Promise, broken_promises, refusal

_OPERATION_TARGET = re.compile(r"\$\.paths\['(?P<path>[^']+)'\]\.(?P<method>[a-z]+)(?P<rest>.*)", re.DOTALL)
_PATHS = JSONPathEnvironment(strict=True)


Document = dict[str, Any]


@dataclass(frozen=True)
class Action:
    """One entry of the overlay. `method` and `path` are set where the target lies in an operation."""

    target: str
    description: str
    update: Any = None
    remove: bool = False
    may_match_nothing: bool = False
    promise: Promise | None = None
    method: str | None = None
    path: str | None = None
    rest: str = ""


@dataclass(frozen=True)
class Overlay:
    actions: tuple[Action, ...]

    @property
    def promises(self) -> tuple[Promise, ...]:
        return tuple(action.promise for action in self.actions if action.promise)


def load_overlay(file: Path) -> Overlay:
    """Read an overlay. Raises WrongUsage naming the action that cannot be understood."""
    try:
        content = read_yaml(file.read_text(encoding="utf-8-sig"), unique_keys=True)
    except (OSError, DocumentUnusable, ValueError) as error:
        raise WrongUsage(f"{file} cannot be read: {' '.join(str(error).split())}") from None
    if not isinstance(content, dict) or not str(content.get("overlay", "")).startswith("1."):
        raise WrongUsage(f"{file} is not an OpenAPI Overlay 1.x")
    return Overlay(tuple(_action(file, number, entry) for number, entry in enumerate(content.get("actions") or (), 1)))


def apply_overlay(document: Document, overlay: Overlay, *, accept_broken: bool = False) -> Document:
    """`document` with the overlay applied; the argument is left as it is.

    Raises ContractBroken when an operation the facade stands on is gone, has moved or takes another body, or when
    any other action matches nothing. With `accept_broken` such operations are left as documented, but under
    another name: the facade must not find them by the name it knows.
    """
    result = copy.deepcopy(document)
    broken = broken_promises(result, overlay.promises)
    if broken and not accept_broken:
        raise ContractBroken(refusal(broken))
    given_up = {(item.promise.method, route(item.promise.path)) for item in broken}
    for item in broken:
        _free_the_name(result, item.promise)
    for action in overlay.actions:
        if action.path is not None and (action.method, route(action.path)) in given_up:
            continue
        if not _apply(action, result) and not (action.may_match_nothing or accept_broken):
            raise ContractBroken(
                f"the overlay's action on {action.target} matches nothing in this document; nothing was replaced "
                "(if the document is right, delete the action from openapi/overlay.yaml)"
            )
    return result


def _free_the_name(document: Document, promise: Promise) -> None:
    """Take the name the facade knows from whatever bears it, for it isn't what the facade means by it."""
    for _, _, _, operation in operations(document):
        if snake_case(operation.get("operationId") or "") == promise.name:
            operation["operationId"] = f"{promise.name}_as_documented"


def _apply(action: Action, document: Document) -> int:
    matches = list(_PATHS.finditer(_resolved(action, document), document))
    # From the last to the first: removing from an array must not move what is still to be removed.
    for match in reversed(matches):
        if match.parent is None:
            _merge(document, action.update)
            continue
        parent: Any = match.parent.obj
        if action.remove:
            del parent[match.parts[-1]]
        else:
            parent[match.parts[-1]] = _merged(match.obj, action.update)
    return len(matches)


def _resolved(action: Action, document: Document) -> str:
    """The target with the path spelt as this document spells it."""
    if action.path is None:
        return action.target
    for path, method, _, _ in operations(document):
        if method == action.method and route(path) == route(action.path):
            quoted = path.replace("\\", "\\\\").replace("'", "\\'")
            return f"$.paths['{quoted}'].{method}{action.rest}"
    return action.target


def _merged(old: Any, new: Any) -> Any:
    """As the standard says: objects are merged, arrays appended to, anything else replaced."""
    if isinstance(old, dict) and isinstance(new, dict):
        _merge(old, new)
        return old
    if isinstance(old, list):
        return old + copy.deepcopy(new if isinstance(new, list) else [new])
    return copy.deepcopy(new)


def _merge(old: dict[str, Any], new: dict[str, Any]) -> None:
    for key, value in new.items():
        old[key] = _merged(old[key], value) if key in old else copy.deepcopy(value)


def _action(file: Path, number: int, entry: Any) -> Action:
    def wrong(problem: str) -> WrongUsage:
        return WrongUsage(f"{file}, action {number}: {problem}")

    if not isinstance(entry, dict) or not isinstance(entry.get("target"), str):
        raise wrong("it has no target")
    target = entry["target"]
    try:
        _PATHS.compile(target)
    except JSONPathError as error:
        raise wrong(f"{target} is not a JSONPath: {str(error).splitlines()[0]}") from None
    if not entry.get("description"):
        raise wrong("it has no description; say the symptom and the evidence")
    if bool(entry.get("remove")) == ("update" in entry):
        raise wrong("it must have either update or remove")
    if target == "$" and not isinstance(entry.get("update"), dict):
        raise wrong("the whole document can only be updated with an object")
    inside = _OPERATION_TARGET.fullmatch(target)
    method, path, rest = inside.group("method", "path", "rest") if inside else (None, None, "")
    promise = None
    if "x-facade-verbs" in entry:
        if method is None or path is None or rest:
            raise wrong("x-facade-verbs belong on an action whose target is an operation")
        update = entry.get("update") or {}
        promise = Promise(
            method=method,
            path=path,
            verbs=tuple(entry["x-facade-verbs"]),
            sends=(entry.get("x-facade-requires") or {}).get("sends"),
            name=update.get("operationId"),
        )
    return Action(
        target=target,
        description=entry["description"],
        update=entry.get("update"),
        remove=bool(entry.get("remove")),
        may_match_nothing=bool(entry.get("x-may-match-nothing")),
        promise=promise,
        method=method,
        path=path,
        rest=rest,
    )
