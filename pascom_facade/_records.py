"""The records in an answer, whatever they are wrapped in.

A list may come as it is, in an object (`{"data": [...]}`), keyed by id, in pages, each record in an object of its own
(`[{"User": {...}}]`), or, if there is only one, as the record itself. Which of these an instance has isn't published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import inf
from typing import Any

from .answers import Answer

IsRecord = Callable[[Any], bool]
"""Whether a value looks like one of the wanted records."""

_DEPTH = 3  # objects in objects
_MOST_PAGES = 1000


def records(value: Any, is_record: IsRecord) -> list[Any] | None:
    """The records in a JSON value; None if it holds no list in any form."""
    if isinstance(value, list):
        return _bare(value, is_record)
    if value is None:
        return []
    if not isinstance(value, dict):
        return None
    best = max(_lists(value, is_record, _DEPTH), key=lambda rows: sum(map(is_record, rows)), default=None)
    if best is not None:
        return _bare(best, is_record)
    if _is_empty(value):
        return []
    return None


def records_of(answer: Answer, is_record: IsRecord) -> list[Any] | None:
    """The records of an answer; None if it has none. Raises UnexpectedAnswer if it reports that the request failed."""
    value = answer.json()
    if isinstance(value, dict) and not is_record(value):
        answer.check_success(value)
    return records(value, is_record)


def _lists(value: dict[str, Any], is_record: IsRecord, depth: int) -> Iterator[list[Any]]:
    """Candidates for the list, the likelier first."""
    if is_record(value):
        yield [value]
        return
    members = list(value.values())
    for member in members:
        if isinstance(member, list) and member and all(isinstance(row, dict) for row in member):
            yield member
    objects = [member for member in members if isinstance(member, dict)]
    if depth:
        for member in objects:
            yield from _lists(member, is_record, depth - 1)
    only_objects = len(objects) == len(members)
    if any(objects) and (only_objects or any(map(is_record, objects))):
        yield objects


def _bare(rows: list[Any], is_record: IsRecord) -> list[Any]:
    """Records unwrapped, if each is in an object of its own, or all are in the list's only one."""
    if not rows or any(map(is_record, rows)):
        return rows
    inner = [_only_member(row) for row in rows]
    if any(map(is_record, inner)):
        return [row if member is None else member for row, member in zip(rows, inner, strict=True)]
    if len(rows) == 1 and isinstance(rows[0], dict | list):
        found = records(rows[0], is_record) or []
        if any(map(is_record, found)):
            return found
    return rows


def _only_member(row: Any) -> Any:
    if isinstance(row, dict) and len(row) == 1:
        return next(iter(row.values()))
    return None


def _is_empty(value: dict[str, Any]) -> bool:
    """Whether an object without records says so: by an empty list, a null in its place, or a total of 0."""
    if not value or any(member in ([], {}) for member in value.values()):
        return True
    if any(member is None and name.lower() in _DATA for name, member in value.items()):
        return True
    totals = (member for plain, _, member in _flat(value, lambda _: False) if plain in _TOTAL)
    return any(total == 0 and total is not False for total in totals)


_DATA = ("data", "items", "result", "results", "rows", "records", "entries", "list", "response", "content")


class Gathered:
    """The records of a list that may come in pages."""

    def __init__(self, is_record: IsRecord, names: Callable[[], Mapping[str, str]], most: float = inf) -> None:
        """names: the instance's query parameters by their meaning. most: the number of records wanted."""
        self.rows: list[Any] = []
        self._is_record, self._names, self._most = is_record, names, most
        self._last: list[Any] = []
        self._pages = 0

    def take(self, answer: Answer) -> dict[str, Any] | None:
        """The query parameters of the next page; None after the last one."""
        rows = records_of(answer, self._is_record)
        if rows is None:
            raise answer.unexpected("no list of objects")
        repeated = bool(rows) and rows == self._last
        if not repeated:
            self.rows += rows
        self._last, self._pages = rows, self._pages + 1
        if not rows or len(self.rows) >= self._most:
            return None
        value = answer.json()
        if not isinstance(value, dict):
            return None
        envelope = _Envelope(value, self._is_record)
        if not envelope.has_more(len(self.rows)):
            return None
        more = envelope.next(len(self.rows), self._names())
        if more is None or repeated or self._pages >= _MOST_PAGES:
            import logging  # not in a process that only dials

            logging.getLogger("pascom_facade").warning(
                "%s: the instance answers %d records and says that there are more, but not how to get them",
                *(answer.path, len(self.rows)),
            )
            return None
        return more


