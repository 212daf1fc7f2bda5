"""What the pool and the client need of threads; of asyncio: `_async/_network.py`. The pair is written by hand."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from time import sleep as sleep
from typing import Any, TypeVar

import httpcore

PACKET = 65536  # a request's head is never longer; a body is sent in pieces of this size
READ = 2 * PACKET  # httpcore asks for half: then a recording of 500 MB takes as long as plain httpx, now 0.85 of it

Result = TypeVar("Result")
Lock = threading.Lock


def elsewhere(work: Callable[[], Result]) -> Result:
    """Here: other threads go on meanwhile."""
    return work()


class Slots:
    """So many at a time."""

    def __init__(self, many: int) -> None:
        self._free = threading.Semaphore(many)
        self.give = self._free.release

    def take(self, timeout: float | None) -> bool:
        """Whether there was one in time."""
        return self._free.acquire(timeout=timeout)


class Backend(httpcore.SyncBackend):
    """httpcore's own sockets, with requests sent in one piece."""

    def connect_tcp(self, *where: Any, **how: Any) -> httpcore.NetworkStream:
        return Stream(super().connect_tcp(*where, **how))


class Stream(httpcore.NetworkStream):
    """Keeps what is written until something is read, or there is a packet full of it."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream
        self._unsent = b""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._unsent:
            with suppress(httpcore.WriteError):  # as httpcore: it may have answered before it stopped reading
                self._send(timeout)
        return self._stream.read(max(max_bytes, READ), timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._unsent += buffer
        if len(self._unsent) > PACKET:
            self._send(timeout)

    def _send(self, timeout: float | None) -> None:
        buffer, self._unsent = self._unsent, b""
        self._stream.write(buffer, timeout)

    def start_tls(self, *context: Any, **how: Any) -> httpcore.NetworkStream:
        return Stream(self._stream.start_tls(*context, **how))

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
