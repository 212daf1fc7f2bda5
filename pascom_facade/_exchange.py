"""One attempt to send a request, as the sockets see it: how long it may take, and whether any of it has left.

httpcore hands a request's timeouts on to each connect, read and write, whatever they are: an Exchange travels as them.
"""

from __future__ import annotations

import os
from time import monotonic
from typing import Any

CONNECTING = 5.0
"""Seconds to connect in, at most."""
TO_SOCKS = b"\x01\x05"
"""What is said to a SOCKS proxy begins with one of these, a request never."""


class Exchange:
    """Deadline and progress of one attempt."""

    __slots__ = ("_bounded", "_replayable", "_seconds", "_until", "opened", "sent")

    def __init__(self, seconds: float, *, bounded: bool, replayable: bool) -> None:
        """bounded: `seconds` are for all of it; else for each read (a download may take hours).

        replayable: the request is in memory. One that is read from a file takes its time to be written.
        """
        self._seconds, self._bounded, self._replayable = seconds, bounded, replayable
        self._until: float | None = None
        self.sent: bool | None = None
        """Whether bytes of the request have left; None: no socket of ours was asked (a test's mock, perhaps)."""
        self.opened: Any = None
        """The socket that was opened for it: httpcore leaves it open if a SOCKS proxy then fails."""

    @property
    def left(self) -> float:
        """Seconds; 0 or less: none."""
        if not self._bounded:
            return self._seconds
        if self._until is None:
            self._until = monotonic() + self._seconds
        return self._until - monotonic()

    @property
    def to_connect(self) -> float:
        return min(CONNECTING, self.left)

    @property
    def to_write(self) -> float:
        if self._replayable:
            return self.left
        self._until = None  # what an answer may take is counted from the last byte
        return self._seconds

    @property
    def timeouts(self) -> dict[str, object]:
        """What httpx calls a request's timeouts."""
        return {"connect": self, "read": self, "write": self, "pool": self._seconds}


class Process:
    """Which process this is: connections, locks and threads of the one it was forked from are not its own."""

    number = 0


def _forked() -> None:
    Process.number += 1


if hasattr(os, "register_at_fork"):  # asking for the process's id is a system call a request
    os.register_at_fork(after_in_child=_forked)
