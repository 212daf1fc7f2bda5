"""The facade's contract with a document: which operation each verb stands on, and what an upgrade takes from it.

What the vendor's page documents holds whatever a document says, so a document alone takes nothing away. An upgrade
does: a document without an operation that the same instance's last one offered. An operation that is there is reported
if its body is documented otherwise than the verbs send it; a document without a body contradicts nothing.
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
    """An operation that the vendor documents and facade verbs are built on; `operation` is how it is documented.

    `sends` is the JSON object that the verbs send: property -> the values they use (empty where any). `requests` are
    examples: the facade's arguments, and the vendor's request that must result.
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
    """A promise that a document doesn't keep; `is_offered`: the operation is there, but its body is another."""

    promise: Promise
    problem: str
    is_offered: bool

    def __str__(self) -> str:
        built_on_it = f"the name {self.promise.name}"
        if self.promise.verbs:
            built_on_it = f"the facade's {', '.join(self.promise.verbs)}"
        return f"{self.promise} {self.problem}, so {built_on_it} would lose its ground"


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
        still_given_up = _verbs(gone).intersection(self.given_up)
        return sorted(_verbs(lost) | still_given_up)


def _verbs(broken: list[Broken]) -> set[str]:
    return {verb for one in broken for verb in one.promise.verbs}


def documented(document: Document, promise: Promise, promises: Iterable[Promise]) -> Match | None:
    """The operation that is the promised one: first by its own address, then by the vendor's body."""
    reserved = {other.key for other in promises if other.key != promise.key}

    def unlikeness(found: Match) -> tuple[int, bool, bool, int]:
        body = resolved(document, found.operation.get("requestBody") or {})
        media = json_media(body.get("content") or {}) or {}
        fields = reader_of(document).shape(media.get("schema")).properties
        lacking = set(promise.sends or ()) - fields.keys()
        has_other_body = body_problem(document, found.operation, promise) is not None
        return found.filled, found.path != promise.path, has_other_body, len(lacking)

    return min(matches(document, promise.method, promise.path, reserved), key=unlikeness, default=None)


def broken_promises(document: Document, promises: Iterable[Promise]) -> list[Broken]:
    """The promises that the document doesn't keep."""
    promises = tuple(promises)
    checked = (_broken(document, promise, promises) for promise in promises)
    return [broken for broken in checked if broken is not None]


def refusal(broken: list[Broken]) -> str:
    """One line for the person at the terminal."""
    return (
        "; ".join(map(str, broken))
        + "; nothing was replaced (--accept-broken replaces all the same; those verbs then raise NotOffered)"
    )


def requests_of(promises: Iterable[Promise]) -> list[dict[str, Any]]:
    """Examples for each operation: the facade's arguments, and the vendor's request that must result."""
    return [{"operation": one.called, **example} for one in promises for example in one.requests]


def verbs_of(promises: Iterable[Promise], method: str, path: str) -> tuple[str, ...]:
    """The facade verbs that are built on an operation."""
    key = (method, template(path))
    for promise in promises:
        if promise.key == key:
            return promise.verbs
    return ()


def moved_to(document: Document, promise: Promise) -> str | None:
    """The operation that a missing one has probably become: it ends like it, or has its name."""
    wanted = route(promise.path).split("/")
    best = 1  # one equal segment at the end could be chance
    title = None
    for path, method, _, operation in operations(document):
        likeness = _equal_at_end(wanted, route(path).split("/"))
        if operation.get("operationId") == promise.name:
            likeness += 10
        is_as_good = likeness == best and likeness > 1 and method == promise.method
        if likeness > best or is_as_good:
            best = likeness
            title = operation_title(method, path)
    return title


def _equal_at_end(segments: list[str], others: list[str]) -> int:
    equal = 0
    for segment, other in zip(reversed(segments), reversed(others), strict=False):
        if segment != other:
            break
        equal += 1
    return equal


def body_problem(document: Document, operation: Document, promise: Promise, now: str = "") -> str | None:
    """How the documented body differs from the one that the verbs send; `now` is added where it didn't before."""
    content = resolved(document, operation.get("requestBody") or {}).get("content") or {}
    if not content or not (promise.sends or "requestBody" in promise.operation):
        return None
    media_types = " or ".join(content)
    if not promise.sends:
        if any(media_type.startswith(_BYTES) for media_type in content):
            return None
        vendors = " or ".join(promise.operation["requestBody"]["content"])
        return f"takes {media_types}{now}, not {vendors}"
    media = json_media(content)
    if media is None:
        return f"takes {media_types}{now}, not JSON"
    return _fields_problem(document, media.get("schema"), promise.sends, now)


def _fields_problem(document: Document, schema: Any, sends: dict[str, list[str]], now: str) -> str | None:
    """How a documented JSON object differs from the one that the verbs send."""
    reader = reader_of(document)
    shape = reader.shape(schema)
    if not shape.properties or shape.alternatives:
        return None
    for name, values in sends.items():
        if name not in shape.properties:
            return f"takes a body without {name!r}{now} (it has {', '.join(sorted(shape.properties))})"
        allowed = [value for value in reader.choices(shape.properties[name]) if value is not None]
        refused = [value for value in values if value not in allowed]
        if allowed and refused:
            takes_not = "doesn't take"
            if now:
                takes_not = "no longer takes"
            return f"{takes_not} {', '.join(refused)} as {name!r} (it has {', '.join(map(str, allowed))})"
    if missing := sorted(set(shape.required) - set(sends)):
        return f"requires {', '.join(missing)} in its body{now}"
    return None


def reader_of(document: Document) -> SchemaReader:
    return SchemaReader(lambda schema: resolved(document, schema))


def _broken(document: Document, promise: Promise, promises: tuple[Promise, ...]) -> Broken | None:
    found = documented(document, promise, promises)
    if found is None:
        problem = "is no longer offered"
        if moved := moved_to(document, promise):
            problem = f"has moved to {moved}"
        return Broken(promise, problem, is_offered=False)
    if not promise.sends:
        return None
    differs = body_problem(document, found.operation, promise, " now")
    if differs is None:
        return None
    return Broken(promise, differs, is_offered=True)


def _gone(document: Document, promises: Iterable[Promise]) -> list[Broken]:
    return [broken for broken in broken_promises(document, promises) if not broken.is_offered]


def json_media(content: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The media type object for JSON."""
    names = [name for name in content if "json" in name or name in ("*/*", "application/*")]
    names.sort(key=lambda name: name != "application/json")
    if not names or content[names[0]] is None:
        return None
    media = content[names[0]]
    if not isinstance(media, Mapping):
        return {}
    return media
