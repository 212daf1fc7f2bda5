"""Fetch ahead while the caller works: a thread (here), a task (`_async/_background.py`). The pair is written by hand."""

from __future__ import annotations

import contextvars
import queue
import threading
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from itertools import islice
from typing import Any, Generic, Self, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


Running = Future


def soon(work: Callable[..., Result], *arguments: Any) -> Running[Result]:
    """`work(*arguments)`, begun now; `outcome` has what came of it."""
    running: Running[Result] = Future()

    def run() -> None:
        try:
            running.set_result(work(*arguments))
        except BaseException as error:
            running.set_exception(error)

    # A daemon: nobody who ends the program waits for what nobody needs any more.
    threading.Thread(target=contextvars.copy_context().run, args=(run,), name="pascom", daemon=True).start()
    return running


def outcome(running: Running[Result]) -> Result:
    """What it returned or raised, when it has."""
    return running.result()


def first_done(running: set[Running[Result]]) -> Running[Result]:
    """One that has ended."""
    return wait(running, return_when=FIRST_COMPLETED).done.pop()


def give_up(running: Iterable[Running[Any]]) -> None:
    """A thread cannot be broken off: it ends with its request, and isn't waited for."""


def side_by_side(work: Callable[[Item], Result], items: Iterable[Item], at_once: int) -> Generator[Result]:
    """The results of `work` for each of `items`, as they are ready; `at_once` run at a time."""
    left, running = iter(items), set[Future[Result]]()
    with ThreadPoolExecutor(at_once, "pascom-side-by-side") as pool:
        while True:
            running |= {pool.submit(work, item) for item in islice(left, at_once - len(running))}
            if not running:
                return
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
