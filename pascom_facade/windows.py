"""Which pages of the CDR to ask for, so that every record comes exactly once. No I/O: `Plan.steps()` says what to ask.

The instance has no paging: it takes a time range and cuts its answer (100 rows unless asked, at most 1000; vendor
page, public facts B). So a plan walks through time. A page ends with a timestamp that may be incomplete: those rows
are left to the next page, whose range begins at that very timestamp. What each page contributes is therefore a range
of milliseconds of its own: nothing twice, nothing between. Each page has to wait for the one before; so where calls
come steadily, what lies behind is divided into segments of time, a plan each, and two are fetched at once.

The row that begins a range is known from the page before. An answer without it was cut on the wrong side, or the
range was misread, because the format of times is not published: then the instance's own rows show what it understands.
"""

from __future__ import annotations

import logging
import time
from bisect import bisect_left
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Any

import msgspec

from .answers import Answer
from .cdr import Call, Milliseconds, Place, in_order, read_calls
from .cdr_options import CdrOptions
from .errors import ConfigurationError, TooManyCalls
from .timeformat import TimeFormat, formats

logger = logging.getLogger("pascom_facade")

DEFAULT_ROWS = 100
"""Rows in an answer that was not asked for more (vendor page): a shorter one is complete."""

# Of the largest answer: as much as a segment is to bring, as calls don't come evenly; and what surely was not cut, even
# where the instance leaves rows out after it cut.
_FILLED = 0.92
_UNCUT = 0.98


Ask = dict[str, Any]
"""Query parameters of the next request."""


@dataclass(frozen=True)
class Page:
    """An answer, and the milliseconds (both ends included) whose rows are to be taken from it."""

    answer: Answer
    first: int | None
    last: int | None


@dataclass(frozen=True)
class Reply:
    """An answer and the times of its rows, in its order."""

    answer: Answer
    stamps: list[int]


class _Stamp(msgspec.Struct, gc=False):
    timestamp: Milliseconds


_stamps = msgspec.json.Decoder(list[_Stamp])


def read_reply(answer: Answer) -> Reply:
    """Read as little as a plan needs. Raises UnexpectedAnswer for what is no list of calls."""
    try:
        return Reply(answer, [row.timestamp for row in _stamps.decode(answer.content)])
    except msgspec.DecodeError:
        return Reply(answer, [call.place.timestamp for call in read_calls(answer)])


@dataclass
class Knowledge:
    """What was learned about one instance; kept by the client for the next time."""

    options: CdrOptions
    format: TimeFormat = field(init=False)
    trusted: bool | None = None  # None: not yet tested; False: the instance takes no notice of time ranges
    newest_first: bool | None = None
    told: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.format = formats(self.options)[0]

    def tell(self, what: str) -> None:
        """Say something about the instance, once."""
        if what not in self.told:
            self.told.add(what)
            logger.warning("cdr: %s", what)


