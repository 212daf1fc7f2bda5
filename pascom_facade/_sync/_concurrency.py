"""Waiting, sharing, and work that goes on meanwhile: threads (here), tasks (`_async/_concurrency.py`).

The pair is written by hand.
"""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from time import sleep as sleep
from typing import Any, TypeVar

Result = TypeVar("Result")
Running = Future
Lock = threading.Lock


def run_blocking(work: Callable[[], Result]) -> Result:
    """Here: other threads go on meanwhile."""
    return work()


class Slots:
    """So many at a time."""

    def __init__(self, many: int) -> None:
        self._free = threading.Semaphore(many)
        self.give = self._free.release

    def take(self, timeout: float | None) -> bool:
        """Whether there was one in time."""
        return self._free.acquire(timeout=timeout)


def start(work: Callable[..., Result], *arguments: Any) -> Running[Result]:
    """`work(*arguments)`, begun now; `result_of` has what came of it."""
    running: Running[Result] = Future()

    def run() -> None:
        try:
            running.set_result(work(*arguments))
        except BaseException as error:
            running.set_exception(error)

    # A daemon: nobody who ends the program waits for what nobody needs any more.
    threading.Thread(target=contextvars.copy_context().run, args=(run,), name="pascom", daemon=True).start()
    return running


def result_of(running: Running[Result]) -> Result:
    """What it returned or raised, when it has."""
    return running.result()


def first_done(running: set[Running[Result]]) -> Running[Result]:
    """One that has ended."""
    return wait(running, return_when=FIRST_COMPLETED).done.pop()


def cancel_all(running: Iterable[Running[Any]]) -> None:
    """A thread cannot be broken off: it ends when its work is done, and isn't waited for."""
