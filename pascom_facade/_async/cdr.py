"""The CDR as one iterator: pages are fetched ahead, records are read as the caller takes them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Generator, Iterable
from contextlib import aclosing
from itertools import chain
from typing import Any

from ..answers import Answer
from ..cdr import Call
from ..errors import UnexpectedAnswer
from ..windows import Ask, Page, Plan, Query, Reply, read_reply, take
from ._background import Ahead
from ._network import sleep

Fetch = Callable[[dict[str, Any]], Awaitable[Answer]]


async def calls(query: Query, plan: Plan, fetch: Fetch, retries: int) -> AsyncIterator[Call]:
    """Every record of the query once."""
    left = query.limit
    # Few records wanted: what lies behind the first page is not worth a request.
    few = left is not None and left < plan.rows
    pages = _walk(plan.steps(), fetch, retries) if few else Ahead(_pages(plan, fetch, retries))
    async with aclosing(pages) as source:
        async for page in source:
            for call in query.pick(take(page, query.newest_first, query.place), plan.knowledge):
                if left == 0:
                    return
                yield call
                left = None if left is None else left - 1
            if left == 0:
                return


async def _pages(rest: Plan | None, fetch: Fetch, retries: int) -> AsyncGenerator[Page]:
    """In order; where calls come steadily, two segments are fetched at a time."""
    patience = 1  # pages to wait for that; more and more where segments were soon of no use
    while plan := rest:
        async with aclosing(_walk(plan.steps(), fetch, retries)) as pages:
            walked = 0
            async for page in pages:
                yield page
                walked += 1
                if walked >= patience and plan.at is not None:
                    async for _ in _walk(plan.prove(), fetch, retries):
                        pass
                    if plan.knowledge.trusted:
                        break
                    walked, patience = 0, patience * 2
            else:
                return
        given = 0
        async with aclosing(_in_turn(plan.segments(), fetch, retries)) as segments:
            async for page in segments:
                yield page
                given += 1
        patience = 1 if given > 16 else patience * 2
        rest = plan.rest


async def _in_turn(plans: Iterable[Plan], fetch: Fetch, retries: int) -> AsyncGenerator[Page]:
    """The pages of each plan, the next plan's first one being fetched meanwhile."""
    running: list[Ahead[Page]] = []
    try:
        for plan in chain(plans, [None]):
            if plan:
                running.append(Ahead(_walk(plan.steps(), fetch, retries)))
            if len(running) == 2 or (running and not plan):
                async for page in running[0]:
                    yield page
                del running[0]
    finally:
        for one in running:
            await one.aclose()


async def _walk(steps: Generator[Ask | Page, Any, None], fetch: Fetch, retries: int) -> AsyncGenerator[Page]:
    reply: Reply | None = None
    while True:
        try:
            step = steps.send(reply)
        except StopIteration:
            return
        reply = None
        if isinstance(step, Page):
            yield step
        else:
            reply = await _readable(step, fetch, retries)


async def _readable(ask: Ask, fetch: Fetch, retries: int) -> Reply:
    """Fetch one page; again if it cannot be read, as when PHP died amid a 200."""
    for attempt in range(retries + 1):
        answer = await fetch(ask)
        try:
            return read_reply(answer)
        except UnexpectedAnswer:
            if attempt == retries:
                raise
        await sleep(0.2 * (attempt + 1))
    raise AssertionError("the last attempt returns or raises")
