"""Kill `update` at random instants, and let its disk run full: never a mixed state, never one that can't be imported.

    python -m tests.long.kill_update --kills 200 --full-disks 20 [--seed 1] [--installed | --without-posix]

The suite runs a short form of it (tests/scripts/test_update_killed.py). The full disk needs root, for a small tmpfs.
--installed: `pascom regenerate` in a project, from the wheel; --without-posix: where there is no fork, no renameat2.
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
from dataclasses import dataclass
from pathlib import Path

from scripts.check import differences
from scripts.checkout import Home, project_client
from scripts.errors import StepFailed
from scripts.swap.swap import FOLDER, Workspace
from tests.helpers.checkouts import REPOSITORY, changed_document, contents, document, make_checkout, write
from tests.helpers.wheels import environment_with_wheel

IMPORT_ALL = """
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
    importlib.import_module(module.name)
"""
WITHOUT_POSIX = REPOSITORY / "tests" / "helpers" / "without_posix"


@dataclass(frozen=True)
class Form:
    """In what form an update is run."""

    command: tuple[str, ...] = (sys.executable, "-m", "scripts.regenerate", "update")
    python_path: tuple[Path, ...] = (REPOSITORY,)
    client: str = ""
    """The client's directory, in a project; in a checkout none."""

    def home(self, root: Path) -> Home:
        return project_client(root / self.client) if self.client else Home(root)

    def prepare(self, root: Path) -> None:
        if not self.client:
            make_checkout(root)
            return
        given = write(document(), root / "first.json")
        subprocess.run([*self.command, "--document", str(given)], cwd=root, check=True, env=self.environment)

    @property
    def environment(self) -> dict[str, str]:
        inherited = os.environ.get("PYTHONPATH", "")  # where the tests' own process has POSIX hidden, an update has too
        path = os.pathsep.join(filter(None, [*map(str, self.python_path), inherited]))
        return os.environ | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}

    def contents(self, root: Path) -> dict[str, bytes]:
        return contents(root, self.home(root).parts)

    def differences(self, root: Path) -> list[str]:
        """As `check` finds them."""
        if not self.client:
            return differences(Home(root))
        command = [*self.command[:2], "check", *self.command[2:]]
        done = subprocess.run(
            command, cwd=root, env=self.environment, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode in (0, 6), done.stderr
        return done.stdout.splitlines() if done.returncode else []


def installed(place: Path) -> Form:
    """`pascom regenerate` from a wheel in an environment of its own."""
    pascom = environment_with_wheel(place, "regenerate") / "pascom"
    return Form((str(pascom), "regenerate", "--into", "acme_client"), (), "acme_client")


class Victim:
    """A checkout, or a project, whose updates are killed."""

    def __init__(self, root: Path, form: Form) -> None:
        self.root, self._form = root, form
        root.mkdir(exist_ok=True)
        form.prepare(root)
        self._documents = [write(d, root / f"{n}.json") for n, d in enumerate((document(), changed_document()))]
        self._said = root / "said.txt"
        self._next = 1
        self._state = form.contents(root)
        self._document = f"{form.home(root).openapi}/pascom.json"
        self.seconds = self._measure()

    def _measure(self) -> float:
        began = time.monotonic()
        assert self.update().wait() == 0, self._said.read_text("utf-8")
        seconds = time.monotonic() - began
        self.judge("new")
        return seconds

    def update(self) -> subprocess.Popen[bytes]:
        """Start an update to the document that isn't there now, in a process group of its own."""
        command = [*self._form.command, "--document", str(self._documents[self._next])]
        with self._said.open("wb") as said:
            return subprocess.Popen(
                command,
                cwd=self.root,
                env=self._form.environment,
                stdout=said,
                stderr=said,
                start_new_session=True,
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
        assert process.returncode == 0, self._said.read_text("utf-8")
        self.seconds = time.monotonic() - began  # the machine has become faster
        return f"survived, {self.judge('new')}"

    def judge(self, expected: str | None = None) -> str:
        """Which state the directories are in; AssertionError for any but the whole old or the whole new one.

        Killed between the two exchanges, some microseconds apart, they differ until the next command: that is
        counted, and judged after it.
        """
        remark = ""
        if (self.root / FOLDER / "journal.json").exists():
            mixed = self._form.contents(self.root) != self._state and self._differences()
            remark = ", mixed until the next command" if mixed else ", tidied up by the next command"
            with Workspace(self.root):
                pass
        now = self._form.contents(self.root)
        state = "old" if now == self._state else "new"
        assert expected in (None, state), f"{state} where {expected} was expected"
        if state == "new":
            found = self._form.differences(self.root)
            assert not found, f"mixed: {found[:3]}"
            assert now[self._document] != self._state[self._document], "neither old nor new"
            self._state, self._next = now, 1 - self._next
        return state + remark

    def _differences(self) -> list[str]:
        try:
            return self._form.differences(self.root)
        except (AssertionError, StepFailed):  # a part is aside
            return ["there is none"]

    def judge_cleaning_up(self) -> None:
        """The next run leaves nothing behind, and everything can be imported."""
        with Workspace(self.root):
            pass
        assert not list((self.root / FOLDER).glob("fresh-*"))
        home = self._form.home(self.root)
        package = self.root / home.package
        environment = os.environ | {"PYTHONPATH": str(package.parent), "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run([sys.executable, "-c", IMPORT_ALL, package.name], env=environment, check=True)


def kill(times: int, chance: random.Random, root: Path, form: Form = Form()) -> Counter[str]:
    """Half of the kills anywhere, half around the swap at the end; an update that was faster doesn't count."""
    victim = Victim(root / "victim", form)
    outcomes: Counter[str] = Counter()
    killed = 0
    while killed < times:
        earliest = 0.0 if killed % 2 else 0.8
        outcome = victim.kill_after(victim.seconds * chance.uniform(earliest, 1.0))
        outcomes[outcome] += 1
        killed += not outcome.startswith("survived")
        victim.judge_cleaning_up()
    return outcomes


def fill_disks(times: int, chance: random.Random, form: Form = Form()) -> Counter[str]:
    """Update on disks that have room for the client, but not for the update; one with room doesn't count."""
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        form.prepare(Path(place))
        sizes = [len(content) for content in form.contents(Path(place)).values()]
        pages = sum(size // 4096 + 1 for size in sizes)
        while outcomes.total() - outcomes["enough room"] < times:
            with small_disk(4 * chance.randrange(pages + 10, 2 * pages)) as disk:
                outcomes[_on_disk(disk, Path(place), form)] += 1
    return outcomes


def _on_disk(disk: Path, model: Path, form: Form) -> str:
    for name in form.home(model).parts:
        shutil.copytree(model / name, disk / name)
    before = form.contents(disk)
    given = write(changed_document(), disk.parent / "given.json")
    command = [*form.command, "--document", str(given)]
    done = subprocess.run(command, cwd=disk, env=form.environment, capture_output=True, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr, done.stderr
    if done.returncode == 0:
        assert not form.differences(disk)
        return "enough room"
    assert form.contents(disk) == before, "changed although it failed"
    assert not list((disk / FOLDER).glob("fresh-*"))
    said = done.stderr.splitlines()[-1]
    return f"exit {done.returncode}, nothing changed: {said.partition(' (')[0]}"


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
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--installed", action="store_true", help="`pascom regenerate` in a project, from the wheel")
    how.add_argument("--without-posix", action="store_true", help="no fork, no fcntl, no renameat2")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="kill-update-") as place:
        form = Form()
        if options.without_posix:
            form = Form(python_path=(WITHOUT_POSIX, REPOSITORY))
        elif options.installed:
            form = installed(Path(place))
        print("killed:", dict(kill(options.kills, chance, Path(place), form)))
        if options.full_disks:
            print("full disks:", dict(fill_disks(options.full_disks, chance, form)))


if __name__ == "__main__":
    main()
