"""`_pool.py` for asyncio.

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
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

import httpcore

from ._pool import PACKET

READ_AHEAD = 4 * PACKET


class AsyncPool:
    """Stands in for the `httpcore.AsyncConnectionPool` (`maker`) of a transport."""

    def __init__(self, maker: Any, connections: int) -> None:
        self._maker = maker
        maker._network_backend = AsyncBackend()
        self._slots = asyncio.Semaphore(connections)
        self._idle: deque[httpcore.AsyncConnectionInterface] = deque()
        self._closed = False

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        if self._slots.locked():
            try:
                async with asyncio.timeout(request.extensions["timeout"]["pool"]):
                    await self._slots.acquire()
            except TimeoutError:
                raise httpcore.PoolTimeout from None
        else:
            await self._slots.acquire()
        connection = None
        try:
            connection = await self._freshest() or self._maker.create_connection(request.url.origin)
            response = await connection.handle_async_request(request)
        except BaseException:
            await self.take_back(connection)
            raise
        response.stream = _AsyncBody(response.stream, connection, self)
        return response

    async def _freshest(self) -> httpcore.AsyncConnectionInterface | None:
        """The connection used last; the longest unused ones are closed when their time is over."""
        while self._idle and self._idle[0].has_expired():
            await self._idle.popleft().aclose()
        while self._idle:
            newest = self._idle.pop()
            if not newest.has_expired():
                return newest
            await newest.aclose()
        return None

    async def take_back(self, connection: httpcore.AsyncConnectionInterface | None) -> None:
        try:
            if connection is None or connection.is_closed():
                return
            if connection.is_idle() and not self._closed:
                self._idle.append(connection)
            else:  # given up in the middle of an answer
                await connection.aclose()
        finally:
            self._slots.release()

    async def aclose(self) -> None:
        self._closed = True
        while self._idle:
            await self._idle.pop().aclose()

    async def __aenter__(self) -> AsyncPool:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class _AsyncBody:
    """An answer's body; closing it (httpx does so at its end) gives the connection back, once."""

    def __init__(self, stream: Any, connection: httpcore.AsyncConnectionInterface, pool: AsyncPool) -> None:
        self._stream, self._connection, self._pool = stream, connection, pool
        self._open = True

    def __aiter__(self) -> AsyncIterator[bytes]:
        iterator: AsyncIterator[bytes] = self._stream.__aiter__()
        return iterator

    async def aclose(self) -> None:
        if self._open:
            self._open = False
            try:
                await self._stream.aclose()
            finally:
                await self._pool.take_back(self._connection)


class AsyncBackend(httpcore.AsyncNetworkBackend):
    """TCP by asyncio."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        source = None if local_address is None else (local_address, 0)
        async with _failing(httpcore.ConnectTimeout, httpcore.ConnectError, timeout):
            _, stream = await asyncio.get_running_loop().create_connection(
                AsyncStream, host, port, local_addr=source, happy_eyeballs_delay=0.25
            )
        return stream

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class AsyncStream(asyncio.Protocol, httpcore.AsyncNetworkStream):
    """One connection; what is written is kept until something is read, or there is a packet full of it."""

    def __init__(self) -> None:
        self._unsent = b""
        self._received = bytearray()
        self._ended = False
        self._broken: Exception | None = None
        self._reader: asyncio.Future[None] | None = None
        self._writer: asyncio.Future[None] | None = None
        self._full = False

    # what asyncio tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        if len(self._received) > READ_AHEAD:
            self._transport.pause_reading()
        _wake(self._reader)

    def eof_received(self) -> None:
        self._ended = True
        _wake(self._reader)

    def connection_lost(self, error: Exception | None) -> None:
        self._ended, self._broken = True, error
        self.resume_writing()
        _wake(self._reader)

    def pause_writing(self) -> None:
        self._full = True

    def resume_writing(self) -> None:
        self._full = False
        _wake(self._writer)

    # what httpcore asks for

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        await self._send(timeout)
        if not self._received and not self._ended:
            self._reader = asyncio.get_running_loop().create_future()
            async with _failing(httpcore.ReadTimeout, httpcore.ReadError, timeout):
                await self._reader
        if not self._received and self._broken:
            raise httpcore.ReadError(str(self._broken)) from self._broken
        if len(self._received) <= max_bytes:
            data = bytes(self._received)
            self._received.clear()
        else:
            data = bytes(self._received[:max_bytes])
            del self._received[:max_bytes]
        if len(self._received) <= READ_AHEAD and not self._ended:
            self._transport.resume_reading()
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._unsent += buffer
        if len(self._unsent) > PACKET:
            await self._send(timeout)

    async def _send(self, timeout: float | None) -> None:
        if self._unsent:
            buffer, self._unsent = self._unsent, b""
            self._transport.write(buffer)
        if self._full:
            self._writer = asyncio.get_running_loop().create_future()
            async with _failing(httpcore.WriteTimeout, httpcore.WriteError, timeout):
                await self._writer

    async def aclose(self) -> None:
        self._transport.abort()  # nothing is left to be sent; TLS would wait for the other side to agree

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        secure = AsyncStream()
        async with _failing(httpcore.ConnectTimeout, httpcore.ConnectError, timeout):
            transport = await asyncio.get_running_loop().start_tls(
                self._transport, secure, ssl_context, server_hostname=server_hostname
            )
        if transport is None:
            raise httpcore.ConnectError("the connection ended during the TLS handshake")
        secure.connection_made(transport)
        return secure

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":  # asked of idle connections: then it means that the server has ended it
            return bool(self._received) or self._ended or _readable(self._transport.get_extra_info("socket"))
        return self._transport.get_extra_info(_ASYNCIO_NAMES.get(info, info))


_ASYNCIO_NAMES = {"client_addr": "sockname", "server_addr": "peername"}


def _wake(waiting: asyncio.Future[None] | None) -> None:
    if waiting is not None and not waiting.done():
        waiting.set_result(None)


def _readable(connection: Any) -> bool:
    number = connection.fileno()
    if number < 0:
        return True
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([number], [], [], 0)[0])
    poll = select.poll()
    poll.register(number, select.POLLIN)
    return bool(poll.poll(0))


@asynccontextmanager
async def _failing(
    late: type[Exception], broken: type[Exception], timeout: float | None
) -> AsyncIterator[None]:
    """Within `timeout`, and failing with httpcore's errors."""
    try:
        async with asyncio.timeout(timeout):
            yield
    except TimeoutError as error:
        raise late(str(error)) from error
    except ssl.SSLError as error:
        raise broken(str(error)) from error
    except OSError as error:
        raise broken(_said(error)) from error


def _said(error: OSError) -> str:
    """The operating system's words; asyncio adds addresses to them."""
    if isinstance(error, socket.gaierror):
        return str(error.strerror)
    return os.strerror(error.errno) if error.errno else "no address of it answers"
