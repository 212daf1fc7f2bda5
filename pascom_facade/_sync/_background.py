"""Fetch ahead while the caller works: a thread (here), a task (`_async/_background.py`). The pair is written by hand."""

from __future__ import annotations

import contextvars
import queue
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def ahead(source: Iterator[Item], items: int = 2) -> Generator[Item]:
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


def side_by_side(work: Callable[[Item], Result], items: Iterable[Item], at_once: int) -> Generator[Result]:
    """The results of `work` for each of `items`, as they are ready; `at_once` run at a time."""
    left, running = iter(items), set[Future[Result]]()
    with ThreadPoolExecutor(at_once, "pascom-side-by-side") as pool:
        while True:
            running |= {pool.submit(work, item) for item in islice(left, at_once - len(running))}
            if not running:
                return
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()


def pause(seconds: float) -> None:
    """Sleep."""
    time.sleep(seconds)
