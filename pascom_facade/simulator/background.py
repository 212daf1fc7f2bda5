"""Serve in the background as long as another process runs: `eval "$(pascom simulate --until-exit $$)"` (POSIX)."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # another user's
    return True


def in_background(serve: Callable[[Callable[[str], None]], int]) -> int:
    """Run `serve` in a child process and print what it announces; returns the exit status."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os._exit(_child(serve, writing))
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as announced:
        text = announced.read()
    if not text:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(text)
    return 0


def _child(serve: Callable[[Callable[[str], None]], int], writing: int) -> int:
    """A session of its own, which keeps no stream of the shell open: `$(…)` waits for all of them to be closed."""
    os.setsid()

    def announce(text: str) -> None:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        with os.fdopen(writing, "w", encoding="utf-8") as announced:
            announced.write(text)

    try:
        return serve(announce)
    finally:
        sys.stderr.flush()


def wait(stop: threading.Event, pid: int | None) -> None:
    """Until told to stop, or until the process `pid` is gone."""
    while not stop.wait(60 if pid is None else 1):
        if pid is not None and not is_running(pid):
            return
