"""Recordings without the network: what a call's recording consists of, and the file a download goes into.

`monitor/{recordID}/{ruleID}/{file}/wav`, and `r_` or `t_` in front of the id for one voice only (vendor page: module
recording; public facts §7).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, Self

from .answers import Answer
from .cdr import Call
from .errors import ConfigurationError, ConnectionFailed, PascomError

Leg = Literal["whole", "caller", "callee"]
Progress = Callable[[int, int | None], object]
"""Called with the bytes that are there, and all there will be (None: the instance doesn't say)."""

_LEGS: dict[Leg, str] = {"whole": "", "caller": "r_", "callee": "t_"}
_OVERLAP = 4096  # bytes fetched again when a download goes on, to see that they belong together


class CannotWrite(PascomError):
    """A recording cannot be written to its file: the disk is full, or it is not allowed."""


class StalePart(Exception):
    """What is left of a download begun before is not the beginning of this recording."""


@dataclass(frozen=True)
class Part:
    """One section of a recorded call (`file`, from 1), by one recording rule, whole or one voice only."""

    record_id: str
    leg: Leg = "whole"
    rule: int = 1
    file: int = 1
    size: int | None = None
    """Bytes, where known."""

    @property
    def path(self) -> tuple[str, str, str]:
        """recordID, ruleID and file, as the instance's address has them."""
        return _LEGS[self.leg] + self.record_id, str(self.rule), str(self.file)

    @property
    def filename(self) -> str:
        """A name that is safe on every system, made from the address, not from what the instance proposes."""
        return re.sub(r"[^\w-]+", "_", "_".join(self.path)) + ".wav"

    @classmethod
    def of(cls, what: Call | Part | str, leg: Leg, rule: int, file: int) -> Part:
        """From a call, a recording's id, or a part itself. Raises ConfigurationError for a call without a recording."""
        if isinstance(what, Part):
            return what
        record_id = what.recording if isinstance(what, Call) else what
        if not record_id:
            raise ConfigurationError("this call was not recorded: its recording is None")
        return cls(record_id, leg, rule, file)

    def target(self, to: str | os.PathLike[str]) -> Path:
        """The file to write: `to` itself, or a name in it where it is a folder."""
        path = Path(to)
        if os.fspath(to).endswith(("/", os.sep)):
            path.mkdir(parents=True, exist_ok=True)
        return path / self.filename if path.is_dir() else path


@dataclass
class Reading:
    """How far a recording is read: `at` of `total` bytes."""

    at: int = 0
    total: int | None = None

    @property
    def headers(self) -> dict[str, str]:
        asked = {"Accept": "audio/x-wav, */*;q=0.5", "Accept-Encoding": "identity"}
        return {**asked, "Range": f"bytes={self.at}-"} if self.at else asked

    def begin(self, answer: Answer) -> int:
        """How many bytes of this answer to skip. Raises UnexpectedAnswer if it isn't (the rest of) this recording."""
        kind = answer.headers.get("content-type", "")
        if kind.startswith("text/") or "json" in kind:
            raise answer.unexpected(f"{kind.split(';')[0]} instead of a recording")
        if (coding := answer.headers.get("content-encoding", "identity")) != "identity":
            raise answer.unexpected(f"a recording compressed with {coding}, which was not asked for")
        length = answer.headers.get("content-length", "")
        first, total = 0, int(length) if length.isdecimal() else None
        if answer.status == 206:
            said = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", answer.headers.get("content-range", ""))
            if said is None or int(said[1]) > self.at:
                raise answer.unexpected("another range than was asked for")
            first, total = int(said[1]), int(said[2]) if said[2] != "*" else None
        if None not in (total, self.total) and total != self.total:
            raise answer.unexpected(f"a length of {total} bytes after one of {self.total}")
        self.total = total if total is not None else self.total
        return self.at - first

    def end(self, answer: Answer) -> None:
        """The answer has ended. Raises ConnectionFailed if there should be more of it."""
        if self.total is not None and self.at < self.total:
            raise ConnectionFailed(
                f"{answer.method} {answer.path}: the answer ended after {self.at} of {self.total} bytes",
                method=answer.method,
                path=answer.path,
            )


class PartFile:
    """`NAME.part` beside the target until all is there; then it takes the target's name, at once."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._path = target.with_name(target.name + ".part")
        self._tail = b""

    def __enter__(self) -> Self:
        self._file = self._guarded(lambda: self._path.open("ab+"))
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def start(self) -> int:
        """Where to go on reading: a little before the end of what is there."""
        size = self._file.seek(0, os.SEEK_END)
        self._tail = b""
        if size > _OVERLAP:
            self._file.seek(size - _OVERLAP)
            self._tail = self._file.read()
        elif size:  # ext4 takes an empty file that is cut for one to be written out when it is closed
            self._file.truncate(0)
        return max(0, size - _OVERLAP) if self._tail else 0

    def take(self, piece: bytes) -> None:
        """Append what is new. Raises StalePart if it doesn't follow what is there, CannotWrite if there is no room."""
        again = len(self._tail)
        if again:
            if not piece.startswith(self._tail) and not self._tail.startswith(piece):
                raise StalePart
            self._tail, piece = self._tail[len(piece) :], piece[again:]
        self._guarded(lambda: self._file.write(piece))

    def discard(self) -> None:
        """Begin anew."""
        self._file.truncate(0)

    def finish(self) -> Path:
        """All is there."""
        if self._tail:
            raise StalePart
        self._guarded(lambda: (self._file.close(), self._path.replace(self._target)))
        return self._target

    def _guarded(self, action: Callable[[], object]) -> BinaryIO:
        try:
            return action()  # type: ignore[return-value]
        except OSError as error:
            raise CannotWrite(
                f"{self._path}: {error.strerror}; what is there is kept, and a download begun anew goes on from it"
            ) from None
