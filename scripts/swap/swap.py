"""All or nothing: prepare directories beside their targets, then exchange them, whatever happens in between.

    with Workspace(root) as workspace:               # one run at a time; finishes what a killed run began
        ...write workspace.fresh / "generated"...
        workspace.swap({root / "generated": workspace.fresh / "generated"})

Everything new lies in `root/.regenerate/` until it is complete and on the disk. Then a journal says what is
about to be exchanged, and each directory is exchanged in one system call, or, where the system has none such, by
renaming. A run killed before the journal has changed nothing; one killed after it is finished by the next run.
Between the exchanges of two directories lie some microseconds in which signals are held off; only power loss or a kill
in exactly those leaves the two different, or one aside, until the next command, which finishes the swap first.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import shutil
import signal
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from ..errors import StepFailed

if TYPE_CHECKING:
    from filelock import BaseFileLock

FOLDER = ".regenerate"
_JOURNAL = "journal.json"
_LOCK = "lock"
_IGNORE = ".gitignore"  # what is kept is this machine's own
_HAS_DIRECTORIES = hasattr(os, "O_DIRECTORY")  # Windows opens no directories, and its file system keeps names safe
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class Workspace:
    """`root/.regenerate/`, locked for this run; `fresh` is an empty directory in it to prepare things in.

    With `swap(..., keep=True)` the directories that were replaced stay in `kept`, for going back: of each client that
    lies in `root`, by its `name`, its own.
    """

    def __init__(self, root: Path, name: str = "") -> None:
        self.root = root.resolve()
        self.kept = self.root / FOLDER / f"kept-{name}".rstrip("-")
        self._folder = self.root / FOLDER
        self._journal = self._folder / _JOURNAL

    def __enter__(self) -> Workspace:
        self._lock = _locked(self._folder)
        try:
            self._finish_killed_run()
            self.fresh = Path(tempfile.mkdtemp(prefix="fresh-", dir=self._folder))
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._sweep()
        finally:
            self._leave()

    def _leave(self) -> None:
        """Let the next run in; when nothing is kept, nothing is left behind."""
        lock, ignore = self._folder / _LOCK, self._folder / _IGNORE
        is_empty = {path.name for path in self._folder.iterdir()} <= {_LOCK, _IGNORE}
        with contextlib.suppress(OSError):
            if is_empty:
                ignore.unlink(missing_ok=True)
            if is_empty and _has_native_lock() and os.name != "nt":
                lock.unlink()  # still locked: who has opened it already finds it gone, and opens a new one
        self._lock.release()
        with contextlib.suppress(OSError):
            if is_empty and os.name == "nt":
                lock.unlink()  # fails if somebody else has it by now
        with contextlib.suppress(OSError):
            self._folder.rmdir()

    def swap(self, targets: Mapping[Path, Path], *, keep: bool = False) -> None:
        """Put each prepared directory (all in one directory of this workspace) in its target's place."""
        (prepared,) = {path.parent for path in targets.values()}
        flush(prepared)
        journal = {
            "prepared": prepared.name,
            "kept": self.kept.name if keep else None,
            "pairs": [
                [os.path.relpath(target.resolve(), self.root), path.name, path.stat().st_ino]
                for target, path in targets.items()
            ],
        }
        with signals_held_off():
            try:
                _write_durably(self._journal, json.dumps(journal).encode())
                self._carry_out()
            except OSError:
                self._take_back()
                raise

    def _finish_killed_run(self) -> None:
        if self._journal.exists():
            print(f"finishing the swap that an interrupted run began in {self.root}", file=sys.stderr)
            with signals_held_off():
                try:
                    self._carry_out()
                except OSError as error:
                    self._take_back()
                    print(f"it can't be finished ({error}) and was taken back", file=sys.stderr)
        self._sweep()

    def _carry_out(self) -> None:
        """Do what the journal says; each step may have been done already, by a run that was killed."""
        journal = json.loads(self._journal.read_bytes())
        prepared = self._folder / journal["prepared"]
        for target, name, inode in journal["pairs"]:
            _exchange(self.root / target, prepared / name, inode)
        _flush_directory(self.root)
        kept = journal["kept"] and self._folder / journal["kept"]
        if kept and prepared.exists() and prepared != kept:
            shutil.rmtree(kept, ignore_errors=True)
            prepared.rename(kept)
            (self._folder / _IGNORE).write_text("*\n", encoding="utf-8")
        self._journal.unlink()

    def _take_back(self) -> None:
        """Undo what the journal's exchanges have done so far."""
        if not self._journal.exists():
            return
        journal = json.loads(self._journal.read_bytes())
        for target, name, inode in journal["pairs"]:
            _exchange_back(self.root / target, self._folder / journal["prepared"] / name, inode)
        self._journal.unlink()

    def _sweep(self) -> None:
        for leftover in self._folder.glob("fresh-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        _draft_of(self._journal).unlink(missing_ok=True)


def finish_interrupted(root: Path) -> None:
    """For commands that only read: complete what a killed run left half done, if one did."""
    if (root / FOLDER / _JOURNAL).exists():
        with Workspace(root):
            pass


@contextlib.contextmanager
def signals_held_off() -> Iterator[None]:
    """Ctrl-C and friends wait for the next command: what runs in here is short and must not stop halfway."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), signal.SIG_IGN) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def flush(directory: Path) -> None:
    """Have everything below `directory` on the disk, so that the swap cannot overtake its content."""
    for folder, _, files in os.walk(directory):
        for name in files:
            _flush_file(Path(folder, name))
        _flush_directory(Path(folder))


def _exchange(target: Path, prepared: Path, inode: int) -> None:
    """Bring the directory `inode` from `prepared` to `target`, and what was there to `prepared`."""
    aside = _aside(prepared)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        prepared.rename(target)
    elif target.stat().st_ino != inode and not _renameat2_exchange(target, prepared):
        target.rename(aside)
        prepared.rename(target)
    if aside.exists():
        aside.rename(prepared)
    _flush_directory(target.parent)


def _exchange_back(target: Path, prepared: Path, inode: int) -> None:
    """Undo `_exchange`, wherever it stopped."""
    aside = _aside(prepared)
    if target.exists() and target.stat().st_ino == inode:
        if prepared.exists() and _renameat2_exchange(target, prepared):
            return
        if prepared.exists():
            prepared.rename(aside)
        target.rename(prepared)
    if aside.exists():
        aside.rename(target)


def _aside(prepared: Path) -> Path:
    return prepared.with_name(prepared.name + ".replaced")


def _renameat2_exchange(one: Path, other: Path) -> bool:
    """Exchange two paths in one step; False where the system cannot (not Linux, or some network disks)."""
    if os.name != "posix":
        return False
    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is None:
        return False
    if function(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), os.fspath(one), None, os.fspath(other))


def _locked(folder: Path) -> BaseFileLock:
    """Lock the workspace, and make it; the system lets go when the process ends, however."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that there is no better lock: it serves
        from filelock import FileLock, Timeout  # only those who write need it

    patience = 0.0 if _has_native_lock() else 5.0  # the mark of a run that was killed is found out
    lock = FileLock(folder / _LOCK, timeout=patience)
    for attempt in range(10):
        folder.mkdir(exist_ok=True)
        try:
            lock.acquire()
            return lock
        except Timeout:
            raise StepFailed(f"another regenerate is at work in {folder.parent}; wait until it has ended") from None
        except FileNotFoundError:  # the folder went as another run ended
            if attempt == 9:
                raise
    raise AssertionError("unreachable")


def _has_native_lock() -> bool:
    """Whether the system itself knows who holds a lock; else it is a file with the holder's number in it."""
    from filelock import has_fcntl

    return has_fcntl or os.name == "nt"


def _write_durably(path: Path, content: bytes) -> None:
    """Write `path` so that it is there whole, or not at all."""
    draft = _draft_of(path)
    draft.write_bytes(content)
    _flush_file(draft)
    draft.replace(path)
    _flush_directory(path.parent)


def _draft_of(path: Path) -> Path:
    return path.with_suffix(".draft")


def _flush_file(path: Path) -> None:
    mode = "rb" if _HAS_DIRECTORIES else "r+b"  # Windows flushes only what may be written
    with path.open(mode) as file:
        os.fsync(file.fileno())


def _flush_directory(path: Path) -> None:
    if not _HAS_DIRECTORIES:
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
