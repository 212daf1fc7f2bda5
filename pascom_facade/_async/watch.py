"""What changes, found by asking again and again: the API has no events (vendor: "no event control possible").

Gentle: quiet times are looked at more and more seldom, an instance that is busy or restarting is left alone for longer.
"""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ..cdr import Call, Place
from ..errors import CallFailed, ConnectionFailed, RateLimited, ServerError, UnexpectedAnswer
from ._network import sleep

if TYPE_CHECKING:
    from .client import AsyncPascom

Seen = TypeVar("Seen")
logger = logging.getLogger("pascom_facade")

SLOWEST = 4.0  # times `every`, when nothing happens
LONGEST = 60.0  # seconds, when the instance fails


class StateChange(NamedTuple):
    """A user's phone state, and the one before (None: not known)."""

    user: str
    state: str | None
    before: str | None


class Rhythm:
    """When to look again, in seconds."""

    def __init__(self, every: float) -> None:
        self._every = every
        self._next = every

    def after(self, changed: bool) -> float:
        self._next = self._every if changed else min(self._next * 1.25, self._every * SLOWEST)
        return self._next

    def after_failure(self, error: Exception) -> float:
        asked = error.retry_after if isinstance(error, RateLimited) else None
        self._next = max(self._every, min(self._next * 2, LONGEST))
        return max(self._next, asked or 0)


async def watch_states(pbx: AsyncPascom, users: list[str], every: float) -> AsyncIterator[StateChange]:
    """The state of each user, and then each change."""
    known: dict[str, str | None] = {}
    rhythm = Rhythm(every)
    while True:
        found = await _look(lambda: pbx.states(users), rhythm)
        changes = [
            StateChange(user, found.get(user), known.get(user))
            for user in users
            if user not in known or known[user] != found.get(user)
        ]
        for change in changes:
            known[change.user] = change.state
            yield change
        await sleep(rhythm.after(bool(changes)))


async def watch_calls(
    pbx: AsyncPascom, every: float, look_back: timedelta, since: datetime | None, wanted: dict[str, Any]
) -> AsyncIterator[Call]:
    """Each record since `since`, and each that appears or changes from now on."""
    known: dict[Place, Call] | None = None
    rhythm = Rhythm(every)

    async def recent() -> list[Call]:
        first = datetime.now(UTC) - look_back
        if since is not None:
            first = since if known is None else max(first, since)
        return [call async for call in pbx.cdr(since=first, **wanted)]

    while True:
        found = {call.place: call for call in reversed(await _look(recent, rhythm))}
        before = found if known is None and since is None else known or {}
        changed = [call for at, call in found.items() if before.get(at) != call]
        known = found
        for call in changed:
            yield call
        await sleep(rhythm.after(bool(changed)))


async def follow(pbx: AsyncPascom, user: str, timeout: float) -> None:
    """Until the user's phone is in use. Raises CallFailed if it goes idle again, or isn't in time."""
    deadline, begun, state = time.monotonic() + timeout, False, "unknown"
    while True:
        state = (await pbx.states(user)).get(user, "unknown")
        if "InUse" in state or "Hold" in state:
            return
        begun = begun or "Ringing" in state
        if begun and state == "Idle":
            raise CallFailed(f"the call of {user} was not taken or has ended: the phone is idle again")
        if time.monotonic() > deadline:
            raise CallFailed(
                f"the phone of {user} is not in use after {timeout:g} s but {state!r}; it may still be calling"
            )
        await sleep(0.5)


async def _look(look: Callable[[], Awaitable[Seen]], rhythm: Rhythm) -> Seen:
    """Look until it succeeds; what another attempt can't mend is raised."""
    while True:
        try:
            return await look()
        except (ConnectionFailed, RateLimited, ServerError, UnexpectedAnswer) as error:
            wait = rhythm.after_failure(error)
            logger.warning("watching goes on in %.0f s: %s", wait, error)
        await sleep(wait)
