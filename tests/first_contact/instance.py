"""Plays a world over a real socket, in front of the simulator: its files, then its behaviours, then the services."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast
from urllib.parse import urlsplit

from pascom_facade.simulator import Simulator

from .exchange import Ask, Reply, Request
from .world import INSTANCE, World

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


@dataclass
class Played:
    """A running instance, and every request to its services that wasn't led elsewhere."""

    world: World
    simulator: Simulator
    server: str = ""
    requests: list[Request] = field(default_factory=list)

    def answer(self, request: Request) -> Reply:
        if request.path in self.world.files and request.method in ("GET", "HEAD"):
            return self._file(request)
        reply = self._through(len(self.world.behaviours))(request)
        if reply.status not in (301, 302, 307, 308):
            self.requests.append(request)
        return reply

    def _file(self, request: Request) -> Reply:
        if "authorization" not in request.headers:
            return Reply(401, b"Unauthorized", {"WWW-Authenticate": 'Basic realm="REST"', "Content-Type": "text/plain"})
        return self.world.files[request.path]

    def _through(self, count: int) -> Ask:
        if not count:
            return self._services
        behaviour, behind = self.world.behaviours[count - 1], self._through(count - 1)
        return lambda request: behaviour(request, behind)

    def _services(self, request: Request) -> Reply:
        """The simulator's reply; its own documentation page is no part of the world."""
        if request.path.startswith(f"/{INSTANCE}/services/apidoc"):
            return Reply(404, b"Not Found", {"Content-Type": "text/plain"})
        connection = http.client.HTTPConnection(urlsplit(self.simulator.server).netloc, timeout=20)
        address = f"{request.path}?{request.query}" if request.query else request.path
        headers = {name: value for name, value in request.headers.items() if name not in HOP_BY_HOP}
        try:
            connection.request(request.method, address, request.body or None, headers)
            answered = connection.getresponse()
            kept = {name: value for name, value in answered.getheaders() if name.lower() not in HOP_BY_HOP}
            return Reply(answered.status, answered.read(), kept)
        finally:
            connection.close()


@contextmanager
def playing(world: World, simulator: Simulator) -> Iterator[Played]:
    """A running instance of this world."""
    played = Played(world, simulator)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            path, _, query = self.path.partition("?")
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self._body(headers)
            reply = played.answer(Request(self.command, path, query, headers, body))
            self._send(reply)

        def _body(self, headers: dict[str, str]) -> bytes:
            return self.rfile.read(int(headers.get("content-length", 0)))

        def _send(self, reply: Reply) -> None:
            lines = [f"HTTP/1.1 {reply.status} Answer"]
            lines += [f"{name}: {value}" for name, value in reply.headers.items()]
            if reply.status not in (204, 304):
                lines.append(f"Content-Length: {len(reply.body)}")
            head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
            self.connection.sendall(head if self.command == "HEAD" else head + reply.body)

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
            cast(socket.socket, request).setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            super().process_request(request, client_address)

    server = Server(("127.0.0.1", 0), Handler)
    played.server = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield played
    finally:
        server.shutdown()
        server.server_close()
