"""The long form of tests/facade/test_sync.py: `python -m tests.long.sync [--calls 100000] [--steps 200] [--seed 1]`.

A journal that lives: calls run and end much later, change after they have ended, get into it late and out of order; 1 %
of the answers fail, and amid all of it pascom is upgraded from 18 to 19. `pascom sync` runs after each step, is killed
at random instants, or runs twice at once. After the last run the table equals the journal, in SQLite and in PostgreSQL;
a run with nothing new then takes less than a second of CPU and at most 5 requests.

`--fill N` instead: how long a first fill of N calls into SQLite takes, compared with reading them, and how much memory.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from pascom_facade import Pascom
from pascom_facade.simulator import Simulator
from pascom_facade.simulator.calls import Call, CallLog
from pascom_facade.simulator.kinds import Kind, mix
from tests.facade.test_sync import check
from tests.helpers import postgres

END = datetime(2026, 11, 1, tzinfo=UTC)
_LABEL = '[{"id":"MDC_LABEL-2","displayName":"late","type":"generic","value":"1","visible":true}]'


class Living(CallLog):
    """The journal as it is after so many steps of equally many calls."""

    step = 0
    share = 1

    def select(self, window: range, wanted: Callable[[Kind], bool] | None, newest_first: bool) -> Iterator[Call]:
        for call in super().select(window, wanted, newest_first):
            if self.step >= self._arrives(call):
                yield self._as_of_now(call)

    def _arrives(self, call: Call) -> int:
        late = mix(call.id) % 10 == 0
        return (call.id - 1) // self.share + 1 + late

    def _as_of_now(self, call: Call) -> Call:
        dice = mix(call.id + 10**9)
        age = self.step - self._arrives(call)
        if dice % 50 == 0 and age < dice >> 8 & 15:  # it runs, for up to 15 steps
            return replace(call, kind=replace(call.kind, result="", details="", duration=0, connected=0))
        if dice % 7 == 0 and age > 0:
            return replace(call, kind=replace(call.kind, labels=_LABEL))
        return call


def living(calls: int, steps: int, profile: Any) -> Simulator:
    sim = Simulator(calls, profile=profile, end=END, fault_rate=0.01)
    sim.calls.__class__ = Living
    sim.calls.share = calls // steps  # type: ignore[attr-defined]
    return sim


def look_back(sim: Simulator, rows: int) -> str:
    """The longest time that `rows` calls take."""
    times = [sim.calls.timestamp(index) for index in (*range(0, len(sim.calls), rows), len(sim.calls) - 1)]
    longest = max(later - earlier for earlier, later in pairwise(times))
    return f"{longest // 3_600_000 + 1}h"


def begin(sim: Simulator, url: str, back: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pascom_facade.cli", "sync", url, "--look-back", back]
    # Compiled once, as on any computer: otherwise a run without news is spent on that.
    environment = {**os.environ, **sim.environment, "PYTHONDONTWRITEBYTECODE": ""}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def disturbed(sim: Simulator, url: str, back: str, dice: random.Random) -> int:
    """One step's runs; returns how many were killed."""
    running = [begin(sim, url, back)]
    if dice.random() < 0.2:
        running.append(begin(sim, url, back))
    killed = 0
    for process in running:
        if dice.random() < 0.3:
            time.sleep(dice.uniform(0, 2))  # not a wait for anything: a random instant
            process.kill()
            killed += 1
        process.wait()
    return killed


def finish(sim: Simulator, url: str, back: str) -> None:
    for _ in range(20):
        if begin(sim, url, back).wait() == 0:
            return
    raise SystemExit("20 runs failed")


def chaos(url: str, calls: int, steps: int, seed: int) -> None:
    dice, killed = random.Random(seed), 0
    upgrade = steps // 2
    for profile, first, last in ((18, 1, upgrade), (19, upgrade + 1, steps + 20)):
        with living(calls, steps, profile) as sim:
            back = look_back(sim, 3 * calls // steps)
            for step in range(first, last + 1):
                sim.calls.step = step  # type: ignore[attr-defined]
                killed += disturbed(sim, url, back, dice)
    with living(calls, steps, 19) as sim:
        sim.calls.step = steps + 20  # type: ignore[attr-defined]
        back = look_back(sim, calls // steps)
        finish(sim, url, back)
        with Pascom(sim.server, sim.instance, password=sim.password) as pbx:
            check(pbx, url)
    print(f"{url.partition(':')[0]}: equal after {steps} steps, {killed} kills (seed {seed})")


def quiet(url: str, calls: int, steps: int) -> None:
    """A run with nothing new."""
    with Simulator(calls, profile=19, end=END) as sim:
        sim.calls.__class__ = Living
        sim.calls.share, sim.calls.step = calls // steps, steps + 20  # type: ignore[attr-defined]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert begin(sim, url, "1d").wait() == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"nothing new: {seconds:.2f} s of CPU, {len(sim.requests)} requests")
        assert seconds < 1 and len(sim.requests) <= 5


_READ = (
    "from pascom_facade import Pascom\nwith Pascom.from_env() as pbx:\n for call in pbx.cdr(newest_first=False): pass\n"
)


def fill(calls: int, folder: str) -> None:
    """Reading before and after, each in a process of its own: the machine may have become slower or faster."""
    command = [sys.executable, "-m", "pascom_facade.simulator", "--calls", str(calls), "--json"]
    sync = [sys.executable, "-m", "pascom_facade.cli", "sync", f"sqlite:///{folder}/fill.db"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stdout is not None
        where = json.loads(server.stdout.readline())
        env = {**os.environ, "PASCOM_SERVER": where["server"], "PASCOM_INSTANCE": where["instance"],
               "PASCOM_PASSWORD": where["password"]}  # fmt: skip
        read = [sys.executable, "-c", _READ]
        taken = []
        for program in (read, sync, read):
            began = time.monotonic()
            process = subprocess.Popen(program, env=env)
            _, status, usage = os.wait4(process.pid, 0)
            assert status == 0
            taken.append(time.monotonic() - began)
            print(f"{taken[-1]:.0f} s, {usage.ru_maxrss // 1024} MB, CPU {usage.ru_utime + usage.ru_stime:.0f} s")
        server.terminate()
    print(f"{2 * taken[1] / (taken[0] + taken[2]):.2f} times as long as reading")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=100_000)
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append", help="only this one")
    parser.add_argument("--fill", type=int, metavar="CALLS")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        if arguments.fill:
            fill(arguments.fill, folder)
            return
        urls = []
        wanted = arguments.database or ["sqlite", "postgresql"]
        if "sqlite" in wanted:
            urls.append(f"sqlite:///{folder}/calls.db")
        if "postgresql" in wanted and postgres.programs():
            urls.append(stack.enter_context(postgres.server()))
        for url in urls:
            chaos(url, arguments.calls, arguments.steps, arguments.seed)
        for url in urls:
            quiet(url, arguments.calls, arguments.steps)


if __name__ == "__main__":
    main()
