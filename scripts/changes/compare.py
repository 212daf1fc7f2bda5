"""All operations of two documents: paired by method and path, then by name, and each pair compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..names import OperationName, operation_names
from ..overlay.contract import Promise, broken_promises, verbs_of
from ..tree import operation_title, operations, route
from .model import Change, Changes, Finding
from .operation import Document, OperationComparison
from .rules import finding


@dataclass(frozen=True)
class _Operation:
    """An operation with all that identifies it."""

    method: str
    path: str
    item: Mapping[str, Any]
    content: Mapping[str, Any]
    name: OperationName
    pinned: bool

    @property
    def key(self) -> tuple[str, str]:
        return self.method, route(self.path)

    def __str__(self) -> str:
        return operation_title(self.method, self.path)


def compare(old: Document, new: Document, promises: Iterable[Promise] = (), *, descriptions: bool = False) -> Changes:
    """The differences between two repaired documents for callers; `promises` are what the facade stands on."""
    promises = tuple(promises)
    before, after = _operations(old, promises), _operations(new, promises)
    moved = dict(_moved(before, after))
    comparison = OperationComparison(old, new, descriptions=descriptions)

    found: list[tuple[_Operation, Finding]] = []
    for key, operation in before.items():
        target = after.get(key) or after.get(moved.get(key, key))
        if target is None:
            found.append((operation, finding("operation", "operation", "removed")))
            continue
        if key in moved:
            found.append((operation, finding("operation", "operation", "moved", new=target)))
        if operation.name != target.name and not target.pinned:
            renamed = finding("operationId", "operation", "changed", old=operation.name, new=target.name)
            found.append((target, renamed))
        pair = (operation.item, operation.content), (target.item, target.content)
        found += ((target, difference) for difference in comparison.compare((operation.path, target.path), *pair))
    arrived = after.keys() - before.keys() - set(moved.values())
    found += ((after[key], finding("operation", "operation", "added")) for key in sorted(arrived))
    return Changes(
        _version(old),
        _version(new),
        tuple(
            Change(
                difference,
                operation.method,
                operation.path,
                operation.name.tag,
                verbs_of(promises, *_ends(operation)),
            )
            for operation, difference in found
        ),
        _lost(old, new, promises),
    )


def _lost(old: Document, new: Document, promises: tuple[Promise, ...]) -> dict[str, str]:
    """Facade verb -> why it has no ground in the new document, if it had one in the old."""
    had_none = {verb for broken in broken_promises(old, promises) for verb in broken.promise.verbs}
    return {
        verb: f"{operation_title(broken.promise.method, broken.promise.path)} {broken.problem}"
        for broken in broken_promises(new, promises)
        for verb in broken.promise.verbs
        if verb not in had_none
    }


def _operations(document: Document, promises: Iterable[Promise]) -> dict[tuple[str, str], _Operation]:
    names = operation_names(document)
    pinned = {(promise.method, route(promise.path)) for promise in promises}
    found = (
        _Operation(method, path, item, content, names[path, method], (method, route(path)) in pinned)
        for path, method, item, content in operations(document)
    )
    return {operation.key: operation for operation in found}


def _moved(
    before: Mapping[tuple[str, str], _Operation], after: Mapping[tuple[str, str], _Operation]
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Old key -> new key of operations that kept the name the vendor gave them, but not their method and path."""
    arrived = {
        operation.content["operationId"]: key
        for key, operation in after.items()
        if key not in before and operation.content.get("operationId")
    }
    for key, operation in before.items():
        name = operation.content.get("operationId")
        if key not in after and name in arrived:
            yield key, arrived[name]


def _ends(operation: _Operation) -> tuple[str, str]:
    return operation.method, operation.path


def _version(document: Document) -> str:
    return str((document.get("info") or {}).get("version") or "")
