"""Stretches of a range, what can be wrong with their answers, and where the times of calls divide them. No I/O."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from .cdr_query import Reply

QUARTER_HOUR = 900_000


@dataclass
class Stretch:
    """A part of the range, both ends included, infinite where open."""

    near: float
    far: float
    known: tuple[float, ...] = ()
    """Times of calls that are known to be in it."""
    exact: bool = False
    """Whether it was chosen around calls that were seen, so that it should be whole."""
    overlap: float | None = None
    """A call before it, given already, with which it is asked again, as it seems to be empty."""
    again: bool = False
    """Whether it was asked before, and the answer not believed."""
    apart: bool = False
    """Whether it was divided from its neighbour for good reason."""
    sure: bool = False
    """Whether its answer is known to have all of it."""
    expected: float = 0
    """Rows that are expected."""
    rest: bool = False
    """Whether these are all that are left."""
    rows: int = 0
    reply: Any = None
    """The answer, under way."""
    answer: Reply | None = None
    """The answer, where it came before its turn."""

    def part(self, near: float, far: float) -> Stretch:
        """A part of it, to be asked for."""
        return Stretch(near, far, tuple(time for time in self.known if near <= time <= far))


class Doubt(Exception):
    """An answer that cannot be to what was asked, twice: the instance's habits are not what they were."""

    def __init__(self, reply: Reply, late: bool) -> None:
        self.reply = reply
        self.late = late
        """Whether calls turn up that belong to pages which were given."""


class NoRanges(Exception):
    """The instance takes no notice of ranges."""

    def __init__(self, refused: bool = False) -> None:
        self.refused = refused
        """Whether it answers them with an error."""


class Turned(Exception):
    """The instance keeps the calls at the other end when it cuts: not the way for this walk to go."""


def window(times: list[float]) -> Stretch | None:
    """About the middle half of calls, with gaps at both ends."""
    gaps = ends_at(times)
    gaps = [index for index in gaps if times[index + 1] - times[index] < QUARTER_HOUR] or gaps
    if len(gaps) < 2:
        return None
    low, high = (min(gaps, key=lambda index: abs(index - part * len(times))) for part in (0.25, 0.75))
    if low == high:
        low, high = gaps[0], gaps[-1]
    known = (times[low + 1], times[high])
    if times[-1] - times[0] < 60_000:
        return Stretch(*known, known)
    return Stretch(known[0] // 1000 * 1000, -(-known[1] // 1000 * 1000), known)


def has(times: Sequence[float], time: float) -> bool:
    place = bisect_left(times, time)
    return place < len(times) and times[place] == time


def gap(times: list[float], many: int) -> int | None:
    """The index of a call near number `many`, behind which there is a gap, but so small that a clock of another zone
    would be seen.
    """
    gaps = ends_at(times[: many + 1])
    small = [index for index in gaps if times[index + 1] - times[index] < QUARTER_HOUR]
    if small and (small[-1] > many * 0.7 or small[-1] == gaps[-1]):
        return small[-1]
    return gaps[-1] if gaps else None


def ends_at(times: list[float]) -> list[int]:
    """Indexes of calls behind which a range may end: before the next one's second, but where all are within some."""
    unit = 1000 if times[-1] - times[0] > 60_000 else 1
    return [index for index, (one, other) in enumerate(pairwise(times)) if one // unit != other // unit]
