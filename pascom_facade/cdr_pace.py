"""How many calls to ask for at once, and where they are to be expected. No I/O.

Times are the walk's own (see `cdr_plan`); a width is the number of calls that the rhythm expects.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from math import inf, isfinite, sqrt

from .cdr_habits import UNCUT
from .cdr_rhythm import Rhythm

MARGIN = 2.3
"""Standard deviations by which less is asked for than an answer can have: one that is cut costs two others."""

SPARE = 4
"""Rows that come besides, as ranges are asked for a little wider."""

LEAST = 0.6
"""The part of an answer's rows that is asked for, however unevenly calls come."""

PARTS = 10
"""In which it is looked at how evenly calls come."""


class Pace:
    """Of one walk: how fast calls come, as far as seen."""

    def __init__(self, rates: Sequence[float], uneven: float, newest_first: bool) -> None:
        self.rhythm, self.uneven = Rhythm(rates), uneven
        """uneven: how far the numbers of calls differ from what was expected: variance by mean; 1: as chance has it."""
        self._newest_first, self._sign = newest_first, -1 if newest_first else 1
        self.span = inf
        """The width to ask for at once."""
        self.guessing = False
        """Whether that is only a guess."""
        self._few = 0
        """How many answers in a row had fewer calls than they were to have."""

    def continues(self, other: Pace) -> None:
        """Take over what another walk of the same calls has learnt."""
        self.rhythm, self.span = other.rhythm, other.span

    def rows(self, cap: int) -> float:
        """How many of the rows that an answer can have are asked for."""
        return max(LEAST * cap, UNCUT * cap - SPARE - MARGIN * sqrt(self.uneven * cap))

    def on(self, time: float, calls: float) -> float:
        """Where so many calls on are to be expected, or, of a negative number, back."""
        if not isfinite(calls):
            return calls
        there = self.rhythm.before if (calls > 0) == self._newest_first else self.rhythm.after
        return self._sign * there(self._sign * time, abs(calls))

    def width(self, near: float, far: float) -> float:
        """How many calls are to be expected in a range."""
        return self.rhythm.expected(*self._range(near, far)) if near < far else 0.0

    def learn(self, times: Sequence[float], near: float, far: float) -> None:
        """From calls that are known to be all of a range."""
        self.rhythm.learn([self._sign * time for time in times], *self._range(near, far))

    def see(self, times: Sequence[float]) -> None:
        """How far calls that are known to be all between the first and the last differ from what was expected."""
        width = self.width(times[0], times[-1])
        ends = [self.on(times[0], width * part / PARTS) for part in range(1, PARTS)]
        places = [0, *(bisect_left(times, end) for end in ends), len(times)]
        counts = [after - before for before, after in pairwise(places)]
        mean = len(times) / PARTS
        self.uneven = min(sum((count - mean) ** 2 for count in counts) / (PARTS - 1) / mean, 1000.0)

    def guess(self, width: float) -> None:
        """Ask for no more at once, for now."""
        self.span, self.guessing = min(self.span, width), True

    def adapt(self, size: int, expected: float, ideal: float, part: float, sure: bool) -> None:
        """After an answer to all of a stretch, which was to have so many calls; ideal: the width that would have done.

        part: which part of an answer's rows these were; sure: whether it is seen how many calls are left.
        """
        if self.guessing:
            self.span, self.guessing = min(ideal, 8 * self.span), False
            return
        if expected > 20:
            self.uneven += (min((size - expected) ** 2 / expected, 1000.0) - self.uneven) * 0.2
        self._few = self._few + 1 if size < expected / 2 else 0
        weight = part / 2 if size else 1.0  # a few calls tell little of the pace
        self.span += (min(ideal, 4 * self.span) - self.span) * weight
        if self._few > 1 or (self._few and not sure):
            self.span = inf  # one answer may have all the rest

    def _range(self, near: float, far: float) -> tuple[float, float]:
        return (-far, -near) if self._newest_first else (near, far)
