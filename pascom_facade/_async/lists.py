"""Verbs that may take several requests: lists that come in pages, and the states of several users."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import cached_property
from math import inf
from typing import Any

from .._operations import Operations
from .._phone_states import ONE_BY_ONE, asking, read
from .._records import Gathered, IsRecord
from ..answers import Answer
from ..errors import UnexpectedAnswer

Call = Callable[..., Awaitable[Answer]]
"""A function that requests an operation by its name, with `params=` for its query."""


async def all_pages(
    call: Call,
    known: Operations,
    operation: str,
    is_record: IsRecord,
    answer: Answer,
    params: dict[str, Any],
    most: float = inf,
) -> list[Any]:
    """The records of an answer, and of the pages that follow it."""

    def names() -> dict[str, str]:
        from .._meanings import meanings

        return meanings(known.query_parameters(operation))

    gathered = Gathered(is_record, names, most)
    while (more := gathered.take(answer)) is not None:
        answer = await call(operation, params={**params, **more})
    return gathered.rows


async def plain_calls(
    call: Call, known: Operations, operation: str, answer: Answer, params: dict[str, Any], most: float
) -> Answer:
    """A CDR answer in the vendor's form: an array, with the calls of all pages, but at most `most`."""
    from ..cdr import is_call, read_calls

    if answer.content[:1] == b"[":
        return answer
    try:
        read_calls(answer)
    except UnexpectedAnswer:  # the caller reads it as well, and decides whether to retry
        return answer
    rows = await all_pages(call, known, operation, is_call, answer, params, most)
    return replace(answer, content=json.dumps(rows[: int(min(most, len(rows)))]).encode())


STATES = "identity.get_identity_states"


class PhoneStates:
    """Requests the states of users; remembers whether an instance answers several in one request."""

    def __init__(self, call: Call, known: Operations, learned: Callable[[], object]) -> None:
        """learned: what is known of the way, if anything; asked when there is more than one user."""
        self._call, self._known, self._learned = call, known, learned
        self._one_by_one = False
        self._stateless: set[str] = set()
        """Users without a state in an answer about them alone."""

    async def of(self, users: list[str]) -> dict[str, str | None]:
        """The state of each user, None for one who has none; users who are not in the answer are left out."""
        if len(users) < 2:
            return await self._at_once(users)
        found: dict[str, str | None] = {}
        if not self._one_by_one and self._way != ONE_BY_ONE:
            found = await self._at_once(users)
        answered = found.keys() & set(users)
        if len(answered) > 1 or set(users) - self._stateless <= answered:
            return found
        alone: dict[str, str | None] = {}
        for user in users:
            alone |= await self._at_once([user])
        if len(alone) > len(answered):
            self._one_by_one = True
        self._stateless |= set(users) - alone.keys()
        return alone

    @cached_property
    def _way(self) -> object:
        return self._learned()

    async def _at_once(self, users: list[str]) -> dict[str, str | None]:
        params = asking(users)
        if len(users) > 1:
            params = asking(users, self._known.query_parameters(STATES), self._way)
        found = read(await self._call(STATES, params=params), users)
        wanted = {user: found[user] for user in users if user in found}
        return wanted or found  # one that reads users otherwise answers all that it has
