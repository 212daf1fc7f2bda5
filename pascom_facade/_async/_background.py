"""Fetch ahead while the caller works: a task (here), a thread (`_sync/_background.py`). The pair is written by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TypeVar

Item = TypeVar("Item")


async def ahead(source: AsyncIterator[Item], items: int = 2) -> AsyncIterator[Item]:
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
