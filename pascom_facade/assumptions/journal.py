"""What the checks of the journal share: a few answers, and how the facade's own walk through it got on."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from itertools import islice
from math import inf
from typing import Any

from ..cdr import Call, read_calls
from ..cdr_habits import Habits, clock_offset
from ..cdr_options import CdrOptions, TimeFormat, formats, zone_of
from ..errors import PascomError, UnexpectedAnswer
from .looking import EnoughAsked, Looking, Seen
from .words import Why

FEW, MANY = 5, 2000
MOST_PROVING = 14
QUARTER_HOUR, HALF_A_YEAR = 900_000, 182 * 86_400_000
LOCAL = ("text", "iso-local")
SLACK = 3000
"""Milliseconds that tell a call outside of a range from one at its end, however exactly its time is looked at."""


class Rows:
    """An answer of `cdr/`."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen
        self.calls: list[Call] = []
        if 200 <= seen.status < 300:
            with suppress(UnexpectedAnswer):
                self.calls = read_calls(seen.answer)
        self.stamps = [call.place.timestamp for call in self.calls]

    def __len__(self) -> int:
        return len(self.calls)

    @property
    def raw(self) -> list[dict[str, Any]]:
        return [call.raw for call in self.calls]


class Journal:
    """Each answer is asked for when a check needs it, once."""

    def __init__(self, look: Looking) -> None:
        self._look = look
        self._checked: TimeFormat | None = None
        self._beyond: tuple[bool | None, bool | None] = (None, None)

    def ask(self, **params: object) -> Rows:
        return Rows(self._look.ask("cdr/", params=params))

    @property
    def options(self) -> CdrOptions:
        options: CdrOptions = self._look.pbx._cdr_knowledge.options
        return options

    @property
    def habits(self) -> Habits:
        """What the facade has learned meanwhile."""
        habits: Habits = self._look.pbx._cdr_knowledge.habits
        return habits

    @cached_property
    def plain(self) -> Rows:
        """Without a parameter."""
        return self.ask()

    @cached_property
    def few(self) -> Rows:
        return self.ask(**{self.options.limit: FEW})

    @cached_property
    def many(self) -> Rows:
        """As many as come at once."""
        rows = self.ask(**{self.options.limit: MANY})
        return rows if len(rows) > len(self.plain) else self.plain

    @cached_property
    def format(self) -> TimeFormat | None:
        """How ranges are written: as is seen, and as the facade's walk then gets on with, or finds out by itself."""
        seen = self.habits.format = self._seen_format()
        self._walk()
        format = self.habits.format or seen
        self.habits.format = self._with_ends(format) if format else None
        return self.habits.format

    def _walk(self) -> None:
        """A few steps through the journal: what the facade learns by them is kept in its habits."""
        walk = self._look.pbx.cdr(newest_first=not self.rising)
        with self._look.until(lambda: self.habits.format is not None, MOST_PROVING):
            try:
                for _ in islice(walk, max(2 * len(self.many), 300)):
                    pass
            except EnoughAsked:
                raise
            except PascomError:  # what it learned before counts
                pass
            finally:
                walk.close()  # type: ignore[attr-defined]

    def _seen_format(self) -> TimeFormat | None:
        """The middle of the calls is asked for: these must come, and no calls from outside."""
        stamps = sorted(self.many.stamps)
        if len(stamps) < 4:
            return None
        first, last = _edge(stamps, len(stamps) // 4, -1), _edge(stamps, len(stamps) * 3 // 4, 1)
        if not stamps[0] + SLACK < first <= last < stamps[-1] - SLACK:
            return None
        inside = {stamp for stamp in stamps if first + SLACK <= stamp <= last - SLACK} or {first}
        partly = None
        for format in formats(self.options, clock_offset(self.many.calls), stamps[-1]):
            found = self.between(format, first, last).stamps
            before, behind = format.outside(found, first - SLACK, last + SLACK)
            if not inside <= set(found) or (before and behind):
                continue
            checked = self._with_ends(replace(format, honours=(not before, not behind)))
            if checked is not None and all(checked.honours):
                return checked
            partly = partly or checked
        return partly

    @property
    def no_ranges(self) -> Why:
        """Why nothing is known of ranges, where the format isn't."""
        return Why.NO_RANGES if len(self.many) >= 100 else Why.FEW_CALLS

    @property
    def rising(self) -> bool:
        """Whether the first call of an answer is older than the last."""
        return bool(self.many.stamps) and self.many.stamps[0] < self.many.stamps[-1]

    @cached_property
    def zone(self) -> str | None:
        """Of the server's clock, as calls of both seasons show it, if there are any; it is what local text is in."""
        offset, stamps = clock_offset(self.plain.calls), self.plain.stamps
        if offset is None or not stamps:
            return None
        seen = {max(stamps): offset}
        if self.format is not None and self.format.honours[1]:
            other = self.between(self.format, -inf, min(stamps) - HALF_A_YEAR, most=FEW)
            offset = clock_offset(other.calls)
            if offset is not None and other.stamps:
                seen[other.stamps[0]] = offset
        name = zone_of(seen)
        if self.habits.format is not None and self.habits.format.name in LOCAL:
            known = self.habits.format.as_dict()
            self.habits.format = TimeFormat.from_dict({**known, "zone": name})
        return name

    def between(self, format: TimeFormat, first: float, last: float, most: int = MANY) -> Rows:
        """Calls of a range, which is written a little wider than meant."""
        return self.ask(**self._ends(format.written(first, last), most))

    def exactly(self, format: TimeFormat, first: float, last: float) -> Rows:
        """Calls of a range, which is written as it is: whole units of the format."""
        return self.ask(**self._ends(format.written(first + format.unit, last - format.unit)))

    def _ends(self, written: tuple[str | None, str | None], most: int = MANY) -> Mapping[str, Any]:
        names = (self.options.timefrom, self.options.timeto)
        ends = {name: text for name, text in zip(names, written, strict=True) if text is not None}
        return ends if self.few.seen.status >= 400 else {**ends, self.options.limit: most}

    def _with_ends(self, format: TimeFormat) -> TimeFormat | None:
        """The format, if the instance takes notice of it, and of which end: else calls come that were not asked for."""
        if format == self._checked:
            return format
        stamps = self.many.stamps
        oldest, newest = min(stamps), max(stamps)
        last, first = oldest - format.margin(oldest) - SLACK, newest + format.margin(newest) + SLACK
        older, newer = self.between(format, -inf, last), self.between(format, first, inf)
        honours = not format.outside(newer.stamps, first, inf)[0], not format.outside(older.stamps, -inf, last)[1]
        honours = honours[0] and format.honours[0], honours[1] and format.honours[1]
        seen_older = len(older) > 0 if honours[1] else None
        seen_newer = len(newer) > 0 if honours[0] else None
        self._beyond = seen_older, seen_newer
        self._checked = replace(format, honours=honours) if any(honours) else None
        return self._checked

    @property
    def beyond(self) -> tuple[bool | None, bool | None]:
        """Whether there are older calls than an answer has, and newer ones; None: that can't be asked."""
        return self._beyond if self.format else (None, None)

    @cached_property
    def whole_seconds(self) -> bool:
        """Whether a call is left out that began some milliseconds behind the beginning of a range."""
        stamp = self.alone(1)
        if self.format is None or self.format.name != "ms" or stamp is None:
            return False
        rows = self.exactly(TimeFormat("ms", unit=1), stamp - 1, stamp + 60_000)
        return stamp not in rows.stamps

    def alone(self, side: int = 0) -> int | None:
        """The newest moment but two at which just one call began. side: 1: not at a full second, -1: at one."""
        stamps = self.many.stamps
        for stamp in sorted(set(stamps), reverse=True)[2:]:
            fits = side == 0 or (stamp % 1000 > 1) == (side > 0)
            if fits and stamps.count(stamp) == 1 and (side >= 0 or stamp % 1000 == 0):
                return stamp
        return None

    @property
    def cut(self) -> bool | None:
        """Whether the largest answer doesn't have all calls; None: unknown."""
        if any(self.beyond):
            return True
        return None if None in self.beyond else False


def _edge(stamps: list[int], near: int, side: int) -> int:
    """A moment near number `near` that has another beside it: so close that a clock of another zone would be seen."""
    fitting = [
        index
        for index in range(1, len(stamps) - 1)
        if SLACK < abs(stamps[index + side] - stamps[index]) < QUARTER_HOUR and abs(index - near) < len(stamps) / 5
    ]
    return stamps[min(fitting, key=lambda index: abs(index - near), default=near)]
