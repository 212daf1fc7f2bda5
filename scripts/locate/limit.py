"""A limit of time for a whole search, which also ends what Python can't interrupt by itself: a pattern, a parser."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from ..errors import DocumentNotFound

MOST_SECONDS = 120.0


class _OutOfTime(BaseException):
    """Passes all that catches errors of a search."""


@contextmanager
def limited(seconds: float = MOST_SECONDS) -> Iterator[None]:
    """End what runs inside after `seconds`, with DocumentNotFound.

    By the system's alarm, so on the main thread only, and not where the alarm is somebody else's; the requests of a
    search have a limit of their own (`Fetcher`).
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not (is_main and hasattr(signal, "setitimer")) or signal.getitimer(signal.ITIMER_REAL)[0]:
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
