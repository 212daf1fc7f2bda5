"""Recordings without the network: the parts of a call's recording, and how one is read.

`monitor/{recordID}/{ruleID}/{file}/wav`, with `r_` or `t_` before the id for one voice only (vendor page: module
recording; public facts §7).
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ._part_file import CannotWrite, writing
from ._words import quoted
from .answers import Answer
from .cdr import Call
from .errors import ConfigurationError, ConnectionFailed

__all__ = ["CannotWrite", "Leg", "Part", "Progress", "Reading"]

Leg = Literal["whole", "caller", "callee"]
Progress = Callable[[int, int | None], object]
"""Called with the bytes downloaded so far, and in all (None: the instance doesn't say)."""

_LEGS: dict[Leg, str] = {"whole": "", "caller": "r_", "callee": "t_"}
_LONGEST_NAME = 100  # without what tells it apart


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
        """A name that is safe on every system: from the address, not the name that the instance proposes.

        Another recording has another name, also where capitals and small letters are the same.
        """
        address = "_".join(self.path)
        name = re.sub(r"[^a-z0-9_-]+", "_", address.lower())[:_LONGEST_NAME]
        if name != address:
            name += f"_{hashlib.sha256(address.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
        return f"{name}.wav"

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
        """The file to write: `to` itself, what it links to, or a file in it if it is a folder."""
        path = Path(to)
        with writing(path):
            if os.fspath(to).endswith(("/", os.sep)):
                path.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                path /= self.filename
            return path.resolve() if path.is_symlink() else path


@dataclass
class Reading:
    """Progress in reading a recording: `at` of `total` bytes."""

    at: int = 0
    total: int | None = None

    @property
    def headers(self) -> dict[str, str]:
        headers = {"Accept": "audio/x-wav, */*;q=0.5", "Accept-Encoding": "identity"}
        if self.at:
            headers["Range"] = f"bytes={self.at}-"
        return headers

    def begin(self, answer: Answer) -> int:
        """The number of bytes to skip. Raises UnexpectedAnswer if this isn't (the rest of) the recording."""
        media_type = answer.headers.get("content-type", "")
        if media_type.startswith("text/") or "json" in media_type:
            raise answer.unexpected(f"{quoted(media_type.split(';')[0])} instead of a recording")
        coding = answer.headers.get("content-encoding", "identity")
        if coding != "identity":
            raise answer.unexpected(f"a recording compressed with {quoted(coding)}, which was not asked for")
        first, total = self._extent(answer)
        if total is not None:
            if self.total not in (None, total):
                raise answer.unexpected(f"a length of {total} bytes after one of {self.total}")
            self.total = total
        return self.at - first

    def _extent(self, answer: Answer) -> tuple[int, int | None]:
        """Position of the answer's first byte, and the size of the whole recording where the answer has it."""
        if answer.status != 206:
            return 0, _number(answer.headers.get("content-length", ""))
        said = answer.headers.get("content-range", "")
        content_range = re.fullmatch(r"bytes (\d{1,18})-\d{1,18}/(\d{1,18}|\*)", said, re.ASCII)
        if content_range is None or int(content_range[1]) > self.at:
            raise answer.unexpected("another range than was asked for")
        return int(content_range[1]), _number(content_range[2])

    def end(self, answer: Answer) -> None:
        """Raises ConnectionFailed if the answer ended before the recording."""
        if self.total is not None and self.at < self.total:
            raise ConnectionFailed(
                f"{answer.method} {answer.path}: the answer ended after {self.at} of {self.total} bytes",
                method=answer.method,
                path=answer.path,
            )


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,18}", text, re.ASCII) else None
