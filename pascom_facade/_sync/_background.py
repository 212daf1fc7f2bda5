"""What goes on while the caller works: threads (here), tasks (`_async/_background.py`). The pair is written by hand."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Any, TypeVar

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
    """A thread cannot be broken off: it ends when its work is done, and isn't waited for."""
