"""A time limit for a whole search, which also interrupts what checks no clock: a regular expression, a parser."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from ..errors import DocumentNotFound

MOST_SECONDS = 120.0


class _OutOfTime(BaseException):
    """A BaseException, so that nothing that catches a search's errors catches it."""


def _has_alarm() -> bool:
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        return False
    remaining, _ = signal.getitimer(signal.ITIMER_REAL)
    return not remaining


@contextmanager
def limited(seconds: float = MOST_SECONDS) -> Iterator[None]:
    """End what runs inside after `seconds`, with DocumentNotFound.

    By the system's alarm, so on the main thread only, and not where the alarm is somebody else's; the requests of a
    search have a limit of their own (`Fetcher`).
    """
    if not _has_alarm():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise _OutOfTime

    before = signal.signal(signal.SIGALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except _OutOfTime:
        raise DocumentNotFound(f"the search for a document was ended after {seconds:g} seconds") from None
    finally:
        signal.signal(signal.SIGALRM, before)
