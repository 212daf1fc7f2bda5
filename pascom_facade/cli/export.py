"""Where rows go, in which format, and what is said of them on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import IO, TypeVar

import click

from .._files import growing, replacing
from .output import chosen
from .status import say

Item = TypeVar("Item")
ENDINGS = {"csv": "csv", "json": "json", "ndjson": "ndjson", "jsonl": "ndjson"}
LONG = 1000  # rows, from which on a script is told as well
EVERY = 0.5  # seconds between two looks at how far it is


def stream(file: str | None, *, endless: bool = False) -> AbstractContextManager[IO[str]]:
    """stdout (without a file, or for `-`); a file that is written whole or not at all; one that grows without end."""
    if file is None or file == "-":
        return nullcontext(sys.stdout)
    if endless:
        return growing(file)
    return replacing(file)


def format_of(output: str | None, file: str | None) -> str:
    """-o; else by the file's ending; else table on a terminal, json in a pipe.

    Raises click.UsageError for an ending that says another format.
    """
    if output:
        return output
    if file is None or file == "-":
        return chosen(None)
    name, dot, ending = file.replace("\\", "/").rpartition("/")[2].rpartition(".")
    if not dot or not name:
        return "json"
    if ending.lower() not in ENDINGS:
        raise click.UsageError(f"--to {file}: .{ending} cannot be written; name it .csv, .json or .ndjson, or add -o")
    return ENDINGS[ending.lower()]


def reported(items: Iterable[Item], what: str, file: str | None) -> Iterator[Item]:
    """The items; on stderr that there were none, how far it is (on a terminal), and what was written to a file."""
    is_watched = file is not None and file != "-" and sys.stderr.isatty()
    count = 0
    shown = time.monotonic()
    for count, item in enumerate(items, 1):
        yield item
        if is_watched and count % 100 == 0 and time.monotonic() - shown > EVERY:
            shown = time.monotonic()
            print(f"\r{count:,} {what} …", end="", file=sys.stderr, flush=True)
    if is_watched:
        print("\r\x1b[K", end="", file=sys.stderr)
    if count == 0:
        say(f"no {what}")
    elif file is not None and file != "-" and (is_watched or count >= LONG):
        one = what.removesuffix("s") if count == 1 else what
        say(f"{count:,} {one} written to {file}")
