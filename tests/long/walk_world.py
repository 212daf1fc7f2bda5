"""Instances that nobody has seen: everything that isn't published about the CDR is chosen at random, and told apart.

`World` is the instance (its repr is its constructor), `Wanted` what is asked of it, `judge` what came of it. There is
nothing of the facade's own model in it, no socket and no clock, so that thousands are walked in a minute.
"""

from __future__ import annotations

import json
import random
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from functools import cached_property
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from pascom_facade.answers import Answer
from pascom_facade.errors import AnsweredWithError

BEGINNING = 1_760_000_000_000  # 2025-10-09
RESULTS = ["hangup"] * 7 + ["noanswer"] * 2 + ["transfer"]
Row = dict[str, Any]


@dataclass(frozen=True)
class World:
    """An instance with habits of its own."""

    seed: int = 0
    calls: int = 5000
    traffic: str = "steady"
    """When calls begin: steady (one a minute), poisson, office (hours, weekdays)."""
    bursts: tuple[tuple[float, int], ...] = ()
    """At which part of all calls (1.0: the newest) so many begin at one moment."""
    burst_ms: int = 1
    """How long such a moment is."""
    imported: int = 0
    """Calls that are older than all others, with newer ids."""
    imported_at: float = 1.0
    """After which part of all others they came."""
    ids: str = "start"
    """In which order ids were given: start, end."""
    format: str = "ms"
    """How it reads times: ms, s, iso (zone needed), isolocal, text, hours (back), none."""
    unreadable: str = "ignore"
    """What it makes of others: ignore, 400, empty, zero (1970)."""
    zone: str = "Europe/Berlin"
    order: str = "start"
    """By what rows are sorted: start, end, id, none."""
    newest_first: bool = True
    keeps_shown_last: bool = False
    """Whether it cuts the other end of that order."""
    cap: int = 1000
    default: int = 100
    includes: tuple[bool, bool] = (True, True)
    unit: int = 1
    """How exactly it looks at the times of calls, in milliseconds."""
    filters: str = "before"
    """Whether it filters before or after it cuts; ignored, 400."""
    truth: str = "number"
    """How `inbound` is written: number, bool."""
    ignored: frozenset[str] = frozenset()
    strict: frozenset[str] = frozenset()
    """Parameters that are answered with 400."""
    arrivals: int = 0
    """Calls that begin and end between two requests."""
    late: tuple[int, ...] = ()
    """Requests before which a call is written down that began long ago."""
    faults: tuple[tuple[int, str], ...] = ()
    """Answers that go wrong: (number of the request, the body)."""
    has_time: bool = True
    """Whether rows have the local time as text."""

    def __repr__(self) -> str:
        told = [
            f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if getattr(self, one.name) != one.default
        ]
        return f"World({', '.join(told)})"


@dataclass(frozen=True)
class Wanted:
    """What is asked, in parts of all calls."""

    newest_first: bool = True
    since: float | None = None
    until: float | None = None
    limit: int | None = None
    filters: tuple[tuple[str, Any], ...] = ()


