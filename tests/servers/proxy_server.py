"""A forwarding proxy on loopback: HTTP (absolute addresses and CONNECT) and SOCKS 5, every host being this machine."""

from __future__ import annotations

import base64
import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class ProxyServer:
    """`seen` has the method and target of each connection; `status`: refuse with it; `login`: `user:password`."""

    def __init__(self, *, status: str = "", login: str = "", silent: bool = False) -> None:
        self.seen: list[tuple[str, str]] = []
        self._status, self._silent = status, silent
        self._login = base64.b64encode(login.encode()) if login else b""

    def __enter__(self) -> ProxyServer:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                inner, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._converse, args=(inner,), daemon=True).start()

    def _converse(self, inner: socket.socket) -> None:
        with inner, inner.makefile("rb", buffering=0) as stream:
            try:
                first = stream.read(1)
                if first == b"\x05":
                    self._socks(inner, stream)
                elif first:
                    self._http(inner, stream, first)
            except OSError:
                pass

    def _http(self, inner: socket.socket, stream: socket.SocketIO, head: bytes) -> None:
        while not head.endswith(b"\r\n\r\n"):
            head += stream.read(1) or b"\r\n\r\n"
        method, target, _ = head.split(b" ", 2)
        self.seen.append((method.decode(), target.decode()))
        if self._silent:
            stream.read(1)
            return
        if self._login and b"basic " + self._login not in head.replace(b"Basic", b"basic"):
            inner.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        if self._status:
            inner.sendall(f"HTTP/1.1 {self._status}\r\nContent-Length: 0\r\n\r\n".encode())
            return
        where = urlsplit(target if b"://" in target else b"//" + target)
        with socket.create_connection(("127.0.0.1", where.port or 80)) as outer:
            if method == b"CONNECT":
                inner.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            else:
                head = head.replace(target, b"/" + target.split(b"/", 3)[3], 1)
                outer.sendall(head.replace(b"Connection: keep-alive", b"Connection: close"))  # one request a connection
            self._pump_both(inner, outer)

    def _socks(self, inner: socket.socket, stream: socket.SocketIO) -> None:
        methods = stream.read(stream.read(1)[0])
        assert methods is not None
        inner.sendall(b"\x05\x00" if b"\x00" in methods else b"\x05\xff")
        _, _, _, kind = stream.read(4)
        assert kind == 3, "the proxy is given the name of the host"
        host = stream.read(stream.read(1)[0])
        port = int.from_bytes(stream.read(2) or b"", "big")
        self.seen.append(("SOCKS", f"{(host or b'').decode()}:{port}"))
        with socket.create_connection(("127.0.0.1", port)) as outer:
            inner.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01" + port.to_bytes(2, "big"))
            self._pump_both(inner, outer)

    def _pump_both(self, inner: socket.socket, outer: socket.socket) -> None:
        threading.Thread(target=_pump, args=(outer, inner), daemon=True).start()
        _pump(inner, outer)


def _pump(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:  # one end was reset: so is the other
        with suppress(OSError):
            sink.shutdown(socket.SHUT_RDWR)
