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

from .options import Options
from .people import MENU_EXTENSION, OUTSIDERS, PEOPLE, TEAM_EXTENSION, Person
from .timeline import Timeline

_MASK = (1 << 64) - 1


@dataclass(slots=True, frozen=True)
class Call:
    """One row of one user's journal; names as in the vendor's CDR, in short."""

    id: int
    timestamp: int
    person: Person
    inbound: bool
    internal: bool
    duration: int
    connected: int
    name: str
    number: str
    result: str
    details: str = ""
    via: str = ""
    via_details: str = ""
    extension: str = ""
    entry: str = ""
    record_id: str = ""
    voicemail_id: str = ""
    chain: str = ""
    labels: str = "[]"
    parent: int = 0
    hold: int = 0


_VIP = '[{"id":"MDC_LABEL-1","displayName":"VIP","type":"generic","value":"1","visible":true}]'

# (offset ms, fields) of the rows of a chain; from the vendor's worked examples of an attended transfer and of a team.
_TRANSFER = (
    (
        0,
        {
            "result": "transfer",
            "details": "dst",
            "duration": 41,
            "connected": 29,
            "hold": 16,
            "inbound": True,
        },
    ),
    (22_000, {"result": "transfer", "details": "src", "duration": 16, "connected": 12, "internal": True}),
    (41_000, {"result": "hangup", "via": "transfer", "duration": 18, "connected": 18, "inbound": True}),
)
_TEAM = (
    (0, {"result": "transfer", "details": "dst", "duration": 4, "extension": MENU_EXTENSION}),
    (
        4_000,
        {
            "result": "hangup",
            "details": "caller",
            "via": "queue",
            "via_details": "caller",
            "duration": 33,
            "connected": 20,
            "hold": 6,
            "extension": TEAM_EXTENSION,
        },
    ),
    (
        4_010,
        {
            "result": "noanswer",
            "details": "elsewhere",
            "via": "queue",
            "via_details": "agent",
            "duration": 10,
        },
    ),
    (
        7_000,
        {
            "result": "hangup",
            "details": "caller",
            "via": "queue",
            "via_details": "agent",
            "duration": 30,
            "connected": 20,
            "hold": 6,
        },
    ),
)
_BLOCK = (
    4  # rows that are planned together: four single calls, a team's chain, or a transfer and a single call
)


def _mix(value: int) -> int:
    """splitmix64: 64 well-mixed bits from any integer."""
    value = (value + 0x9E3779B97F4A7C15) & _MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _MASK
    return value ^ (value >> 31)


