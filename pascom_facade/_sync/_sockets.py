"""The pool's sockets by httpcore; by asyncio: `_async/_sockets.py`. The pair is written by hand."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from .._exchange import CONNECTING, TO_SOCKS, Exchange, Process
from .._ground import httpcore

PACKET = 65536  # a request's head is never longer; a body is sent in pieces of this size


class Backend(httpcore.SyncBackend):
    """httpcore's own sockets.

    Names of hosts are ASCII by now (`settings.as_host`), and handed on as bytes: for text, Python loads its tables of
    IDNA, 6 ms of a process that dials once.
    """

    def __init__(self, layers: int) -> None:
        """layers: how often TLS is started before what is written is the request."""
        self._layers = layers

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: Any = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        if timeout is not None:
            timeout.sent = False
        addresses = _addresses(host, port)
        for left in range(len(addresses), 0, -1):  # none may use up the time of those behind it
            address: Any = addresses[-left].encode("ascii")
            try:
                stream = super().connect_tcp(
                    address, port, _to_connect(timeout, left), local_address, socket_options
                )
                break
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if left == 1:
                    raise
        opened = Stream(stream, self._layers, timeout)
        if timeout is not None:
            timeout.opened = opened
        return opened


class Stream(httpcore.NetworkStream):
    """One connection; what is written is kept until something is read, or there is a packet full of it.

    Read in larger pieces than httpcore's (a recording of 500 MB: 0.85 of plain httpx's time, else 1.0).
    """

    def __init__(self, stream: httpcore.NetworkStream, layers: int, opening: Exchange | None) -> None:
        """opening: what it is opened for; a SOCKS proxy is spoken to without telling how long that may take."""
        self._stream, self._layers, self._opening = stream, layers, opening
        self._unsent = b""
        self._process = Process.number

    def read(self, max_bytes: int, timeout: Any = None) -> bytes:
        if self._unsent:
            with suppress(httpcore.WriteError):  # a server that refuses a request amid its body has answered already
                self._send(timeout)
        self._must_be_ours()
        seconds = _to_connect(self._opening) if timeout is None else timeout.left
        if seconds <= 0:
            raise httpcore.ReadTimeout("timed out")
        return self._stream.read(2 * max_bytes, seconds)

    def write(self, buffer: bytes, timeout: Any = None) -> None:
        if timeout is not None and timeout.sent is None:
            timeout.sent = False
        self._unsent += buffer
        if len(self._unsent) > PACKET:
            self._send(timeout)

    def _send(self, timeout: Exchange | None) -> None:
        if not self._unsent:
            return
        self._must_be_ours()
        buffer, self._unsent = self._unsent, b""
        if timeout is None:
            seconds = _to_connect(self._opening)
        else:
            seconds = timeout.to_write
            timeout.sent = timeout.sent or (self._layers == 0 and buffer[0] not in TO_SOCKS)
        if seconds <= 0:
            raise httpcore.WriteTimeout("timed out")
        self._stream.write(buffer, seconds)

    def _must_be_ours(self) -> None:
        if self._process != Process.number:
            raise httpcore.ReadError("it belongs to the process that this one was forked from")

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: Any = None
    ) -> httpcore.NetworkStream:
        name: Any = server_hostname
        if name and type(ssl_context).__module__ == "ssl":  # gevent's take text only
            name = name.encode("ascii")
        inner = self._stream.start_tls(ssl_context, name, _to_connect(timeout))
        secure = Stream(inner, self._layers - 1, timeout)
        if timeout is not None:
            timeout.opened = secure
        return secure

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _addresses(host: str, port: int) -> list[str]:
    name: Any = host.encode("ascii")
    try:
        found = socket.getaddrinfo(name, port, 0, socket.SOCK_STREAM)
    except OSError as error:
        raise httpcore.ConnectError(str(error)) from error
    return [str(address[0]) for *_, address in found]


def _to_connect(timeout: Exchange | None, shares: int = 1) -> float:
    seconds = CONNECTING
    if timeout is not None:
        seconds = min(CONNECTING, timeout.left / shares)
    if seconds <= 0:
        raise httpcore.ConnectTimeout("timed out")
    return seconds
