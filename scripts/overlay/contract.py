"""The facade's contract with a document: which operation each verb stands on, and what an upgrade takes from it.

What the vendor's page documents holds whatever a document says, so a document alone takes nothing away. An upgrade
does: a document without an operation that the same instance's last one offered. Where an operation is there, and its
body is documented otherwise than the verbs send it, that is said; what says nothing about the body contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pascom_facade._shape import SchemaReader

from ..errors import ContractBroken
from ..tree import operation_title, operations, resolved, route
from .match import Match, matches, template

Document = Mapping[str, Any]

_BYTES = ("text/", "*/*", "application/octet-stream", "application/csv")  # what CSV can be documented as


@dataclass(frozen=True)
class Promise:
    """An operation that the vendor documents and facade verbs stand on; `operation` is how it is documented.

    `sends` is the JSON object the verbs send: property -> the values they use (empty where any). `requests` are
    examples: what the facade gives, and the vendor's request that has to come of it.
    """

    method: str
    path: str
    verbs: tuple[str, ...]
    sends: dict[str, list[str]] | None = None
    operation: dict[str, Any] = field(default_factory=dict)
    requests: tuple[dict[str, Any], ...] = ()

    @property
    def name(self) -> str | None:
        """The operationId that the facade knows."""
        return self.operation.get("operationId")

    @property
    def called(self) -> str:
        """The generated operation."""
        return f"{self.operation['tags'][0]}.{self.name}"

    @property
    def key(self) -> tuple[str, str]:
        return self.method, template(self.path)

    def __str__(self) -> str:
        return operation_title(self.method, self.path)


@dataclass(frozen=True)
class Broken:
    """What a document says otherwise; `is_offered`: the operation is there, but its body is another."""

    promise: Promise
    problem: str
    is_offered: bool

    def __str__(self) -> str:
        loses = (
            f"the facade's {', '.join(self.promise.verbs)}" if self.promise.verbs else f"the name {self.promise.name}"
        )
        return f"{self.promise} {self.problem}, so {loses} would lose its ground"


@dataclass(frozen=True)
class Terms:
    """What a document may take from the facade.

    `before` is the same instance's last document, if this is an upgrade; `given_up` are verbs that were given up then.
    """

    before: Document | None = None
    accept_broken: bool = False
    given_up: Collection[str] = ()

    def not_offered(self, document: Document, promises: Iterable[Promise]) -> list[str]:
        """The verbs that are given up for `document`. Raises ContractBroken for what an upgrade takes away."""
        promises = tuple(promises)
        gone = _gone(document, promises)
        lost = []
        if self.before is not None:
            gone_before = {broken.promise.key for broken in _gone(self.before, promises)}
            lost = [broken for broken in gone if broken.promise.key not in gone_before]
        if lost and not self.accept_broken:
            raise ContractBroken(refusal(lost))
        still = {verb for item in gone for verb in item.promise.verbs} & set(self.given_up)
        return sorted(still | {verb for item in lost for verb in item.promise.verbs})


def documented(document: Document, promise: Promise, promises: Iterable[Promise]) -> Match | None:
    """The operation that is the promised one: at its own address first, then the one that fits the vendor's body."""
    reserved = {other.key for other in promises if other.key != promise.key}

    def unlikeness(found: Match) -> tuple[int, bool, int, bool]:
        body = resolved(document, found.operation.get("requestBody") or {})
        media = json_media(body.get("content") or {}) or {}
        lacking = set(promise.sends or ()) - reader_of(document).shape(media.get("schema")).properties.keys()
        is_other = body_problem(document, found.operation, promise) is not None
        return found.filled, is_other, len(lacking), found.path != promise.path

    return min(matches(document, promise.method, promise.path, reserved), key=unlikeness, default=None)


def broken_promises(document: Document, promises: Iterable[Promise]) -> list[Broken]:
    """What the document says otherwise than `promises`."""
    promises = tuple(promises)
    return [broken for promise in promises if (broken := _broken(document, promise, promises))]


def refusal(broken: list[Broken]) -> str:
    """One line for the person at the terminal."""
    return (
        "; ".join(map(str, broken))
        + "; nothing was replaced (--accept-broken replaces all the same; those verbs then raise NotOffered)"
    )


def requests_of(promises: Iterable[Promise]) -> list[dict[str, Any]]:
    """What the facade gives to each operation, and the vendor's request that has to come of it."""
    return [{"operation": one.called, **example} for one in promises for example in one.requests]


def verbs_of(promises: Iterable[Promise], method: str, path: str) -> tuple[str, ...]:
    """The facade verbs that stand on an operation."""
    return next((promise.verbs for promise in promises if promise.key == (method, template(path))), ())


def moved_to(document: Document, promise: Promise) -> str | None:
    """Where an operation probably went that isn't there: the one that ends like it, or is called like it."""
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


def body_problem(document: Document, operation: Document, promise: Promise, now: str = "") -> str | None:
    """What the documented body has against the one that the verbs send; `now` is said where it had nothing before."""
    content = resolved(document, operation.get("requestBody") or {}).get("content") or {}
    if not content or not (promise.sends or "requestBody" in promise.operation):
        return None
    if not promise.sends:
        if any(kind.startswith(_BYTES) for kind in content):
            return None
        return f"takes {' or '.join(content)}{now}, not {' or '.join(promise.operation['requestBody']['content'])}"
    media = json_media(content)
    if media is None:
        return f"takes {' or '.join(content)}{now}, not JSON"
    reader = reader_of(document)
    shape = reader.shape(media.get("schema"))
    if not shape.properties or shape.alternatives:
        return None
    for name, values in promise.sends.items():
        if name not in shape.properties:
            return f"takes a body without {name!r}{now} (it has {', '.join(sorted(shape.properties))})"
        allowed = [value for value in reader.choices(shape.properties[name]) if value is not None]
        refused = [value for value in values if allowed and value not in allowed]
        if refused:
            verb = "no longer takes" if now else "doesn't take"
            return f"{verb} {', '.join(refused)} as {name!r} (it has {', '.join(map(str, allowed))})"
    if missing := sorted(set(shape.required) - set(promise.sends)):
        return f"requires {', '.join(missing)} in its body{now}"
    return None


def reader_of(document: Document) -> SchemaReader:
    return SchemaReader(lambda schema: resolved(document, schema))


def _broken(document: Document, promise: Promise, promises: tuple[Promise, ...]) -> Broken | None:
    found = documented(document, promise, promises)
    if found is not None:
        problem = body_problem(document, found.operation, promise, " now") if promise.sends else None
        return Broken(promise, problem, is_offered=True) if problem else None
    moved = moved_to(document, promise)
    return Broken(promise, f"has moved to {moved}" if moved else "is no longer offered", is_offered=False)


def _gone(document: Document, promises: Iterable[Promise]) -> list[Broken]:
    return [broken for broken in broken_promises(document, promises) if not broken.is_offered]


def json_media(content: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What is said of JSON among media types."""
    kinds = [kind for kind in content if "json" in kind or kind in ("*/*", "application/*")]
    kinds.sort(key=lambda kind: kind != "application/json")
    found = content[kinds[0]] if kinds else None
    return found if found is None or isinstance(found, Mapping) else {}
