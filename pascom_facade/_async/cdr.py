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
from typing import Any

from ..answers import Answer
from ..cdr import Call
from ..cdr_options import TimeFormat, formats
from ..errors import UnexpectedAnswer
from ..journal import DEFAULT_ROWS, Knowledge, Page, Query, Reply, read_reply
from ._background import Running, give_up, outcome, soon
from ._network import sleep

Fetch = Callable[[dict[str, Any]], Awaitable[Answer]]

# Of the largest answer: as much as a part is to bring, as calls don't come evenly; and what surely was not cut, even
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
class Part:
    """A part of the range, in the walk's own time; both ends included, infinite where open."""

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
        self._todo = deque([Part(near, far)] if near <= far else [])
        self._reach = inf  # how much to ask for at once, in milliseconds
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
                await (outcome(preparing) if preparing else self._prepare())
                part, preparing = self._todo.popleft(), None
                assert part.reply
                reply = await outcome(part.reply)
                self._learn(reply.stamps, part.rows)
                if self._misread(part):
                    await self._prove_again(part, reply)
                elif page := self._page(part, reply.answer):
                    self._given = True
                    if self.ahead and self._knowledge.format is None:  # that takes a while
                        preparing = soon(self._prepare)
                    elif self.ahead:
                        await self._prepare()
                    yield page
        finally:
            await give_up([preparing] if preparing else [])
            await give_up(part.reply for part in self._todo if part.reply)

    async def _prepare(self) -> None:
        """Have the next parts asked for."""
        if self._knowledge.format is None and self._seen and self._todo:
            await self._prove()
        for index in range(max(self.ahead, 1)):
            if index < len(self._todo) and self._todo[index].reply is None:
                part = self._divided(index)
                first, last = self._range(part.near, part.far)
                # As long as ranges are not proven, what is wanted may be among the newest.
                feeling = self._knowledge.format is None and (first, last) != (-inf, inf)
                part.rows = min(self._rows, DEFAULT_ROWS) if feeling else self._rows
                part.reply = soon(self._ask, self._knowledge.format, first, last, part.rows)

    def _divided(self, index: int) -> Part:
        part = self._todo[index]
        near, far = self._bounds(part)
        if near + self._reach < far and self._knowledge.proven:
            end = near + int(self._reach)
            self._todo.insert(index + 1, Part(end + 1, part.far))
            part.far = end
        return part

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
            could, did = candidate.outside(known, row, row), candidate.outside(stamps, row, row)
            before = row in stamps and (could[0] or row == known[0]) and not did[0]
            behind = row in stamps and (could[1] or row == known[-1]) and not did[1]
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

    async def _prove_again(self, part: Part, reply: Reply) -> None:
        # Rows that belong before this part: a page that was given already may have been without them.
        late = self._given and self._outside(part)[self._newest_first]
        if part.checked or late:
            seen = "calls from outside the range that was asked for, or not all of it (cdr_options= has its time zone)"
            raise reply.answer.unexpected(seen)
        await give_up(other.reply for other in self._todo if other.reply)
        self._todo.appendleft(replace(part, checked=True))
        for other in self._todo:
            other.reply = None
        if not self._seen and part.known is not None:
            self._seen = [int(part.known) * self._sign]
        await self._prove()

    def _misread(self, part: Part) -> bool:
        """Whether the answer cannot be to what was asked."""
        format = self._knowledge.format
        lost = part.known is not None and part.known * self._sign not in self._seen
        return any(self._outside(part)) or bool(lost and format and format.honours[self._newest_first])

    def _outside(self, part: Part) -> tuple[bool, bool]:
        """Whether the answer has rows from before, and from behind, the range that was asked for."""
        format = self._knowledge.format
        return format.outside(self._seen, *self._range(part.near, part.far)) if format else (False, False)

    def _page(self, part: Part, answer: Answer) -> Page | None:
        """What the answer brings of the part; what is left of it is to be done next."""
        everything = Page(answer, *self._range(part.near, part.far))
        if self._whole(part.rows):
            self._adapt(part)
            return everything
        size, known = len(self._seen), self._knowledge
        times = sorted(self._sign * stamp for stamp in self._seen)
        if self._natural:
            edge = times[-1 - size // UNSURE]
            if edge > part.far:
                self._adapt(part)
                return everything
            if edge <= part.near:  # many at one moment
                edge = max(time for time in times if time <= part.far)
            if edge > part.near:
                pace = (times[-1] - times[size // 2]) / (size - size // 2)
                telling = pace and self.ahead and not self._filters and part.rows == self._rows
                self._reach = pace * self._filled if telling else inf
                self._todo.appendleft(Part(edge, part.far, known=edge))
                return Page(answer, *self._range(part.near, edge - 1))
        if known.format is None:
            self._todo.appendleft(replace(part, reply=None))
            return None
        near, far = self._bounds(part)
        if known.proven and not self._natural and far - near > 2:
            middle = (near + far) // 2
            if times[0] - near < times[-1] - times[0]:  # they tell the pace at the near end
                self._reach = (times[-1 - size // 4] - times[size // 4]) / (size / 2) * self._filled
                middle = min(middle, near + int(self._reach))
            elif near < times[0] <= far and times == self._seen:  # the first ones of all
                middle = times[0] - 1
            self._todo.extendleft([Part(middle + 1, part.far), Part(part.near, middle, part.known)])
            return None
        if known.proven or size in (DEFAULT_ROWS, part.rows):
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
    def _natural(self) -> bool:
        """Whether what an answer leaves out is what we come to last."""
        return self._newest_first and self._knowledge.descending

    @property
    def _filled(self) -> float:
        """Rows that a part is to bring: about as many as an answer can be known to be whole with."""
        return FILLED * (DEFAULT_ROWS if self._filters else self._largest)

    def _adapt(self, part: Part) -> None:
        """Learn the pace of calls from an answer to all of a part."""
        near, far = self._bounds(part)
        width = far - near + 1
        ideal = width * self._filled / max(len(self._seen), 1)
        if not self._natural:
            self._reach = min(ideal, 4 * width) if self._seen or self._reach < inf else inf
        elif self._reach == inf or width < self._reach / 2:
            return  # the rest of a part tells too little
        elif ideal > 1.5 * self._reach:  # calls become rare: one answer may have all the rest
            self._reach = inf
        else:
            self._reach += (ideal - self._reach) / 4

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

    def _bounds(self, part: Part) -> tuple[float, float]:
        """Where it can be divided."""
        start, end = sorted((0, self._sign * self._newest))
        return max(part.near, start), min(part.far, end)

    def _range(self, near: float, far: float) -> tuple[float, float]:
        """As the instance counts; and the other way around."""
        return (-far, -near) if self._newest_first else (near, far)
