"""The CDR as one iterator: every record once, although the instance has no paging.

It takes a time range and cuts its answer (100 rows unless asked, at most 1000; vendor page, public facts B). So the
range that is wanted is divided. An answer that was not cut is a page. One that was cut is a page up to its last rows if
we go from the newest calls to the oldest and its rows come so, too: what it leaves out is older, and the rest begins
with those last rows. Otherwise it may leave out any, and only says that less must be asked for.
So each page has milliseconds of its own: nothing twice, nothing between.
Where calls come steadily, the rest is divided beforehand, by their pace, and two answers are under way.

How times are to be written is not published. A range is relied on only after a row of the instance's own has shown
what it makes of one; until then it is asked without. And every answer is checked: no row from outside the range, and
the row that is known to begin it is there.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING, Any

from ..answers import Answer
from ..cdr import Call
from ..cdr_options import TimeFormat, formats
from ..cdr_query import DEFAULT_ROWS, Knowledge, Page, Query, Reply, read_reply
from ..errors import UnexpectedAnswer
from ._concurrency import cancel_all, result_of, sleep, start

if TYPE_CHECKING:
    from ._concurrency import Running

Fetch = Callable[[dict[str, Any]], Awaitable[Answer]]

# Of the largest answer: as much as a stretch is to bring, as calls don't come evenly; and what surely was not cut, even
# where the instance leaves rows out after it cut.
FILLED = 0.92
UNCUT = 0.98
# The last one in so many rows of a cut answer is not relied on: where rows are sorted by when calls ended, a long call
# may be there without the short ones that began after it. (Further in, such a call would be out of order.)
UNSURE = 16


async def calls(query: Query, knowledge: Knowledge, fetch: Fetch, retries: int) -> AsyncIterator[Call]:
    """Every record of the query once."""
    left = query.limit
    async with aclosing(Walk(query, knowledge, fetch, retries).pages()) as pages:
        async for page in pages:
            picked = query.take(page, knowledge)
            for call in picked[:left]:
                yield call
            if left is not None and (left := left - len(picked)) <= 0:
                return


@dataclass
class Stretch:
    """A stretch of the range, in the walk's own time; both ends included, infinite where open."""

    near: float
    far: float
    known: float | None = None
    """The time of a row that begins it."""
    checked: bool = False
    """Whether ranges were proven anew because of its answer."""
    rows: int = 0
    reply: Running[Reply] | None = None


