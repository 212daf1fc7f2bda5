# Made from pascom_facade/_async/pool.py by `python -m scripts.unasync`: edit that file.
"""Connections to one instance, lent to one request at a time, in constant time.

httpx's own pool looks at every connection for every request, and for each idle one at all others: with 50 async
requests in flight that is nine tenths of the work, and 1,000 at once time out; it also lends one connection to
several requests. Only its book-keeping is replaced here: httpcore still makes the connections, so that TLS and proxies
are its own. A pool serves one origin, because the client refuses all others.

A request's head and body leave in one packet (`_sockets.py`): one `send` less for both sides.
"""

from __future__ import annotations

import ssl
from collections import deque
from collections.abc import Iterator, Callable, Hashable
from typing import TYPE_CHECKING, Any

from .._exchange import Process
from .._ground import httpcore, httpx, is_of_socks, left_over, lend
from .._lazy import loading
from .._tls import public_authorities
from ..errors import ConfigurationError
from ..settings import CLOSED
from ._concurrency import Slots, at_end_of_here, here, is_over
from ._sockets import Backend

if TYPE_CHECKING:
    from .._proxies import Proxy

# The vendor's server closes idle connections after 5 s (`Keep-Alive: timeout=5, max=100`, public facts §7): close
# them earlier, or a dial may be written into a closing connection.
KEPT_IDLE = 4.0
CONNECTIONS = 100


class Transport(httpx.HTTPTransport):
    """httpx's own, which tests replace and tracers wrap, with our pool.

    (Its own constructor makes an unused pool, and loads the public authorities: 3 ms.)
    """

    def __init__(self, trust: Callable[[], ssl.SSLContext], proxy: Proxy | None, *, secure: bool) -> None:
        """trust: makes the TLS context. secure: whether the instance's address is https."""
        lend(self, Pool(lambda: _maker(trust(), proxy, secure)))


class Pool:
    """The connections of each event loop; of each process, if it isn't async."""

    def __init__(self, new_maker: Callable[[], Any]) -> None:
        self._new_maker, self._maker = new_maker, new_maker()
        self._process = Process.number
        self._lines: dict[Hashable, _Lines] = {}
        self._closed = False

    def handle_request(self, request: httpcore.Request) -> httpcore.Response:
        lines = self._lines.get(here()) or self._begin()
        if not lines.slots.take(request.extensions["timeout"]["pool"]):
            raise httpcore.PoolTimeout("all connections are in use")
        connection, exchange = None, request.extensions["timeout"]["connect"]
        try:
            if self._closed:
                raise ConfigurationError(CLOSED)
            connection = lines.freshest() or self._maker.create_connection(request.url.origin)
            response = connection.handle_request(request)
        except BaseException as error:
            lines.take_back(connection)
            if (opened := exchange.opened) is not None:
                opened.close()
            if is_of_socks(error):
                raise httpcore.ConnectError("what it answers is not SOCKS") from None
            raise
        finally:
            exchange.opened = None
        response.stream = _Body(response, connection, lines)
        if 300 <= response.status < 400:
            _keep_from_following(response)
        return response

    def _begin(self) -> _Lines:
        """Drops connections of an event loop that has ended, and of the process this one was forked from."""
        place = here()
        if self._process != Process.number:  # locks may be held by threads of the other process
            with loading():
                self._maker, self._process = self._new_maker(), Process.number
        for other in list(self._lines):
            if is_over(other) and (dropped := self._lines.pop(other, None)):
                dropped.close()
        lines = self._lines.setdefault(place, _Lines())
        lines.end = lines.end or at_end_of_here(lines.close)
        return lines

    def close(self) -> None:
        self._closed = True
        place = here()
        for lines in [lines for other, lines in list(self._lines.items()) if other == place or is_over(other)]:
            lines.close()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Lines:
    """The connections of one event loop, or of the process."""

    def __init__(self) -> None:
        self.slots = Slots(CONNECTIONS)
        self.end: object = None
        # Its operations are atomic: no lock needed.
        self._idle: deque[httpcore.ConnectionInterface] = deque()
        self._closed = False

    def freshest(self) -> httpcore.ConnectionInterface | None:
        """The connection used last; closes those that have been idle for too long."""
        try:
            while (oldest := self._idle.popleft()).has_expired():
                oldest.close()
            self._idle.appendleft(oldest)
            while (newest := self._idle.pop()).has_expired():
                newest.close()
        except IndexError:
            return None
        return newest

    def take_back(self, connection: httpcore.ConnectionInterface | None, *, clean: bool = True) -> None:
        """clean: whether the next answer on it is certain to be the next request's."""
        try:
            if connection is None or connection.is_closed():
                return
            if connection.is_idle() and clean and not self._closed:
                self._idle.append(connection)
            else:  # abandoned in the middle of an answer
                connection.close()
        finally:
            self.slots.give()

    def close(self) -> None:
        self._closed = True
        while self._idle:
            self._idle.pop().close()


class _Body:
    """An answer's body; closing it (httpx does so at its end) gives the connection back, once."""

    def __init__(
        self, response: httpcore.Response, connection: httpcore.ConnectionInterface, lines: _Lines
    ) -> None:
        self._stream: Any = response.stream
        self._connection, self._lines = connection, lines
        self._framed = _framed(response)
        self._open = True

    def __iter__(self) -> Iterator[bytes]:
        iterator: Iterator[bytes] = self._stream.__iter__()
        return iterator

    def close(self) -> None:
        if self._open:
            self._open = False
            try:
                self._stream.close()
            finally:
                clean = self._framed and not left_over(self._stream)
                self._lines.take_back(self._connection, clean=clean)


def _keep_from_following(response: httpcore.Response) -> None:
    """Hide a redirect's target: httpx parses it though it isn't followed, and fails if it is invalid."""
    for header in [header for header in response.headers if header[0].lower() == b"location"]:
        response.headers.remove(header)
        response.extensions["location"] = header[1].decode("latin-1")


def _framed(response: httpcore.Response) -> bool:
    """Whether the answer's end is certain: it is not if one without a body has a length, or if one has two lengths."""
    headers = {name.lower(): value for name, value in response.headers}
    length, coded = headers.get(b"content-length"), b"transfer-encoding" in headers
    if response.status in (204, 205, 304) or response.status < 200:
        return length in (None, b"0") and not coded
    return length is None or not coded


def _maker(context: ssl.SSLContext, proxy: Proxy | None, secure: bool) -> Any:
    """A pool of httpcore's, which only makes the connections."""
    shared: dict[str, Any] = {"ssl_context": context, "keepalive_expiry": KEPT_IDLE}
    if proxy is None:
        return httpcore.ConnectionPool(**shared, network_backend=Backend(int(secure)))
    if proxy.socks:
        backend = Backend(int(secure))
        return httpcore.SOCKSProxy(proxy.address, proxy.auth, **shared, network_backend=backend)
    if proxy.scheme == "https":
        shared["proxy_ssl_context"] = public_authorities()
    backend = Backend(int(secure) + int(proxy.scheme == "https"))
    return httpcore.HTTPProxy(proxy.address, proxy.auth, **shared, network_backend=backend)
