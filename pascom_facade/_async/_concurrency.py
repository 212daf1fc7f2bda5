"""Waiting, sharing, and work that goes on meanwhile: tasks (here), threads (`_sync/_concurrency.py`).

The pair is written by hand.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Hashable, Iterable
from typing import Any, TypeVar, cast

from ..errors import ConfigurationError

Result = TypeVar("Result")
Running = asyncio.Task

sleep, Lock = asyncio.sleep, asyncio.Lock
run_blocking = asyncio.to_thread  # what may ask a vault, or a person: other tasks go on meanwhile


def here() -> Hashable:
    """The event loop: locks and connections belong to one."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        raise ConfigurationError(
            "AsyncPascom works in an event loop of asyncio (or uvloop) only, and there is none; use Pascom, "
            "with trio in a thread"
        ) from None


def is_over(place: Hashable) -> bool:
    """Whether nothing can be done there any more."""
    return cast(asyncio.AbstractEventLoop, place).is_closed()


async def at_end_of_here(action: Callable[[], Awaitable[None]]) -> object:
    """Let `action` be done when the event loop is about to end, or what is returned is forgotten.

    asyncio.run closes generators that were left open: one is.
    """

    async def wait_for_it() -> AsyncGenerator[None]:
        try:
            yield
        finally:
            await action()
            await asyncio.sleep(0)  # a turn of the loop, for transports that were aborted

    waiting = wait_for_it()
    await anext(waiting)
    return waiting


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
    here()
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
    if left:
        await asyncio.gather(*left, return_exceptions=True)
