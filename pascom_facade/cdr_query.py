"""A query for call records, and the pages of its answers. No I/O: `_async/cdr.py` walks through them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import inf
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec

from .answers import Answer
from .cdr import UNDECODABLE, Call, Position, in_order, read_calls
from .cdr_values import Milliseconds
from .errors import AnsweredWithError, ConfigurationError, UnexpectedAnswer
from .moments import When, as_moment
from .settings import number, text, truth


class Page(NamedTuple):
    """An answer, and the range (milliseconds, both included) whose rows are taken from it."""

    answer: Answer
    first: float
    last: float
    calls: list[Call] | None = None
    """The rows, where they aren't those of the answer."""


class Reply(NamedTuple):
    """An answer and the times of its rows, in its order."""

    answer: Answer
    stamps: list[int]

    @property
    def doubtful(self) -> bool:
        """Whether the answer has no list at all: PHP died, or the instance answers so when there are no calls."""
        return not self.stamps and b"[" not in self.answer.content


class _Stamp(msgspec.Struct, gc=False):
    timestamp: Milliseconds


_stamps = msgspec.json.Decoder(list[_Stamp])


def read_reply(answer: Answer) -> Reply:
    """Reads only the times, which is all that a walk needs. Raises UnexpectedAnswer if it is no list of calls."""
    try:
        return Reply(answer, [row.timestamp for row in _stamps.decode(answer.content)])
    except UNDECODABLE:
        return Reply(answer, [call.place.timestamp for call in read_calls(answer)])


def one_moment(reply: Reply) -> bool:
    """Whether so many rows are in one second that nothing can be tried on them."""
    seconds = Counter(stamp // 1000 for stamp in reply.stamps)
    return max(seconds.values()) > len(reply.stamps) / 2 or max(reply.stamps) - min(reply.stamps) < 10_000


def is_refusal(error: AnsweredWithError) -> bool:
    """Whether the instance doesn't take a parameter, or how it is written."""
    return type(error) is AnsweredWithError and error.status is not None and 400 <= error.status < 500


def contradiction(reply: Reply) -> UnexpectedAnswer:
    if not reply.stamps:
        return reply.answer.unexpected("an empty list where calls are known, twice")
    return reply.answer.unexpected(
        "calls from outside the range that was asked for, or not all of it (cdr_options= has its time zone)"
    )


DIRECTIONS = {"inbound": (True, False), "outbound": (False, False), "internal": (None, True)}
"""`inbound` and `internal` of each direction."""


@dataclass
class Query:
    """The caller's query, in the terms of records."""

    since: When | None
    until: When | None
    inbound: bool | None
    internal: bool | None
    result: str | None
    user: str | None
    limit: int | None
    newest_first: bool
    after: str | None
    direction: str | None = None

    def __post_init__(self) -> None:
        """Raises ConfigurationError for what is no time, or has no zone, and for an invalid filter, limit or cursor."""
        for name in ("result", "user", "direction"):
            if getattr(self, name) is not None:
                text(name, getattr(self, name))
        for name in ("inbound", "internal"):
            if getattr(self, name) is not None:
                truth(name, getattr(self, name))
        self._choose_direction()
        if self.limit is not None:
            number("limit", self.limit, least=0, whole=True)
        self.first = _milliseconds(as_moment("since", self.since), -inf)
        self.last = _milliseconds(as_moment("until", self.until, end=True), inf) - 1
        self.place = _place_of(self.after)
        if self.place and self.newest_first:
            self.last = min(self.last, self.place.timestamp)
        elif self.place:
            self.first = max(self.first, self.place.timestamp)

    def _choose_direction(self) -> None:
        if self.direction is None:
            return
        if self.direction not in DIRECTIONS:
            raise ConfigurationError(f"direction= is none of {', '.join(DIRECTIONS)}")
        if self.inbound is not None or self.internal is not None:
            raise ConfigurationError("direction= says inbound= and internal= already; pass either")
        self.inbound, self.internal = DIRECTIONS[self.direction]

    @property
    def filters(self) -> dict[str, Any]:
        """The filters as the instance's query parameters."""
        wanted = {"inbound": self.inbound, "internal": self.internal, "result": self.result}
        return {name: value * 1 for name, value in wanted.items() if value is not None}

    def matches(self, name: str, call: Call) -> bool:
        """Whether a filter accepts the call, as it does one whose value is not known."""
        return getattr(call, name) in (None, getattr(self, name))

    def take(self, page: Page) -> list[Call]:
        """The wanted records of a page, in order, whether or not the instance applied the filters."""
        calls = in_order(read_calls(page.answer) if page.calls is None else page.calls)
        calls = calls[bisect_left(calls, (page.first,), key=_place) : bisect_left(calls, (page.last + 1,), key=_place)]
        if self.newest_first:
            calls.reverse()
        if (after := self.place) and self.newest_first:
            calls = [call for call in calls if call.place < after]
        elif after:
            calls = [call for call in calls if call.place > after]
        for name in self.filters:
            calls = [call for call in calls if self.matches(name, call)]
        if self.user is not None:
            calls = [call for call in calls if call.involves(self.user)]
        return calls


_place: Callable[[Call], Any] = attrgetter("place")


def _place_of(cursor: str | None) -> Position | None:
    if cursor is None:
        return None
    try:
        return Position(*map(int, cursor.split(".")))
    except (ValueError, TypeError):
        raise ConfigurationError("after= is no record's cursor") from None


def _milliseconds(moment: datetime | None, default: float) -> float:
    if moment is None:
        return default
    return -((datetime(1970, 1, 1, tzinfo=UTC) - moment) // timedelta(milliseconds=1))
