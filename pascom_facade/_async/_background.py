"""Fetch ahead while the caller works: a task (here), a thread (`_sync/_background.py`). The pair is written by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Iterable
from itertools import islice
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


Running = asyncio.Task


def soon(work: Callable[..., Coroutine[Any, Any, Result]], *arguments: Any) -> Running[Result]:
    """`work(*arguments)`, begun now; `outcome` has what came of it."""
    return asyncio.create_task(work(*arguments))


async def outcome(running: Running[Result]) -> Result:
    """What it returned or raised, when it has."""
    return await running


async def first_done(running: set[Running[Result]]) -> Running[Result]:
    """One that has ended."""
    done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
    return done.pop()


async def give_up(running: Iterable[Running[Any]]) -> None:
    """Break off what is under way."""
    for one in (left := set(running)):
        one.cancel()
    await asyncio.gather(*left, return_exceptions=True)


async def side_by_side(
    work: Callable[[Item], Awaitable[Result]], items: Iterable[Item], at_once: int
) -> AsyncGenerator[Result]:
    """The results of `work` for each of `items`, as they are ready; `at_once` run at a time."""
    left, running = iter(items), set[asyncio.Task[Result]]()
    try:
        while True:
            for item in islice(left, at_once - len(running)):
                running.add(asyncio.ensure_future(work(item)))
            if not running:
                return
            done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                yield task.result()
    finally:
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running)
