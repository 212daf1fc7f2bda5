"""Fetch ahead while the caller works: a task (here), a thread (`_sync/_background.py`). The pair is written by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


async def ahead(source: AsyncIterator[Item], items: int = 2) -> AsyncGenerator[Item]:
    """What `source` yields; while the caller works on one item, up to `items` more are made in a task of their own."""
    queue: asyncio.Queue[tuple[Item | None, BaseException | None]] = asyncio.Queue(
        items - 1  # and one in hand
    )

    async def run() -> None:
        try:
            async for item in source:
                await queue.put((item, None))
        except Exception as error:
            await queue.put((None, error))
        else:
            await queue.put((None, StopAsyncIteration()))

    task = asyncio.create_task(run())
    try:
        while True:
            item, error = await queue.get()
            if isinstance(error, StopAsyncIteration):
                return
            if error is not None:
                raise error
            yield item  # type: ignore[misc]
    finally:
        task.cancel()
        await asyncio.wait([task])


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


async def pause(seconds: float) -> None:
    """Let other tasks run meanwhile."""
    await asyncio.sleep(seconds)
