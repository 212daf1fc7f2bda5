"""What we know and a document doesn't say: `openapi/overlay.yaml`, applied to a repaired document.

The file is an OpenAPI Overlay (1.0 and 1.1: `update`, `remove`, `copy` is not used), readable by any overlay
tool. Ours differs in three ways, all of them on the strict or the tolerant side of the standard:

* A target that names an operation (`$.paths['/identity/{userName}'].get…`) also finds it where the document
  calls the parameter otherwise or ends the path in a slash.
* An action that matches nothing is an error: the document has changed. The extension `x-may-match-nothing: true`
  excepts actions that only tidy up.
* An action with `x-facade-verbs`, the verbs of the facade that stand on an operation, has this operation whole, as the
  vendor documents it: it is put at its target even if nothing is there (vendor.py). `x-facade-requires` says what the
  verbs send (contract.py), and `x-facade-requests` have examples, which verify/ compares with what was generated.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from jsonpath import JSONPathEnvironment
from jsonpath.exceptions import JSONPathError

from ..errors import ContractBroken, DocumentUnusable, WrongUsage
from ..fetch.yaml_reader import read_yaml
from ..repair import Repaired
from ..tree import operations, route
from .contract import Promise
from .pointers import keep_references, referred_to, referring
from .vendor import place, release_name

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
    file: str = ""  # where it stands


@dataclass(frozen=True)
class Overlay:
    actions: tuple[Action, ...]

    def followed_by(self, additions: Overlay) -> Overlay:
        """Both, the additions last. Raises WrongUsage if these are of the facade's verbs, which are ours to tell."""
        for action in additions.actions:
            if action.promise:
                raise WrongUsage(f"{action.file}: {action.target} has x-facade-verbs, which only ours may have")
        return Overlay(self.actions + additions.actions)

    @property
    def promises(self) -> tuple[Promise, ...]:
        return tuple(action.promise for action in self.actions if action.promise)

    @property
    def schemas(self) -> set[str]:
        """The schemas that the overlay adds to the whole document."""
        whole = (action.update for action in self.actions if action.target == "$")
        return {name for update in whole for name in update.get("components", {}).get("schemas", {})}


def load_overlay(file: Path) -> Overlay:
    """Read an overlay. Raises WrongUsage naming the action that cannot be understood."""
    try:
        content = read_yaml(file.read_text(encoding="utf-8-sig"), unique_keys=True)
    except (OSError, DocumentUnusable, ValueError) as error:
        raise WrongUsage(f"{file} cannot be read: {' '.join(str(error).split())}") from None
    if not isinstance(content, dict) or not str(content.get("overlay", "")).startswith("1."):
        raise WrongUsage(f"{file} is not an OpenAPI Overlay 1.x")
    actions = []
    for number, entry in enumerate(content.get("actions") or (), 1):
        if problem := _problem_of(entry):
            raise WrongUsage(f"{file}, action {number}: {problem}")
        actions.append(replace(_action(entry), file=f"{file.parent.name}/{file.name}"))
    return Overlay(tuple(actions))


def apply_overlay(
    document: Document, overlay: Overlay, *, given_up: Collection[str] = (), add_missing: bool = True
) -> Repaired:
    """A copy of `document` with the overlay applied, and what there is to report.

    It has all operations that the vendor documents; those that `document` doesn't have at all only with `add_missing`.
    An operation whose verbs are all `given_up` stays as documented, but under another name: the facade must not find
    it. Raises ContractBroken when any other action matches nothing.
    """
    result = Repaired(copy.deepcopy(document), [], [])
    renamed = _make_room(result.document, overlay)
    before = copy.deepcopy(result.document)
    for action in overlay.actions:
        if action.promise is None:
            _apply_once(action, result.document)
        elif given_up and set(action.promise.verbs) <= set(given_up):
            release_name(result.document, action.promise)
        else:
            place(result, action.promise, overlay.promises, add_missing=add_missing)
    keep_references(before, result.document)
    for name in renamed:
        if not referred_to(result.document, f"#/components/schemas/{name}"):
            del result.document["components"]["schemas"][name]
    return result


