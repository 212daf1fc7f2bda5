"""The journal: any number of calls, each computed from the seed and its index when it is read.

Rows 0 … calls-1 are history; after them come the calls that happen while the server runs: those that arrive by
themselves and those that somebody placed. A row's id is its index + 1; times never decrease.
"""

from __future__ import annotations

import time
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from threading import RLock

from .kinds import CHAIN_VARIETY, TEAM, TRANSFER, VARIETY, Kind, Pattern, chained, dialled, mix, single
from .options import Options
from .people import Person
from .timeline import BERLIN, Clock, Timeline

_BLOCK = 4  # rows that are planned together: four single calls, a team's chain, or a transfer and a single call
_JITTER = 4  # bits
_ROW_BITS = VARIETY + _JITTER
_SINGLES, _CHAINS = (1 << VARIETY) - 1, (1 << CHAIN_VARIETY) - 1


@dataclass(slots=True)
class Call:
    """One row: a kind of call and when it was. `first` and `began` are id and time of its chain's first row."""

    id: int
    timestamp: int
    kind: Kind
    first: int
    began: int

    @property
    def record_id(self) -> str:
        """Unique ids of head and tail channel; the row's number is in it, so that the call is found again."""
        if not self.kind.recorded:
            return ""
        second = self.timestamp // 1000
        return f"{second}-{2 * self.id}_{second + 1}-{2 * self.id + 1}"

    @property
    def voicemail_id(self) -> str:
        if not self.kind.voicemail:
            return ""
        return f"{self.timestamp // 1000}-{self.id}"

    @property
    def chain(self) -> str:
        """`<epoch ms>_<counter>`, a little after the call began, as in the vendor's example."""
        return f"{self.began + 109}_{self.first}"

    @property
    def parent(self) -> int:
        if self.first == self.id:
            return 0
        return self.first

    def classic(self, clock: Clock = BERLIN) -> str:
        """The record up to pascom 18, exactly as the vendor prints it (A)."""
        return self.kind.template % {
            "id": self.id,
            "timestamp": self.timestamp,
            "time": clock.shows(self.timestamp),
            "record_id": self.record_id,
            "voicemail_id": self.voicemail_id,
            "chain": self.chain,
        }