_TOTAL = ("total", "totalcount", "totalrecords", "totalrows", "totalelements", "recordstotal", "gesamt", "anzahl")
_PAGE = ("page", "currentpage", "pagenumber", "pageno", "seite")
_LAST = ("pages", "totalpages", "pagecount", "lastpage", "numpages", "seiten")
_OFFSET = ("offset", "start", "skip", "startindex", "startat")
_MORE = ("hasmore", "more", "hasnext", "hasnextpage", "morerecords")
_NEXT = ("next", "nextpage", "nextlink", "nexturl", "nextpageurl", "@odata.nextlink", "nexthref")


class _Envelope:
    """The members beside the records: page, total, the next page's address."""

    def __init__(self, value: dict[str, Any], is_record: IsRecord) -> None:
        self._members: dict[str, tuple[str, Any]] = {}
        for plain, name, member in _flat(value, is_record):
            self._members.setdefault(plain, (name, member))

    def has_more(self, taken: int) -> bool:
        """Whether there are more records than the `taken` ones."""
        (_, page), (_, last) = self._number(_PAGE), self._number(_LAST)
        if page is not None and last is not None:
            return page < last
        _, total = self._number(_TOTAL)
        if total is not None:
            return taken < total
        return bool(self._next()) or any(self._value(name) is True for name in _MORE)

    def next(self, taken: int, names: Mapping[str, str]) -> dict[str, Any] | None:
        """Query parameters of the next page."""
        following = self._next()
        if isinstance(following, str) and "?" in following:
            from urllib.parse import parse_qsl, urlsplit

            return dict(parse_qsl(urlsplit(following).query))
        name, page = self._number(_PAGE)
        if not isinstance(following, int) and page is not None:
            following = page + 1
        if isinstance(following, int):
            own = name if name.lower() == "seite" else "page"
            return {names.get("page", own): following}
        name, offset = self._number(_OFFSET)
        if offset is not None or "offset" in names:
            return {names.get("offset", name): taken}
        if "page" in names:
            return {names["page"]: 2}
        return None

    def _next(self) -> Any:
        found = map(self._value, _NEXT)
        return next((value for value in found if value not in (None, "", False, True)), None)

    def _value(self, plain: str) -> Any:
        _, value = self._members.get(plain, ("", None))
        return value

    def _number(self, names: tuple[str, ...]) -> tuple[str, int | None]:
        for plain in names:
            name, value = self._members.get(plain, ("", None))
            if isinstance(value, str) and value.isdecimal():
                value = int(value)
            if isinstance(value, int) and not isinstance(value, bool):
                return name, value
        return "", None


def _flat(value: dict[str, Any], is_record: IsRecord, depth: int = _DEPTH) -> Iterator[tuple[str, str, Any]]:
    """Plain name, name and value of an envelope's members, `{"next": {"href": …}}` as `next`; not those of records."""
    for name, member in value.items():
        plain = name.replace("_", "").replace("-", "").lower()
        if isinstance(member, dict) and not is_record(member) and depth:
            if plain in _NEXT and isinstance(member.get("href"), str):
                yield plain, name, member["href"]
            yield from _flat(member, is_record, depth - 1)
        elif not isinstance(member, dict | list):
            yield plain, name, member
