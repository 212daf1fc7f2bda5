"""The swap: both directories or neither, whenever the run is killed; one run at a time."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from scripts.errors import StepFailed
from scripts.swap import swap
from scripts.swap.swap import FOLDER, Workspace

NAMES = ("openapi", "generated")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "old")
    return tmp_path


def write(parent: Path, text: str) -> dict[str, Path]:
    for name in NAMES:
        (parent / name / "deep").mkdir(parents=True)
        (parent / name / "deep" / "file").write_text(text)
    return {name: parent / name for name in NAMES}


def read(root: Path) -> set[str]:
    return {(root / name / "deep" / "file").read_text("utf-8") for name in NAMES}


def replace(root: Path, text: str = "new", *, keep: bool = False) -> None:
    with Workspace(root) as workspace:
        prepared = write(workspace.fresh, text)
        workspace.swap({root / name: path for name, path in prepared.items()}, keep=keep)


@pytest.fixture(params=["exchange", "renames"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With renameat2, and as on a system that has none."""
    if request.param == "renames":
        monkeypatch.setattr(swap, "_renameat2_exchange", lambda one, other: False)


@pytest.mark.usefixtures("either_way")
def test_both_are_replaced_and_nothing_is_left_behind(root: Path) -> None:
    replace(root)
    assert read(root) == {"new"}
    assert sorted(path.name for path in root.iterdir()) == sorted(NAMES)


@pytest.mark.usefixtures("either_way")
def test_what_was_replaced_is_kept_for_going_back(root: Path) -> None:
    replace(root, keep=True)
    assert read(root / FOLDER / "kept") == {"old"}
    with Workspace(root) as workspace:
        workspace.swap({root / name: workspace.kept / name for name in NAMES}, keep=True)
    assert read(root) == {"old"}
    assert read(root / FOLDER / "kept") == {"new"}


def test_a_target_that_is_not_there_yet_is_created(tmp_path: Path) -> None:
    replace(tmp_path)
    assert read(tmp_path) == {"new"}


def test_a_failure_before_the_swap_changes_nothing(root: Path) -> None:
    with pytest.raises(ZeroDivisionError), Workspace(root) as workspace:
        write(workspace.fresh, "new")
        _ = 1 / 0
    assert read(root) == {"old"}
    assert not (root / FOLDER).exists()


def test_a_second_run_says_so_and_does_not_disturb_the_first(root: Path) -> None:
    with Workspace(root) as first:
        write(first.fresh, "new")
        with pytest.raises(StepFailed, match="another regenerate is at work"), Workspace(root):
            pass
        first.swap({root / name: first.fresh / name for name in NAMES})
    assert read(root) == {"new"}


# Every function by which the swap touches the disk: the run is killed before and after each call of each.
STEPS = [
    "_write_durably",
    "_exchange",
    "_flush_directory",
    "flush",
    "shutil.rmtree",
    "Path.rename",
    "Path.unlink",
]


@pytest.mark.parametrize("plain", ["exchange", "plain"])
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_the_next_run_finds_or_makes_one_state(
    step: str, plain: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    kills = 0
    for moment in ("before", "after"):
        for countdown in range(1, 12):
            root = tmp_path_factory.mktemp("killed")
            write(root, "old")
            done = in_a_child(partial(replace_and_die, root, step, moment, countdown, plain))
            with Workspace(root):
                pass
            assert len(read(root)) == 1, (step, moment, countdown)
            assert not list((root / FOLDER).glob("fresh-*"))
            if read(root) == {"new"} and (root / FOLDER / "kept").exists():
                assert read(root / FOLDER / "kept") == {"old"}
            if done == 0:
                break
            assert done == -signal.SIGKILL
            kills += 1
    assert kills, f"{step} was never called: the test no longer kills anything"


def in_a_child(act: Callable[[], None]) -> int:
    """Run `act` in a forked process; what it ended with, as `subprocess` says it."""
    child = os.fork()
    if child == 0:
        act()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def replace_and_die(root: Path, step: str, moment: str, countdown: int, plain: str) -> None:
    """Replace, killed before or after the call number `countdown` of `step`, if there are so many."""
    holder_name, _, name = step.rpartition(".")
    holder = {"": swap, "shutil": shutil, "Path": Path}[holder_name]
    original = getattr(holder, name)
    calls = itertools.count(1)

    def deadly(*args: Any, **kwargs: Any) -> Any:
        last = next(calls) == countdown
        if last and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(*args, **kwargs)
        if last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    if plain == "plain":
        swap._renameat2_exchange = lambda one, other: False
    setattr(holder, name, deadly)
    replace(root, keep=True)


@pytest.mark.parametrize("plain", ["exchange", "plain"])
@pytest.mark.parametrize("step", ["_renameat2_exchange", "Path.rename", "_flush_directory"])
def test_a_step_that_fails_is_taken_back(
    step: str, plain: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    if plain == "plain":
        monkeypatch.setattr(swap, "_renameat2_exchange", lambda one, other: False)
    holder: Any = Path if step == "Path.rename" else swap
    name = step.removeprefix("Path.")
    original = getattr(holder, name)
    for countdown in range(1, 12):
        root = tmp_path_factory.mktemp("failed")
        write(root, "old")
        calls = itertools.count(1)

        def failing(*args: Any, calls: Any = calls, countdown: int = countdown) -> Any:
            if next(calls) == countdown:
                raise OSError(18, "Invalid cross-device link")
            return original(*args)

        with monkeypatch.context() as patch:
            patch.setattr(holder, name, failing)
            try:
                replace(root, keep=True)
            except OSError:
                pass
            else:
                assert countdown > 1
                break
        assert read(root) == {"old"}, countdown
        assert not (root / FOLDER / "journal.json").exists()
        replace(root)
        assert read(root) == {"new"}


def test_ctrl_c_during_the_swap_does_not_stop_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exchange: Callable[[Path, Path, int], None] = swap._exchange

    def interrupted(target: Path, prepared: Path, inode: int) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGTERM)
        exchange(target, prepared, inode)

    monkeypatch.setattr(swap, "_exchange", interrupted)
    replace(root)
    assert read(root) == {"new"}
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_full_disk_while_the_journal_is_written_changes_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> None:
        path.with_suffix(".draft").write_bytes(content[:3])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(swap, "_write_durably", full)
    with pytest.raises(OSError, match="No space"):
        replace(root)
    assert read(root) == {"old"}
    assert not (root / FOLDER).exists()
