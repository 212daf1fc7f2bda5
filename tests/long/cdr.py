"""The long form of tests/facade/test_cdr.py: `python -m tests.long.cdr [CALLS]` (default 1,000,000; some minutes).

A simulated instance answers at most 1000 rows, 50 calls a second still arrive, and 1 % of its answers fail. Readers are
processes of their own, so that their memory can be measured and they can be killed.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pascom_facade.simulator import Simulator

LARGEST_MB = 100


def read_sync(target: int, after: str | None, newest_first: bool) -> None:
    from pascom_facade import Pascom

    with Pascom.from_env() as pbx:
        for call in pbx.cdr(after=after, newest_first=newest_first):
            os.write(target, f"{call.id} {call.cursor}\n".encode())


async def read_async(target: int, after: str | None, newest_first: bool) -> None:
    from pascom_facade import AsyncPascom

    async with AsyncPascom.from_env() as pbx:
        async for call in pbx.cdr(after=after, newest_first=newest_first):
            os.write(target, f"{call.id} {call.cursor}\n".encode())


def read(colour: str, order: str, file: str, after: str) -> None:
    """In a process of its own: append what is read to `file`, and print the peak of memory in MB."""
    import asyncio

    target = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    arguments = (target, after or None, order == "newest")
    if colour == "sync":
        read_sync(*arguments)
    else:
        asyncio.run(read_async(*arguments))
    print(peak_memory())


def peak_memory() -> int:
    """In MB, of this process only (`ru_maxrss` counts the parent's before exec as well). Linux."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def reader(sim: Simulator, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.long.cdr", "read", *arguments]
    return subprocess.Popen(command, env=os.environ | sim.environment, stdout=subprocess.PIPE, encoding="utf-8")


def judge(name: str, file: Path, calls: int, newest_first: bool, seconds: float, memory: int) -> bool:
    ids = [int(line.split()[0]) for line in file.read_text("utf-8").splitlines()]
    expected = sorted(range(1, max(ids) + 1), reverse=newest_first)
    good = ids == expected and len(ids) >= calls and memory < LARGEST_MB
    print(
        f"{name}: {len(ids):,} records, {len(set(ids)):,} different, {max(ids) - len(set(ids))} missing, "
        f"{seconds:.0f} s, peak {memory} MB: {'good' if good else 'BAD'}",
        flush=True,
    )
    return good


def main(calls: int, kills: int = 20) -> int:
    good = True
    with (
        tempfile.TemporaryDirectory() as folder,
        Simulator(calls, calls_per_second=50, fault_rate=0.01) as sim,
    ):
        for colour, order in (("sync", "newest"), ("async", "newest"), ("sync", "oldest")):
            file, started = Path(folder, f"{colour}-{order}"), time.time()
            output, _ = reader(sim, colour, order, str(file), "").communicate()
            seconds = time.time() - started
            good &= judge(f"{colour}, {order} first", file, calls, order == "newest", seconds, int(output or 0))
        file, started, killed = Path(folder, "killed"), time.time(), 0
        points = sorted(random.Random(1).sample(range(calls * 9 // 10), kills))
        cursor = ""
        while True:
            process = reader(sim, "sync", "newest", str(file), cursor)
            if killed < kills:
                while process.poll() is None and lines(file) < points[killed]:
                    time.sleep(0.01)
                process.send_signal(signal.SIGKILL)
                killed += 1
            output, _ = process.communicate()
            if process.returncode != -signal.SIGKILL:
                break
            cursor = file.read_text("utf-8").splitlines()[-1].split()[1] if file.exists() else ""
        name = f"sync, newest first, killed {killed} times"
        good &= judge(name, file, calls, True, time.time() - started, int(output))
        print(f"{sim.journal.total:,} requests; faults: {dict(sim.journal.by_fault)}")
    return 0 if good else 1


def lines(file: Path) -> int:
    """About how many records are written; a line is 16 bytes or more."""
    return file.stat().st_size // 28 if file.exists() else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["read"]:
        read(*sys.argv[2:6])
    else:
        sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 1_000_000))
