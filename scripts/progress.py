"""Progress on stderr while a command works: each step, its result, and how long it took."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from pascom_facade._printable import paragraphs


def say(text: str, *, before: str = "", end: str = "\n", file: TextIO | None = None) -> None:
    """Print for a person, who may be at a terminal: a document's texts are in it, and nothing of them is obeyed."""
    print(before + paragraphs(text), end=end, file=file, flush=True)


class Progress:
    """`with progress.step("generate") as note: …; note("35 operations")`

    On a terminal a step's line appears when it begins: a person sees what the wait is for.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream

    @contextmanager
    def step(self, name: str) -> Iterator[Note]:
        restart = ""
        if self._stream.isatty():
            print(f"  {name:<10} …", end="", file=self._stream, flush=True)
            restart = "\r"
        note, began, end = Note(), time.monotonic(), "failed"
        try:
            yield note
            end = note.text
        finally:
            seconds = f"{time.monotonic() - began:.1f} s"
            say(f"{name:<10} {seconds:>7}  {end}", before=f"{restart}  ", file=self._stream)


class Note:
    """The result of a step, in words."""

    text = ""

    def __call__(self, text: str) -> None:
        self.text = text


class Waiting:
    """Says on standard error what is being waited for, once a run takes longer than a second."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._timer = threading.Timer(0, lambda: None)

    def __call__(self, what: str) -> None:
        self._timer.cancel()
        if what:
            wait = max(0.0, self._since + 1 - time.monotonic())
            self._timer = threading.Timer(wait, self._say, [what])
            self._timer.daemon = True
            self._timer.start()

    @staticmethod
    def _say(what: str) -> None:
        say(f"waiting for {what} …", file=sys.stderr)
