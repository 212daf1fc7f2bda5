"""The users' phones: they dial, answer and hang up, and have the states that `identity/states` shows."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from threading import RLock

from .calls import CallLog
from .people import BY_LOGIN, PEOPLE


@dataclass(frozen=True)
class PlacedCall:
    """A dial that reached the phone system."""

    user: str
    destination: str = field(repr=False)
    prefix: str = field(repr=False)
    id: int
    """Its row in the CDR."""


@dataclass
class _Active:
    row: int
    ringing: bool
    connected_since: float | None


class Exchange:
    """Every user's phone. States are Asterisk's: Idle, Ringing, InUse, InUse&Ringing (the last two words assumed)."""

    def __init__(self, calls: CallLog) -> None:
        self._calls = calls
        self._active: dict[str, list[_Active]] = {person.login: [] for person in PEOPLE}
        self._lock = RLock()
        self.placed: deque[PlacedCall] = deque(maxlen=100_000)
        self.placed_count = 0

    def dial(self, user: str, destination: str, prefix: str) -> None:
        """The user's phone calls. The CDR shows the call at once (assumed: a real one may wait for its end)."""
        with self._lock:
            row = self._calls.place(BY_LOGIN[user], destination)
            self._active[user].append(_Active(row, ringing=False, connected_since=time.time()))
            self.placed.append(PlacedCall(user, destination, prefix, row + 1))
            self.placed_count += 1

    def ring(self, user: str, number: str) -> None:
        """Somebody calls the user, whose phone rings until it is answered or hung up."""
        with self._lock:
            row = self._calls.place(BY_LOGIN[user], number, inbound=True)
            self._active[user].append(_Active(row, ringing=True, connected_since=None))

    def offhook(self, user: str) -> None:
        """Answers the newest call that rings; nothing happens if none does (assumed)."""
        with self._lock:
            for call in reversed(self._active[user]):
                if call.ringing:
                    call.ringing = False
                    call.connected_since = time.time()
                    return

    def hangup(self, user: str) -> None:
        """Ends the most recent call; nothing happens if there is none (assumed)."""
        with self._lock:
            if self._active[user]:
                call = self._active[user].pop()
                self._calls.finish(call.row, connected_since=call.connected_since)

    def state(self, user: str) -> str | None:
        """The user's state; None for an unknown user."""
        with self._lock:
            if user not in self._active:
                return None
            ringing = [call.ringing for call in self._active[user]]
            if not ringing:
                return "Idle"
            if all(ringing):
                return "Ringing"
            if any(ringing):
                return "InUse&Ringing"
            return "InUse"