class Instance:
    """A world that answers."""

    def __init__(self, world: World) -> None:
        self.world, self.asked, self.empty = world, 0, 0
        self._chance = random.Random(world.seed)
        self.rows = self._history()
        self.known_before = len(self.rows)
        self._bytes: dict[int, bytes] = {}
        self._index: Any = None  # in its order, and the times alone

    def _history(self) -> list[Row]:
        world, chance = self.world, self._chance
        starts: list[int] = []
        now = BEGINNING
        while len(starts) < world.calls:
            now += self._pause(now)
            starts.append(now)
        for part, many in world.bursts if starts else ():
            at = starts[min(int(part * len(starts)), len(starts) - 1)] + (1 if part >= 1 else 0)
            starts += [at + chance.randrange(world.burst_ms) for _ in range(many)]
        starts.sort()
        rows = [self._row(start) for start in starts]
        if world.ids == "end":
            rows.sort(key=_end)
        older = [self._row(BEGINNING - 60_000 * n) for n in range(world.imported, 0, -1)]
        at = int(world.imported_at * len(rows))
        rows[at:at] = older
        for number, row in enumerate(rows, 1):
            row["id"] = number
        return rows

    def _pause(self, now: int) -> int:
        if self.world.traffic == "steady":
            return 60_000
        pause = int(self._chance.expovariate(1 / 60_000)) + 1
        if self.world.traffic == "office":
            moment = datetime.fromtimestamp(now / 1000, UTC)
            if moment.hour >= 17 or moment.weekday() > 4:
                pause += (63 if moment.weekday() >= 4 else 14) * 3_600_000
        return pause

    def _row(self, start: int) -> Row:
        chance = self._chance
        inbound: Any = chance.random() < 0.5
        return {
            "id": 0,
            "timestamp": start,
            "inbound": inbound if self.world.truth == "bool" else inbound * 1,
            "internal": 0,
            "duration": chance.choice([2, 40, 90, 300]),
            "result": chance.choice(RESULTS),
        }

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.world.zone)

    def _written(self, row: Row) -> bytes:
        if row["id"] not in self._bytes:
            time = {}
            if self.world.has_time:
                time = {"time": f"{datetime.fromtimestamp(row['timestamp'] / 1000, self._zone):%Y-%m-%d %H:%M:%S}"}
            self._bytes[row["id"]] = json.dumps(row | time).encode()
        return self._bytes[row["id"]]

    def fetch(self, params: dict[str, Any]) -> Answer:
        """One answer."""
        self.asked += 1
        self._happen()
        for number, body in self.world.faults:
            if number == self.asked:
                return _answer(body.encode("latin-1"))
        world = self.world
        asked = {name: text for name, text in params.items() if name not in world.ignored}
        if world.strict & asked.keys():
            raise _refused()
        low, high = self._bounds(asked)
        shown = self._within(low, high)
        filters: dict[str, Any] = {name: asked[name] for name in ("inbound", "internal", "result") if name in asked}
        if filters and world.filters == "400":
            raise _refused()
        if world.filters == "before":
            shown = [row for row in shown if _matches(row[3], filters)]
        text = str(asked.get("limit", ""))
        most = min(int(text), world.cap) if text.isdecimal() else min(world.default, world.cap)
        shown = shown[-most:] if world.keeps_shown_last else shown[:most]
        if world.filters == "after":
            shown = [row for row in shown if _matches(row[3], filters)]
        self.empty += not shown
        return _answer(b"[" + b",".join(self._written(row[3]) for row in shown) + b"]")

    def _happen(self) -> None:
        if not self.rows:
            return
        newest = max(row["timestamp"] for row in self.rows)
        new = [self._row(newest + 1000 * n) for n in range(1, self.world.arrivals + 1)]
        if self.asked in self.world.late:
            new.append(self._row(self._chance.choice(self.rows)["timestamp"] + 7))
        for row in new:
            row["id"] = len(self.rows) + 1
            self.rows.append(row)
        if new:
            self._index = None

    def _within(self, low: float, high: float) -> list[Any]:
        """Rows of the range, in the instance's order."""
        world = self.world
        if self._index is None:
            keys: dict[str, Any] = {
                "start": itemgetter(0, 2),
                "end": itemgetter(1, 2),
                "id": itemgetter(2),
                "none": _scattered,
            }
            rows = [(row["timestamp"] // world.unit * world.unit, _end(row), row["id"], row) for row in self.rows]
            rows.sort(key=keys[world.order], reverse=world.newest_first)
            self._index = rows, sorted(row[0] for row in rows)
        entries: list[Any] = self._index[0]
        times: list[int] = self._index[1]
        if world.order == "start" and world.unit == 1:
            first, last = bisect_left(times, low), bisect_left(times, high)
            return entries[len(times) - last : len(times) - first] if world.newest_first else entries[first:last]
        return [entry for entry in entries if low <= entry[0] < high]

    def _bounds(self, asked: dict[str, Any]) -> tuple[float, float]:
        """The milliseconds whose rows are in the range: the first, and the first behind it."""
        world, ends = self.world, [0.0, float(2**60)]
        for index, name in enumerate(("timefrom", "timeto")):
            if name not in asked or world.format == "none":
                continue
            moment = self._read(str(asked[name]))
            if moment is not None:
                ends[index] = moment + (index == world.includes[index])
        return ends[0], ends[1]

    def _read(self, text: str) -> float | None:
        world = self.world
        try:
            if world.format in ("ms", "s", "hours"):
                number = int(text)
                newest = max((row["timestamp"] for row in self.rows), default=0)
                return {"ms": number, "s": number * 1000, "hours": newest - number * 3_600_000}[world.format]
            if text.isdecimal():
                raise ValueError
            moment = datetime.fromisoformat(text)
            if world.format == "iso" and moment.tzinfo is None:
                raise ValueError
            if world.format == "isolocal" and "T" not in text:
                raise ValueError
            if world.format == "text" and ("T" in text or moment.tzinfo):
                raise ValueError
            moment = moment.replace(tzinfo=moment.tzinfo or ZoneInfo(world.zone))
            return int(moment.timestamp() * 1000)
        except (ValueError, OverflowError):
            if world.unreadable == "400":
                raise _refused() from None
            return {"ignore": None, "empty": float(2**61), "zero": 0.0}[world.unreadable]


def _end(row: Row) -> int:
    end: int = row["timestamp"] + row["duration"] * 1000
    return end


def _scattered(entry: Any) -> int:
    return int(entry[2] * 2_654_435_761 % 2**32)


def _matches(row: Row, filters: dict[str, Any]) -> bool:
    return all(str(row[name] * 1) == str(wanted) for name, wanted in filters.items())


def _answer(body: bytes) -> Answer:
    return Answer(200, {}, body, "GET", "cdr/")


def _refused() -> AnsweredWithError:
    return AnsweredWithError("GET cdr/: the instance answered 400", method="GET", path="cdr/", status=400)


@dataclass
class Outcome:
    """What came of it."""

    verdict: str
    """right, refused, or what is wrong."""
    asked: int
    ideal: float
    said: list[str] = field(default_factory=list)
    message: str = ""


Walker = Callable[["Instance", Wanted, datetime | None, datetime | None, list[int]], list[str]]
"""Appends ids; returns what was said in the log; raises what the walk raises."""


def judge(world: World, wanted: Wanted, walk: Walker) -> Outcome:
    """Walk it."""
    instance = Instance(world)
    before = instance.rows[:]
    times = sorted(row["timestamp"] for row in before)
    since, until = (None if part is None else _moment(times, part) for part in (wanted.since, wanted.until))
    expected = sorted(
        (row["timestamp"], row["id"])
        for row in before
        if (since is None or row["timestamp"] >= since)
        and (until is None or row["timestamp"] < until)
        and _matches(row, {name: value * 1 for name, value in wanted.filters})
    )
    if wanted.newest_first:
        expected.reverse()
    complete = expected
    expected = expected[: wanted.limit]
    ideal = max(1.0, len(expected) / world.cap)
    got: list[int] = []
    limit = 60 * ideal + 300

    def fetch(params: dict[str, Any]) -> Answer:
        if instance.asked > limit:
            raise EndlessError
        return Instance.fetch(instance, params)

    instance.fetch = fetch  # type: ignore[method-assign]
    try:
        said = walk(instance, wanted, _datetime(since), _datetime(until), got)
    except EndlessError:
        return Outcome("endless", instance.asked, ideal)
    except Exception as error:
        verdict = (
            "refused"
            if true_reason(world, instance, error, max(complete, default=(0, 0))[0])
            else "blames the wrong thing"
        )
        return Outcome(verdict, instance.asked, ideal, [], f"{type(error).__name__}: {error}")
    verdict = _compared(instance, [number for _, number in expected], got, wanted)
    for line in said:
        if verdict == "right" and not true_word(world, line):
            verdict = "blames the wrong thing"
    if verdict == "lost" and any("are taken as all" in line for line in said):
        verdict = "refused"
    return Outcome(verdict, instance.asked, ideal, said)


class EndlessError(Exception):
    """More requests than anybody would wait for."""


def _moment(times: list[int], part: float) -> int:
    return times[min(int(part * len(times)), len(times) - 1)] + (part >= 1)


def _datetime(ms: int | None) -> datetime | None:
    if ms is None:
        return None
    return datetime.fromtimestamp(ms // 1000, UTC).replace(microsecond=ms % 1000 * 1000)


def _compared(instance: Instance, expected: list[int], got: list[int], wanted: Wanted) -> str:
    if len(set(got)) != len(got):
        return "doubled"
    known = {row["id"]: row for row in instance.rows}
    stamps = [known[number]["timestamp"] for number in got]
    if stamps != sorted(stamps, reverse=wanted.newest_first):
        return "out of order"
    if wanted.limit is not None and instance.world.arrivals + len(instance.world.late) and len(got) == wanted.limit:
        return "right"
    old = [number for number in got if number <= instance.known_before]
    if old == expected:
        return "right"
    return "lost" if len(old) < len(expected) or not set(old) > set(expected) else "too many"


UNKNOWN_FORMATS = ("hours", "none")


def true_reason(world: World, instance: Instance, error: Exception, newest: int) -> bool:
    """Whether an error says what is so."""
    text = str(error)
    ranges = world.format in UNKNOWN_FORMATS or unknown_zone(world)
    ranges = ranges or bool((world.ignored | world.strict) & {"timefrom", "timeto"})
    if "don't show how" in text:
        return bool(world.bursts)
    if "share one moment" in text:
        width = 4 * (1 if world.format == "ms" and world.unit == 1 else 1000)
        times = sorted(row["timestamp"] for row in instance.rows)
        cap = world.cap if not (world.ignored | world.strict) & {"limit"} else min(world.default, world.cap)
        densest = max(bisect_left(times, time + width) - index for index, time in enumerate(times))
        return densest >= cap * 0.9
    if "the time range" in text or "in any known format" in text or "timefrom" in text:
        return ranges
    if "empty" in text or "not JSON" in text or "where a list of calls is documented" in text:
        return bool(world.faults)
    if "time zone" in text:
        return world.format in ("text", "isolocal")
    return "cdr_options" in text and any(name in text for name in world.strict)


def unknown_zone(world: World) -> bool:
    """Whether nothing tells the zone in which it takes times."""
    return world.format in ("text", "isolocal") and not world.has_time and world.zone not in ("Europe/Berlin", "UTC")


def true_word(world: World, line: str) -> bool:
    """Whether a warning says what is so."""
    if "timefrom and timeto" in line or "regardless of the range" in line:
        return (
            unknown_zone(world)
            or world.format in UNKNOWN_FORMATS
            or bool((world.ignored | world.strict) & {"timefrom", "timeto"})
        )
    for name in ("inbound", "internal", "result"):
        if f"no notice of {name}" in line:
            return world.filters in ("ignored", "after") or name in world.ignored
    if "limit" in line:
        return world.cap == 100 or bool((world.ignored | world.strict) & {"limit"})
    return True


def random_world(seed: int, most: int = 8000) -> tuple[World, Wanted]:
    """Any, and what is asked of it."""
    chance = random.Random(seed)
    pick = chance.choice
    plain = chance.random() < 0.5  # nothing odd but what isn't published
    calls = min(most, pick([0, 40, 150, 700, 1500, 3000, 3000, 5000, 5000, 8000]))
    world = World(
        seed=seed,
        calls=calls,
        traffic=pick(["steady", "steady", "poisson", "office"]),
        bursts=() if plain or chance.random() < 0.6 else ((pick([0.0, 0.3, 0.5, 1.0]), pick([30, 90, 150, 400])),),
        burst_ms=pick([1, 1000, 30_000]),
        imported=0 if plain or chance.random() < 0.8 else pick([50, 300, 2000]),
        imported_at=pick([1.0, 1.0, 0.9, 0.5]),
        ids=pick(["start", "end"]),
        format=pick(["ms", "ms", "s", "iso", "isolocal", "text", "text"] + ([] if plain else ["hours", "none"])),
        unreadable=pick(["ignore", "400", "empty", "zero"]),
        zone=pick(["Europe/Berlin", "Europe/Berlin", "UTC", "America/New_York", "Asia/Kolkata"]),
        order=pick(["start", "start", "start", "end", "id"] + ([] if plain else ["none"])),
        newest_first=chance.random() < 0.65,
        keeps_shown_last=not plain and chance.random() < 0.15,
        cap=pick([100, 200, 250, 300, 500, 1000, 1000]),
        includes=(chance.random() < 0.7, chance.random() < 0.7),
        unit=pick([1, 1, 1000]),
        filters=pick(["before", "before", "after", "ignored", "400"]),
        truth=pick(["number", "number", "bool"]),
        ignored=frozenset()
        if plain
        else frozenset(pick([(), (), (), ("limit",), ("timefrom",), ("timeto",), ("inbound",)])),
        strict=frozenset() if plain else frozenset(pick([(), (), (), (), ("limit",), ("timefrom", "timeto")])),
        arrivals=0 if plain else pick([0, 0, 1, 5]),
        late=() if plain else tuple(chance.sample(range(1, 12), pick([0, 0, 2]))),
        faults=() if plain else pick([(), (), ((pick([1, 2, 3, 4, 6]), pick(["", "null", "[]", "<br>PHP died"])),)]),
        has_time=chance.random() < 0.7,
    )
    ends = sorted(chance.random() for _ in range(2))
    wanted = Wanted(
        newest_first=chance.random() < 0.6,
        since=pick([None, None, ends[0]]),
        until=pick([None, None, None, ends[1]]),
        limit=pick([None, None, None, None, 10, 101, 600]),
        filters=pick([(), (), (), (), (("inbound", True),), (("result", "transfer"),)]),
    )
    return world, wanted if calls else Wanted(wanted.newest_first)
