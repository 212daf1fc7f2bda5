"""A server that answers exactly the bytes it is told, and counts what it was asked: for faults no server offers."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]"
RESET = b"<reset>"
"""In place of an answer: read the request, then reset the connection."""
SILENCE = b"<silence>"
"""In place of an answer: read the request, then say nothing."""
LATER = b"<later>"
"""Within an answer: what follows is said when the client has had time to read what went before."""


def answer(status: str, body: bytes = b"", **headers: str) -> bytes:
    """A whole HTTP answer; header names with underscores for hyphens."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@dataclass
class ScriptedServer:
    port: int
    answers: list[bytes]
    requests: list[bytes] = field(default_factory=list)
    scheme: str = "http"
    connections: int = 0
    said_all: threading.Event = field(default_factory=lambda: _set(threading.Event()))

    @property
    def origin(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"


@contextmanager
def serving(*answers: bytes, tls: ssl.SSLContext | None = None) -> Iterator[ScriptedServer]:
    """Serve `answers` in turn, the last one for ever."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = ScriptedServer(listener.getsockname()[1], list(answers) or [OK])
    server.scheme = "http" if tls is None else "https"
    open_connections: list[socket.socket] = []

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            server.connections += 1
            open_connections.append(connection)
            threading.Thread(target=converse, args=(connection,), daemon=True).start()

    def converse(connection: socket.socket) -> None:
        if tls is not None:
            try:
                connection = tls.wrap_socket(connection, server_side=True)
            except OSError:
                return
        with connection, connection.makefile("rb") as stream:
            while request := read_request(stream):  # type: ignore[arg-type]
                server.requests.append(request)
                reply = server.answers.pop(0) if len(server.answers) > 1 else server.answers[0]
                if not _said(reply, connection, server.said_all):
                    return

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield server
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for connection in open_connections:
            connection.close()


def _said(reply: bytes, connection: socket.socket, said_all: threading.Event) -> bool:
    """Send a reply, in its pieces; whether the connection stays open."""
    if reply == RESET:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False
    if reply == SILENCE:
        return True
    first, *rest = reply.split(LATER)
    said_all.clear()
    connection.sendall(first)
    for part in rest:
        time.sleep(0.05)
        connection.sendall(part)
    said_all.set()
    return b"Connection: close" not in reply


def _set(event: threading.Event) -> threading.Event:
    event.set()
    return event


def read_request(stream: socket.SocketIO) -> bytes:
    head = b""
    length = 0
    try:
        while line := stream.readline():
            head += line
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
            if line == b"\r\n":
                return head + (stream.read(length) or b"")
    except OSError:
        pass
    return b""
