# Made from pascom_facade/_async/http.py by `python -m scripts.unasync`: edit that file.
"""The HTTP client: sends requests as `_policy.py` decides."""

from __future__ import annotations

import time
from collections.abc import Iterator, Hashable
from contextlib import contextmanager
from typing import Any

from .._ground import httpx
from .._policy import Policy, head
from ..answers import Answer
from ._concurrency import Lock, here, run_blocking, sleep
from .pool import Transport


class Http(Policy, httpx.Client):
    """May be shared between threads."""

    _transport_for = Transport

    def __init__(self, *settings: Any) -> None:
        super().__init__(*settings)
        self._locks: dict[Hashable, Any] = {}

    def build_request(self, method: str, url: Any, **arguments: Any) -> httpx.Request:
        """Also for generated calls. Raises ConfigurationError as `Policy._built` does."""
        return self._built(super().build_request, method, url, arguments)

    def send(self, request: httpx.Request, *, stream: bool = False, **rest: Any) -> httpx.Response:
        self._check(request)
        if self.auth is None:
            self._log_in()
        for attempt in range(self._retries + 1):
            started = time.perf_counter()
            self._begin(request, bounded=not stream)
            try:
                response = super().send(request, stream=stream, **rest)
                if (itself := self._itself(request, response)) is not None:
                    response.close()
                    response = super().send(itself, stream=stream, **rest)
                if (error := self._refused(request, response, attempt, started)) is None:
                    return response
                response.close()
            except httpx.RequestError as failure:
                error = self._failed(request, failure, attempt)
            except BaseException as interruption:
                self._interrupted(request, interruption)
                raise
            if (pause := self._pause(error, attempt)) is None:
                raise error  # outside `except`: httpx's error, which holds the request, is not its context
            sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _log_in(self) -> None:
        """Fetches the password, once however many requests wait for it."""
        with self._locks.setdefault(here(), Lock()):
            if self.auth is None:
                self._login = run_blocking(self._credentials.reveal)
                self.auth = httpx.BasicAuth(*self._login)

    def answer(self, method: str, url: str, **arguments: Any) -> Answer:
        """Send and read one request; no httpx type leaves this module."""
        response = self.request(method, url, **arguments)
        return head(response, response.content)

    @contextmanager
    def streaming(
        self, method: str, url: str, **arguments: Any
    ) -> Iterator[tuple[Answer, Iterator[bytes]]]:
        """Send one request, and read its answer in pieces as they come."""
        request = self.build_request(method, url, **arguments)
        response = self.send(request, stream=True)
        try:
            yield head(response), response.iter_raw()
        except httpx.RequestError as failure:
            raise self._failed(request, failure) from None
        finally:
            response.close()
