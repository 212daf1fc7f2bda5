"""All operations of two documents: paired by method and path, then by name, and each pair compared."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..names import OperationName, operation_names
from ..overlay.contract import Promise, broken_promises, verbs_of
from ..tree import operation_title, operations, route
from .model import Change, Changes, Finding
from .operation import Document, OperationComparison
from .rules import finding

Key = tuple[str, str]  # method, path


@dataclass(frozen=True)
class _Operation:
    """An operation with all that identifies it."""

    method: str
    path: str
    item: Mapping[str, Any]
    content: Mapping[str, Any]
    name: OperationName
    pinned: bool

    def __str__(self) -> str:
        return operation_title(self.method, self.path)


def compare(old: Document, new: Document, promises: Iterable[Promise] = (), *, descriptions: bool = False) -> Changes:
    """The differences between two repaired documents for callers; `promises` are what the facade stands on."""
    promises = tuple(promises)
    before, after = _operations(old, promises), _operations(new, promises)
    targets = dict(_same_route(before, after))
    moved = dict(_moved(before, after, targets))
    comparison = OperationComparison(old, new, descriptions=descriptions)

    findings: list[tuple[_Operation, Finding]] = []
    for key, operation in before.items():
        target = after.get(targets.get(key) or moved.get(key, key))
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
    arrived = after.keys() - {*targets.values(), *moved.values()}
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


def _operations(document: Document, promises: Iterable[Promise]) -> dict[Key, _Operation]:
    names = operation_names(document)
    pinned = {(promise.method, route(promise.path)) for promise in promises}
    by_key = {}
    for path, method, item, content in operations(document):
        is_pinned = (method, route(path)) in pinned
        by_key[method, path] = _Operation(method, path, item, content, names[path, method], is_pinned)
    return by_key


def _same_route(before: Mapping[Key, _Operation], after: Mapping[Key, _Operation]) -> Iterator[tuple[Key, Key]]:
    """Old key -> new key of operations with the same method and path, whatever the path's parameters are called.

    A route may have several operations (`/{version}/x` beside `/{version3}/x`): those spelled alike are the same, then
    those of one name, then the first that is left.
    """
    pairings: tuple[Callable[[Key, _Operation], Hashable], ...] = (
        lambda key, operation: key,
        lambda key, operation: (key[0], route(key[1]), operation.name),
        lambda key, operation: (key[0], route(key[1])),
    )
    olds, news = dict(before), dict(after)
    for identity in pairings:
        arrived: dict[Hashable, list[Key]] = {}
        for key, operation in news.items():
            arrived.setdefault(identity(key, operation), []).append(key)
        for key, operation in list(olds.items()):
            if targets := arrived.get(identity(key, operation)):
                target = targets.pop(0)
                del olds[key], news[target]
                yield key, target


def _moved(
    before: Mapping[Key, _Operation], after: Mapping[Key, _Operation], targets: Mapping[Key, Key]
) -> Iterator[tuple[Key, Key]]:
    """Old key -> new key of operations that kept the name the vendor gave them, but not their method and path."""
    arrived = {}
    for key in after.keys() - {*targets.values()}:
        if name := after[key].content.get("operationId"):
            arrived[name] = key
    for key, operation in before.items():
        name = operation.content.get("operationId")
        if key not in targets and name in arrived:
            yield key, arrived[name]


def _version(document: Document) -> str:
    return str((document.get("info") or {}).get("version") or "")
