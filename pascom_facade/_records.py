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
"""Whether a value looks like one of the records that are looked for."""

_DEPTH = 3  # objects in objects
_MOST_PAGES = 1000


def records(value: Any, is_record: IsRecord) -> list[Any] | None:
    """The records in a JSON value; None if it is no list of any kind."""
    if isinstance(value, list):
        return _bare(value, is_record)
    if value is None:
        return []
    if not isinstance(value, dict):
        return None
    best = max(_lists(value, is_record, _DEPTH), key=lambda rows: sum(map(is_record, rows)), default=None)
    if best is not None:
        return _bare(best, is_record)
    return [] if _is_empty(value) else None


def records_of(answer: Answer, is_record: IsRecord) -> list[Any] | None:
    """The records of an answer; None if there are none. Raises UnexpectedAnswer if it says that the request failed."""
    value = answer.json()
    if isinstance(value, dict) and not is_record(value):
        answer.check_success(value)
    return records(value, is_record)


def _lists(value: dict[str, Any], is_record: IsRecord, depth: int) -> Iterator[list[Any]]:
    """What may be meant as the list, the likelier first."""
    if is_record(value):
        yield [value]
        return
    inner = list(value.values())
    for one in inner:
        if isinstance(one, list) and one and all(isinstance(row, dict) for row in one):
            yield one
    objects = [one for one in inner if isinstance(one, dict)]
    if depth:
        for one in objects:
            yield from _lists(one, is_record, depth - 1)
    keyed = objects and (len(objects) == len(inner) or any(map(is_record, objects)))
    if keyed and any(objects):
        yield objects


def _bare(rows: list[Any], is_record: IsRecord) -> list[Any]:
    """Records that are each in an object of their own, or all in the list's only one."""
    if not rows or any(map(is_record, rows)):
        return rows
    inner = [next(iter(row.values())) if isinstance(row, dict) and len(row) == 1 else None for row in rows]
    if any(map(is_record, inner)):
        return [row if found is None else found for row, found in zip(rows, inner, strict=True)]
    if len(rows) == 1 and isinstance(rows[0], dict | list):
        found = records(rows[0], is_record) or []
        return found if any(map(is_record, found)) else rows
    return rows


def _is_empty(value: dict[str, Any]) -> bool:
    """Whether an object without records says that there are none."""
    if not value or any(one in ([], {}) for one in value.values()):
        return True
    if any(one is None and name.lower() in _DATA for name, one in value.items()):
        return True
    return any(plain in _TOTAL and one == 0 and one is not False for plain, _, one in _flat(value, lambda _: False))


_DATA = ("data", "items", "result", "results", "rows", "records", "entries", "list", "response", "content")


class Gathered:
    """The records of a list that may come in pages."""

    def __init__(self, is_record: IsRecord, names: Callable[[], Mapping[str, str]], most: float = inf) -> None:
        """names: what the instance calls its query parameters, by their meaning. most: records that are wanted."""
        self.rows: list[Any] = []
        self._is_record, self._names, self._most = is_record, names, most
        self._last: list[Any] = []
        self._pages = 0

    def take(self, answer: Answer) -> dict[str, Any] | None:
        """What to ask for next, as query parameters; None when all is there."""
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
        envelope = _Envelope(value, self._is_record) if isinstance(value, dict) else None
        if envelope is None or not envelope.has_more(len(self.rows)):
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
    """What stands beside the records."""

    def __init__(self, value: dict[str, Any], is_record: IsRecord) -> None:
        self._said: dict[str, tuple[str, Any]] = {}
        for plain, name, one in _flat(value, is_record):
            self._said.setdefault(plain, (name, one))

    def has_more(self, taken: int) -> bool:
        """Whether it says that there are more records than those that were taken."""
        (_, page), (_, last) = self._number(_PAGE), self._number(_LAST)
        if page is not None and last is not None:
            return page < last
        _, total = self._number(_TOTAL)
        if total is not None:
            return taken < total
        return bool(self._next()) or any(self._said.get(name, ("", False))[1] is True for name in _MORE)

    def next(self, taken: int, names: Mapping[str, str]) -> dict[str, Any] | None:
        """Query parameters of the next page."""
        following = self._next()
        if isinstance(following, str) and "?" in following:
            from urllib.parse import parse_qsl, urlsplit

            return dict(parse_qsl(urlsplit(following).query))
        name, page = self._number(_PAGE)
        if isinstance(following, int) or page is not None:
            number = following if isinstance(following, int) else (page or 0) + 1
            own = name if name.lower() == "seite" else "page"
            return {names.get("page", own): number}
        name, offset = self._number(_OFFSET)
        if offset is not None or "offset" in names:
            return {names.get("offset", name): taken}
        return {names["page"]: 2} if "page" in names else None

    def _next(self) -> Any:
        found = (self._said.get(name, ("", None))[1] for name in _NEXT)
        return next((one for one in found if one not in (None, "", False, True)), None)

    def _number(self, names: tuple[str, ...]) -> tuple[str, int | None]:
        for plain in names:
            name, value = self._said.get(plain, ("", None))
            if isinstance(value, str) and value.isdecimal():
                value = int(value)
            if isinstance(value, int) and not isinstance(value, bool):
                return name, value
        return "", None


def _flat(value: dict[str, Any], is_record: IsRecord, depth: int = _DEPTH) -> Iterator[tuple[str, str, Any]]:
    """Plain name, name and value of what an envelope says, `{"next": {"href": …}}` as `next`; not what records say."""
    for name, one in value.items():
        plain = name.replace("_", "").replace("-", "").lower()
        if isinstance(one, dict) and not is_record(one) and depth:
            if plain in _NEXT and isinstance(one.get("href"), str):
                yield plain, name, one["href"]
            yield from _flat(one, is_record, depth - 1)
        elif not isinstance(one, dict | list):
            yield plain, name, one
