"""Contestants take turns in processes of their own; what they did is checked at the server before it counts."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

HERE = Path(__file__).resolve().parent
BASE = "httpx"
T = TypeVar("T")
QUIET = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONHASHSEED": "0"}


@dataclass(frozen=True)
class Contestant:
    """A client: its program in `contestants/`, and the Python it is installed for."""

    name: str
    program: str
    python: str = sys.executable
    once: str = ""  # its name for `contestants/once.py`

    def command(self, *arguments: str) -> list[str]:
        return [self.python, str(HERE / "contestants" / self.program), *arguments]


@dataclass
class Timings:
    """What was measured of one contestant, one entry a round; `missing` says why there is none."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    missing: str = ""

    def extend(self, more: Timings) -> None:
        """Take the rounds of another run."""
        for name in ("cpu", "wall", "peak", "values"):
            getattr(self, name).extend(getattr(more, name))
        self.missing = self.missing or more.missing


class Worker:
    """A running contestant that waits for its turn."""

    def __init__(self, contestant: Contestant, task: str, config: dict[str, Any]) -> None:
        self._process = subprocess.Popen(
            contestant.command(task, json.dumps(config)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | QUIET,
        )
        self._line()

    def _line(self) -> str:
        assert self._process.stdout and self._process.stderr
        if line := self._process.stdout.readline():
            return line
        reason = (self._process.stderr.read().strip().splitlines() or ["it ended"])[-1]
        self.close()
        raise RuntimeError(reason)

    def run(self, n: int) -> dict[str, Any]:
        assert self._process.stdin
        self._process.stdin.write(f"{n}\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._line())
        return answer

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


class Server:
    """The instance the contestants talk to."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.config = config

    def dials(self) -> int:
        with urllib.request.urlopen(f"{self.config['http']}/count") as answer:
            return int(answer.read())


@contextmanager
def serving() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="bench") as directory:
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.server", directory],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=HERE.parent,
        )
        assert process.stdin and process.stdout
        try:
            yield Server(json.loads(process.stdout.readline()))
        finally:
            process.stdin.close()
            process.wait()


def take_turns(
    server: Server,
    contestants: list[Contestant],
    task: str,
    n: int,
    rounds: int,
    *,
    expected: Any = None,
    config: dict[str, Any] | None = None,
    dials: bool = False,
    fresh: bool = False,
    warm_up: bool = True,
) -> dict[str, Timings]:
    """Time `task` over `n` units in `rounds` rounds, the contestants in turn, each round begun by another one.

    A contestant that does not return `expected`, or does not dial exactly `n` times, is left out and says why,
    except where failing is what is measured (`expected` None). `fresh`: a new process for every slice.
    """
    settings = server.config | (config or {})
    results = {contestant.name: Timings() for contestant in contestants}
    with ExitStack() as stack:
        running: dict[str, Worker] = {}

        def start(contestant: Contestant) -> None:
            running[contestant.name] = Worker(contestant, task, settings)
            stack.callback(running[contestant.name].close)

        for turn in range(-warm_up, rounds):  # round -1 warms up and is only checked
            for contestant in rotated(contestants, turn):
                timings = results[contestant.name]
                if timings.missing:
                    continue
                try:
                    if fresh and contestant.name in running:
                        running.pop(contestant.name).close()
                    if contestant.name not in running:
                        start(contestant)
                    before = server.dials()
                    got = running[contestant.name].run(n)
                    problem = ""
                    if expected is not None and got["value"] != expected:
                        problem = f"returned {str(got['value'])[:80]}"
                    elif dials and server.dials() - before != n:
                        problem = f"dialled {server.dials() - before} times for {n}"
                except RuntimeError as failure:
                    problem = str(failure)
                if problem:
                    timings.missing = problem
                elif turn >= 0:
                    timings.cpu.append(got["cpu"])
                    timings.wall.append(got["wall"])
                    timings.peak.append(got["peak"])
                    timings.values.append(got["value"])
    return results


def whole_process(commands: dict[str, list[str]], rounds: int) -> dict[str, Timings]:
    """Time whole processes, from start to end, in turn."""
    environment = os.environ | QUIET | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    results = {name: Timings() for name in commands}
    for turn in range(-1, rounds):
        for name in rotated(list(commands), turn):
            timings = results[name]
            if timings.missing:
                continue
            before, began = children_cpu(), time.perf_counter()
            done = subprocess.run(commands[name], capture_output=True, text=True, check=False, env=environment)
            cpu, wall = children_cpu() - before, time.perf_counter() - began
            if done.returncode:
                timings.missing = (done.stderr.strip().splitlines() or ["it failed"])[-1]
            elif turn >= 0:
                timings.cpu.append(cpu)
                timings.wall.append(wall)
    return results


def children_cpu() -> float:
    """Seconds of user and system time of all processes that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def rotated(items: list[T], turn: int) -> list[T]:
    start = turn % len(items)
    return items[start:] + items[:start]


def ratio(ours: list[float], base: list[float]) -> float:
    """The median of the ratios of each round: what disturbs a round disturbs both."""
    return statistics.median(x / y for x, y in zip(ours, base, strict=True))
