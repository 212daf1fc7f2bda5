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
from ..cdr_options import CdrOptions, TimeFormat, formats
from ..errors import PascomError, UnexpectedAnswer
from .looking import EnoughAsked, Looking, Seen
from .words import Why

FEW, MANY = 5, 2000
MOST_PROVING = 27


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
        """How ranges are written, as the facade's walk proves it; of a small journal, which needs none, as is seen."""
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
        if self.habits.format is None and len(self.many) < 100:
            self.habits.format = self._seen_format()
        if self.habits.format is not None:
            self.habits.format = self._with_ends(self.habits.format)
        return self.habits.format

    @property
    def no_ranges(self) -> Why:
        """Why nothing is known of ranges, where the format isn't."""
        return Why.NO_RANGES if len(self.many) >= 100 else Why.FEW_CALLS

    @property
    def rising(self) -> bool:
        """Whether the first call of an answer is older than the last."""
        return bool(self.many.stamps) and self.many.stamps[0] < self.many.stamps[-1]

    def _seen_format(self) -> TimeFormat | None:
        """The middle of the calls is asked for; just these must come."""
        stamps = sorted(self.many.stamps)
        if len(stamps) < 4:
            return None
        first, last = stamps[len(stamps) // 4], stamps[len(stamps) * 3 // 4]
        if stamps[0] > first - 3000 or stamps[-1] < last + 3000:
            return None
        inside = {stamp for stamp in stamps if first <= stamp <= last}
        for format in formats(self.options, clock_offset(self.many.calls), stamps[-1]):
            found = self.between(format, first, last).stamps
            if inside <= set(found) and not any(format.outside(found, first, last)):
                return format
        return None

    def between(self, format: TimeFormat, first: float, last: float, **more: object) -> Rows:
        """Calls of a range, which is written a little wider than meant."""
        return self.ask(**self._ends(format.written(first, last)), **more)

    def exactly(self, format: TimeFormat, first: float, last: float) -> Rows:
        """Calls of a range, which is written as it is: whole units of the format."""
        return self.ask(**self._ends(format.written(first + format.unit, last - format.unit)))

    def _ends(self, written: tuple[str | None, str | None]) -> Mapping[str, Any]:
        names = (self.options.timefrom, self.options.timeto)
        return {name: text for name, text in zip(names, written, strict=True) if text is not None}

    def _with_ends(self, format: TimeFormat) -> TimeFormat | None:
        """The format, if the instance takes notice of it, and of which end: else calls come that were not asked for."""
        stamps = self.many.stamps
        oldest, newest = min(stamps), max(stamps)
        last, first = oldest - format.margin(oldest) - 1, newest + format.margin(newest) + 1
        older, newer = self.between(format, -inf, last), self.between(format, first, inf)
        honours = not format.outside(newer.stamps, first, inf)[0], not format.outside(older.stamps, -inf, last)[1]
        honours = honours[0] and format.honours[0], honours[1] and format.honours[1]
        self._beyond = len(older) > 0 if honours[1] else None, len(newer) > 0 if honours[0] else None
        return replace(format, honours=honours) if any(honours) else None

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
