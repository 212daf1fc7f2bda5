"""The journal: any number of calls, each computed from the seed and its index when it is asked for.

Rows 0 … calls-1 are history; behind them come those that happen while the server runs: calls that arrive by
themselves and calls that somebody placed. A row's id is its index + 1; times never fall.
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
from .timeline import Timeline, server_time

_BLOCK = 4  # rows that are planned together: four single calls, a team's chain, or a transfer and a single call
_JITTER = 4  # bits
_PLACE = VARIETY + _JITTER
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
        return f"{self.timestamp // 1000}-{self.id}" if self.kind.voicemail else ""

    @property
    def chain(self) -> str:
        """`<epoch ms>_<counter>`, a little after the call began, as in the vendor's example."""
        return f"{self.began + 109}_{self.first}"

    @property
    def parent(self) -> int:
        return 0 if self.first == self.id else self.first

    def classic(self) -> str:
        """The record up to pascom 18, exactly as the vendor prints it (A)."""
        kind = self.kind
        return kind.template % {
            "id": self.id,
            "timestamp": self.timestamp,
            "time": server_time(self.timestamp),
            "record_id": self.record_id if kind.recorded else "",
            "voicemail_id": self.voicemail_id if kind.voicemail else "",
            "chain": f"{self.began + 109}_{self.first}",
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
        self._kinds: dict[tuple[int, int], Kind] = {}
        self._lock = RLock()

    def __len__(self) -> int:
        """Rows up to now, those that have just arrived included."""
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
        block, place = divmod(index, _BLOCK)
        bits, pattern = self._plan(block)
        jitter = bits >> (place * _PLACE + VARIETY) & 15
        moment = self._timeline(index + jitter / 16)
        if place and place < len(pattern) and not self._ties:
            return min(moment, self.timestamp(index - place) + pattern[place][0])
        return moment

    def __getitem__(self, index: int) -> Call:
        if not 0 <= index < self._history + len(self._times):
            raise IndexError(index)
        return self._placed.get(index) or self._computed(index)

    def window(self, start: int | None, stop: int | None, *, after: bool = False, before: bool = False) -> range:
        """Indices of the rows from `start` to `stop` (ms, both included; `after`/`before`: not included)."""
        rows = range(len(self))
        low, high = 0, len(rows)
        if start is not None:
            low = (bisect_right if after else bisect_left)(rows, start, key=self.timestamp)
        if stop is not None:
            high = (bisect_left if before else bisect_right)(rows, stop, key=self.timestamp)
        return range(low, max(low, high))

    def select(self, window: range, wanted: Callable[[Kind], bool] | None, newest_first: bool) -> Iterator[Call]:
        """The rows of `window` that are wanted."""
        for index in reversed(window) if newest_first else window:
            call = self[index]
            if wanted is None or wanted(call.kind):
                yield call

    def with_chains(self, rows: list[Call]) -> list[Call]:
        """`rows` and all that belong to the same calls, each once, in the order of their first appearance."""
        found = {}
        for row in rows:
            begin = row.first - 1
            for index in range(begin, min(begin + _BLOCK, len(self))):
                if (other := self[index]).first == row.first:
                    found[other.id] = other
        return list(found.values())

    def place(self, person: Person, number: str, *, inbound: bool = False) -> int:
        """A call that begins now; returns its index."""
        with self._lock:
            index = len(self)
            moment = self._append_time(int(time.time() * 1000))
            kind = dialled(person, number, inbound=inbound)
            self._placed[index] = Call(index + 1, moment, kind, index + 1, moment)
            return index

    def finish(self, index: int, *, connected_since: float | None) -> None:
        """The call at `index`, placed before, ends now."""
        now, call = time.time(), self._placed[index]
        answered = connected_since is not None
        kind = replace(
            call.kind,
            duration=max(0, round(now - call.timestamp / 1000)),
            connected=max(0, round(now - (connected_since or now))),
            result="hangup" if answered else "noanswer",
            details="src" if answered else "",
        )
        self._placed[index] = replace(call, kind=kind)

    def recorded(self, record_id: str) -> Call | None:
        """The call whose `recordId` this is."""
        number = record_id.rpartition("-")[2]
        index = int(number) // 2 - 1 if number.isdecimal() and len(number) < 18 else -1
        if not 0 <= index < len(self) or self[index].record_id != record_id:
            return None
        return self[index]

    def _append_time(self, moment: int) -> int:
        last = self._times[-1] if self._times else self._timeline.end
        self._times.append(max(moment, last))
        return self._times[-1]

    def _plan(self, block: int) -> tuple[int, Pattern]:
        """The bits that decide about a block, and the chain it begins with, if any."""
        bits = mix(self._seed + block)
        choice = bits >> 60
        if choice > 1 or (block + 1) * _BLOCK > self._history:
            return bits, ()
        return bits, TEAM if choice else TRANSFER

    def _computed(self, index: int) -> Call:
        block, place = divmod(index, _BLOCK)
        bits, pattern = self._plan(block)
        moment = self.timestamp(index)
        if place >= len(pattern):
            key = (0, bits >> (place * _PLACE) & _SINGLES)
            kind = self._kinds.get(key) or self._kinds.setdefault(key, single(self._seed ^ key[1]))
            return Call(index + 1, moment, kind, index + 1, moment)
        key = (len(pattern) * _BLOCK + place, bits & _CHAINS)
        kind = self._kinds.get(key) or self._kinds.setdefault(key, chained(pattern, place, self._seed ^ key[1]))
        first = index - place
        return Call(index + 1, moment, kind, first + 1, self.timestamp(first) if place else moment)
