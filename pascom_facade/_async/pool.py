"""Connections to one instance, lent to one request at a time, in constant time.

httpx's own pool looks at every connection for every request, and for each idle one at all others: with 50 async
requests in flight that is nine tenths of the work, and 1,000 at once time out; it also lends one connection to
several requests. Only its book-keeping is replaced here: it still makes the connections, so that TLS, timeouts and
proxies from the environment are httpx's. A pool serves one origin, because the client refuses all others.

With asyncio, a request's head and body leave in one packet (`_sockets.py`): one `send` less for both sides.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator
from typing import Any

import httpcore

from ._concurrency import Slots
from ._sockets import Backend


class AsyncPool:
    """Stands in for httpcore's pool (`maker`) in a transport."""

    def __init__(self, maker: Any, connections: int) -> None:
        self._maker = maker
        maker._network_backend = Backend()
        self._slots = Slots(connections)
        # Its operations are atomic: no lock needed.
        self._idle: deque[httpcore.AsyncConnectionInterface] = deque()
        self._closed = False

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        if not await self._slots.take(request.extensions["timeout"]["pool"]):
            raise httpcore.PoolTimeout
        connection = None
        try:
            connection = await self._freshest() or self._maker.create_connection(request.url.origin)
            response = await connection.handle_async_request(request)
        except BaseException:
            await self.take_back(connection)
            raise
        response.stream = _Body(response.stream, connection, self)
        return response

    async def _freshest(self) -> httpcore.AsyncConnectionInterface | None:
        """The connection used last; the longest unused ones are closed when their time is over."""
        try:
            while (oldest := self._idle.popleft()).has_expired():
                await oldest.aclose()
            self._idle.appendleft(oldest)
            while (newest := self._idle.pop()).has_expired():
                await newest.aclose()
        except IndexError:
            return None
        return newest

    async def take_back(self, connection: httpcore.AsyncConnectionInterface | None) -> None:
        try:
            if connection is None or connection.is_closed():
                return
            if connection.is_idle() and not self._closed:
                self._idle.append(connection)
            else:  # given up in the middle of an answer
                await connection.aclose()
        finally:
            self._slots.give()

    async def aclose(self) -> None:
        self._closed = True
        while self._idle:
            await self._idle.pop().aclose()

    async def __aenter__(self) -> AsyncPool:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class _Body:
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
