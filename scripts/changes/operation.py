"""One operation in two documents: its parameters, body, responses, login and deprecation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..tree import TEMPLATE, all_parameters, resolved
from .model import Finding, Severity
from .rules import finding
from .schemas import Direction, SchemaComparison

Document = Mapping[str, Any]
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
        if change := _flag_change("deprecated", old, new):
            yield finding("deprecated", "operation", change)
        if self._descriptions:
            for key in ("summary", "description"):
                if (old.get(key) or "") != (new.get(key) or ""):
                    yield finding(key, "operation", "changed")

    def _parameters(self, old: Parameters, new: Parameters) -> Iterator[Finding]:
        for key in sorted(old.keys() - new.keys()):
            yield finding("parameter", "parameter", "removed", _described(old[key]))
        for key in sorted(new.keys() - old.keys()):
            yield finding("parameter", "parameter", _arrival(new[key]), _described(new[key]))
        for key in sorted(old.keys() & new.keys()):
            yield from self._parameter(old[key], new[key])

    def _parameter(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Finding]:
        where = _described(new)
        if old["name"] != new["name"]:
            yield finding("name", "parameter", "changed", where, old=old["name"])
        if change := _flag_change("required", old, new):
            yield finding("required", "parameter", change, where)
        yield from self._schemas.compare(_schema(old), _schema(new), Direction.PARAMETER, where)

    def _body(self, old: Any, new: Any) -> Iterator[Finding]:
        if not old and not new:
            return
        if not old:
            change = "added, required" if resolved(self._new, new).get("required") else "added"
            yield finding("requestBody", "request", change, "request body")
            return
        if not new:
            yield finding("requestBody", "request", "removed", "request body")
            return
        old, new = resolved(self._old, old), resolved(self._new, new)
        if change := _flag_change("required", old, new):
            yield finding("required", "request", change, "request body")
        yield from self._content(old, new, Direction.REQUEST, "request body")

    def _responses(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Finding]:
        for status in sorted(old.keys() - new.keys()):
            where = "response" if _is_success(status) else "error"
            yield finding("responses", where, "removed", f"response {status}")
        for status in sorted(new.keys() - old.keys()):
            yield finding("responses", "response", "added", f"response {status}")
        for status in sorted(old.keys() & new.keys()):
            before, after = resolved(self._old, old[status]), resolved(self._new, new[status])
            yield from self._response(status, before, after)

    def _response(self, status: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Finding]:
        where = f"response {status}"
        for difference in self._content(old, new, Direction.RESPONSE, where):
            yield difference if _is_success(status) else _softened(difference)
        old_headers, new_headers = old.get("headers") or {}, new.get("headers") or {}
        for name in sorted(old_headers.keys() - new_headers.keys()):
            yield finding("headers", "response", "removed", f"{where}, header {name}")

    def _content(
        self, old: Mapping[str, Any], new: Mapping[str, Any], direction: Direction, where: str
    ) -> Iterator[Finding]:
        before, after = _by_media_type(old), _by_media_type(new)
        for name in sorted(before.keys() - after.keys()):
            yield finding("content", direction, "removed", where, values=name)
        for name in sorted(after.keys() - before.keys()):
            if direction is Direction.RESPONSE and not before:
                continue  # a body where none was documented takes nothing away
            yield finding("content", direction, "added", where, values=name)
        for name in sorted(before.keys() & after.keys()):
            yield from self._schemas.compare(before[name], after[name], direction, where)

    def _login(self, old: Operation, new: Operation) -> Iterator[Finding]:
        before = _schemes(self._old, old)
        after = _schemes(self._new, new)
        if before == after:
            return
        change = "changed" if before & after else "replaced"
        if before <= after or frozenset() in after:
            change = "widened"
        yield finding("security", "operation", change, "login", old=_logins(before), new=_logins(after))


def _flag_change(key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """What happened to a flag: "added", "removed" or, empty, nothing."""
    before, after = bool(old.get(key)), bool(new.get(key))
    if before == after:
        return ""
    return "added" if after else "removed"


def _arrival(parameter: Mapping[str, Any]) -> str:
    if not parameter.get("required"):
        return "added"
    has_default = "default" in (parameter.get("schema") or {})
    return "added, with default" if has_default else "added, required"


def _by_key(path: str, parameters: list[Mapping[str, Any]]) -> Parameters:
    """Parameters by location and name; those in the path by their position, whatever they are called."""
    positions = {name: str(number) for number, name in enumerate(TEMPLATE.findall(path))}
    by_key = {}
    for parameter in parameters:
        name = str(parameter["name"])
        if parameter["in"] == "path":
            name = positions.get(name, name)
        elif parameter["in"] == "header":
            name = name.lower()
        by_key[str(parameter["in"]), name] = parameter
    return by_key


def _schema(parameter: Mapping[str, Any]) -> Any:
    for media in (parameter.get("content") or {}).values():
        return media.get("schema") or {}
    return parameter.get("schema") or {}


def _by_media_type(part: Mapping[str, Any]) -> dict[str, Any]:
    """Media type without its parameters -> schema."""
    by_type = {}
    for name, media in (part.get("content") or {}).items():
        media_type = name.split(";")[0].strip().lower()
        by_type[media_type] = (media or {}).get("schema") or {}
    return by_type


def _described(parameter: Mapping[str, Any]) -> str:
    return f"{parameter['in']} parameter {parameter['name']}"


def _is_success(status: str) -> bool:
    return str(status)[:1] == "2" or status == "default"


def _softened(difference: Finding) -> Finding:
    """A change in what an error says breaks only those who read it."""
    return replace(difference, severity=max(difference.severity, Severity.MAYBE, key=list(Severity).index))


def _schemes(document: Document, operation: Operation) -> set[frozenset[str]]:
    """The ways to log in, each a set of schemes used together; an empty one means without login."""
    listed = operation.get("security", document.get("security")) or [{}]
    return {frozenset(way) for way in listed if isinstance(way, Mapping)}


def _logins(ways: set[frozenset[str]]) -> str:
    alternatives = sorted(" and ".join(sorted(way)) or "none" for way in ways)
    return " or ".join(alternatives) or "none"
