"""The pool's sockets by asyncio; by httpcore: `_sync/_sockets.py`. The pair is written by hand.

asyncio's transports are used directly: httpcore's way to them, anyio, takes a turn of the event loop and a cancel scope
for every read and write (with 10 dials in flight: 0.60 of plain httpx's CPU, without them 0.41).
"""

from __future__ import annotations

import asyncio
import os
import select
import socket
import ssl
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, cast

from .._exchange import CONNECTING, TO_SOCKS, Exchange, Process
from .._ground import httpcore

PACKET = 65536  # a request's head is never longer; a body is sent in pieces of this size
ENOUGH = 4 * PACKET  # received and not yet asked for: the server waits


class Backend(httpcore.AsyncNetworkBackend):
    """TCP by asyncio."""

    def __init__(self, layers: int) -> None:
        """layers: how often TLS is started before what is written is the request."""
        self._layers = layers

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: Any = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        if timeout is not None:
            timeout.sent = False
        loop = asyncio.get_running_loop()
        options: dict[str, Any] = {}
        if isinstance(loop, asyncio.BaseEventLoop):  # uvloop's has no such option
            options["happy_eyeballs_delay"] = 0.25
        if local_address is not None:
            options["local_addr"] = (local_address, 0)
        with _connecting():
            async with asyncio.timeout(_to_connect(timeout)):
                make = partial(Stream, self._layers, timeout)
                _, stream = await loop.create_connection(make, host, port, **options)
        if timeout is not None:
            timeout.opened = stream
        return stream


class Stream(asyncio.Protocol, httpcore.AsyncNetworkStream):
    """One connection; what is written is kept until something is read, or there is a packet full of it."""

    _transport: asyncio.Transport

    def __init__(self, layers: int, opening: Exchange | None) -> None:
        """opening: what it is opened for; a SOCKS proxy is spoken to without telling how long that may take."""
        self._layers, self._opening = layers, opening
        self._process = Process.number
        self._loop = asyncio.get_running_loop()
        self._received = deque[bytes]()
        self._size = 0
        self._ended: BaseException | bool = False
        self._reader: asyncio.Future[None] | None = None
        self._writer: asyncio.Future[None] | None = None
        self._full = self._paused = False
        self._unsent = b""

    # What asyncio says:

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._received.append(data)
        self._size += len(data)
        if self._size > ENOUGH and not self._paused:
            self._paused = True
            self._transport.pause_reading()
        _wake(self._reader)

    def eof_received(self) -> None:
        self._ended = True
        _wake(self._reader)

    def connection_lost(self, exc: Exception | None) -> None:
        self._ended = exc or True
        _wake(self._reader)
        _wake(self._writer)

    def pause_writing(self) -> None:
        self._full = True

    def resume_writing(self) -> None:
        self._full = False
        _wake(self._writer)

    # What httpcore asks for:

    async def read(self, max_bytes: int, timeout: Any = None) -> bytes:
        if self._unsent:
            with suppress(httpcore.WriteError):  # a server that refuses a request amid its body has answered already
                await self._send(timeout)
        self._must_be_ours()
        seconds = _to_connect(self._opening) if timeout is None else timeout.left
        if seconds <= 0:
            raise httpcore.ReadTimeout("timed out")
        while not self._received and not self._ended:
            self._reader = self._loop.create_future()
            await _within(seconds, self._reader, self._loop, httpcore.ReadTimeout)
        if self._received:
            return self._next()
        if isinstance(self._ended, OSError):
            raise httpcore.ReadError(_said(self._ended)) from self._ended
        return b""

    def _next(self) -> bytes:
        data = self._received.popleft()  # h11 takes more than `max_bytes` as well
        self._size -= len(data)
        if self._paused and self._size <= ENOUGH:
            self._paused = False
            self._transport.resume_reading()
        return data

    async def write(self, buffer: bytes, timeout: Any = None) -> None:
        if timeout is not None and timeout.sent is None:
            timeout.sent = False
        self._unsent += buffer
        if len(self._unsent) > PACKET:
            await self._send(timeout)

    async def _send(self, timeout: Exchange | None) -> None:
        if not self._unsent:
            return
        self._must_be_ours()
        buffer, self._unsent = self._unsent, b""
        if self._ended or self._transport.is_closing():
            raise httpcore.WriteError("it has ended")
        if timeout is None:
            seconds = _to_connect(self._opening)
        else:
            seconds = timeout.to_write
            timeout.sent = timeout.sent or (self._layers == 0 and buffer[0] not in TO_SOCKS)
        if seconds <= 0:
            raise httpcore.WriteTimeout("timed out")
        self._transport.write(buffer)
        while self._full and not self._ended:
            self._writer = self._loop.create_future()
            await _within(seconds, self._writer, self._loop, httpcore.WriteTimeout)

    def _must_be_ours(self) -> None:
        if self._process != Process.number:
            raise httpcore.ReadError("it belongs to the process that this one was forked from")

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: Any = None
    ) -> httpcore.AsyncNetworkStream:
        with _connecting():
            async with asyncio.timeout(_to_connect(timeout)):
                secure = await self._loop.start_tls(self._transport, self, ssl_context, server_hostname=server_hostname)
        self._transport = cast(asyncio.Transport, secure)
        self._layers -= 1
        return self

    async def aclose(self) -> None:
        if self._process == Process.number and not self._loop.is_closed():
            self._transport.abort()  # nothing is left to be sent; TLS would wait for the other side to agree

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":  # asked of idle connections: then it means that the server has ended it
            unasked = bool(self._received) or bool(self._ended)
            return unasked or _readable(self._transport.get_extra_info("socket"))
        return self._transport.get_extra_info({"client_addr": "sockname", "server_addr": "peername"}.get(info, info))


async def _within(
    seconds: float, waiting: asyncio.Future[None], loop: asyncio.AbstractEventLoop, late: type[Exception]
) -> None:
    """Wait; asyncio's own timeouts take three times as long, and here is one for every answer."""
    timer = loop.call_later(seconds, _expire, waiting, late)
    try:
        await waiting
    finally:
        timer.cancel()


def _wake(waiting: asyncio.Future[None] | None) -> None:
    if waiting is not None and not waiting.done():
        waiting.set_result(None)


def _expire(waiting: asyncio.Future[None], late: type[Exception]) -> None:
    if not waiting.done():
        waiting.set_exception(late("timed out"))


def _readable(connection: Any) -> bool:
    """Whether something has come that the event loop hasn't seen yet."""
    number = -1 if connection is None else connection.fileno()
    if number < 0:
        return True
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([number], [], [], 0)[0])
    poll = select.poll()
    poll.register(number, select.POLLIN)
    return bool(poll.poll(0))


@contextmanager
def _connecting() -> Iterator[None]:
    """Failing with httpcore's errors."""
    try:
        yield
    except TimeoutError as error:
        raise httpcore.ConnectTimeout("timed out") from error
    except ssl.SSLError as error:
        raise httpcore.ConnectError(str(error)) from error
    except OSError as error:
        raise httpcore.ConnectError(_said(error)) from error
    except RuntimeError as error:  # names are looked up in threads, and the program ends
        raise httpcore.ConnectError("the program ends") from error


def _said(error: OSError) -> str:
    """The operating system's words; asyncio adds addresses to them."""
    if isinstance(error, socket.gaierror):
        return str(error.strerror)
    if isinstance(error, ConnectionError) and not error.errno:
        return "it ended the connection"
    return os.strerror(error.errno) if error.errno else "no address of it answers"


def _to_connect(timeout: Exchange | None) -> float:
    return CONNECTING if timeout is None else timeout.to_connect
