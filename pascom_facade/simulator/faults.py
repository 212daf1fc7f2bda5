"""Faults on purpose: answers scripted by a test, and a seeded share of random failures."""

from __future__ import annotations

import json
import random
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from threading import Lock
from typing import Literal

Reset = Literal["before", "after", "headers"]


@dataclass
class Fault:
    """How an answer differs from the usual one; whatever isn't set stays as usual."""

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    delay: float = 0.0
    """Seconds before the request is handled."""
    cut_after: int | None = None
    """Bytes of the body after which the connection ends, although content-length announced all."""
    prepend: bytes = b""
    """In front of the body, as PHP's warnings are."""
    reset: Reset | None = None
    """The connection is reset `before` the request is handled, `after` it, or amid the answer's `headers`."""
    name: str = "scripted"

    @property
    def replaces_answer(self) -> bool:
        """Whether the request isn't handled at all, because the fault is the answer."""
        return self.status is not None or self.body is not None


PHP_WARNING = b"<br />\n<b>Warning</b>:  Undefined variable $row in <b>/var/www/cdr.php</b> on line <b>42</b><br />\n"

# For a random share of answers; each is as likely as the others.
EVERYDAY = (
    Fault(reset="before", name="reset before"),
    Fault(reset="after", name="reset after"),
    Fault(status=500, body=b'{"error":"Internal Server Error"}', name="500"),
    Fault(status=503, headers={"retry-after": "0"}, body=b"Service Unavailable", name="503"),
    Fault(cut_after=20, name="cut"),
    Fault(prepend=PHP_WARNING, name="php warning"),
)


@dataclass
class _Rule:
    method: str
    path: str
    left: int
    fault: Fault


class Script:
    """Chooses each request's fault: scripted ones first, in the order they were added, then at random."""

    def __init__(self, rate: float = 0.0, faults: Iterable[Fault] = EVERYDAY, seed: int = 1) -> None:
        self._rules: deque[_Rule] = deque()
        self._lock = Lock()
        self._rate = rate
        self._faults = tuple(faults)
        self._random = random.Random(seed)

    def add(self, method: str, path: str, times: int, fault: Fault) -> None:
        """The next `times` requests with this method and path (`*` and `?` as in file names) get `fault`."""
        with self._lock:
            self._rules.append(_Rule(method.upper(), path.lstrip("/"), times, fault))

    def next(self, method: str, path: str) -> Fault | None:
        with self._lock:
            for rule in self._rules:
                if rule.method in (method, "*") and fnmatchcase(path, rule.path):
                    rule.left -= 1
                    if not rule.left:
                        self._rules.remove(rule)
                    return rule.fault
            if self._rate and self._random.random() < self._rate:
                return self._random.choice(self._faults)
        return None


def as_bytes(body: object) -> bytes | None:
    """A scripted body: bytes and text as they are, anything else as JSON."""
    if body is None or isinstance(body, bytes):
        return body
    if isinstance(body, str):
        return body.encode()
    return json.dumps(body, ensure_ascii=False).encode()