def _make_room(document: Document, overlay: Overlay) -> list[str]:
    """Remove the document's own pins, and rename its schemas that have the name of one of ours."""
    for _, _, _, operation in operations(document):
        operation.pop("x-pinned", None)
    schemas = document.get("components", {}).get("schemas", {})
    called = {}
    for name in sorted(overlay.schemas & schemas.keys()):
        candidates = (f"{name}AsDocumented{number}" for number in count(1))
        called[name] = next(candidate for candidate in candidates if candidate not in schemas)
        schemas[called[name]] = schemas.pop(name)
    places = {f"#/components/schemas/{old}": f"#/components/schemas/{new}" for old, new in called.items()}
    document.update(referring(document, places))
    return list(called.values())


def _apply_once(action: Action, document: Document) -> None:
    if not _apply(action, document) and not action.may_match_nothing:
        raise ContractBroken(
            f"the overlay's action on {action.target} matches nothing in this document; nothing was replaced "
            f"(if the document is right, delete the action from {action.file})"
        )


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
    listed = [path for path, method, _, _ in operations(document) if method == action.method]
    spellings = [path for path in listed if route(path) == route(action.path)]
    if not spellings or action.path in spellings:  # several operations may be of one route
        return action.target
    quoted = spellings[0].replace("\\", "\\\\").replace("'", "\\'")
    return f"$.paths['{quoted}'].{action.method}{action.rest}"


def _merged(old: Any, new: Any) -> Any:
    """As the standard says: objects are merged, arrays appended to, anything else replaced."""
    if isinstance(old, dict) and isinstance(new, dict):
        _merge(old, new)
        return old
    new = copy.deepcopy(new)
    if not isinstance(old, list):
        return new
    if isinstance(new, list):
        return old + new
    return [*old, new]


def _merge(old: dict[str, Any], new: dict[str, Any]) -> None:
    for key, value in new.items():
        if key in old:
            old[key] = _merged(old[key], value)
        else:
            old[key] = copy.deepcopy(value)


def _problem_of(entry: Any) -> str | None:
    """Why an entry can't be an action."""
    if not isinstance(entry, dict) or not isinstance(entry.get("target"), str):
        return "it has no target"
    target = entry["target"]
    try:
        _PATHS.compile(target)
    except JSONPathError as error:
        return f"{target} is not a JSONPath: {str(error).splitlines()[0]}"
    if not entry.get("description"):
        return "it has no description; say the symptom and the evidence"
    if bool(entry.get("remove")) == ("update" in entry):
        return "it must have either update or remove"
    update = entry.get("update")
    if target == "$" and not isinstance(update, dict):
        return "the whole document can only be updated with an object"
    if "x-facade-verbs" not in entry:
        return None
    operation = _OPERATION_TARGET.fullmatch(target)
    if operation is None or operation["rest"]:
        return "x-facade-verbs belong on an action whose target is an operation"
    if not all((update or {}).get(key) for key in ("operationId", "tags", "responses")):
        return "a pinned operation has an operationId, tags and responses"
    return None


def _action(entry: dict[str, Any]) -> Action:
    action = Action(
        target=entry["target"],
        description=entry["description"],
        update=entry.get("update"),
        remove=bool(entry.get("remove")),
        may_match_nothing=bool(entry.get("x-may-match-nothing")),
    )
    operation = _OPERATION_TARGET.fullmatch(action.target)
    if operation is None:
        return action
    method, path, rest = operation.group("method", "path", "rest")
    promise = None
    if "x-facade-verbs" in entry:
        promise = Promise(
            method=method,
            path=path,
            verbs=tuple(entry["x-facade-verbs"]),
            sends=(entry.get("x-facade-requires") or {}).get("sends"),
            operation=action.update,
            requests=tuple(entry.get("x-facade-requests") or ()),
        )
    return replace(action, promise=promise, method=method, path=path, rest=rest)
