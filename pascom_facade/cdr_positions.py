"""Calls of an instance that is asked for rows by their position instead of a range. No I/O: `_async/cdr_positions.py`.

Some take `offset` (rows to leave out) or `page` (its number) and no range, as a user of a real one describes. Rows move
while they are read: calls arrive in front or behind, old ones are removed. So an answer begins with rows of the one
before; where it can't, as with pages, the first page is compared at the end. A row is given away when none is to be
expected before it: rows may be out of order by a day, for a call gets into the journal when it ends.
"""

from __future__ import annotations

import json
from itertools import pairwise
from math import inf
from time import time as now
from typing import Any

from .answers import Answer
from .cdr import Call, read_calls
from .cdr_habits import Knowledge
from .cdr_options import CdrOptions
from .cdr_query import Page, Reply
from .cdr_stretch import Doubt

DAY = 86_400_000
_HOUR = 3_600_000
_YEAR_2000 = 946_684_800_000
OVERLAP = 10
"""Rows that an answer has of the one before."""


class NoPositions(Exception):
    """The instance takes no notice of positions either."""


def hours_back(options: CdrOptions, first: float) -> dict[str, Any]:
    """How many hours back the beginning of a range is, where an instance wants to be told; by itself it may answer the
    last few only.
    """
    if options.hours is None:
        return {}
    return {options.hours: int((now() * 1000 - max(first, _YEAR_2000)) // _HOUR) + 2}


class Positions:
    """What was answered so far: which rows are sure, and what is to be asked next."""

    def __init__(self, knowledge: Knowledge, ends: tuple[float, float], newest_first: bool, reply: Reply) -> None:
        """reply: an answer without a position."""
        self._knowledge, self._options = knowledge, knowledge.options
        (self._first, self._last), self._newest_first = ends, newest_first
        calls = read_calls(reply.answer)
        self.rows = len(calls)
        """To ask for: as many as come, whatever is asked for, so that pages have one size."""
        self._overlap = min(OVERLAP, self.rows // 2)
        self._by_page = self._options.offset is None
        self._at = 1 if self._by_page else self.rows - self._overlap
        """Number of the page, or rows to leave out."""
        self._start = [_key(call) for call in calls]
        self._recent = self._start
        self._numbered = False
        """Whether it is known with which number pages begin."""
        self._first_page = self._at
        self._moved = False
        """Whether an answer had other rows than the one before."""
        self._empty = False
        self._given = False
        self._checking = False
        """Whether the first page is asked for again."""
        self.done = False
        self._held: list[Call] = []
        """Rows of the range that aren't given yet."""
        self._held_keys: set[Key] = set()
        self._order = _order(reply.stamps)
        self._lowest, self._highest = inf, -inf
        self._dense = self._order < 0 and now() * 1000 - max(reply.stamps) <= DAY
        """Whether calls follow each other so closely from now on that none can turn up between them."""
        self._hold(calls)

    @property
    def question(self) -> dict[str, Any]:
        """The position to ask for."""
        name = self._options.page if self._by_page else self._options.offset
        return {str(name): self._at}

    def take(self, reply: Reply) -> None:
        """Learn from the answer to the question. Raises Doubt if rows may be missing, NoPositions if it is ignored."""
        calls = read_calls(reply.answer)
        keys = [_key(call) for call in calls]
        if self._checking:
            self._check(reply, keys)
        elif not calls:
            self._nothing(reply)
        elif self._by_page and not self._numbered:
            self._number(keys)
        else:
            self._advance(reply, calls, keys)

    def _number(self, keys: list[Key]) -> None:
        """Whether the number of the first page is 1 or 0: it has rows that are known."""
        self._numbered = not set(self._start).isdisjoint(keys)
        if not self._numbered and self._at == 0:
            raise NoPositions
        self._first_page = self._at
        self._at += 1 if self._numbered else -1

    def _nothing(self, reply: Reply) -> None:
        if not self._empty:  # it may be a mistake
            self._empty = True
        elif self._by_page and self._numbered:
            self._end()
        elif self._moved:
            raise Doubt(reply, late=False)
        else:
            raise NoPositions

    def _advance(self, reply: Reply, calls: list[Call], keys: list[Key]) -> None:
        self._empty = False
        recent = set(self._recent)
        fresh = [
            call for call, key in zip(calls, keys, strict=True) if key not in recent and key not in self._held_keys
        ]
        if not fresh:
            if not self._moved and keys[0] == self._recent[0]:
                raise NoPositions
            self._end()
            return
        overlaps = self._by_page or not self._overlap or self._recent[-1] in keys
        if not overlaps:
            raise Doubt(reply, late=False)
        self._moved = True
        self._recent = keys
        self._at += 1 if self._by_page else max(len(keys) - self._overlap, 1)
        self._hold(fresh, reply)
        if self._passed():
            self.done = True

    def _hold(self, calls: list[Call], reply: Reply | None = None) -> None:
        """Keep rows of the range, and see in which order they come."""
        for call in calls:
            stamp = call.place.timestamp
            if self._order < 0 and self._lowest < inf:
                self._dense &= self._lowest - stamp <= DAY
            beyond = stamp - self._lowest if self._order < 0 else self._highest - stamp
            if beyond > DAY:
                self._order = 0
            self._lowest, self._highest = min(self._lowest, stamp), max(self._highest, stamp)
            if self._first <= stamp <= self._last:
                self._held.append(call)
                self._held_keys.add(_key(call))
            elif reply and self._given and self._was_given(stamp):
                raise Doubt(reply, late=True)

    def _was_given(self, stamp: int) -> bool:
        """Whether a row belongs to a page that was given."""
        return stamp > self._last if self._newest_first else stamp < self._first

    # How far it is sure

    @property
    def _reliable(self) -> bool:
        """Whether the order that was seen is that of all."""
        return self._order != 0 and (self._knowledge.in_order or self._dense)

    def _passed(self) -> bool:
        """Whether all other rows are beyond the far end of the range."""
        if self._order < 0:
            return self._reliable and self._lowest < self._first - DAY
        return self._reliable and self._highest > self._last + DAY

    def _end(self) -> None:
        """There are no more rows."""
        if self._by_page and self._order >= 0:
            self._checking, self._at = True, self._first_page
            return
        self._complete()

    def _complete(self) -> None:
        self.done = True
        self._knowledge.in_order = self._order != 0

    def _check(self, reply: Reply, keys: list[Key]) -> None:
        """The first page again: were rows removed, others have moved to pages that had been read."""
        if not keys or keys[0] != self._start[0]:
            raise Doubt(reply, late=self._given)
        self._complete()

    def page(self, answer: Answer) -> Page | None:
        """The rows that are sure, if any; at the end all that are left."""
        first, last = self._first, self._last
        if not self.done:
            if not self._reliable or self._newest_first != (self._order < 0):
                return None
            if self._newest_first:
                first = max(first, self._lowest + DAY + 1)
            else:
                last = min(last, self._highest - DAY - 1)
        sure = [call for call in self._held if first <= call.place.timestamp <= last]
        if not sure and not self.done:
            return None
        self._held = [call for call in self._held if not first <= call.place.timestamp <= last]
        self._held_keys.difference_update(map(_key, sure))
        self._given = True
        if self._newest_first:
            self._last = first - 1
        else:
            self._first = last + 1
        return Page(answer, first, last, sure)


Key = int | str


def _key(call: Call) -> Key:
    """What tells a row from all others: its id, or all of it."""
    return json.dumps(call.raw, sort_keys=True, default=str) if call.id is None else call.id


def _order(stamps: list[int]) -> int:
    """-1: the newest first, 1: the oldest first, as far as the first and the last tell."""
    falls = sum(newer > older for newer, older in pairwise(stamps))
    return -1 if falls > len(stamps) / 2 else 1
