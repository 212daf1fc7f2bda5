"""Kill `update` at random instants, and let its disk run full: never a mixed state, never one that can't be imported.

    python -m tests.long.kill_update --kills 200 --full-disks 20 [--seed 1]

The suite runs a short form of it (tests/scripts/test_update_killed.py). The full disk needs root, for a small tmpfs.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.check import differences
from scripts.checkout import Home
from scripts.swap.swap import FOLDER, Workspace
from tests.helpers.checkouts import REPOSITORY, changed_document, contents, document, make_checkout, write

IMPORT_ALL = """
import importlib, pkgutil, pascom_client
for module in pkgutil.walk_packages(pascom_client.__path__, "pascom_client."):
    importlib.import_module(module.name)
"""


class Victim:
    """A checkout whose updates are killed."""

    def __init__(self, root: Path) -> None:
        self.root = make_checkout(root)
        self._documents = [write(d, root / f"{n}.json") for n, d in enumerate((document(), changed_document()))]
        self._next = 1
        self._state = contents(root)
        self.seconds = self._measure()

    def _measure(self) -> float:
        began = time.monotonic()
        assert self.update().wait() == 0
        seconds = time.monotonic() - began
        self.judge("new")
        return seconds

    def update(self) -> subprocess.Popen[bytes]:
        """Start an update to the document that isn't there now, in a process group of its own."""
        command = [
            sys.executable,
            "-m",
            "scripts.regenerate",
            "update",
            "--document",
            str(self._documents[self._next]),
        ]
        environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1"}
        quiet = subprocess.DEVNULL
        return subprocess.Popen(
            command, cwd=self.root, env=environment, stdout=quiet, stderr=quiet, start_new_session=True
        )

    def kill_after(self, seconds: float) -> str:
        """Kill the whole update then; "old" or "new", whichever state is there, or "survived"."""
        process = self.update()
        began = time.monotonic()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return self.judge()
        assert process.returncode == 0
        self.seconds = time.monotonic() - began  # the machine has become faster
        return f"survived, {self.judge('new')}"

    def judge(self, expected: str | None = None) -> str:
        """Which state the directories are in; AssertionError for any but the whole old or the whole new one.

        Killed between the two exchanges, some microseconds apart, they differ until the next command: that is
        counted, and judged after it.
        """
        remark = ""
        if (self.root / FOLDER / "journal.json").exists():
            mixed = contents(self.root) != self._state and differences(Home(self.root))
            remark = ", mixed until the next command" if mixed else ", tidied up by the next command"
            with Workspace(self.root):
                pass
        now = contents(self.root)
        state = "old" if now == self._state else "new"
        assert expected in (None, state), f"{state} where {expected} was expected"
        if state == "new":
            found = differences(Home(self.root))
            assert not found, f"mixed: {found[:3]}"
            assert now["openapi/pascom.json"] != self._state["openapi/pascom.json"], "neither old nor new"
            self._state, self._next = now, 1 - self._next
        return state + remark

    def judge_cleaning_up(self) -> None:
        """The next run leaves nothing behind, and everything can be imported."""
        with Workspace(self.root):
            pass
        assert not list((self.root / FOLDER).glob("fresh-*"))
        environment = os.environ | {
            "PYTHONPATH": str(self.root / "generated"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        subprocess.run([sys.executable, "-c", IMPORT_ALL], env=environment, check=True)


def kill(times: int, chance: random.Random, root: Path) -> Counter[str]:
    """Half of the kills anywhere, half around the swap at the end; an update that was faster doesn't count."""
    victim = Victim(root)
    outcomes: Counter[str] = Counter()
    killed = 0
    while killed < times:
        earliest = 0.0 if killed % 2 else 0.8
        outcome = victim.kill_after(victim.seconds * chance.uniform(earliest, 1.0))
        outcomes[outcome] += 1
        killed += not outcome.startswith("survived")
        victim.judge_cleaning_up()
    return outcomes


def fill_disks(times: int, chance: random.Random) -> Counter[str]:
    """Update on disks that have room for the checkout, but not for the update; one with room doesn't count."""
    outcomes: Counter[str] = Counter()
    pages = sum(path.stat().st_size // 4096 + 1 for path in map(REPOSITORY.joinpath, contents(REPOSITORY)))
    while outcomes.total() - outcomes["enough room"] < times:
        with small_disk(4 * chance.randrange(pages + 10, 2 * pages)) as disk:
            before = contents(make_checkout(disk))
            given = write(changed_document(), disk.parent / "given.json")
            environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1"}
            command = [sys.executable, "-m", "scripts.regenerate", "update", "--document", str(given)]
            done = subprocess.run(command, cwd=disk, env=environment, capture_output=True, text=True, check=False)
            assert "Traceback" not in done.stderr, done.stderr
            if done.returncode == 0:
                assert not differences(Home(disk))
                outcomes["enough room"] += 1
                continue
            assert contents(disk) == before, "changed although it failed"
            assert not list((disk / FOLDER).glob("fresh-*"))
            said = done.stderr.splitlines()[-1]
            outcomes[f"exit {done.returncode}, nothing changed: {said.partition(' (')[0]}"] += 1
    return outcomes


@contextmanager
def small_disk(kilobytes: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as place:
        disk = Path(place) / "disk"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(disk)], check=True)
        try:
            yield disk
        finally:
            subprocess.run(["umount", str(disk)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--full-disks", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    place = Path(tempfile.mkdtemp(prefix="kill-update-"))
    try:
        print("killed:", dict(kill(options.kills, chance, place)))
    finally:
        shutil.rmtree(place)
    if options.full_disks:
        print("full disks:", dict(fill_disks(options.full_disks, chance)))


if __name__ == "__main__":
    main()
