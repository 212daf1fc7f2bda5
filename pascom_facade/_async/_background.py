"""Fetch ahead while the caller works: a task (here), a thread (`_sync/_background.py`). The pair is written by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Iterable
from contextlib import aclosing
from itertools import islice
from typing import Any, Generic, Self, TypeVar

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
    if left:
        await asyncio.wait(left)


class Ahead(Generic[Item]):
    """What `source` yields; from now on, the next item is made in a task of its own while the caller works on one."""

    def __init__(self, source: AsyncGenerator[Item]) -> None:
        self._ready: asyncio.Queue[tuple[Item | None, BaseException | None]] = asyncio.Queue()
        self._task = asyncio.create_task(self._run(source))

    async def _run(self, source: AsyncGenerator[Item]) -> None:
        try:
            async with aclosing(source):
                async for item in source:
                    self._ready.put_nowait((item, None))
                    await self._ready.join()  # it is taken
        except Exception as error:
            self._ready.put_nowait((None, error))
        else:
            self._ready.put_nowait((None, StopAsyncIteration()))

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Item:
        item, error = await self._ready.get()
        self._ready.task_done()
        if error is not None:
            raise error
        return item  # type: ignore[return-value]

    async def aclose(self) -> None:
        """Break off what is under way."""
        self._task.cancel()
        await asyncio.wait([self._task])


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
