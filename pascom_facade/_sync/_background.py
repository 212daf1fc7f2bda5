"""Fetch ahead while the caller works: a thread (here), a task (`_async/_background.py`). The pair is written by hand."""

from __future__ import annotations

import contextvars
import queue
import threading
from collections.abc import Iterator
from typing import TypeVar

Item = TypeVar("Item")


def ahead(source: Iterator[Item], items: int = 2) -> Iterator[Item]:
    """What `source` yields; while the caller works on one item, up to `items` more are made in a thread of their own."""
    ready: queue.Queue[tuple[Item | None, BaseException | None]] = queue.Queue()
    room = threading.Semaphore(items - 1)
    stopped = threading.Event()

    def run() -> None:
        try:
            for item in source:
                ready.put((item, None))
                room.acquire()
                if stopped.is_set():
                    return
        except Exception as error:
            ready.put((None, error))
        else:
            ready.put((None, StopIteration()))

    thread = threading.Thread(
        target=contextvars.copy_context().run, args=(run,), name="pascom-ahead", daemon=True
    )
    thread.start()
    try:
        while True:
            item, error = ready.get()
            if isinstance(error, StopIteration):
                return
            if error is not None:
                raise error
            room.release()
            yield item  # type: ignore[misc]
    finally:
        # Not joined: a caller that breaks off doesn't wait for an answer that nobody needs.
        stopped.set()
        room.release()
