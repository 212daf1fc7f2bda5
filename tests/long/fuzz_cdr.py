"""Random worlds for the CDR: whatever an instance makes of the questions, it is all of its calls, once, or an error.

    python -m tests.long.fuzz_cdr [--runs 10000] [--seed 0]

A world is an instance (calls, cap, order, habits) and what a caller wants of it; no sockets. One that fails is printed
as the literal that makes it again. `--seed 17 --runs 1` runs world 17 alone.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
import traceback
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from pascom_facade import TooManyCalls
from pascom_facade._sync.cdr import calls
from pascom_facade.answers import Answer
from pascom_facade.cdr_habits import Knowledge
from pascom_facade.cdr_options import CdrOptions
from pascom_facade.cdr_query import Query

BEGINNING = 1_600_000_000_000


@dataclass
class Journal:
    """An instance with habits of its own."""

    stamps: list[int]
    cap: int
    newest_first: bool
    includes: bool
    ignores: frozenset[str]
    by_id: bool = False
    unit: int = 1  # how exactly it looks at the times of calls, in milliseconds

    def answer(self, params: dict[str, Any]) -> Answer:
        asked = {key: int(value) for key, value in params.items() if str(value).isdecimal() and key not in self.ignores}
        low, high = asked.get("timefrom", 0), asked.get("timeto", 2**60)
        edge = 0 if self.includes else 1
        rows = [(t, n) for n, t in enumerate(self.stamps, 1) if low + edge <= t - t % self.unit <= high - edge]
        rows.sort(key=itemgetter(1) if self.by_id else None, reverse=self.newest_first)
        rows = rows[: min(asked.get("limit", 100), self.cap)]
        return Answer(200, {}, json.dumps([{"timestamp": t, "id": n} for t, n in rows]).encode(), "GET", "cdr/")


def walk(journal: Journal, query: Query, after_each: list[str]) -> list[int | None]:
    """All ids a query gives; `after_each` gets the cursors."""
    asked: list[dict[str, Any]] = []

    def fetch(params: dict[str, Any]) -> Answer:
        asked.append(params)
        assert len(asked) < 2000, "it goes on for ever"
        return journal.answer(params)

    found = list(calls(query, Knowledge(CdrOptions()), fetch, retries=0))
    after_each += [call.cursor for call in found]
    return [call.id for call in found]


def same(got: list[int | None], expected: list[int]) -> None:
    missing, added = set(expected) - set(got), set(got) - set(expected)
    assert got == expected, f"{missing=}, {added=}, {len(got)} instead of {len(expected)}"


def moment(stamp: int) -> datetime:
    return datetime.fromtimestamp(stamp / 1000, UTC)


@dataclass(frozen=True)
class World:
    """Its repr is a literal that makes it again; times are milliseconds after BEGINNING."""

    seed: int
    cap: int
    server_newest_first: bool
    includes: bool
    ignores: frozenset[str]
    by_id: bool
    unit: int
    since: int | None
    until: int | None
    newest_first: bool
    resumed: tuple[float, ...]  # after these shares of the records
    times: list[int]  # of the calls, in the order of their ids

    @classmethod
    def of(cls, seed: int) -> World:
        chance = random.Random(seed)
        spread = chance.choice([2_000, 10**6, 10**9, 10**11])
        times: list[int] = []
        while len(times) < chance.choice([0, 3, 120, 700, 2500, 2500]):
            times += [chance.randrange(spread)] * chance.choice([1, 1, 1, 2, 30])
        if chance.random() < 0.3:  # a flood
            times += [spread // 2 + chance.randrange(50) for _ in range(400)]
        # Ids are given when calls end; some last long.
        by_end = chance.random() < 0.3
        times.sort(key=lambda at: (at + by_end * chance.choice([0, 0, 0, 1, 9]) * chance.randrange(spread) // 99, at))
        cap = chance.choice([1000, 1000, 250, 100])
        server_newest_first = chance.random() < 0.7
        includes = chance.random() < 0.5
        ignores = chance.choice([(), (), (), ("limit",), ("timefrom",), ("timeto",), ("timefrom", "timeto")])
        unit = chance.choice([1, 1, 1000])
        if cap == 250 and (unit > 1 or {"timefrom", "timeto"}.intersection(ignores)):
            cap = 1000  # a cap that nobody knows of, and no ranges: the log says what is assumed then
        first, last = sorted(chance.sample(range(-10, spread + 10), 2))
        return cls(
            seed=seed,
            cap=cap,
            server_newest_first=server_newest_first,
            includes=includes,
            ignores=frozenset(ignores),
            by_id=by_end,
            unit=unit,
            since=first if chance.random() < 0.5 else None,
            until=last if chance.random() < 0.5 else None,
            newest_first=chance.random() < 0.5,
            resumed=tuple(chance.randrange(1000) / 1000 for _ in range(3)),
            times=times,
        )

    def journal(self) -> Journal:
        stamps = [BEGINNING + at for at in self.times]
        return Journal(
            stamps, self.cap, self.server_newest_first, self.includes, self.ignores, by_id=self.by_id, unit=self.unit
        )

    def query(self, after: str | None) -> Query:
        since = None if self.since is None else moment(BEGINNING + self.since)
        until = None if self.until is None else moment(BEGINNING + self.until)
        return Query(since, until, None, None, None, None, None, self.newest_first, after)

    def expected(self) -> list[int]:
        low = -(2**60) if self.since is None else self.since
        high = 2**60 if self.until is None else self.until
        ids = [n for at, n in sorted((at, n) for n, at in enumerate(self.times, 1)) if low <= at < high]
        return ids[::-1] if self.newest_first else ids

    def judge(self) -> str:
        """What came of it. An AssertionError unless that is all calls, once, or an error that is justified."""
        journal, expected = self.journal(), self.expected()
        cursors: list[str] = []
        try:
            same(walk(journal, self.query(None), cursors), expected)
            for share in self.resumed if cursors else ():
                index = int(share * len(cursors))
                same(walk(journal, self.query(cursors[index]), []), expected[index + 1 :])
        except TooManyCalls:
            densest = max(Counter(stamp // (4 * self.unit) for stamp in journal.stamps).values())
            flooded = densest >= 30 or len(self.times) > 400
            ranges_ignored = bool(self.ignores & {"timefrom", "timeto"})
            assert ranges_ignored or (self.cap < 1000 and flooded) or densest >= 100
            return "an error"
        return "all calls"


def run(seed: int) -> str:
    """What came of one world. One that fails says how to run it again: by its seed, or by itself."""
    world = World.of(seed)
    try:
        return world.judge()
    except Exception as failure:
        failure.add_note(
            f"python -m tests.long.fuzz_cdr --seed {seed} --runs 1; or, from tests.long.fuzz_cdr:\n{world}.judge()"
        )
        raise


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    logging.disable()  # every third instance has a habit that is worth a warning
    counts: Counter[str] = Counter()
    for seed in range(options.seed, options.seed + options.runs):
        try:
            counts[run(seed)] += 1
        except Exception:
            traceback.print_exc()
            counts["FAILED"] += 1
    print(", ".join(f"{result} {count}" for result, count in sorted(counts.items())))
    return 1 if counts["FAILED"] else 0


if __name__ == "__main__":
    sys.exit(main())