class CallLog:
    """All calls of one simulated instance, oldest first by index."""

    def __init__(self, options: Options) -> None:
        self._history = max(0, options.calls)
        self._seed = _mix(options.seed)
        self._timeline = Timeline(self._history, options.end, options.same_timestamp)
        self._ties = options.same_timestamp > 1
        self._rate = options.calls_per_second
        self._started = time.time()
        self._arrived = 0
        self._times = array("q")  # of the rows after the history
        self._placed: dict[int, Call] = {}  # by index; all other rows are computed
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
        own = self._timeline(index + (_mix(self._seed ^ ~index) >> 11) / (1 << 53))
        pattern = self._pattern(block)
        if not place or pattern is None or place >= len(pattern) or self._ties:
            return own
        return min(own, self.timestamp(block * _BLOCK) + pattern[place][0])

    def __getitem__(self, index: int) -> Call:
        if not 0 <= index < self._history + len(self._times):
            raise IndexError(index)
        return self._placed.get(index) or self._computed(index)

    def window(
        self, start: int | None, stop: int | None, *, after: bool = False, before: bool = False
    ) -> range:
        """Indices of the rows from `start` to `stop` (ms, both included; `after`/`before`: not included)."""
        rows = range(len(self))
        low = (
            0 if start is None else (bisect_right if after else bisect_left)(rows, start, key=self.timestamp)
        )
        high = (
            len(rows)
            if stop is None
            else (bisect_left if before else bisect_right)(rows, stop, key=self.timestamp)
        )
        return range(low, max(low, high))

    def select(
        self, window: range, wanted: Callable[[Call], bool] | None, newest_first: bool
    ) -> Iterator[Call]:
        """The rows of `window` that are wanted."""
        for index in reversed(window) if newest_first else window:
            call = self[index]
            if wanted is None or wanted(call):
                yield call

    def place(self, person: Person, number: str, *, inbound: bool = False) -> int:
        """A call that begins now; returns its index. Nothing is known of its end, so `result` is empty (assumed)."""
        with self._lock:
            index = len(self)
            moment = self._append_time(int(time.time() * 1000))
            name, number, entry, internal = _party(number)
            self._placed[index] = Call(
                id=index + 1,
                timestamp=moment,
                person=person,
                inbound=inbound,
                internal=internal,
                duration=0,
                connected=0,
                name=name,
                number=number,
                entry=entry,
                result="",
                chain=f"{moment + 109}_{index + 1}",
            )
            return index

    def finish(self, index: int, *, connected_since: float | None) -> None:
        """The call at `index`, placed before, ends now."""
        now = time.time()
        call = self._placed[index]
        self._placed[index] = replace(
            call,
            duration=max(0, round(now - call.timestamp / 1000)),
            connected=0 if connected_since is None else max(0, round(now - connected_since)),
            result="noanswer" if connected_since is None else "hangup",
            details="" if connected_since is None else "src",
        )

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

    def _pattern(self, block: int) -> tuple[tuple[int, dict[str, object]], ...] | None:
        if (block + 1) * _BLOCK > self._history:
            return None
        kind = _mix(self._seed + block) & 15
        return _TRANSFER if kind == 0 else _TEAM if kind == 1 else None

    def _computed(self, index: int) -> Call:
        block, place = divmod(index, _BLOCK)
        pattern = self._pattern(block)
        if pattern is not None and place < len(pattern):
            return self._chained(index, block * _BLOCK, place, pattern[place][1])
        return self._single(index)

    def _single(self, index: int) -> Call:
        bits = _mix(self._seed ^ (index * 2 + 1))
        person = PEOPLE[bits % len(PEOPLE)]
        moment = self.timestamp(index)
        inbound, internal = bool(bits >> 8 & 1), bits >> 9 & 3 == 0
        answered = bits >> 12 & 7 > 1
        ringing = 1 + (bits >> 16 & 15)
        connected = 1 + (bits >> 20) % 240 if answered else 0
        to_voicemail = not answered and inbound and not bits >> 30 & 3
        name, number, entry = _other(bits >> 40, person, internal)
        recorded = answered and not internal and not bits >> 50 & 7
        return Call(
            id=index + 1,
            timestamp=moment,
            person=person,
            inbound=inbound,
            internal=internal,
            duration=ringing + connected,
            connected=connected,
            name=name,
            number=number,
            entry=entry,
            result="hangup" if answered or to_voicemail else "noanswer",
            details="voicemail"
            if to_voicemail
            else ("src", "dst")[bits >> 34 & 1]
            if answered
            else "timeout",
            extension=person.extension if inbound else "",
            record_id=_record_id(index, moment) if recorded else "",
            voicemail_id=f"{moment // 1000}-{index + 1}" if to_voicemail else "",
            chain=f"{moment + 109}_{index + 1}",
            labels="[]" if bits >> 55 & 31 else _VIP,
        )

    def _chained(self, index: int, first: int, place: int, fields: dict[str, object]) -> Call:
        bits = _mix(self._seed ^ (first * 2 + 1))
        person = PEOPLE[(bits + place // 2) % len(PEOPLE)]
        name, number, entry = _other(bits >> 40, person, internal=bool(fields.get("internal")))
        moment, begin = self.timestamp(index), self.timestamp(first)
        values: dict[str, object] = {"connected": 0, "inbound": True, "internal": False, **fields}
        if values["connected"] and not values["internal"] and bits >> 50 & 1:
            values["record_id"] = _record_id(index, moment)
        return Call(
            id=index + 1,
            timestamp=moment,
            person=person,
            name=name,
            number=number,
            entry=entry,
            chain=f"{begin + 109}_{first + 1}",
            parent=first + 1 if place else 0,
            **values,  # type: ignore[arg-type]
        )


def _other(bits: int, person: Person, internal: bool) -> tuple[str, str, str]:
    """Name, number and phonebook entry of the other party."""
    if not internal:
        return OUTSIDERS[bits % len(OUTSIDERS)]
    colleague = PEOPLE[(person.id - 3 + 1 + bits % (len(PEOPLE) - 1)) % len(PEOPLE)]
    return colleague.name, colleague.extension, str(100 + colleague.id)


def _party(number: str) -> tuple[str, str, str, bool]:
    """What the journal makes of a dialled number: name, number, phonebook entry, whether it is internal."""
    for person in PEOPLE:
        if person.extension == number:
            return person.name, number, str(100 + person.id), True
    for name, known, entry in OUTSIDERS:
        if known == number:
            return name, number, entry, False
    if number.startswith("*"):
        return "System call", number, "", True  # as the vendor prints it for *104
    return "", number, "", len(number) <= 3


def _record_id(index: int, moment: int) -> str:
    """Unique ids of head and tail channel; the index is in it, so that the call is found again."""
    return f"{moment // 1000}-{2 * index + 1}_{moment // 1000 + 1}-{2 * index + 2}"
