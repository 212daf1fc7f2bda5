# Made from pascom_facade/_async/watch.py by `python -m scripts.unasync`: edit that file.
"""Changes, found by polling: the API has no events (vendor: "no event control possible").

Polls ever less often while nothing changes, and waits longer for an instance that is busy or restarting.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, TypeVar

from .._words import quoted
from ..cdr import Call, Position
from ..errors import (
    CallFailed,
    ConfigurationError,
    ConnectionFailed,
    PascomError,
    RateLimited,
    ServerError,
    UnexpectedAnswer,
)
from ..settings import number
from ._concurrency import sleep

Change = TypeVar("Change")
States = Callable[[list[str]], dict[str, str]]
Calls = Callable[[datetime], Iterator[Call]]
logger = logging.getLogger("pascom_facade")

SLOWEST = 4.0  # times `every`, while nothing changes
LONGEST = 60.0  # seconds, while the instance fails
LONGEST_LOOK = 1e9  # seconds back
LONGEST_ASKED = 3600.0  # seconds, if the instance asks for a longer wait


class StateChange(NamedTuple):
    """A user's phone state, and the one before (None: not known)."""

    user: str
    state: str | None
    before: str | None


class Rhythm:
    """The pause before the next poll, in seconds."""

    def __init__(self, every: float) -> None:
        self._every = self._next = every

    def after(self, changed: bool) -> float:
        if changed:
            self._next = self._every
        else:
            self._next = min(self._next * 1.25, self._every * SLOWEST)
        return self._next

    def after_failure(self, error: Exception) -> float:
        self._next = max(self._every, min(self._next * 2, LONGEST))
        if not isinstance(error, RateLimited) or error.retry_after is None:
            return self._next
        return max(self._next, min(error.retry_after, LONGEST_ASKED))


def watch_states(states: States, users: list[str], every: float) -> Iterator[StateChange]:
    """The state of each user, and then each change."""
    number("every", every, above=0, most=LONGEST_ASKED * 24)
    known: dict[str, str | None] = {}

    def changes() -> list[StateChange]:
        found = states(users)
        seen = [StateChange(user, found.get(user), known.get(user)) for user in users]
        changed = [change for change in seen if change.user not in known or change.state != change.before]
        known.update({user: state for user, state, _ in seen})
        return changed

    return _watch(changes, every)


def watch_calls(calls_since: Calls, every: float, look_back: timedelta, since: datetime | None) -> Iterator[Call]:
    """Each record since `since`, and each that appears or changes from now on."""
    number("every", every, above=0, most=LONGEST_ASKED * 24)
    if not isinstance(look_back, timedelta):
        raise ConfigurationError("look_back= is no timedelta")
    number("look_back", look_back.total_seconds(), least=0, most=LONGEST_LOOK)
    known: dict[Position, Call] | None = None

    def changes() -> list[Call]:
        nonlocal known
        first = datetime.now(UTC) - look_back
        if since is not None:
            first = since if known is None else max(first, since)
        recent = [call for call in calls_since(first)]
        found = {call.place: call for call in reversed(recent)}
        before = known
        if before is None:
            before = found if since is None else {}  # without `since`, the calls at the first poll are not new
        known = found
        return [call for at, call in found.items() if before.get(at) != call]

    return _watch(changes, every)


def _watch(changes: Callable[[], list[Change]], every: float) -> Iterator[Change]:
    """Polls for ever; raises an error that another attempt cannot mend."""
    rhythm = Rhythm(every)
    while True:
        try:
            changed = changes()
        except (ConnectionFailed, RateLimited, ServerError, UnexpectedAnswer) as error:
            wait = rhythm.after_failure(error)
            logger.warning("watching goes on in %.0f s: %s", wait, error)
        else:
            for change in changed:
                yield change
            wait = rhythm.after(bool(changed))
        sleep(wait)


def follow(states: States, user: str, timeout: float) -> None:
    """Wait until the user's phone is in use. Raises CallFailed if it goes idle again, or isn't in use in time.

    The dial was accepted before: whichever error is raised here, a phone may be ringing.
    """
    try:
        _until_in_use(states, user, timeout)
    except CallFailed:
        raise
    except PascomError as error:
        error.may_have_happened = True
        error.args = (f"the call was placed, but could not be followed: {error}",)
        raise
    except BaseException as interruption:  # cancelled, Ctrl-C, a time limit of the caller's
        interruption.may_have_happened = True  # type: ignore[attr-defined]
        interruption.add_note("the call was placed, and may be ringing: look before you dial again")
        raise


def _until_in_use(states: States, user: str, timeout: float) -> None:
    deadline, begun = time.monotonic() + timeout, False
    while True:
        state = (states([user])).get(user, "unknown")
        if "InUse" in state or "Hold" in state:
            return
        begun = begun or "Ringing" in state
        if begun and state == "Idle":
            raise CallFailed(f"the call of {quoted(user)} was not taken or has ended: the phone is idle again")
        if time.monotonic() > deadline:
            raise CallFailed(
                f"the phone of {quoted(user)} is not in use after {timeout:g} s but {quoted(state)!r}; "
                "it may still be calling"
            )
        sleep(0.5)
