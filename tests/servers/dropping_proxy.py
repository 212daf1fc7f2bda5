"""A TCP proxy that ends connections at every point of an HTTP exchange, by FIN and by RST."""

from __future__ import annotations

import asyncio
import contextlib
import random
import re
import socket
import struct
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

POINTS = (
    "at once",
    "amid the request's head",
    "before the request's body",
    "before the request is passed on",
    "after the request is passed on",
    "before the answer",
    "amid the answer's status line",
    "amid the answer's headers",
    "before the answer's last byte",
    "after the answer",
)


class Dropped(Exception):
    pass


class DroppingProxy:
    """Passes requests on to `port`; a share of `rate` of them is dropped somewhere. `dropped` counts where."""

    def __init__(self, port: int, rate: float, seed: int) -> None:
        self._target = port
        self._rate = rate
        self._chance = random.Random(seed)
        self.dropped: Counter[str] = Counter()
        self.port = 0

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, ready: threading.Event, stop: asyncio.Event) -> None:
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0, backlog=1000)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await stop.wait()
        server.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        onwards: asyncio.StreamWriter | None = None
        try:
            back, onwards = await asyncio.open_connection("127.0.0.1", self._target)
            while True:
                await self._exchange(reader, writer, back, onwards)
        except (Dropped, OSError, asyncio.IncompleteReadError):
            pass
        finally:
            for one in (writer, onwards):
                if one is not None:
                    with contextlib.suppress(OSError):
                        one.close()

    async def _exchange(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        back: asyncio.StreamReader,
        onwards: asyncio.StreamWriter,
    ) -> None:
        drop = self._chance.choice(POINTS) if self._chance.random() < self._rate else None

        def maybe(point: str) -> None:
            if point == drop:
                self.dropped[point] += 1
                if self._chance.random() < 0.5:
                    raw: socket.socket = writer.get_extra_info("socket")
                    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    writer.transport.abort()
                raise Dropped

        maybe("at once")
        start = await reader.readexactly(20)
        maybe("amid the request's head")
        head = start + await reader.readuntil(b"\r\n\r\n")
        maybe("before the request's body")
        body = await reader.readexactly(_length(head))
        maybe("before the request is passed on")
        onwards.write(head + body)
        maybe("after the request is passed on")
        head = await back.readuntil(b"\r\n\r\n")
        body = await back.readexactly(_length(head))
        maybe("before the answer")
        answer = head + body
        for point, size in (
            ("amid the answer's status line", 9),
            ("amid the answer's headers", 40),
            ("before the answer's last byte", len(answer) - 1),
        ):
            if point == drop:
                writer.write(answer[:size])
                await writer.drain()
                maybe(point)
        writer.write(answer)
        await writer.drain()
        maybe("after the answer")
        if b"connection: close" in head.lower():
            raise Dropped


def _length(head: bytes) -> int:
    said = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    return int(said[1]) if said else 0


@contextmanager
def dropping(port: int, rate: float, seed: int = 1) -> Iterator[DroppingProxy]:
    """A running proxy."""
    proxy, ready = DroppingProxy(port, rate, seed), threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    def run() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            loop.run_until_complete(proxy.serve(ready, stop))
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0.01))
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait()
    try:
        yield proxy
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
