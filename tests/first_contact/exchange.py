"""Requests and replies as the played instance sees them; a behaviour stands between the two."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode


@dataclass(frozen=True)
class Request:
    """As it arrived: `path` below the host, `query` undecoded."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes = b""

    @property
    def asked(self) -> list[tuple[str, str]]:
        return parse_qsl(self.query, keep_blank_values=True)

    def asking(self, pairs: list[tuple[str, str]]) -> Request:
        """The same with another query."""
        return Request(self.method, self.path, urlencode(pairs), self.headers, self.body)

    def at(self, path: str) -> Request:
        return Request(self.method, path, self.query, self.headers, self.body)


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def saying(self, value: Any) -> Reply:
        """The same with another JSON body."""
        return Reply(self.status, json.dumps(value).encode(), {"Content-Type": "application/json"})


Ask = Callable[[Request], Reply]
Behaviour = Callable[[Request, Ask], Reply]
"""Answers a request, by itself or by asking what lies behind it."""


def html(text: str | bytes, status: int = 200) -> Reply:
    body = text.encode() if isinstance(text, str) else text
    return Reply(status, body, {"Content-Type": "text/html; charset=utf-8"})


def redirect(where: str, status: int = 302) -> Reply:
    return Reply(status, b"", {"Location": where})
