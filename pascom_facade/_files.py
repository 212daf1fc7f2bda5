"""Files that are written whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO

PRIVATE = 0o600  # the mode of all new files that hold calls or voices
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # which Windows needs for bytes as they are


@contextmanager
def replacing(path: str | Path) -> Iterator[IO[str]]:
    """A text file beside `path` that takes its place when the block ends well."""
    with replacing_bytes(path) as raw:
        text = io.TextIOWrapper(raw, encoding="utf-8", errors="replace", newline="")
        yield text
        text.flush()
        text.detach()


@contextmanager
def growing(path: str | Path) -> Iterator[IO[str]]:
    """A text file that is written as it goes, for what never ends; what was in it is gone."""
    target = Path(path).resolve() if Path(path).is_symlink() else Path(path)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), PRIVATE)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace", newline="") as file:
        yield file


@contextmanager
def replacing_bytes(path: str | Path, *, private: bool = True) -> Iterator[BinaryIO]:
    """A binary file beside `path` that takes its place when the block ends well.

    A file that is there keeps its mode; a new one that is private can be read by its owner only: it holds personal
    data. A link is followed. What is no regular file (a pipe, a device) is written into as it is.
    """
    target = Path(path)
    if target.is_symlink():
        target = target.resolve()
    if is_special(target):
        try:
            with open_special(target) as file:
                yield file
        except OSError as error:
            error.filename = error.filename or str(path)
            raise
        return
    # Not tempfile's: that brings four compression modules along.
    draft = target.with_name(f".{target.name}.{os.urandom(4).hex()}")
    try:
        descriptor = os.open(draft, _NEW, PRIVATE if private else 0o666)
    except OSError as error:
        error.filename = str(path)  # the one that somebody knows
        raise
    try:
        with os.fdopen(descriptor, "wb") as file:
            _keep_mode(target, draft)
            yield file
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def is_special(path: Path) -> bool:
    """Whether it is there and neither a file nor a folder: a pipe, a terminal, /dev/stdout."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def open_special(path: Path) -> BinaryIO:
    """What is no regular file, to be written into. Raises OSError, too, for a pipe that nobody reads from."""
    if not path.is_fifo():
        return path.open("wb")
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK)  # else opening it would wait for ever
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise OSError(errno.ENXIO, "nobody reads from this pipe", str(path)) from None
        raise
    os.set_blocking(descriptor, True)
    return os.fdopen(descriptor, "wb")


def _keep_mode(target: Path, draft: Path) -> None:
    with suppress(FileNotFoundError):
        draft.chmod(stat.S_IMODE(target.stat().st_mode))
