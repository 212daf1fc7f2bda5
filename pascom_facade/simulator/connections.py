"""Connections as the vendor's web server handles them: closed after 5 s of idleness and after 100 requests.

uvicorn closes idle connections itself. Counting requests and ending a connection on purpose need the connection, so
the scope of each request carries it.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

EXTENSION = "pascom.connection"


class Connection:
    """One client connection: how many requests it served, and how to end it."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self.served = 0

    def reset(self) -> None:
        """RST, as from a server that died."""
        # The client may be gone already, and then asyncio's TLS transport has no socket.
        with contextlib.suppress(OSError, AttributeError):
            raw = self._transport.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()

    def reset_amid_headers(self) -> None:
        self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Ty")
        self._transport.close()

    def close(self) -> None:
        """FIN, after what was written."""
        self._transport.close()


class _WithConnection:
    def __init__(self, app: ASGIApp, connection: Connection) -> None:
        self._app = app
        self._connection = connection

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self._connection.served += 1
            scope.setdefault("extensions", {})[EXTENSION] = self._connection
        await self._app(scope, receive, send)


class Protocol(H11Protocol):
    """uvicorn's protocol, which passes the connection to the application."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        # asyncio sets it only if it made the listening socket itself.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.app = _WithConnection(self.app, Connection(transport))


class KeepAlive:
    """Announces `Keep-Alive: timeout=5, max=…` and closes the connection with the last answer allowed."""

    def __init__(self, app: ASGIApp, seconds: int, requests: int) -> None:
        self._app = app
        self._seconds = seconds
        self._requests = requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # As Apache counts: the first answer has max=100, as in the vendor's screenshot, and the 101st closes.
        left = self._requests - scope["extensions"][EXTENSION].served + 1
        announced = [(b"connection", b"close")]
        if left > 0:
            limits = b"timeout=%d, max=%d" % (self._seconds, left)
            announced = [(b"keep-alive", limits), (b"connection", b"Keep-Alive")]

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *announced]
            await send(message)

        await self._app(scope, receive, sending)
