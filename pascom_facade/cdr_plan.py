"""How a range of calls is divided into questions, and what of an answer is sure. No I/O: `_async/cdr.py` asks.

All times here are the walk's own, which run the way it goes: newest first, they are negative milliseconds.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from math import inf, isfinite
from time import time as now
from typing import Any

from .cdr import read_calls
from .cdr_habits import DEFAULT_ROWS, TOO_MANY, UNCUT, Knowledge, calls_among, calls_left
from .cdr_options import TimeFormat
from .cdr_pace import SPARE, Pace
from .cdr_query import Page, Reply
from .cdr_stretch import Doubt, NoRanges, Stretch, Turned, gap, has
from .errors import TooManyCalls

FULL = 0.95
"""The part of the calls seen that a stretch is chosen around, so that it should be whole: where these are the first."""

UNSORTED = 0.85
"""The same, where others may be among them, as rows aren't sorted by when calls began."""

UNEVEN = 0.2
"""Calls come so unevenly (variance by mean of their number) that cut answers, where usable, are the fullest."""


class Plan:
    """What is still to be asked, from the near end to the far one."""

    def __init__(
        self, knowledge: Knowledge, ends: tuple[float, float], newest_first: bool, seen: list[int], filtered: bool
    ) -> None:
        self.knowledge, self.habits = knowledge, knowledge.habits
        self.newest_first, self.sign = newest_first, -1 if newest_first else 1
        self.rows, self._filtered, self._ends = knowledge.options.rows, filtered, ends
        near, far = self.range(*ends)
        self.todo = deque([Stretch(near, far)] if near <= far else [])
        self.pace = Pace(self.habits.rhythm, self.habits.uneven, newest_first)
        self.largest = max(len(seen), min(DEFAULT_ROWS, self.rows))
        self.seen: list[float] = sorted(self.sign * stamp for stamp in seen)
        """Calls that were seen last, in the walk's time."""
        self._dense = bool(seen) and max(seen) - min(seen) < 60_000
        """Whether the calls that were seen are within some seconds."""
        self._last: float | None = None
        """The last call of the pages that were given."""
        self._nearest: int | None = None
        """The first call of the pages that were given, in the instance's time."""
        self._full = FULL if seen in (sorted(seen), sorted(seen, reverse=True)) else UNSORTED
        self._left = inf
        """About how many calls are behind the last answer, if that is seen."""
        self._counted = True
        """Whether that is to be relied on."""
        self._given = False
        self.dropped: list[Any] = []
        """Answers under way that aren't needed any more."""
        if self.habits.rhythm and not filtered and self.habits.newest is not None and (newest_first or near > -inf):
            self.pace.span = self._target

    def range(self, near: float, far: float) -> tuple[float, float]:
        """In the instance's time; and the other way around."""
        return (-far, -near) if self.newest_first else (near, far)

    @property
    def natural(self) -> bool:
        """Whether a cut answer has the calls that the walk comes to first, as far as seen."""
        return self.habits.keeps == ("newest" if self.newest_first else "oldest")

    @property
    def _target(self) -> float:
        return self.pace.rows(self.cap)

    @property
    def cap(self) -> int:
        return max(self.largest, self.habits.largest or 0)

    # What to ask

    def next(self, index: int) -> Stretch | None:
        """Stretch number `index` of what is to do, as wide as one answer is likely to have; None: wait."""
        self._join(index)
        stretch = self.todo[index]
        left = self._left - sum(before.expected for before in islice(self.todo, index))
        unsure = self.todo[0].exact and not self.knowledge.kept_whole
        if index and (left < self.cap / 20 or unsure):
            return None
        stretch.expected, stretch.rest = min(left, self._target), left < self._target
        if left <= 0 and stretch.overlap is None and self._last is not None:  # with a call that must come
            stretch.overlap, stretch.known, stretch.again = self._last, (self._last,), True
        near, far = self._bounds(stretch)
        end = self.pace.on(near, self.pace.span)
        if end < far and self._divisible(stretch) and left > self.cap * UNCUT:
            end = self.even_second(int(end), near, far)
            self.todo.insert(index + 1, stretch.part(end + 1, stretch.far))
            stretch.far, stretch.known = end, tuple(time for time in stretch.known if time <= end)
        return stretch

    def _divisible(self, stretch: Stretch) -> bool:
        return self.knowledge.proven and not stretch.exact and (not stretch.again or stretch.overlap is not None)

    def _join(self, index: int) -> None:
        """Make one of neighbours that aren't asked for yet."""
        while index + 1 < len(self.todo):
            one, other = self.todo[index], self.todo[index + 1]
            fixed = any(part.reply or part.answer or part.exact for part in (one, other))
            if fixed or one.apart or (one.again and one.overlap is None):
                return
            one.far, one.known = other.far, one.known + other.known
            del self.todo[index + 1]

    def asked(self, stretch: Stretch) -> tuple[float, float]:
        """The range to ask for, in the instance's time: of whole seconds, for some look at seconds only; but where many
        calls are in one second.
        """
        first, last = self.range(stretch.near if stretch.overlap is None else stretch.overlap, stretch.far)
        if last - first < 10_000 or self._dense:
            return first, last
        return (
            first if first == -inf else first // 1000 * 1000,
            last if last == inf else -(-last // 1000) * 1000,
        )

    def outside(self, format: TimeFormat, stamps: list[int], first: float, last: float) -> tuple[bool, bool]:
        """Whether there are rows before, and behind, a range: an instance may look at the seconds of calls only."""
        if format.name == "ms" and last - first >= 10_000 and not self._dense:
            format = replace(format, unit=1000)
        return format.outside(stamps, first, last)

    def turned(self) -> Plan:
        """A plan for what this one has left, the other way around."""
        near, far = self.todo[0].near, self.todo[-1].far
        other = Plan(self.knowledge, self.range(near, far), not self.newest_first, [], self._filtered)
        other.largest = self.largest
        other.pace.continues(self.pace)
        return other

    @property
    def pages_left(self) -> float:
        """About how many answers are still to come, if that is seen."""
        return self._left / self._target

    def search(self, step: float) -> Iterator[Stretch]:
        """Questions, until one has the first calls and they are few enough: farther and farther, then by halves."""
        stretch = self.todo[0]
        empty, full = self._bounds(stretch)
        while full - empty > 1000:
            end = max(self.pace.on(full, -step), (empty + full) // 2)
            if self.pace.width(empty, full) < 4 * self.pace.span:
                end = min(self.pace.on(empty, self.pace.span * 0.9), (empty + full) // 2)
            end = self.even_second(int(end), empty, full)
            first = replace(stretch, far=end)
            yield first
            assert first.answer
            size = len(first.answer.stamps)
            if size and self.knowledge.whole(size, first.rows, self.largest):
                self.todo[0] = replace(stretch, near=end + 1)
                self.todo.appendleft(first)
                return
            if size:
                full = end
                step *= 2
            else:
                empty = end
                if self.pace.width(empty, full) < self.pace.span:  # few enough, as far as seen
                    if full < stretch.far:
                        self.todo[0] = replace(stretch, near=full + 1)
                        self.todo.appendleft(replace(stretch, far=full))
                    return

    def arrived(self) -> Plan | None:
        """A plan for calls that came since the newest ones were asked for."""
        newest, last = self._nearest, self._ends[1]
        if newest is None or newest >= last or last < (self.habits.newest or 0):
            return None
        other = Plan(self.knowledge, (newest + 1, last), False, [], self._filtered)
        other.pace.span = inf
        if not self._filtered:
            other.todo[0] = replace(other.todo[0], overlap=newest, known=(newest,), again=True)
        return other

    # What of an answer is sure

    def settle(self, stretch: Stretch, reply: Reply) -> Page | None:
        """The page that an answer is, if any; what is left of its stretch is to be done next."""
        times: list[float] = sorted(self.sign * stamp for stamp in reply.stamps)
        if stretch.sure:
            return self._page(reply, stretch.near, stretch.far, times)
        whole = self.knowledge.whole(len(times), stretch.rows, self.largest)
        if self._misread(stretch, times, whole):
            self._ask_again(stretch, reply, times)
            return None
        if not times and not self.knowledge.confirmed:
            raise Doubt(reply, late=False)
        if not times and not stretch.again:
            self._ask_with_last(stretch)
            return None
        self._note(stretch, times, reply)
        if whole:
            self._adapt(stretch, times)
            return self._page(reply, stretch.near, stretch.far, times)
        if self.habits.keeps is None:
            self.knowledge.learn_order(read_calls(reply.answer))
        if stretch.exact:
            self._not_whole(stretch, times)
        return self._cut(stretch, times, reply)

    def _note(self, stretch: Stretch, times: list[float], reply: Reply) -> None:
        """What an answer that is believed tells of the instance and of what is left."""
        if any(map(isfinite, self.asked(stretch))):
            self.knowledge.confirmed = True
        self.seen = times or self.seen
        self.largest = max(self.largest, len(times))
        if self.newest_first and times and self.natural:
            self._left = calls_left(reply.answer) if self._counted else inf

    def _ask_with_last(self, stretch: Stretch) -> None:
        """An empty answer: to be asked for more, and with the last call, which must come."""
        if self._last is None:
            self.todo.appendleft(replace(stretch, again=True, reply=None))
            return
        if self.pace.width(*self._bounds(stretch)) > self.pace.span / 2:
            self.pace.span = inf if self._left == inf else 4 * self.pace.span
        for ahead in self.todo:
            self.dropped += [ahead.reply] if ahead.reply else []
            ahead.reply = None
        self.todo.appendleft(replace(stretch, overlap=self._last, known=(self._last,), again=True, reply=None))

    def _cut(self, stretch: Stretch, times: list[float], reply: Reply) -> Page | None:
        """A cut answer: sorted by start, it has all calls up to its last. Else less must be asked for."""
        if stretch.rest:
            self._counted, self._left = False, inf
        inside = [time for time in times if stretch.near <= time <= stretch.far]
        sorted_by_start = self.natural and self._learn_sorted(reply)
        if sorted_by_start and inside and inside[-1] > stretch.near:
            self.learn_pace(inside)
            if self.pace.uneven > UNEVEN:
                self.pace.span = inf  # then cut answers are the fullest
            last = inside[-1]
            self.todo.appendleft(Stretch(last, stretch.far, known=(last,)))
            return self._page(reply, stretch.near, last - 1, inside[: bisect_left(inside, last)])
        if not self.knowledge.proven:
            raise NoRanges
        parts = self.around_seen(stretch, inside) if self.natural else None
        one_moment = inside and inside[0] == inside[-1] and self._full > 0.5 and self.natural
        if parts is None and not one_moment:
            parts = self._by_pace(stretch, times, reply)
        self.todo.extendleft(reversed(parts or self._one_moment(stretch, inside)))
        return None

    def _learn_sorted(self, reply: Reply) -> bool:
        """Learn from an answer whether rows are sorted by when calls began, and by nothing else."""
        if not self.knowledge.by_start and self.knowledge.kept_whole:
            self.knowledge.learn_order(read_calls(reply.answer))
        self.knowledge.by_start &= reply.stamps in (sorted(reply.stamps), sorted(reply.stamps, reverse=True))
        return self.knowledge.by_start and self.knowledge.kept_whole

    def _page(self, reply: Reply, near: float, far: float, times: list[float]) -> Page:
        self._given = True
        before = bisect_right(times, far)
        if before and times[before - 1] >= near:
            self._last = times[before - 1]
            if self._nearest is None:
                self._nearest = int(self.sign * times[bisect_left(times, near)])
        return Page(reply.answer, *self.range(near, far))

    def _misread(self, stretch: Stretch, times: list[float], whole: bool) -> bool:
        """Whether the answer cannot be to what was asked."""
        format = self.habits.format
        if format is None:
            return False
        stamps = [int(self.sign * time) for time in (times[:1] + times[-1:])]
        if any(self.outside(format, stamps, *self.asked(stretch))):
            return True
        return whole and any(not has(times, time) for time in (*stretch.known[:1], *stretch.known[-1:]))

    def _ask_again(self, stretch: Stretch, reply: Reply, times: list[float]) -> None:
        """An answer that is not believed: find out what it is, or raise Doubt."""
        format = self.habits.format
        assert format
        if format.name == "ms" and format.unit == 1:  # it may look at the seconds of calls only
            self.habits.format = replace(format, unit=1000)
            self.todo.appendleft(replace(stretch, reply=None))
            return
        if not stretch.again:
            self.todo.appendleft(replace(stretch, again=True, reply=None))
            return
        asked = self.asked(stretch)
        outside = format.outside(reply.stamps, *asked)
        begins, ends = (honoured and not out for honoured, out in zip(format.honours, outside, strict=True))
        if any(outside) and self.knowledge.confirmed and not format.may_be_off(reply.stamps, *asked):
            self.habits.format = replace(format, honours=(begins, ends))
            self.todo.appendleft(replace(stretch, reply=None))
            return
        raise Doubt(reply, late=self._given and outside[self.newest_first])

    def _not_whole(self, stretch: Stretch, times: list[float]) -> None:
        """More calls than were seen are where they were: they aren't sorted as it seemed."""
        if not self._given and stretch.known and not has(times, stretch.known[0]):
            raise Turned
        self._full *= 0.75

    # How to divide

    def around_seen(self, stretch: Stretch, seen: list[float]) -> tuple[Stretch, Stretch] | None:
        """Divided where about as many of the calls that were seen lie before as an answer can have and be whole."""
        near, far = stretch.near, stretch.far
        seen = seen[bisect_left(seen, near) : bisect_right(seen, far)]
        many = int(min(self._full * self.cap, UNCUT * self.cap - SPARE, self._full * len(seen)))
        end = gap(seen, many) if seen and self._full > 0.5 else None
        if end is None:
            return None
        self.learn_pace(seen[: end + 1])
        cut = self.even_second(seen[end], seen[end] - 1, seen[end + 1])
        known = (seen[0], seen[end])
        return Stretch(near, cut, known, exact=True), Stretch(cut + 1, far, (seen[end + 1], seen[-1]))

    def _by_pace(self, stretch: Stretch, times: list[float], reply: Reply) -> tuple[Stretch, Stretch] | None:
        near, far = self._bounds(stretch)
        if far - near < self.knowledge.unit:
            return None
        middle = (near + far) // 2
        if times and self.habits.keeps == "any":
            some = times[int(len(times) * min(0.8, self._target / calls_among(reply.answer)))]
            middle = int(some) if near < some < far else middle
        elif self.pace.span < inf:
            middle = min(middle, int(self.pace.on(near, self.pace.span * 0.8)))
        end = self.even_second(middle, near, far)
        self.pace.guess(self.pace.width(near, end))
        return replace(stretch.part(stretch.near, end), apart=True), stretch.part(end + 1, stretch.far)

    def _one_moment(self, stretch: Stretch, inside: list[float]) -> list[Stretch]:
        """Divided around the moment at which the calls are. Raises TooManyCalls where it can't be."""
        unit = self.knowledge.unit
        moment = inside[0] if inside else stretch.near
        begin = moment // unit * unit if unit > 1 else moment
        begin, end = max(begin, stretch.near), min(begin + unit - 1, stretch.far)
        parts = [Stretch(stretch.near, begin - 1), Stretch(begin, end, (moment,)), Stretch(end + 1, stretch.far)]
        parts = [replace(part, apart=True) for part in parts if part.near <= part.far]
        if len(parts) == 1:
            raise TooManyCalls(TOO_MANY)
        return parts

    def even_second(self, time: float, near: float, far: float) -> float:
        """The last moment of a stretch: at the end of a second, if that is between, for some look at seconds only."""
        ms = -time if self.newest_first else time + 1
        even = ms // 1000 * 1000 if self.newest_first else -(-ms // 1000) * 1000
        end = -even if self.newest_first else even - 1
        return end if near < end < far else time

    def _bounds(self, stretch: Stretch) -> tuple[float, float]:
        """Where it can be divided: calls are neither older than the clock of computers nor newer than those seen."""
        newest = self.habits.newest or 0
        if not (self.newest_first and self.natural):
            newest = max(newest, int(now() * 1000))
        start, end = sorted((0.0, self.sign * (newest + 1000)))
        return max(stretch.near, start), min(stretch.far, end)

    # How much to ask for

    def _learn(self, times: list[float], near: float, far: float) -> None:
        self.pace.learn(times, near, far)
        if not self._filtered:
            self.habits.rhythm, self.habits.uneven = self.pace.rhythm.rounded(), round(self.pace.uneven, 2)

    def learn_pace(self, times: list[float]) -> None:
        """Learn how fast calls come from calls that are known to be all between the first and the last."""
        if len(times) <= 20 or times[0] == times[-1]:
            return
        self.pace.see(times)
        self._learn(times, times[0], times[-1])
        self.pace.span = self.pace.width(times[0], times[-1]) / (len(times) - 1) * self._target

    def _adapt(self, stretch: Stretch, times: list[float]) -> None:
        """The same from an answer to all of a stretch."""
        near, far = self._bounds(stretch)
        if times and self._last is None:  # before that there are none
            near = max(near, times[0])
        if stretch.exact:
            self.knowledge.kept_whole = True
            return
        width = self.pace.width(near, far)
        if width <= 0 or self.pace.span == inf:
            return
        expected = self._target * min(1.0, width / self.pace.span)
        if times and isfinite(stretch.far):
            self._learn(times, near, far)
            width = self.pace.width(near, far)
        ideal = width * self._target / max(len(times), 1)
        self.pace.adapt(len(times), expected, ideal, expected / self._target, sure=self._left < inf)
