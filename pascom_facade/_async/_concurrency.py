"""Waiting, sharing, and work that goes on meanwhile: tasks (here), threads (`_sync/_concurrency.py`).

The pair is written by hand.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, TypeVar

Result = TypeVar("Result")
Running = asyncio.Task

sleep, Lock = asyncio.sleep, asyncio.Lock
run_blocking = asyncio.to_thread  # what may ask a vault, or a person: other tasks go on meanwhile


class Slots:
    """So many at a time."""

    def __init__(self, many: int) -> None:
        self._free = asyncio.Semaphore(many)
        self.give = self._free.release

    async def take(self, timeout: float | None) -> bool:
        """Whether there was one in time."""
        try:
            if not self._free.locked():  # a timeout is a tenth of the work, with 10 dials in flight
                return await self._free.acquire()
            async with asyncio.timeout(timeout):
                return await self._free.acquire()
        except TimeoutError:
            return False


def start(work: Callable[..., Coroutine[Any, Any, Result]], *arguments: Any) -> Running[Result]:
    """`work(*arguments)`, begun now; `result_of` has what came of it."""
    return asyncio.create_task(work(*arguments))


async def result_of(running: Running[Result]) -> Result:
    """What it returned or raised, when it has."""
    return await running


async def first_done(running: set[Running[Result]]) -> Running[Result]:
    """One that has ended."""
    done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
    return done.pop()


async def cancel_all(running: Iterable[Running[Any]]) -> None:
    """Break off what is under way."""
    for one in (left := set(running)):
        one.cancel()
    await asyncio.gather(*left, return_exceptions=True)
