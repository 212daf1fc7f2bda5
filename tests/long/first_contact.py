"""First contact with instances that are odd in plausible ways: `update`, then every verb.

    python -m tests.long.first_contact [--runs 500] [--seed 1]
    python -m tests.long.first_contact --singles | --upgrades | --only NAME,NAME … | --documents FILE …

Random combinations by default; a failing one is printed as something to run again. `--singles`: each oddity alone;
`--upgrades`: from a plain document to each oddity; `--documents`: these instead of ours. About half a second of a
processor each. Exit status 1 if any fails.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from ..first_contact.oddities import TABLE, combination
from ..first_contact.worker import Worker

Job = tuple[list[str], int, list[str] | None]


def jobs(options: argparse.Namespace) -> list[Job]:
    if options.only:
        return [(options.only.split(","), options.seed, [] if options.upgrades else None)]
    if options.documents:
        return [([str(file.resolve())], options.seed, None) for file in options.documents]
    if options.upgrades:
        return [([name], options.seed, []) for name in TABLE]
    if options.singles:
        return [([name], options.seed, None) for name in TABLE]
    return [(combination(seed), seed, None) for seed in range(options.seed, options.seed + options.runs)]


def judged(every: list[Job], at_once: int) -> Iterator[tuple[Job, list[str]]]:
    """Each job with what is wrong, in order."""
    idle: SimpleQueue[Worker] = SimpleQueue()

    def judge(job: Job) -> list[str]:
        worker = idle.get()
        try:
            return worker.judge(*job)
        finally:
            idle.put(worker)

    workers = [Worker().__enter__() for _ in range(at_once)]
    try:
        for worker in workers:
            idle.put(worker)
        with ThreadPoolExecutor(at_once) as threads:
            yield from zip(every, threads.map(judge, every), strict=True)
    finally:
        for worker in workers:
            worker.__exit__(None, None, None)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.long.first_contact", description=__doc__)
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--singles", action="store_true")
    parser.add_argument("--upgrades", action="store_true")
    parser.add_argument("--only", metavar="NAME,NAME")
    parser.add_argument("--documents", metavar="FILE", nargs="+", type=Path)
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    every = jobs(options)
    whole = 0
    for (names, seed, before), wrong in judged(every, options.at_once):
        whole += not wrong
        if not wrong:
            continue
        upgrade = "" if before is None else "--upgrades "
        print(f"--seed {seed} {upgrade}--only {','.join(names)}")
        for line in wrong:
            print(f"    {line}")
        sys.stdout.flush()
    print(f"{whole} of {len(every)} whole")
    return int(whole < len(every))


if __name__ == "__main__":
    sys.exit(main())
