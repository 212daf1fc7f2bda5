"""One operation in two documents: its parameters, body, responses, login and deprecation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..tree import all_parameters, resolved
from .model import Finding, Severity
from .schemas import BREAKING, COMPATIBLE, MAYBE, Direction, SchemaComparison
from .shapes import Document

Operation = Mapping[str, Any]
Parameters = dict[tuple[str, str], Mapping[str, Any]]


class OperationComparison:
    """Compares one operation; `item` is the path's entry, whose parameters belong to the operation too."""

    def __init__(self, old: Document, new: Document, *, descriptions: bool = False) -> None:
        self._old, self._new = old, new
        self._descriptions = descriptions

    def compare(
        self,
        paths: tuple[str, str],
        before: tuple[Mapping[str, Any], Operation],
        after: tuple[Mapping[str, Any], Operation],
    ) -> Iterator[Finding]:
        """The differences of an operation, given as (path, with its item and itself) in both documents."""
        self._schemas = SchemaComparison(self._old, self._new)
        old, new = before[1], after[1]
        yield from self._parameters(
            _by_key(paths[0], all_parameters(self._old, *before)),
            _by_key(paths[1], all_parameters(self._new, *after)),
        )
        yield from self._body(old.get("requestBody"), new.get("requestBody"))
        yield from self._responses(old.get("responses") or {}, new.get("responses") or {})
        yield from self._login(old, new)
        if bool(new.get("deprecated")) != bool(old.get("deprecated")):
            text = "deprecated" if new.get("deprecated") else "no longer deprecated"
            yield Finding(COMPATIBLE, "deprecated", "", text)
        if self._descriptions:
            for key in ("summary", "description"):
                if (old.get(key) or "") != (new.get(key) or ""):
                    yield Finding(COMPATIBLE, "description-changed", "", f"{key} changed")

    def _parameters(self, old: Parameters, new: Parameters) -> Iterator[Finding]:
        for key in sorted(old.keys() - new.keys()):
            yield Finding(BREAKING, "parameter-removed", _described(old[key]), "removed")
        for key in sorted(new.keys() - old.keys()):
            required = new[key].get("required") and "default" not in (new[key].get("schema") or {})
            text = "added, and required" if new[key].get("required") else "added"
            yield Finding(BREAKING if required else COMPATIBLE, "parameter-added", _described(new[key]), text)
        for key in sorted(old.keys() & new.keys()):
            yield from self._parameter(old[key], new[key])

    def _parameter(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Finding]:
        where = _described(new)
        if old["name"] != new["name"]:
            yield Finding(MAYBE, "parameter-renamed", where, f"was called {old['name']}")
        if bool(old.get("required")) != bool(new.get("required")):
            required = bool(new.get("required"))
            text = "is required now" if required else "need not be given now"
            yield Finding(BREAKING if required else COMPATIBLE, "parameter-required", where, text)
        yield from self._schemas.compare(_schema(old), _schema(new), Direction.PARAMETER, where)

    def _body(self, old: Any, new: Any) -> Iterator[Finding]:
        if not old or not new:
            if new:
                required = resolved(self._new, new).get("required")
                text = "added, and required" if required else "added"
                yield Finding(BREAKING if required else COMPATIBLE, "body-added", "request body", text)
            elif old:
                yield Finding(BREAKING, "body-removed", "request body", "removed")
            return
        old, new = resolved(self._old, old), resolved(self._new, new)
        if new.get("required") and not old.get("required"):
            yield Finding(BREAKING, "body-required", "request body", "is required now")
        elif old.get("required") and not new.get("required"):
            yield Finding(COMPATIBLE, "body-required", "request body", "need not be sent now")
        yield from self._content(old, new, Direction.REQUEST, "request body")

    def _responses(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Finding]:
        for status in sorted(old.keys() - new.keys()):
            severity = BREAKING if _is_success(status) else COMPATIBLE
            yield Finding(severity, "response-removed", f"response {status}", "removed")
        for status in sorted(new.keys() - old.keys()):
            yield Finding(COMPATIBLE, "response-added", f"response {status}", "added")
        for status in sorted(old.keys() & new.keys()):
            before, after = resolved(self._old, old[status]), resolved(self._new, new[status])
            for finding in self._content(before, after, Direction.RESPONSE, f"response {status}"):
                yield finding if _is_success(status) else _softened(finding)
            for name in sorted((before.get("headers") or {}).keys() - (after.get("headers") or {}).keys()):
                yield Finding(MAYBE, "response-header-removed", f"response {status}, header {name}", "removed")

    def _content(
        self, old: Mapping[str, Any], new: Mapping[str, Any], direction: Direction, where: str
    ) -> Iterator[Finding]:
        before, after = _by_media_type(old), _by_media_type(new)
        for name in sorted(before.keys() - after.keys()):
            yield Finding(BREAKING, f"{direction}-media-type-removed", where, f"no longer {name}")
        for name in sorted(after.keys() - before.keys()):
            if direction is Direction.RESPONSE and not before:
                continue  # a body where none was documented takes nothing away
            yield Finding(COMPATIBLE, f"{direction}-media-type-added", where, f"can also be {name}")
        for name in sorted(before.keys() & after.keys()):
            yield from self._schemas.compare(before[name], after[name], direction, where)

    def _login(self, old: Operation, new: Operation) -> Iterator[Finding]:
        before = _schemes(self._old, old)
        after = _schemes(self._new, new)
        if before == after:
            return
        still_open = before <= after or frozenset() in after
        severity = COMPATIBLE if still_open else MAYBE if before & after else BREAKING
        text = f"{_logins(before)} before, {_logins(after)} now"
        yield Finding(severity, "login-changed", "login", text)


def _by_key(path: str, parameters: list[Mapping[str, Any]]) -> Parameters:
    """Parameters by place and name; those in the path by their position, whatever they are called."""
    positions = {name: str(number) for number, name in enumerate(re.findall(r"\{([^{}]*)\}", path))}
    found = {}
    for parameter in parameters:
        name = str(parameter["name"])
        if parameter["in"] == "path":
            name = positions.get(name, name)
        elif parameter["in"] == "header":
            name = name.lower()
        found[str(parameter["in"]), name] = parameter
    return found


def _schema(parameter: Mapping[str, Any]) -> Any:
    for media in (parameter.get("content") or {}).values():
        return media.get("schema") or {}
    return parameter.get("schema") or {}


def _by_media_type(part: Mapping[str, Any]) -> dict[str, Any]:
    """Media type without its parameters -> schema."""
    content = part.get("content") or {}
    return {name.split(";")[0].strip().lower(): (media or {}).get("schema") or {} for name, media in content.items()}


def _described(parameter: Mapping[str, Any]) -> str:
    return f"{parameter['in']} parameter {parameter['name']}"


def _is_success(status: str) -> bool:
    return str(status)[:1] == "2" or status == "default"


def _softened(finding: Finding) -> Finding:
    """A change in what an error says breaks only those who read it."""
    if finding.severity is not Severity.BREAKING:
        return finding
    return Finding(MAYBE, finding.kind, finding.where, finding.text)


def _schemes(document: Document, operation: Operation) -> set[frozenset[str]]:
    """The ways to log in, each a set of schemes used together; an empty one means without login."""
    listed = operation.get("security", document.get("security")) or [{}]
    return {frozenset(way) for way in listed if isinstance(way, Mapping)}


def _logins(ways: set[frozenset[str]]) -> str:
    return " or ".join(sorted(" and ".join(sorted(way)) or "none" for way in ways)) or "none"
