"""Files that are written whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO, cast


@contextmanager
def replacing(path: str | Path) -> Iterator[IO[str]]:
    """A text file beside `path` that takes its place when the block ends well."""
    with replacing_bytes(path) as raw:
        text = io.TextIOWrapper(raw, encoding="utf-8", errors="replace", newline="")
        yield text
        text.flush()
        text.detach()


@contextmanager
def replacing_bytes(path: str | Path) -> Iterator[BinaryIO]:
    """A binary file beside `path` that takes its place when the block ends well; readable by its owner only:
    it holds personal data."""
    import tempfile  # only here: it brings four compression modules along

    target = Path(path)
    try:
        temporary = tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False)  # noqa: SIM115
    except OSError as error:
        error.filename = str(target)  # the one that somebody knows
        raise
    try:
        with temporary:
            yield cast(BinaryIO, temporary)
        Path(temporary.name).replace(target)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(temporary.name).unlink()
        raise
