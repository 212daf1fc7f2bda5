# Made from pascom_facade/_async/cdr.py by `python -m scripts.unasync`: edit that file.
"""The CDR as one iterator: pages are fetched ahead, records are read as the caller takes them."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Callable
from contextlib import closing
from typing import Any

from ..answers import Answer
from ..cdr import Call
from ..errors import UnexpectedAnswer
from ..windows import Ask, Page, Plan, Query, Reply, read_reply, take
from ._background import ahead, pause

Fetch = Callable[[dict[str, Any]], Answer]


def calls(query: Query, plan: Plan, fetch: Fetch, retries: int) -> Iterator[Call]:
    """Every record of the query once."""
    left = query.limit
    pages = _pages(plan, fetch, retries)
    # Few records wanted: what lies behind the first page is not worth a request.
    few = left is not None and left < plan.rows
    with closing(pages if few else ahead(pages)) as source:
        for page in source:
            for call in query.pick(take(page, query.newest_first, query.place), plan.knowledge):
                if left == 0:
                    return
                yield call
                left = None if left is None else left - 1
            if left == 0:
                return


def _pages(plan: Plan, fetch: Fetch, retries: int) -> Generator[Page]:
    steps = plan.steps()
    step = next(steps)
    while True:
        if isinstance(step, Page):
            yield step
            reply = None
        else:
            reply = _readable(step, fetch, retries)
        try:
            step = steps.send(reply)
        except StopIteration:
            return


def _readable(ask: Ask, fetch: Fetch, retries: int) -> Reply:
    """Fetch one page; again if it cannot be read, as when PHP died amid a 200."""
    for attempt in range(retries + 1):
        answer = fetch(ask.params)
        try:
            return read_reply(answer)
        except UnexpectedAnswer:
            if attempt == retries:
                raise
        pause(0.2 * (attempt + 1))
    raise AssertionError("the last attempt returns or raises")
