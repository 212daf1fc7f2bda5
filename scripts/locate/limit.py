"""A time limit for a whole search, which also interrupts what checks no clock: a regular expression, a parser."""

from __future__ import annotations

import _thread
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from ..errors import DocumentNotFound

MOST_SECONDS = 120.0
_HAS_ALARM = hasattr(signal, "setitimer")
Handler = Callable[[int, FrameType | None], None]


class _OutOfTime(BaseException):
    """A BaseException, so that nothing that catches a search's errors catches it."""


@contextmanager
def limited(seconds: float = MOST_SECONDS) -> Iterator[None]:
    """End what runs inside after `seconds`, with DocumentNotFound.

    By a signal, so on the main thread only; the requests of a search have a limit of their own (`Fetcher`). The signal
    is the system's alarm, unless that is somebody else's; where there is none, another thread watches the clock.
    """
    if threading.current_thread() is not threading.main_thread() or _alarm_is_taken():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise _OutOfTime

    try:
        with (_alarm if _HAS_ALARM else _watch)(seconds, stop):
            yield
    except _OutOfTime:
        raise DocumentNotFound(f"the search for a document was ended after {seconds:g} seconds") from None


def _alarm_is_taken() -> bool:
    return _HAS_ALARM and signal.getitimer(signal.ITIMER_REAL)[0] > 0


@contextmanager
def _alarm(seconds: float, stop: Handler) -> Iterator[None]:
    with _handled(signal.SIGALRM, stop):
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def _watch(seconds: float, stop: Handler) -> Iterator[None]:
    """Windows has no alarm. What holds the interpreter, a regular expression, isn't interrupted by this."""
    with _handled(signal.SIGTERM, stop):
        clock = threading.Timer(seconds, _thread.interrupt_main, [signal.SIGTERM])
        clock.daemon = True
        clock.start()
        try:
            yield
        finally:
            clock.cancel()


@contextmanager
def _handled(number: signal.Signals, handler: Handler) -> Iterator[None]:
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)
