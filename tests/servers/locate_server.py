"""A loopback server that shows one documentation page, for the tests of `locate`; and the pages' vocabulary."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TYPES = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript",
    "json": "application/json",
    "yaml": "text/yaml",
}


@dataclass(frozen=True)
class Reply:
    """What a path answers with, where a text alone does not say it."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def redirect(target: str) -> Reply:
    return Reply(status=302, headers={"Location": target})


@dataclass(frozen=True)
class Case:
    """A page and what is to be found: paths, in order, or the document in the page, or words of the error.

    ORIGIN in texts stands for the page's own origin, FOREIGN for one of another host.
    """

    name: str
    entry: str
    routes: Mapping[str, str | Reply]
    expect: tuple[str, ...] = ()
    inline: Any = None
    error: str = ""
    catch_all: str = ""


def document(title: str = "Pets") -> dict[str, Any]:
    paths = {"/pets": {"get": {"responses": {"200": {"description": "ok"}}}}}
    return {"openapi": "3.0.3", "info": {"title": title, "version": "1"}, "paths": paths}


DOCUMENT = json.dumps(document())
SWAGGER = json.dumps({"swagger": "2.0", "info": {"title": "Pets", "version": "1"}, "paths": {}})
PETSTORE = "https://petstore.swagger.io/v2/swagger.json"


def html(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>API</title>{head}</head><body>{body}</body></html>"


def script(code: str, body: str = '<div id="swagger-ui"></div>') -> str:
    return html(f'{body}<script src="swagger-ui-bundle.js"></script><script>{code}</script>')


class Site:
    """Serves a case's routes; notes requests and where an Authorization header came."""

    def __init__(self, routes: Mapping[str, str | Reply], catch_all: str = "") -> None:
        site = self
        self.requests: list[str] = []
        self.authorized: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # or each body waits 40 ms for the other side to have acknowledged its head

            def log_message(self, *_: object) -> None: ...

            def do_GET(self) -> None:
                site.requests.append(self.path)
                if self.headers.get("Authorization"):
                    site.authorized.append(self.path)
                answer = routes.get(self.path, routes.get(self.path.split("?")[0]))
                if answer is None:
                    answer = routes[catch_all] if catch_all else Reply("<h1>Not Found</h1>", 404)
                reply = answer if isinstance(answer, Reply) else Reply(answer)
                body = reply.body.encode() if isinstance(reply.body, str) else reply.body
                body = body.replace(b"ORIGIN", site.origin.encode()).replace(b"FOREIGN", site.foreign.encode())
                kind = TYPES.get(self.path.split("?")[0].rpartition(".")[2], TYPES["html"])
                self.send_response(reply.status)
                for name, value in {"Content-Type": kind, **reply.headers}.items():
                    self.send_header(name, value.replace("ORIGIN", site.origin))
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_HEAD = do_GET

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self.foreign = "http://foreign.example"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def served(routes: Mapping[str, str | Reply], catch_all: str = "") -> Iterator[Site]:
    site = Site(routes, catch_all)
    try:
        yield site
    finally:
        site.close()
