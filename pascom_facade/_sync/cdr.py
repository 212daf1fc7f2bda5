# Made from pascom_facade/_async/cdr.py by `python -m scripts.unasync`: edit that file.
"""The CDR as one iterator: pages are fetched ahead, records are read as the caller takes them."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Callable, Generator, Iterable
from contextlib import closing
from itertools import chain
from typing import Any

from ..answers import Answer
from ..cdr import Call
from ..errors import UnexpectedAnswer
from ..windows import Ask, Page, Plan, Query, Reply, read_reply, take
from ._background import Ahead
from ._network import sleep

Fetch = Callable[[dict[str, Any]], Answer]


def calls(query: Query, plan: Plan, fetch: Fetch, retries: int) -> Iterator[Call]:
    """Every record of the query once."""
    left = query.limit
    # Few records wanted: what lies behind the first page is not worth a request.
    few = left is not None and left < plan.rows
    pages = _walk(plan.steps(), fetch, retries) if few else Ahead(_pages(plan, fetch, retries))
    with closing(pages) as source:
        for page in source:
            for call in query.pick(take(page, query.newest_first, query.place), plan.knowledge):
                if left == 0:
                    return
                yield call
                left = None if left is None else left - 1
            if left == 0:
                return


def _pages(rest: Plan | None, fetch: Fetch, retries: int) -> Generator[Page]:
    """In order; where calls come steadily, two segments are fetched at a time."""
    patience = 1  # pages to wait for that; more and more where segments were soon of no use
    while plan := rest:
        with closing(_walk(plan.steps(), fetch, retries)) as pages:
            walked = 0
            for page in pages:
                yield page
                walked += 1
                if walked >= patience and plan.at is not None:
                    for _ in _walk(plan.prove(), fetch, retries):
                        pass
                    if plan.knowledge.trusted:
                        break
                    walked, patience = 0, patience * 2
            else:
                return
        given = 0
        with closing(_in_turn(plan.segments(), fetch, retries)) as segments:
            for page in segments:
                yield page
                given += 1
        patience = 1 if given > 16 else patience * 2
        rest = plan.rest


def _in_turn(plans: Iterable[Plan], fetch: Fetch, retries: int) -> Generator[Page]:
    """The pages of each plan, the next plan's first one being fetched meanwhile."""
    running: list[Ahead[Page]] = []
    try:
        for plan in chain(plans, [None]):
            if plan:
                running.append(Ahead(_walk(plan.steps(), fetch, retries)))
            if len(running) == 2 or (running and not plan):
                for page in running[0]:
                    yield page
                del running[0]
    finally:
        for one in running:
            one.close()


def _walk(steps: Generator[Ask | Page, Any, None], fetch: Fetch, retries: int) -> Generator[Page]:
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
            reply = _readable(step, fetch, retries)


def _readable(ask: Ask, fetch: Fetch, retries: int) -> Reply:
    """Fetch one page; again if it cannot be read, as when PHP died amid a 200."""
    for attempt in range(retries + 1):
        answer = fetch(ask)
        try:
            return read_reply(answer)
        except UnexpectedAnswer:
            if attempt == retries:
                raise
        sleep(0.2 * (attempt + 1))
    raise AssertionError("the last attempt returns or raises")
