"""Files that are written whole or not at all."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

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
def replacing_bytes(path: str | Path, *, private: bool = True) -> Iterator[BinaryIO]:
    """A binary file beside `path` that takes its place when the block ends well.

    A private one is readable by its owner only: it holds personal data.
    """
    target = Path(path)
    # Not tempfile's: that brings four compression modules along.
    draft = target.with_name(f".{target.name}.{os.urandom(4).hex()}")
    try:
        descriptor = os.open(draft, _NEW, 0o600 if private else 0o666)
    except OSError as error:
        error.filename = str(target)  # the one that somebody knows
        raise
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
