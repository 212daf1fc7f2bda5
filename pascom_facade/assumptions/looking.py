"""A look at an instance: GET and HEAD only, no more requests than promised, every answer a plain value."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..answers import Answer
from ..errors import AnsweredWithError, PascomError, UnexpectedAnswer

if TYPE_CHECKING:
    from .._sync.client import Pascom

MOST_REQUESTS = 58
AFTERWARDS = 3


class EnoughAsked(PascomError):
    """As many requests were made as were promised."""


@dataclass(frozen=True)
class Seen:
    """An answer of any status."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False, default=b"")

    @cached_property
    def json(self) -> Any:
        """None for what is no JSON."""
        try:
            return self.answer.json()
        except UnexpectedAnswer:
            return None

    @property
    def answer(self) -> Answer:
        return Answer(self.status, self.headers, self.content, "GET", "")

    @property
    def shape(self) -> str:
        """`array`, `object` or `other`."""
        if isinstance(self.json, list):
            return "array"
        return "object" if isinstance(self.json, dict) else "other"

    @property
    def media_type(self) -> str:
        """Without its parameters; `none`."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower() or "none"

    @property
    def body(self) -> str:
        """What sort of body it is: `json`, `html`, `text` or `empty`."""
        if not self.content.strip():
            return "empty"
        if self.json is not None:
            return "json"
        return "html" if self.content.lstrip()[:200].lower().startswith((b"<!doctype", b"<html")) else "text"


class Looking:
    """What the checks ask with. It may be used once, by one thread, with a client of its own."""

    def __init__(self, pbx: Pascom) -> None:
        self.pbx = pbx
        self.requests = 0
        self.headers: list[Mapping[str, str]] = []
        """Of every answer."""
        self._until: Callable[[], bool] | None = None
        self._more = 0
        self._last = threading.local()  # of the walk's threads, some still run when the next check begins
        http: Any = pbx._http
        http.event_hooks = {"request": [self._guard], "response": [self._note]}

    def _guard(self, request: Any) -> None:
        if request.method not in ("GET", "HEAD"):
            raise AssertionError(f"a check must not send {request.method}")
        if self._until is not None:
            self._more -= 1
            if self._until():
                self._more, self._until = min(self._more, AFTERWARDS), lambda: False
        if self.requests >= MOST_REQUESTS or (self._until is not None and self._more < 0):
            raise EnoughAsked("as many requests were made as were promised")
        self.requests += 1

    @contextmanager
    def until(self, known: Callable[[], bool], most: int) -> Iterator[None]:
        """No more than a few requests after `known`, and never more than `most`: EnoughAsked ends the block."""
        self._until, self._more = known, most
        try:
            with suppress(EnoughAsked):
                yield
        finally:
            self._until = None

    def _note(self, response: Any) -> None:
        """Keep what the facade makes an error of."""
        content = response.read() if response.status_code >= 300 else b""
        headers = dict(response.headers)
        if place := response.extensions.get("location"):  # which is kept from httpx
            headers["location"] = place
        seen = Seen(response.status_code, headers, content)
        self.headers.append(seen.headers)
        self._last.answers = [*getattr(self._last, "answers", []), seen]

    def ask(self, path: str, method: str = "GET", *, login: bool = True, **rest: Any) -> Seen:
        """One answer, whatever its status. rest: params, headers. Raises ConnectionFailed, EnoughAsked."""
        return self.all_answers(path, method, login=login, **rest)[-1]

    def all_answers(self, path: str, method: str = "GET", *, login: bool = True, **rest: Any) -> list[Seen]:
        """With those to redirects that were followed."""
        self._last.answers = []
        anonymous: dict[str, Any] = {} if login else {"auth": None}
        try:
            answer = self.pbx._http.answer(method, path, **anonymous, **rest)
        except (AnsweredWithError, UnexpectedAnswer):
            if not self._last.answers:
                raise
            return list(self._last.answers)
        return [*self._last.answers[:-1], Seen(answer.status, answer.headers, answer.content)]

    def beginning(self, path: str, **headers: str) -> Seen:
        """Status and headers of an answer that may be long: its body isn't read."""
        self._last.answers = []
        try:
            with self.pbx._http.streaming("GET", path, headers=headers) as (answer, _):
                return Seen(answer.status, answer.headers)
        except (AnsweredWithError, UnexpectedAnswer):
            if not self._last.answers:
                raise
            last: Seen = self._last.answers[-1]
            return last