@dataclass
class Plan:
    """One walk through [first, last] (milliseconds, both included; None: open), newest or oldest records first."""

    knowledge: Knowledge
    filters: dict[str, Any]
    first: int | None
    last: int | None
    newest_first: bool
    rows: int

    sizes: list[int] = field(default_factory=list)  # rows of the answers so far, those of segments included
    at: int | None = field(default=None, init=False)
    """Where `segments` may go on behind the page that was given last."""
    pace: float = field(default=0, init=False)
    """Milliseconds a call, there; or in the whole range, if one answer had it."""

    def steps(self) -> Generator[Ask | Page, Reply | None, None]:
        """Yields an Ask, to be sent a Reply, or a Page to take rows from.

        Raises TooManyCalls where records would be lost.
        """
        step = -1 if self.newest_first else 1
        at, end = (self.last, self.first) if self.newest_first else (self.first, self.last)
        known = 0  # rows seen at `at`: a good answer holds them
        reach: int | None = None  # milliseconds to ask for at once; None: all there are
        too_far: int | None = None  # the smallest reach from `at` whose answer was cut
        horizon = int(time.time() * 1000) + 86_400_000
        while True:
            far = end
            if reach is not None:
                at = at if at is not None else horizon if self.newest_first else 0
                limit = end if end is not None else 0 if self.newest_first else horizon
                far = at + step * reach if (limit - at) * step > reach else end
            # As long as no row is known, it is only to be seen whether an answer would be whole: that takes few.
            feeling = not known and reach is not None and self.knowledge.trusted is not False
            rows = min(self.rows, DEFAULT_ROWS) if feeling else self.rows
            reply = yield from self._ask(at, far, bool(known), rows)
            size, low, high = len(reply.stamps), *self._sides(at, far)
            stamps = [t for t in reply.stamps if (low is None or t >= low) and (high is None or t <= high)]
            natural = self._cuts_far_side(reply)
            self._learn_size(size, rows)
            if not (self._whole(size) or self._connected(reply, at, known, natural)):
                too_far = reach or (2**41 if at is None or not stamps else max(abs(t - at) for t in stamps))
                if too_far <= 2:
                    raise self._too_many(size)
                reach = too_far // 2
                continue
            past_end = end is not None and any((t - end) * step > 0 for t in reply.stamps)
            beyond = [t for t in stamps if at is None or not known or (t - at) * step > 0]
            if far == end and (not natural or self._whole(size) or past_end or not beyond):
                cut = size >= self.largest and not self._whole(size)
                if natural and not past_end and not beyond and cut:
                    raise self._too_many(size)
                self.at = None
                if self.first is not None and self.last is not None and not self.pace:
                    self.pace = (self.last - self.first) / max(size, 1)
                yield Page(reply.answer, *self._sides(at, end))
                return
            if beyond:
                edge = max(beyond) if step > 0 else min(beyond)
                if edge != at:
                    self._learn_pace(sorted(stamps), edge, natural and not self._whole(size))
                    yield Page(reply.answer, *self._sides(at, edge - step))
                at, known, too_far = edge, stamps.count(edge), None
            elif not known:
                at, too_far = far, None
            if reach is not None:
                if too_far is not None and too_far - reach <= 2:
                    raise self._too_many(size)
                wider = min(reach * 4, reach * self.rows // (2 * max(len(stamps), 1)))
                reach = max(wider, 4) if too_far is None else (reach + too_far) // 2

    def prove(self) -> Generator[Ask, Reply, None]:
        """See what a range is, before ranges are relied on in which no row is known."""
        if self.knowledge.trusted is None and self.at is not None:
            self.knowledge.trusted = (yield from self._brings(self.at)) or None

    def _brings(self, one: int) -> Generator[Ask, Reply, bool]:
        """Whether the range of a row that the instance has just shown brings this row, and none from elsewhere."""
        stamps = (yield self._between(one, one, self.rows)).stamps
        return one in stamps and self._all_within(stamps, one, one)

    def segments(self) -> Iterator[Plan]:
        """Plans for what lies behind `at`, each for about one answer, so that two can be fetched at a time.

        They end where calls become rarer than thought; `rest` is what they leave.
        """
        before: Plan | None = None  # read when the next but one is wanted
        while self.at is not None and (left := self.rest):
            low = max(self.at - int(self.pace * _FILLED * self.largest), self.first or 0)
            self.at = low - 1
            yield (segment := replace(left, first=low))
            if before and before.pace > self.pace * 1.5:
                return
            if before:
                self.pace += (before.pace - self.pace) / 4
            before = segment

    @property
    def rest(self) -> Plan | None:
        """A plan for what segments left."""
        left = self.at is not None and self.at >= (self.first or 0)
        return replace(self, last=self.at) if left else None

    def _learn_pace(self, stamps: list[int], edge: int, cut: bool) -> None:
        """Newest first only: what lies behind is past, and no call gets into a segment that was read."""
        usable = cut and self.newest_first and not self.filters and self.rows == self.knowledge.options.rows
        half = len(stamps) // 2
        self.pace = (stamps[half] - edge) / max(half, 1)
        self.at = edge if usable and self.pace and self.knowledge.trusted is not False else None

    @property
    def largest(self) -> int:
        """Rows of the largest answer: the instance doesn't cut before that (until it is upgraded, so not kept)."""
        return max(self.sizes, default=0)

    def _ask(self, at: int | None, far: int | None, known: bool, rows: int) -> Generator[Ask, Reply, Reply]:
        """Ask for the rows between; find out what the instance understands if the answer can't be right."""
        low, high = self._sides(at, far)
        reply = yield self._between(low, high, rows)
        if self.knowledge.trusted is not None or (low is None and high is None):
            return reply
        lost = (
            known
            and at not in reply.stamps
            and (self._cuts_far_side(reply) or self._whole(len(reply.stamps)))
        )
        if reply.stamps and not lost and self._all_within(reply.stamps, low, high):
            return reply
        yield from self._find_format()
        return (yield self._between(low, high, rows))

    def _find_format(self) -> Generator[Ask, Reply, None]:
        """Try one format after the other."""
        known = sorted((yield self._between(None, None, self.rows)).stamps)
        if not known:
            return
        knowledge = self.knowledge
        for candidate in formats(knowledge.options):
            knowledge.format = candidate
            if (yield from self._brings(known[len(known) // 2])):
                knowledge.trusted = True
                return
        knowledge.trusted, knowledge.format = False, formats(knowledge.options)[0]
        names = f"{knowledge.options.timefrom} and {knowledge.options.timeto}"
        knowledge.tell(
            f"the instance takes no notice of {names} in any known format: more is fetched than needed"
        )

    def _between(self, low: int | None, high: int | None, rows: int) -> Ask:
        options, written = self.knowledge.options, self.knowledge.format
        asked = dict(self.filters)
        if low is not None:
            asked[options.timefrom] = written.first(low)
        if high is not None:
            asked[options.timeto] = written.last(high)
        return {**asked, options.limit: rows}

    def _all_within(self, stamps: list[int], low: int | None, high: int | None) -> bool:
        """Whether all rows lie between, as exactly as the instance was asked."""
        margin = self.knowledge.format.margin
        return (low is None or min(stamps, default=low) >= low - margin(low)) and (
            high is None or max(stamps, default=high) <= high + margin(high)
        )

    def _sides(self, at: int | None, far: int | None) -> tuple[int | None, int | None]:
        return (far, at) if self.newest_first else (at, far)

    def _cuts_far_side(self, reply: Reply) -> bool:
        """Whether the instance leaves out what we would come to last: judged by the order of its rows."""
        if self.knowledge.newest_first is None and reply.stamps and reply.stamps[0] != reply.stamps[-1]:
            self.knowledge.newest_first = reply.stamps[0] > reply.stamps[-1]
        return (self.knowledge.newest_first is not False) is self.newest_first  # newest first is assumed

    def _connected(self, reply: Reply, at: int | None, known: int, natural: bool) -> bool:
        """Whether no row is missing between `at` and the nearest row of the answer."""
        if natural:
            return not known or at in reply.stamps
        if at is not None and not self._all_within(reply.stamps, *self._sides(at, None)):
            return True  # rows from before: that end of the range is ignored, and nothing is missing there
        # As large as any answer: it may be cut on either side.
        return len(reply.stamps) < self.largest and 0 < known <= reply.stamps.count(at or 0)

    def _whole(self, size: int) -> bool:
        """Whether an answer of `size` rows cannot have been cut."""
        if size < min(DEFAULT_ROWS, self.rows):
            return True
        if not self.filters and DEFAULT_ROWS < size < self.largest * _UNCUT:
            return True
        if self.knowledge.trusted is not False or size >= self.rows or size == DEFAULT_ROWS:
            return False
        self.knowledge.tell(
            "calls that are answered regardless of the range are taken as all: less than were asked for"
        )
        return True

    def _learn_size(self, size: int, asked: int) -> None:
        if asked < self.rows:
            return
        self.sizes.append(size)
        if size == self.largest == DEFAULT_ROWS < self.rows:
            self.knowledge.tell(
                f"the instance takes no notice of {self.knowledge.options.limit}: more pages are needed"
            )

    def _too_many(self, size: int) -> TooManyCalls:
        if self.knowledge.trusted is False:
            return TooManyCalls(
                f"cdr: the instance answers {size} calls and takes no notice of the time range, so others cannot "
                "be reached; tell names and format with cdr_options="
            )
        return TooManyCalls(
            "cdr: more calls share one moment than the instance answers at once: some of them cannot be reached; "
            "narrow it down with inbound=, internal= or result="
        )


def take(page: Page, newest_first: bool, after: Place | None) -> list[Call]:
    """The page's own records, in order; of the first page those that come after `after`."""
    calls = in_order(read_calls(page.answer))
    low = 0 if page.first is None else bisect_left(calls, (page.first,), key=_place)
    high = len(calls) if page.last is None else bisect_left(calls, (page.last + 1,), key=_place)
    calls = calls[low:high]
    if newest_first:
        calls.reverse()
    if after is not None:
        calls = [call for call in calls if (call.place < after if newest_first else call.place > after)]
    return calls


_place: Callable[[Call], Any] = attrgetter("place")


@dataclass(frozen=True)
class Query:
    """What the caller wants, in the terms of records."""

    since: datetime | None
    until: datetime | None
    inbound: bool | None
    internal: bool | None
    result: str | None
    user: str | None
    limit: int | None
    newest_first: bool
    after: str | None

    @property
    def place(self) -> Place | None:
        """Where to go on. Raises ConfigurationError for what is no cursor."""
        if self.after is None:
            return None
        try:
            timestamp, _, number = self.after.partition(".")
            return Place(int(timestamp), int(number))
        except ValueError:
            raise ConfigurationError("after= is no record's cursor") from None

    def plan(self, knowledge: Knowledge) -> Plan:
        """How to fetch it. Raises ConfigurationError for a time without a zone."""
        first, last = _milliseconds("since", self.since), _milliseconds("until", self.until)
        last = None if last is None else last - 1
        if place := self.place:
            if self.newest_first:
                last = place.timestamp if last is None else min(last, place.timestamp)
            else:
                first = place.timestamp if first is None else max(first, place.timestamp)
        rows = knowledge.options.rows
        if self.limit is not None and self.user is None:
            # One more, as the last timestamp may be incomplete.
            rows = min(rows, max(self.limit + 1, DEFAULT_ROWS))
        return Plan(knowledge, self._filters, first, last, self.newest_first, rows)

    @property
    def _filters(self) -> dict[str, Any]:
        wanted = {"inbound": self.inbound, "internal": self.internal, "result": self.result}
        return {
            name: int(value) if isinstance(value, bool) else value
            for name, value in wanted.items()
            if value is not None
        }

    def pick(self, calls: list[Call], knowledge: Knowledge) -> list[Call]:
        """Those of `calls` that are wanted, whatever the instance makes of the filters."""
        for name in self._filters:
            wanted = getattr(self, name)
            kept = [call for call in calls if (has := getattr(call, name)) is None or has == wanted]
            if len(kept) < len(calls):
                knowledge.tell(f"the instance takes no notice of {name}: more is fetched than needed")
            calls = kept
        return calls if self.user is None else [call for call in calls if call.involves(self.user)]


def _milliseconds(name: str, moment: datetime | None) -> int | None:
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ConfigurationError(
            f"{name}= has no time zone; pass datetime(…, tzinfo=UTC) or moment.astimezone()"
        )
    return -((datetime(1970, 1, 1, tzinfo=UTC) - moment) // timedelta(milliseconds=1))