class Walk:
    """From the near end of a query's range to the far one. Its own time runs that way: newest first, backwards."""

    ahead = 2
    """Answers that are fetched while the caller works."""

    def __init__(self, query: Query, knowledge: Knowledge, fetch: Fetch, retries: int) -> None:
        self._knowledge, self._fetch, self._retries = knowledge, fetch, retries
        self._newest_first, self._filters = query.newest_first, query.filters
        self._sign = -1 if query.newest_first else 1
        self._rows = knowledge.options.rows
        if query.limit is not None and query.user is None and query.limit < self._rows:
            # Some more, as the last rows aren't relied on. What lies behind is not worth a request.
            enough = query.limit + query.limit // (UNSURE - 1) + 2
            self._rows, self.ahead = min(self._rows, max(enough, DEFAULT_ROWS)), 0
        near, far = self._range(query.first, query.last)
        self._todo = deque([Stretch(near, far)] if near <= far else [])
        self._span_ms = inf  # how much to ask for at once, in milliseconds
        # Rows of an answer: the instance doesn't cut before that (until it is upgraded, so not kept).
        self._largest = min(DEFAULT_ROWS, self._rows)
        self._seen: list[int] = []  # the times of the last answer's rows
        self._given = False  # whether there was a page
        # What is newer than that and all that was seen is not divided. (Oldest first, calls still arrive there.)
        self._newest = int(time.time() * 1000) - (0 if query.newest_first else 86_400_000)

    async def pages(self) -> AsyncGenerator[Page]:
        """In order. Raises TooManyCalls where records would be lost."""
        preparing: Running[None] | None = None
        try:
            while self._todo:
                await (result_of(preparing) if preparing else self._prepare())
                stretch, preparing = self._todo.popleft(), None
                assert stretch.reply
                reply = await result_of(stretch.reply)
                self._learn(reply.stamps, stretch.rows)
                if self._misread(stretch):
                    await self._prove_again(stretch, reply)
                elif page := self._page(stretch, reply.answer):
                    self._given = True
                    if self.ahead and self._knowledge.format is None:  # that takes a while
                        preparing = start(self._prepare)
                    elif self.ahead:
                        await self._prepare()
                    yield page
        finally:
            await cancel_all([preparing] if preparing else [])
            await cancel_all(stretch.reply for stretch in self._todo if stretch.reply)

    async def _prepare(self) -> None:
        """Have the next stretches asked for."""
        if self._knowledge.format is None and self._seen and self._todo:
            await self._prove()
        for index in range(max(self.ahead, 1)):
            if index < len(self._todo) and self._todo[index].reply is None:
                stretch = self._divided(index)
                first, last = self._range(stretch.near, stretch.far)
                # As long as ranges are not proven, what is wanted may be among the newest.
                probing = self._knowledge.format is None and (first, last) != (-inf, inf)
                stretch.rows = min(self._rows, DEFAULT_ROWS) if probing else self._rows
                stretch.reply = start(self._ask, self._knowledge.format, first, last, stretch.rows)

    def _divided(self, index: int) -> Stretch:
        stretch = self._todo[index]
        near, far = self._bounds(stretch)
        if near + self._span_ms < far and self._knowledge.proven:
            end = near + int(self._span_ms)
            self._todo.insert(index + 1, Stretch(end + 1, stretch.far))
            stretch.far = end
        return stretch

    async def _ask(self, format: TimeFormat | None, first: float, last: float, rows: int) -> Reply:
        """One answer; again if it cannot be read, as when PHP died amid a 200."""
        options = self._knowledge.options
        ends = format.written(first, last) if format else (None, None)
        names = (options.timefrom, options.timeto)
        asked = {name: text for name, text in zip(names, ends, strict=True) if text is not None}
        for attempt in range(self._retries + 1):
            answer = await self._fetch({**self._filters, **asked, options.limit: rows})
            try:
                return read_reply(answer)
            except UnexpectedAnswer:
                if attempt == self._retries:
                    raise
            await sleep(0.2 * (attempt + 1))
        raise AssertionError("the last attempt returns or raises")

    async def _prove(self) -> None:
        """Try one format after the other: the range of a row that the instance has shown is to bring just this row."""
        options, known = self._knowledge.options, sorted(self._seen)
        row = known[len(known) // 2]
        best: TimeFormat | None = None
        for candidate in formats(options):
            stamps = (await self._ask(candidate, row, row, self._rows)).stamps
            # Rows that could have come, but did not, show it.
            expected, actual = candidate.outside(known, row, row), candidate.outside(stamps, row, row)
            before = row in stamps and (expected[0] or row == known[0]) and not actual[0]
            behind = row in stamps and (expected[1] or row == known[-1]) and not actual[1]
            found = replace(candidate, honours=(before, behind))
            best = max(best or found, found, key=lambda one: sum(one.honours))
            if all(best.honours):
                break
        else:
            self._knowledge.tell(
                f"the instance takes no notice of {options.timefrom} and {options.timeto} in any known format: "
                "more is fetched than needed"
            )
        self._knowledge.format = best

    async def _prove_again(self, stretch: Stretch, reply: Reply) -> None:
        # Rows that belong before this stretch: a page that was given already may have been without them.
        late = self._given and self._outside(stretch)[self._newest_first]
        if stretch.checked or late:
            seen = "calls from outside the range that was asked for, or not all of it (cdr_options= has its time zone)"
            raise reply.answer.unexpected(seen)
        await cancel_all(other.reply for other in self._todo if other.reply)
        self._todo.appendleft(replace(stretch, checked=True))
        for other in self._todo:
            other.reply = None
        if not self._seen and stretch.known is not None:
            self._seen = [int(stretch.known) * self._sign]
        await self._prove()

    def _misread(self, stretch: Stretch) -> bool:
        """Whether the answer cannot be to what was asked."""
        format = self._knowledge.format
        lost = stretch.known is not None and stretch.known * self._sign not in self._seen
        return any(self._outside(stretch)) or bool(lost and format and format.honours[self._newest_first])

    def _outside(self, stretch: Stretch) -> tuple[bool, bool]:
        """Whether the answer has rows from before, and from behind, the range that was asked for."""
        format = self._knowledge.format
        return format.outside(self._seen, *self._range(stretch.near, stretch.far)) if format else (False, False)

    def _page(self, stretch: Stretch, answer: Answer) -> Page | None:
        """What the answer brings of the stretch; what is left of it is to be done next."""
        everything = Page(answer, *self._range(stretch.near, stretch.far))
        if self._whole(stretch.rows):
            self._adapt(stretch)
            return everything
        size, known = len(self._seen), self._knowledge
        times = sorted(self._sign * stamp for stamp in self._seen)
        if self._truncation_keeps_newest:
            cut_at = times[-1 - size // UNSURE]
            if cut_at > stretch.far:
                self._adapt(stretch)
                return everything
            if cut_at <= stretch.near:  # many at one moment
                cut_at = max(time for time in times if time <= stretch.far)
            if cut_at > stretch.near:
                pace = (times[-1] - times[size // 2]) / (size - size // 2)
                pace_known = pace and self.ahead and not self._filters and stretch.rows == self._rows
                self._span_ms = pace * self._target_rows if pace_known else inf
                self._todo.appendleft(Stretch(cut_at, stretch.far, known=cut_at))
                return Page(answer, *self._range(stretch.near, cut_at - 1))
        if known.format is None:
            self._todo.appendleft(replace(stretch, reply=None))
            return None
        near, far = self._bounds(stretch)
        if known.proven and not self._truncation_keeps_newest and far - near > 2:
            middle = (near + far) // 2
            if times[0] - near < times[-1] - times[0]:  # they tell the pace at the near end
                self._span_ms = (times[-1 - size // 4] - times[size // 4]) / (size / 2) * self._target_rows
                middle = min(middle, near + int(self._span_ms))
            elif near < times[0] <= far and times == self._seen:  # the first ones of all
                middle = times[0] - 1
            self._todo.extendleft([Stretch(middle + 1, stretch.far), Stretch(stretch.near, middle, stretch.known)])
            return None
        if known.proven or size in (DEFAULT_ROWS, stretch.rows):
            raise known.too_many(size)
        known.tell("calls that are answered regardless of the range are taken as all: less than were asked for")
        return everything

    def _whole(self, rows: int) -> bool:
        """Whether the last answer, asked for so many rows, cannot have been cut."""
        size = len(self._seen)
        if size < min(DEFAULT_ROWS, rows):
            return True
        return not self._filters and DEFAULT_ROWS < size < self._largest * UNCUT

    @property
    def _truncation_keeps_newest(self) -> bool:
        """Whether what an answer leaves out is what we come to last."""
        return self._newest_first and self._knowledge.descending

    @property
    def _target_rows(self) -> float:
        """Rows that a stretch is to bring: about as many as an answer can be known to be whole with."""
        return FILLED * (DEFAULT_ROWS if self._filters else self._largest)

    def _adapt(self, stretch: Stretch) -> None:
        """Learn the pace of calls from an answer to all of a stretch."""
        near, far = self._bounds(stretch)
        width = far - near + 1
        ideal = width * self._target_rows / max(len(self._seen), 1)
        if not self._truncation_keeps_newest:
            self._span_ms = min(ideal, 4 * width) if self._seen or self._span_ms < inf else inf
        elif self._span_ms == inf or width < self._span_ms / 2:
            return  # the rest of a stretch tells too little
        elif ideal > 1.5 * self._span_ms:  # calls become rare: one answer may have all the rest
            self._span_ms = inf
        else:
            self._span_ms += (ideal - self._span_ms) / 4

    def _learn(self, stamps: list[int], rows: int) -> None:
        self._seen = stamps
        if not stamps:
            return
        self._newest = max(self._newest, max(stamps))
        self._knowledge.descending &= stamps == sorted(stamps, reverse=True)
        if rows == self._rows:
            self._largest = max(self._largest, len(stamps))
            if len(stamps) == self._largest == DEFAULT_ROWS < rows:
                self._knowledge.tell(
                    f"the instance takes no notice of {self._knowledge.options.limit}: more pages are needed"
                )

    def _bounds(self, stretch: Stretch) -> tuple[float, float]:
        """Where it can be divided."""
        start, end = sorted((0, self._sign * self._newest))
        return max(stretch.near, start), min(stretch.far, end)

    def _range(self, near: float, far: float) -> tuple[float, float]:
        """As the instance counts; and the other way around."""
        return (-far, -near) if self._newest_first else (near, far)
