"""The facade's contract with the document: which operation each verb stands on, and whether it still holds.

A verb loses its ground when its operation is gone, has moved, or documents a body that its request does not fit.
A document that says nothing about the body takes nothing away: only what it says can contradict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pascom_facade._shape import SchemaReader

from ..tree import operation_title, operations, resolved, route

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Promise:
    """An operation that facade verbs stand on; `name` is the operationId the overlay gives it.

    `sends` is the JSON object the verbs send: property -> the values they use (empty where any).
    """

    method: str
    path: str
    verbs: tuple[str, ...]
    sends: dict[str, list[str]] | None = None
    name: str | None = None


@dataclass(frozen=True)
class Broken:
    promise: Promise
    problem: str

    def __str__(self) -> str:
        loses = (
            f"the facade's {', '.join(self.promise.verbs)}" if self.promise.verbs else f"the name {self.promise.name}"
        )
        operation = operation_title(self.promise.method, self.promise.path)
        return f"{operation} {self.problem}, so {loses} would lose its ground"


def broken_promises(document: Document, promises: Iterable[Promise]) -> list[Broken]:
    """What the document breaks of `promises`."""
    found = ((promise, _problem(document, promise)) for promise in promises)
    return [Broken(promise, problem) for promise, problem in found if problem]


def refusal(broken: list[Broken]) -> str:
    """One line for the person at the terminal."""
    return (
        "; ".join(map(str, broken))
        + "; nothing was replaced (--accept-broken replaces all the same; those verbs then raise NotOffered)"
    )


def verbs_of(promises: Iterable[Promise], method: str, path: str) -> tuple[str, ...]:
    """The facade verbs that stand on an operation."""
    return next(
        (promise.verbs for promise in promises if (promise.method, route(promise.path)) == (method, route(path))),
        (),
    )


def _problem(document: Document, promise: Promise) -> str | None:
    wanted = (promise.method, route(promise.path))
    for path, method, _, operation in operations(document):
        if (method, route(path)) == wanted:
            return _body_problem(document, operation, promise.sends) if promise.sends else None
    moved = _moved_to(document, promise)
    return f"has moved to {moved}" if moved else "is no longer offered"


def _moved_to(document: Document, promise: Promise) -> str | None:
    """Where the operation probably went: the one that ends like it, or is called like it."""
    tail = route(promise.path).split("/")
    best = (1, "")  # one equal segment at the end could be chance
    for path, method, _, operation in operations(document):
        segments = route(path).split("/")
        pairs = zip(reversed(tail), reversed(segments), strict=False)
        equal = next((index for index, (one, other) in enumerate(pairs) if one != other), min(len(tail), len(segments)))
        if operation.get("operationId") == promise.name:
            equal += 10
        if equal > best[0] or (method == promise.method and equal == best[0] and equal > 1):
            best = (equal, operation_title(method, path))
    return best[1] or None


def _body_problem(document: Document, operation: Document, sends: dict[str, list[str]]) -> str | None:
    body = resolved(document, operation.get("requestBody") or {})
    content = body.get("content") or {}
    if not content:
        return None
    media = next((value for name, value in content.items() if "json" in name or name == "*/*"), None)
    if media is None:
        return f"takes {' or '.join(content)} now, not JSON"
    reader = SchemaReader(lambda schema: resolved(document, schema))
    shape = reader.shape(media.get("schema"))
    if not shape.properties or shape.alternatives:
        return None
    for name, values in sends.items():
        if name not in shape.properties:
            return f"takes a body without {name!r} now (it has {', '.join(sorted(shape.properties))})"
        allowed = [value for value in reader.choices(shape.properties[name]) if value is not None]
        refused = [value for value in values if allowed and value not in allowed]
        if refused:
            return f"no longer takes {', '.join(refused)} as {name!r} (it has {', '.join(map(str, allowed))})"
    if missing := sorted(set(shape.required) - set(sends)):
        return f"requires {', '.join(missing)} in its body now"
    return None
