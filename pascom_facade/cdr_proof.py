"""How it is found out how an instance takes time ranges: by calls that it has shown. No I/O: `_async/cdr.py` asks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace

from .cdr_options import TimeFormat
from .cdr_plan import Plan
from .cdr_query import Reply
from .cdr_stretch import Stretch, Turned, gap, has, window


class Proof:
    """Questions about the calls that a plan has seen, and what their answers show."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._turning: set[TimeFormat] = set()
        """Ways to write times for which a probe brought calls from the other end."""
        self._blank = False
        """Whether an answer to a probe was empty."""

    def probes(self) -> Iterator[Stretch]:
        """Stretches that show how ranges are read: some of the calls that were seen are in them, others not."""
        plan = self._plan
        stretch = plan.todo[0]
        if plan.natural and plan.knowledge.by_start and (behind := self._behind_seen()):
            yield behind
        elif plan.natural and (parts := plan.around_seen(stretch, plan.seen)):
            yield parts[0]
        seen = plan.seen
        if not any(stretch.near <= time <= stretch.far for time in seen):
            plan.learn_pace(seen)
            plan.pace.guessing = True
        middle = window(seen) or replace(stretch)
        self._blank = False
        yield middle
        if self._blank:
            yield replace(middle)  # an answer may have been empty by mistake

    def _behind_seen(self) -> Stretch | None:
        """What comes behind the calls that were seen, with one of them: if there are others, these were the first."""
        plan = self._plan
        stretch = plan.todo[0]
        seen = plan.seen[bisect_left(plan.seen, stretch.near) : bisect_right(plan.seen, stretch.far)]
        end = gap(seen, len(seen)) if seen else None
        if end is None:
            return None
        near = plan.even_second(seen[end], seen[end] - 1, seen[end + 1]) + 1
        return Stretch(near, stretch.far, (seen[end + 1],))

    def honours(self, format: TimeFormat, probe: Stretch, reply: Reply, rows: int) -> tuple[bool, bool]:
        """Whether the beginning, and the end, of a probe were taken notice of, as its answer shows: calls that were
        seen are missing if they are outside, and there if they are the first or the last inside.
        """
        plan = self._plan
        first, last = plan.asked(probe)
        stamps, seen = sorted(reply.stamps), [int(plan.sign * time) for time in plan.seen]
        whole = plan.knowledge.whole(len(stamps), rows, plan.largest)
        known = sorted(plan.sign * time for time in probe.known)
        self._blank |= not stamps
        if probe.exact and not whole and not any(plan.outside(format, stamps, first, last)):
            self._turning |= {format} if self._turns(probe, stamps) else set()
        if not stamps or (whole and not all(has(stamps, time) for time in known)) or (probe.exact and not whole):
            return False, False
        outside, expected = plan.outside(format, stamps, first, last), plan.outside(format, seen, first, last)
        begins, ends = (
            could and not out and all(has(stamps, one) for one in time)
            for out, could, time in zip(outside, expected, (known[:1], known[-1:]), strict=True)
        )
        return begins, ends

    def _turns(self, probe: Stretch, stamps: list[int]) -> bool:
        """Whether the calls that were seen aren't the first ones: they are missing, or many come before them."""
        plan = self._plan
        before = sum(plan.sign * stamp < probe.known[0] for stamp in stamps)
        return before > len(stamps) / 50 or not has(stamps, plan.sign * probe.known[0])

    def turned(self, format: TimeFormat) -> bool:
        """Whether that is sure without another probe: the format is one of no zone, or was shown."""
        return format in self._turning and format.name in ("ms", "s")

    def shows(self, probe: Stretch, honours: tuple[bool, bool], reply: Reply) -> bool:
        """Whether a probe that is a part of the way was read as it was meant: at its end amid the calls seen."""
        plan = self._plan
        near, far = honours if not plan.newest_first else honours[::-1]
        if probe.exact:
            return far
        if probe.far == plan.todo[0].far:
            return near
        return near and far

    def begin(self, probe: Stretch, reply: Reply, seen: Reply) -> None:
        """Go on from the answer that showed how ranges are read, if it is to a part of the way."""
        plan = self._plan
        stretch = plan.todo[0]
        if plan.habits.format in self._turning:
            raise Turned
        if probe.exact:
            probe.answer, probe.rows = reply, plan.rows
            plan.todo[0] = replace(stretch, near=probe.far + 1)
            plan.todo.appendleft(probe)
        elif probe.far == stretch.far:
            if sum(plan.sign * stamp > plan.seen[-1] for stamp in reply.stamps) < plan.cap / 10:
                raise Turned  # none behind but those that have just come: the calls that were seen are the last ones
            plan.knowledge.kept_whole = True
            probe.answer, probe.rows = reply, plan.rows
            plan.todo[0] = replace(stretch, far=probe.near - 1, sure=True, answer=seen, rows=plan.rows)
            plan.todo.append(probe)
