"""The pool's sockets by asyncio; by httpcore: `_sync/_sockets.py`. The pair is written by hand.

asyncio's transports are used directly: httpcore's way to them, anyio, takes a turn of the event loop and a cancel scope
for every read and write (with 10 dials in flight: 0.60 of plain httpx's CPU, without them 0.41).
"""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

import httpcore
from httpcore._utils import is_socket_readable

PACKET = 65536  # a request's head is never longer; a body is sent in pieces of this size
READ = 2 * PACKET


class Backend(httpcore.AsyncNetworkBackend):
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
            return Stream(*await asyncio.open_connection(host, port, local_addr=source, happy_eyeballs_delay=0.25))


class Stream(httpcore.AsyncNetworkStream):
    """One connection; what is written is kept until something is read, or there is a packet full of it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._unsent = b""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        await self._send(timeout)
        async with _failing(httpcore.ReadTimeout, httpcore.ReadError, timeout):
            return await self._reader.read(READ)  # h11 takes more than `max_bytes` as well

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._unsent += buffer
        if len(self._unsent) > PACKET:
            await self._send(timeout)

    async def _send(self, timeout: float | None) -> None:
        if self._unsent:
            buffer, self._unsent = self._unsent, b""
            self._writer.write(buffer)
            async with _failing(httpcore.WriteTimeout, httpcore.WriteError, timeout):
                await self._writer.drain()

    async def aclose(self) -> None:
        self._writer.transport.abort()  # nothing is left to be sent; TLS would wait for the other side to agree

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        async with _failing(httpcore.ConnectTimeout, httpcore.ConnectError, timeout):
            await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        return self

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":  # asked of idle connections: then it means that the server has ended it
            unasked = vars(self._reader)["_buffer"] or self._reader.at_eof() or self._reader.exception()
            return bool(unasked) or is_socket_readable(self._writer.get_extra_info("socket"))
        return self._writer.get_extra_info({"client_addr": "sockname", "server_addr": "peername"}.get(info, info))


@asynccontextmanager
async def _failing(late: type[Exception], broken: type[Exception], timeout: float | None) -> AsyncIterator[None]:
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
