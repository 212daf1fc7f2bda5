"""The part all contestants share (standard library only): run slices of one task when told to, and time them.

`python CONTESTANT.py TASK '{"http": …}'` reads a number a line and answers with one line of JSON.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

Config = dict[str, Any]
Slice = Callable[[int], object]
"""Does `n` units of work; returns what the measurement checks against the other contestants' value."""
USER, PASSWORD = "moby", "bench-secret"


def main(tasks: dict[str, Callable[[Config], Slice]]) -> None:
    task, config = sys.argv[1], json.loads(sys.argv[2])
    if task not in tasks:
        sys.exit("-")  # it has no such thing
    run = tasks[task](config)
    print("ready", flush=True)
    for line in sys.stdin:
        gc.collect()
        rss = resident()
        forget_peak()
        cpu, wall = time.process_time(), time.perf_counter()
        try:
            value = run(int(line))
        except Exception as error:
            value = f"failed: {type(error).__name__}"
        answer = {
            "cpu": time.process_time() - cpu,
            "wall": time.perf_counter() - wall,
            "value": value,
            "peak": peak() - rss,
        }
        print(json.dumps(answer), flush=True)


def resident() -> int:
    """Bytes of memory this process holds now."""
    with open("/proc/self/statm") as statm:  # noqa: PTH123 - the cheapest way
        return int(statm.read().split()[1]) * resource.getpagesize()


def forget_peak() -> None:
    with open("/proc/self/clear_refs", "w") as file:  # noqa: PTH123
        file.write("5")


def peak() -> int:
    """The most bytes of memory since `forget_peak()`; getrusage's figure begins with the parent process's."""
    with open("/proc/self/status") as status:  # noqa: PTH123
        return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) * 1024


def clear(file: str) -> None:
    """Remove what the one before saved, and let the disk come to rest: the next one does not wait for its writing."""
    Path(file).unlink(missing_ok=True)
    os.sync()


def held(make: Callable[[], object]) -> float:
    """Bytes of memory that the result of `make()` holds."""
    gc.collect()
    before = resident()
    kept = make()
    gc.collect()
    after = resident()
    del kept
    return after - before


def in_threads(call: Callable[[], str], total: int, threads: int) -> list[str]:
    """`call` `total` times in `threads` threads; an error is a result as well, by its name."""

    def one(_: int) -> str:
        try:
            return call()
        except Exception as error:
            return f"failed: {type(error).__name__}"

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, range(total)))


async def in_tasks(call: Callable[[], Awaitable[str]], total: int, at_once: int) -> list[str]:
    """`call` `total` times, `at_once` of them in flight."""
    turns = iter(range(total))
    results: list[str] = []

    async def some() -> None:
        for _ in turns:
            try:
                results.append(await call())
            except Exception as error:
                results.append(f"failed: {type(error).__name__}")

    await asyncio.gather(*(some() for _ in range(at_once)))
    return results


def tally(results: list[str]) -> dict[str, int]:
    """How often each answer was given."""
    return {result: results.count(result) for result in sorted(set(results))}