class CallLog:
    """All calls of one simulated instance, oldest first by index."""

    def __init__(self, options: Options) -> None:
        self._history = max(0, options.calls)
        self._seed = mix(options.seed)
        self._timeline = Timeline(self._history, options.end, options.same_timestamp)
        self._ties = options.same_timestamp > 1
        self._rate = options.calls_per_second
        self._started = time.time()
        self._arrived = 0
        self._times = array("q")  # of the rows after the history
        self._placed: dict[int, Call] = {}  # by index; all other rows are computed
        self._kinds: dict[tuple[int, int, int], Kind] = {}
        self._lock = RLock()

    def __len__(self) -> int:
        """Rows up to now, including those that have just arrived."""
        with self._lock:
            due = int((time.time() - self._started) * self._rate) - self._arrived
            for _ in range(due):
                self._arrived += 1
                self._append_time(int((self._started + self._arrived / self._rate) * 1000))
            return self._history + len(self._times)

    def timestamp(self, index: int) -> int:
        """Milliseconds since 1970 of row `index`."""
        if index >= self._history:
            return self._times[index - self._history]
        block, position = divmod(index, _BLOCK)
        bits, pattern = self._plan(block)
        jitter = bits >> (position * _ROW_BITS + VARIETY) & 15
        moment = self._timeline(index + jitter / 16)
        if position and position < len(pattern) and not self._ties:
            return min(moment, self.timestamp(index - position) + pattern[position][0])
        return moment

    def __getitem__(self, index: int) -> Call:
        if not 0 <= index < self._history + len(self._times):
            raise IndexError(index)
        return self._placed.get(index) or self._computed(index)

    def window(
        self, start: int | None, stop: int | None, *, after: bool = False, before: bool = False, unit: int = 1
    ) -> range:
        """Indices of the rows from `start` to `stop` (ms, both included; `after`/`before`: not included).

        unit: how exactly to look at the rows, in milliseconds.
        """

        def moment(index: int) -> int:
            return self.timestamp(index) // unit * unit

        rows = range(len(self))
        first_from = bisect_right if after else bisect_left
        first_beyond = bisect_left if before else bisect_right
        low, high = 0, len(rows)
        if start is not None:
            low = first_from(rows, start, key=moment)
        if stop is not None:
            high = first_beyond(rows, stop, key=moment)
        return range(low, max(low, high))

    def select(self, window: range, wanted: Callable[[Kind], bool] | None, newest_first: bool) -> Iterator[Call]:
        """The wanted rows of `window`, or all."""
        indices = reversed(window) if newest_first else iter(window)
        for index in indices:
            call = self[index]
            if wanted is None or wanted(call.kind):
                yield call

    def with_chains(self, rows: list[Call]) -> list[Call]:
        """`rows` and all other rows of their chains, each once, in the order of their first appearance."""
        by_id = {}
        for row in rows:
            begin = row.first - 1
            for index in range(begin, min(begin + _BLOCK, len(self))):
                other = self[index]
                if other.first == row.first:
                    by_id[other.id] = other
        return list(by_id.values())

    def place(self, person: Person, number: str, *, inbound: bool = False) -> int:
        """Add a call that begins now; returns its index."""
        with self._lock:
            index = len(self)
            moment = self._append_time(int(time.time() * 1000))
            kind = dialled(person, number, inbound=inbound)
            self._placed[index] = Call(index + 1, moment, kind, index + 1, moment)
            return index

    def finish(self, index: int, *, connected_since: float | None) -> None:
        """End the placed call at `index` now."""
        now = time.time()
        call = self._placed[index]
        connected, result, details = 0, "noanswer", ""
        if connected_since is not None:
            connected, result, details = max(0, round(now - connected_since)), "hangup", "src"
        duration = max(0, round(now - call.timestamp / 1000))
        kind = replace(call.kind, duration=duration, connected=connected, result=result, details=details)
        self._placed[index] = replace(call, kind=kind)

    def recorded(self, record_id: str) -> Call | None:
        """The call with this `recordId`."""
        number = record_id.rpartition("-")[2]
        if not number.isdecimal() or len(number) >= 18:
            return None
        index = int(number) // 2 - 1
        if not 0 <= index < len(self) or self[index].record_id != record_id:
            return None
        return self[index]

    def _append_time(self, moment: int) -> int:
        last = self._times[-1] if self._times else self._timeline.end
        self._times.append(max(moment, last))
        return self._times[-1]

    def _plan(self, block: int) -> tuple[int, Pattern]:
        """The random bits of a block, and the chain it begins with, if any."""
        bits = mix(self._seed + block)
        choice = bits >> 60
        if choice > 1 or (block + 1) * _BLOCK > self._history:
            return bits, ()
        return bits, (TRANSFER, TEAM)[choice]

    def _computed(self, index: int) -> Call:
        block, position = divmod(index, _BLOCK)
        bits, pattern = self._plan(block)
        moment = self.timestamp(index)
        if position >= len(pattern):
            variant = bits >> (position * _ROW_BITS) & _SINGLES
            kind = self._kind((), 0, variant)
            return Call(index + 1, moment, kind, index + 1, moment)
        kind = self._kind(pattern, position, bits & _CHAINS)
        first = index - position
        return Call(index + 1, moment, kind, first + 1, self.timestamp(first))

    def _kind(self, pattern: Pattern, position: int, variant: int) -> Kind:
        """A single call's kind, or that of a chain's row; each is made once."""
        key = (len(pattern), position, variant)
        kind = self._kinds.get(key)
        if kind is None:
            bits = self._seed ^ variant
            kind = self._kinds[key] = chained(pattern, position, bits) if pattern else single(bits)
        return kind
