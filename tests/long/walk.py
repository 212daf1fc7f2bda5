"""Thousands of random instances, walked: `python -m tests.long.walk [WORLDS] [--from SEED] [--plain]`.

Whatever an instance makes of the questions, all calls come, each once and in order, or an error that says why not.
Prints what is not so as a constructor, and how many requests a walk takes, divided by the least that could do.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections import Counter, defaultdict
from datetime import datetime
from statistics import median, quantiles
from typing import Any

import pascom_facade._sync.cdr as walking
from pascom_facade._sync.cdr import calls
from pascom_facade.cdr_habits import Knowledge
from pascom_facade.cdr_options import CdrOptions
from pascom_facade.cdr_query import Query
from tests.long.walk_world import Instance, Outcome, Wanted, World, judge, random_world

vars(walking)["sleep"] = lambda _: None  # an answer that can't be read is asked for again, at once here


class Said(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def walk(
    instance: Instance, wanted: Wanted, since: datetime | None, until: datetime | None, got: list[int], **options: Any
) -> list[str]:
    """By the facade."""
    said = Said()
    logger = logging.getLogger("pascom_facade")
    logger.addHandler(said)
    logger.propagate = False
    try:
        filters = dict(wanted.filters)
        query = Query(
            since,
            until,
            filters.get("inbound"),
            None,
            filters.get("result"),
            None,
            wanted.limit,
            wanted.newest_first,
            None,
        )
        knowledge = options.pop("knowledge", None) or Knowledge(CdrOptions(**options))
        for call in calls(query, knowledge, instance.fetch, retries=2):
            got.append(call.id or 0)
    finally:
        logger.removeHandler(said)
        logger.propagate = True
    return said.lines


def kind(world: World, wanted: Wanted) -> str:
    """By what the number of requests is told."""
    if not wanted.newest_first:
        return "oldest first"
    return "newest first" if world.newest_first and world.order == "start" else "other orders"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("worlds", nargs="?", type=int, default=2000)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--show", type=int, default=5, help="how many of each failure")
    options = parser.parse_args(arguments)
    verdicts: Counter[str] = Counter()
    ratios: dict[str, list[float]] = defaultdict(list)
    started = time.time()
    for seed in range(options.first, options.first + options.worlds):
        world, wanted = random_world(seed)
        outcome = judge(world, wanted, walk)
        verdicts[outcome.verdict] += 1
        if outcome.verdict == "right" and outcome.ideal > 1 and not wanted.filters and wanted.limit is None:
            ratios[kind(world, wanted)].append(outcome.asked / outcome.ideal)
        if outcome.verdict not in ("right", "refused") and verdicts[outcome.verdict] <= options.show:
            print(describe(world, wanted, outcome), flush=True)
    print(dict(verdicts), f"{time.time() - started:.0f} s")
    for name, figures in sorted(ratios.items()):
        tenth = quantiles([*figures, figures[0]], n=10)[-1]
        print(f"{name}: median {median(figures):.2f}, a tenth above {tenth:.2f} ({len(figures)} walks)")
    return 0 if not set(verdicts) - {"right", "refused"} else 1


def describe(world: World, wanted: Wanted, outcome: Outcome) -> str:
    return f"{outcome.verdict}: {world!r}, {wanted!r}\n    {outcome.asked} requests {outcome.message} {outcome.said}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
