"""What goes on while the caller works: tasks (here), threads (`_sync/_background.py`). The pair is written by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, TypeVar

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
