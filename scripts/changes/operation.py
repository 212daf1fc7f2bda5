"""One operation in two documents: its parameters, body, responses, login, path and deprecation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Any

from ..tree import all_parameters, encodings, resolved
from .access import login_changes, server_changes
from .direction import Direction, change_of, flag_change, or_none
from .model import Finding, Severity
from .parameters import Parameters, parameter_changes
from .rules import finding
from .schemas import SchemaComparison

Document = Mapping[str, Any]
Operation = Mapping[str, Any]
Responses = Mapping[str, Any]
# How fields of a form are written if nothing is said; the same as if nothing is said.
_AS_USUAL: dict[str, Any] = {"style": "form", "explode": True}


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
        yield from parameter_changes(
            Parameters(paths[0], all_parameters(self._old, *before), has_body="requestBody" in old),
            Parameters(paths[1], all_parameters(self._new, *after), has_body="requestBody" in new),
            self._schemas,
        )
        yield from self._body(old.get("requestBody"), new.get("requestBody"))
        yield from self._responses(_statuses(old), _statuses(new))
        yield from login_changes(self._old, self._new, old, new)
        yield from server_changes(self._old, self._new, before[::-1], after[::-1])
        if change := flag_change(old.get("deprecated"), new.get("deprecated")):
            yield finding("deprecated", "operation", change)
        was, now = old.get("x-sunset"), new.get("x-sunset")
        if was != now:
            yield finding("x-sunset", "operation", change_of(was, now), old=was, new=now)
        if self._descriptions:
            for key in ("summary", "description"):
                if (old.get(key) or "") != (new.get(key) or ""):
                    yield finding(key, "operation", "changed")

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
        if change := flag_change(old.get("required"), new.get("required")):
            yield finding("required", "request", change, "request body")
        yield from self._content(old, new, Direction.REQUEST, "request body")

    def _responses(self, old: Responses, new: Responses) -> Iterator[Finding]:
        before, after = old, new
        old_default, new_default = _is_default_success(old), _is_default_success(new)
        if old_default != new_default and any(map(_is_2xx, (*old, *new))):
            yield from self._default_response(old, new)
            before, after = _without_success(old, old_default), _without_success(new, new_default)
        for status in sorted(before.keys() | after.keys()):
            was, now = _covering(status, before), _covering(status, after)
            documented = old if was else new
            where = "response" if _is_success(status, documented) else "error"
            if was and now:
                is_success = where == "response"
                yield from self._response(status, before[was], after[now], is_success=is_success)
            elif was and not _is_covered(status, after):
                yield finding("responses", where, "removed", f"response {status}")
            elif now and not _is_covered(status, before):
                yield finding("responses", "response", "added", f"response {status}")

    def _default_response(self, old: Responses, new: Responses) -> Iterator[Finding]:
        """Where `default` is the successful answer in one document only: what statuses say in the other."""
        if _is_default_success(old):
            for status in sorted(filter(_is_2xx, new)):
                yield from self._response(status, old["default"], new[status])
        else:
            for status in sorted(filter(_is_2xx, old)):
                yield from self._response(status, old[status], new["default"])

    def _response(self, status: str, old: Any, new: Any, *, is_success: bool = True) -> Iterator[Finding]:
        where = f"response {status}"
        old, new = resolved(self._old, old), resolved(self._new, new)
        for difference in self._content(old, new, Direction.RESPONSE, where):
            yield difference if is_success else _softened(difference)
        yield from self._headers(_headers(old), _headers(new), where)

    def _headers(self, old: Mapping[str, Any], new: Mapping[str, Any], where: str) -> Iterator[Finding]:
        for name in sorted(old.keys() - new.keys()):
            yield finding("headers", "response", "removed", f"{where}, header {old[name][0]}")
        for name in sorted(new.keys() - old.keys()):
            yield finding("headers", "response", "added", f"{where}, header {new[name][0]}")
        for name in sorted(old.keys() & new.keys()):
            place = f"{where}, header {new[name][0]}"
            before, after = resolved(self._old, old[name][1]), resolved(self._new, new[name][1])
            if change := flag_change(before.get("required"), after.get("required")):
                yield finding("headers", "response", "required" if change == "added" else "optional", place)
            schemas = before.get("schema") or {}, after.get("schema") or {}
            for difference in self._schemas.compare(*schemas, Direction.RESPONSE, place):
                yield _softened(difference)  # no generated code reads headers

    def _content(
        self, old: Mapping[str, Any], new: Mapping[str, Any], direction: Direction, where: str
    ) -> Iterator[Finding]:
        before, after = _by_media_type(old), _by_media_type(new)
        pairs = {name: name for name in before.keys() & after.keys()}
        if direction is Direction.REQUEST:
            # Whoever sends a PNG may do so where images are taken.
            for name in before.keys() - after.keys():
                ranges = sorted((other for other in after if "*" in other and fnmatchcase(name, other)), key=len)
                pairs |= {name: ranges[-1]} if ranges else {}
        for name in sorted(before.keys() - pairs.keys()):
            yield finding("content", direction, "removed", where, values=name)
        for name in sorted(after.keys() - before.keys()):
            if direction is Direction.RESPONSE and not before:
                continue  # a body where none was documented takes nothing away
            yield finding("content", direction, "added", where, values=name)
        for name, target in sorted(pairs.items()):
            media = before[name], after[target]
            if direction is Direction.REQUEST:
                yield from _encoding(encodings(self._old, media[0]), encodings(self._new, media[1]), where)
            schemas = media[0].get("schema") or {}, media[1].get("schema") or {}
            yield from self._schemas.compare(*schemas, direction, where)


def _encoding(before: Mapping[str, Any], after: Mapping[str, Any], where: str) -> Iterator[Finding]:
    """How the fields of a form are written."""
    for field in sorted(before.keys() | after.keys()):
        was, now = _AS_USUAL | before.get(field, {}), _AS_USUAL | after.get(field, {})
        if was != now:
            words = {"old": _written(was), "new": _written(now)}
            yield finding("encoding", "request", "changed", f"{where}.{field}", **words)


def _written(encoding: Mapping[str, Any]) -> str:
    words = [encoding["style"]]
    words += ["exploded"] if encoding["explode"] else []
    words += ["with reserved characters"] if encoding.get("allowReserved") else []
    words += [f"as {encoding['contentType']}"] if "contentType" in encoding else []
    words += [f"with the header {name}: {value}" for name, value in encoding.get("headers", {}).items()]
    return ", ".join(map(or_none, words))


def _headers(response: Mapping[str, Any]) -> dict[str, tuple[str, Any]]:
    """Name in lower case -> name as it is written, and header."""
    return {name.lower(): (name, header or {}) for name, header in (response.get("headers") or {}).items()}


def _by_media_type(part: Mapping[str, Any]) -> dict[str, Any]:
    """Media type without its parameters -> what it holds."""
    by_type = {}
    for name, media in (part.get("content") or {}).items():
        media_type = name.split(";")[0].strip().lower()
        by_type[media_type] = media or {}
    return by_type


def _statuses(operation: Operation) -> Responses:
    """The responses, without the notes among them."""
    listed = operation.get("responses") or {}
    return {status: response for status, response in listed.items() if not str(status).startswith("x-")}


def _covering(status: str, responses: Responses) -> str | None:
    """The status that says what this one answers: itself, or the range it is in."""
    candidates = (status, f"{status[:1]}XX", f"{status[:1]}xx")
    return next((candidate for candidate in candidates if candidate in responses), None)


def _is_covered(status: str, responses: Responses) -> bool:
    """Whether a range of statuses is documented one by one."""
    return status[1:].upper() == "XX" and any(other[:1] == status[:1] for other in responses)


def _is_2xx(status: str) -> bool:
    return str(status)[:1] == "2"


def _is_default_success(responses: Responses) -> bool:
    """Whether `default` is the answer to what went well: beside a documented success it is what went wrong."""
    return "default" in responses and not any(map(_is_2xx, responses))


def _is_success(status: str, responses: Responses) -> bool:
    return _is_2xx(status) or (status == "default" and _is_default_success(responses))


def _without_success(responses: Responses, is_default: bool) -> Responses:
    return {
        status: response
        for status, response in responses.items()
        if not (status == "default" if is_default else _is_2xx(status))
    }


def _softened(difference: Finding) -> Finding:
    """A change in what an error says breaks only those who read it."""
    return replace(difference, severity=max(difference.severity, Severity.MAYBE, key=list(Severity).index))
