"""The file that a download writes: `NAME.part` beside its target, until it is whole.

One download at a time writes it: who comes second waits, and takes what is there then. It is a file of its own: no link
leads elsewhere. What is no regular file (a pipe, a device) is written into as it is.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Self

from ._files import PRIVATE, is_special, open_special
from ._locks import try_lock
from .errors import PascomError

_OVERLAP = 4096  # bytes fetched again when a download resumes, to check that they are the same
_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class CannotWrite(PascomError):
    """A recording cannot be written to its file: the disk is full, or writing is not allowed."""


class StalePart(Exception):
    """The file of an interrupted download does not hold the beginning of this recording."""


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Raises CannotWrite for what the system refuses."""
    try:
        yield
    except OSError as error:
        kept = "what is there is kept, and a download begun anew goes on from it"
        raise CannotWrite(f"{path}: {error.strerror}; {kept}") from None


class PartFile:
    """One download's file: `acquire` until it is ours, `start`, `take` each piece, `finish`."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._is_special = is_special(target)
        self._path = target if self._is_special else target.with_name(target.name + ".part")
        self._tail = b""
        self._file: BinaryIO | None = None
        self._is_ours = False
        self.is_done = False
        """The target is there: somebody else was faster."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        file = self._file
        if file is None:
            return
        is_empty = self._is_ours and not (file.closed or self._is_special) and not os.fstat(file.fileno()).st_size
        if is_empty and os.name == "posix":
            self._path.unlink(missing_ok=True)  # while it is locked: nobody else has begun to write it
        with suppress(OSError):  # what couldn't be written was said
            file.close()
        if is_empty and os.name != "posix":
            with suppress(OSError):
                self._path.unlink(missing_ok=True)

    def acquire(self) -> bool:
        """Whether the file is ours now, or done; if not, ask again in a moment."""
        with writing(self._path):
            if self._is_special:
                self._file = open_special(self._path)
                return True
            if not self._target.exists():
                if self._file is None:
                    self._file = self._opened()
                if not try_lock(self._file.fileno()):
                    return False
            if self._target.exists():  # since before, or by whoever had the lock
                self.is_done = True
                self._let_go()
                return True
            if not self._is_at_its_path():  # whoever had it has finished, or has removed it
                self._let_go()
                return False
            self._is_ours = True
            return True

    def _opened(self) -> BinaryIO:
        elsewhere = OSError(0, "it is a link, or no file: it would be written elsewhere")
        if self._path.is_symlink():  # Windows opens what it leads to
            raise elsewhere
        file = os.fdopen(os.open(self._path, _OPEN, PRIVATE), "r+b")
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
            file.close()
            raise elsewhere
        return file

    def _is_at_its_path(self) -> bool:
        if self._file is None:
            return False
        try:
            return os.path.samestat(os.fstat(self._file.fileno()), self._path.lstat())
        except FileNotFoundError:
            return False

    def _let_go(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    @property
    def _open_file(self) -> BinaryIO:
        if self._file is None:
            raise RuntimeError("not acquired")
        return self._file

    def start(self) -> int:
        """The offset to resume at: a little before the end of the file, to compare the overlap."""
        self._tail = b""
        if self._is_special:
            return 0
        file = self._open_file
        with writing(self._path):
            size = file.seek(0, os.SEEK_END)
            if size <= _OVERLAP:
                if size:  # truncating an empty file as well would make ext4 flush it when it is closed
                    file.truncate(0)
                    file.seek(0)
                return 0
            file.seek(size - _OVERLAP)
            self._tail = file.read()
            return size - _OVERLAP

    def take(self, piece: bytes) -> None:
        """Append the new bytes. Raises StalePart if the overlap differs, CannotWrite if writing fails."""
        overlap = len(self._tail)
        if overlap:
            if not piece.startswith(self._tail) and not self._tail.startswith(piece):
                raise StalePart
            self._tail = self._tail[len(piece) :]
            piece = piece[overlap:]
        with writing(self._path):
            self._open_file.write(piece)

    def discard(self) -> None:
        """Begin anew."""
        if not self._is_special:
            self._open_file.truncate(0)
            self._open_file.seek(0)

    def spoiled(self) -> CannotWrite:
        """The error for a file that another program has written into, or removed."""
        return CannotWrite(f"{self._path}: another program has changed it; nothing was saved")

    def finish(self, size: int) -> Path:
        """Give the file its name: it has `size` bytes, which are on the disk before.

        Raises StalePart if the recording ended within the overlap, or another program has changed the file.
        """
        if self._tail:
            raise StalePart
        file = self._open_file
        with writing(self._path):
            file.flush()
            if not self._is_special:
                if os.fstat(file.fileno()).st_size != size or not self._is_at_its_path():
                    raise StalePart
                os.fsync(file.fileno())
                if os.name != "posix":  # Windows renames no open file
                    file.close()
                self._path.replace(self._target)
            file.close()
        return self._target
