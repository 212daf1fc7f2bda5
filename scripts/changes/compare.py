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

    findings: list[tuple[_Operation, Finding]] = []
    for key, operation in before.items():
        target = after.get(key) or after.get(moved.get(key, key))
        if target is None:
            findings.append((operation, finding("operation", "operation", "removed")))
            continue
        if key in moved:
            findings.append((operation, finding("operation", "operation", "moved", new=target)))
        if operation.name != target.name and not target.pinned:
            renamed = finding("operationId", "operation", "changed", old=operation.name, new=target.name)
            findings.append((target, renamed))
        paths = operation.path, target.path
        differences = comparison.compare(paths, (operation.item, operation.content), (target.item, target.content))
        findings += ((target, difference) for difference in differences)
    arrived = after.keys() - before.keys() - set(moved.values())
    findings += ((after[key], finding("operation", "operation", "added")) for key in sorted(arrived))
    changes = tuple(_change(operation, difference, promises) for operation, difference in findings)
    return Changes(_version(old), _version(new), changes, _lost(old, new, promises))


def _change(operation: _Operation, difference: Finding, promises: tuple[Promise, ...]) -> Change:
    verbs = verbs_of(promises, operation.method, operation.path)
    return Change(difference, operation.method, operation.path, operation.name.tag, verbs)


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
    by_key = {}
    for path, method, item, content in operations(document):
        key = method, route(path)
        by_key[key] = _Operation(method, path, item, content, names[path, method], key in pinned)
    return by_key


def _moved(
    before: Mapping[tuple[str, str], _Operation], after: Mapping[tuple[str, str], _Operation]
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Old key -> new key of operations that kept the name the vendor gave them, but not their method and path."""
    arrived = {}
    for key, operation in after.items():
        name = operation.content.get("operationId")
        if name and key not in before:
            arrived[name] = key
    for key, operation in before.items():
        name = operation.content.get("operationId")
        if key not in after and name in arrived:
            yield key, arrived[name]


def _version(document: Document) -> str:
    return str((document.get("info") or {}).get("version") or "")
