"""The requests the simulator received, kept for inspection: bounded, and without the secret."""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

KEPT_REQUESTS = 20_000
KEPT_BODY = 65_536


@dataclass(slots=True)
class Request:
    """One request below `…/services/`, as it arrived."""

    number: int
    method: str
    path: str
    """Below `services/`, for example `cdr/`."""
    query: str
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)
    """The first 64 KiB."""
    body_size: int = 0
    body_sha256: str = ""
    status: int | None = None
    """The answer's; None without an answer."""
    fault: str | None = None
    """The name of the fault, if there was one."""

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "body": self.body.decode("utf-8", "replace")}


class BodyReader:
    """Reads a body of any size, piece by piece, into a Request."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._digest = hashlib.sha256()

    def take(self, piece: bytes) -> None:
        request = self._request
        request.body += piece[: max(0, KEPT_BODY - len(request.body))]
        request.body_size += len(piece)
        self._digest.update(piece)
        request.body_sha256 = self._digest.hexdigest()


class Journal:
    """The last requests, and counts of all of them."""

    def __init__(self) -> None:
        self.requests: deque[Request] = deque(maxlen=KEPT_REQUESTS)
        self.total = 0
        self.by_status: Counter[int] = Counter()
        self.by_fault: Counter[str] = Counter()

    def begin(self, method: str, path: str, query: str, headers: list[tuple[bytes, bytes]]) -> Request:
        self.total += 1
        request = Request(self.total, method, path, query, _without_secret(headers))
        self.requests.append(request)
        return request

    def answered(self, request: Request, status: int) -> None:
        """Called before the answer leaves, so that whoever has received it finds it noted."""
        request.status = status
        self.by_status[status] += 1

    def failed(self, request: Request, fault: str) -> None:
        request.fault = fault
        self.by_fault[fault] += 1

    def clear(self) -> None:
        self.__init__()  # type: ignore[misc]


def _without_secret(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    public = {}
    for key, value in headers:
        name = _text(key.lower())
        if name == "authorization":
            public[name] = value.split(b" ")[0].decode("latin-1") + " …"
        else:
            public[name] = _text(value)
    return public


@lru_cache(maxsize=256)
def _text(value: bytes) -> str:
    """Decoded once, since every request of a client brings the same headers."""
    return value.decode("latin-1")
