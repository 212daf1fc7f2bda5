"""Waiting, sharing, and work that goes on meanwhile: threads (here), tasks (`_async/_concurrency.py`).

The pair is written by hand.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable
from time import sleep as sleep
from typing import TYPE_CHECKING, Any, TypeVar

from .._exchange import Process

if TYPE_CHECKING:
    from concurrent.futures import Future

    Running = Future

Result = TypeVar("Result")
Lock = threading.Lock


def run_blocking(work: Callable[[], Result]) -> Result:
    """Here: other threads go on meanwhile."""
    return work()


def here() -> Hashable:
    """The process: connections, and locks that other threads held when it was forked, belong to one."""
    return Process.number


def is_over(place: Hashable) -> bool:
    """Whether nothing can be done there any more."""
    return place != Process.number


def at_end_of_here(action: Callable[[], None]) -> object:
    """Let `action` be done when a process ends: the operating system does that."""
    return None


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
    import contextvars
    from concurrent.futures import Future  # not in a process that dials once

    running: Running[Result] = Future()

    def run() -> None:
        try:
            running.set_result(work(*arguments))
        except BaseException as error:
            running.set_exception(error)

    # A daemon: nobody who ends the program waits for what nobody needs any more.
    thread = threading.Thread(target=contextvars.copy_context().run, args=(run,), name="pascom", daemon=True)
    try:
        thread.start()
    except RuntimeError:  # the program ends, or may have no more threads
        run()
    return running


def result_of(running: Running[Result]) -> Result:
    """What it returned or raised, when it has."""
    return running.result()


def first_done(running: set[Running[Result]]) -> Running[Result]:
    """One that has ended."""
    from concurrent.futures import FIRST_COMPLETED, wait

    return wait(running, return_when=FIRST_COMPLETED).done.pop()


def cancel_all(running: Iterable[Running[Any]]) -> None:
    """A thread cannot be broken off: it ends when its work is done, and isn't waited for."""
