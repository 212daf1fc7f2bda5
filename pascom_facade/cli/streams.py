"""The three streams and two signals of a process: as they are, closed, or on the way to end it."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Ended(KeyboardInterrupt):
    """The process was told to end: what is half done is cleaned up, as with Ctrl-C."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.status = 128 + number


def prepare() -> None:
    """Streams that can be used, UTF-8 for data, and an end that leaves nothing behind."""
    open_closed()
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Data is UTF-8 everywhere; a character that cannot be encoded is replaced.
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            _end_on(number)


def _end_on(number: int) -> None:
    try:
        signal.signal(number, _end)
    except ValueError:  # not in the main thread, when called as a function
        return


def _end(number: int, _: FrameType | None) -> None:
    raise Ended(number)


def open_closed() -> None:
    """A stream that was closed gets its number back: else the next file would get it, and what is meant for the stream.

    Reading from stdin ends at once, writing to stdout fails (its data would be lost), to stderr is for nobody.
    """
    if sys.stdin is None:
        _take(0, os.O_RDONLY)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stdout is None:
        _take(1, os.O_RDONLY)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        _take(2, os.O_WRONLY)
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def _take(number: int, flags: int) -> None:
    descriptor = os.open(os.devnull, flags)
    if descriptor != number:
        os.dup2(descriptor, number)
        os.close(descriptor)


def flush() -> None:
    """Write what is left for stdout."""
    sys.stdout.flush()


@contextmanager
def accepted() -> Iterator[None]:
    """Around what is written of something that was done: where it can't be, the error says so."""
    try:
        yield
        flush()
    except OSError as error:
        error.add_note("the instance has accepted it, though: don't send it again")
        raise


def described(error: OSError) -> str:
    """An error of a file or, if it names none, of stdout, whose rest goes nowhere then: files are named."""
    if error.filename:
        return f"{error.filename}: {error.strerror}"
    if error.errno in (errno.ENOSPC, errno.EBADF, errno.EIO):
        give_up_stdout()
        return f"stdout: {error.strerror}"
    return str(error)


def give_up_stdout() -> None:
    """What is left in its buffer goes nowhere: writing it at the end would fail once more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
