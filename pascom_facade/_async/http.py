"""The HTTP client: sends requests as `_policy.py` decides."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from typing import Any

from .._ground import httpx
from .._policy import Policy, head
from ..answers import Answer
from ._concurrency import Lock, here, run_blocking, sleep
from .pool import AsyncTransport


class AsyncHttp(Policy, httpx.AsyncClient):
    """May be used by many tasks of one event loop."""

    _transport_for = AsyncTransport

    def __init__(self, *settings: Any) -> None:
        super().__init__(*settings)
        self._locks: dict[Hashable, Any] = {}

    def build_request(self, method: str, url: Any, **arguments: Any) -> httpx.Request:
        """Also for generated calls. Raises ConfigurationError as `Policy._built` does."""
        return self._built(super().build_request, method, url, arguments)

    async def send(self, request: httpx.Request, *, stream: bool = False, **rest: Any) -> httpx.Response:
        self._check(request)
        if self.auth is None:
            await self._log_in()
        for attempt in range(self._retries + 1):
            started = time.perf_counter()
            self._begin(request, bounded=not stream)
            try:
                response = await super().send(request, stream=stream, **rest)
                if (itself := self._itself(request, response)) is not None:
                    await response.aclose()
                    response = await super().send(itself, stream=stream, **rest)
                if (error := self._refused(request, response, attempt, started)) is None:
                    return response
                await response.aclose()
            except httpx.RequestError as failure:
                error = self._failed(request, failure, attempt)
            except BaseException as interruption:
                self._interrupted(request, interruption)
                raise
            if (pause := self._pause(error, attempt)) is None:
                raise error  # outside `except`: httpx's error, which holds the request, is not its context
            await sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    async def _log_in(self) -> None:
        """Fetches the password, once however many requests wait for it."""
        async with self._locks.setdefault(here(), Lock()):
            if self.auth is None:
                self._login = await run_blocking(self._credentials.reveal)
                self.auth = httpx.BasicAuth(*self._login)

    async def answer(self, method: str, url: str, **arguments: Any) -> Answer:
        """Send and read one request; no httpx type leaves this module."""
        response = await self.request(method, url, **arguments)
        return head(response, response.content)

    @asynccontextmanager
    async def streaming(
        self, method: str, url: str, **arguments: Any
    ) -> AsyncIterator[tuple[Answer, AsyncIterator[bytes]]]:
        """Send one request, and read its answer in pieces as they come."""
        request = self.build_request(method, url, **arguments)
        response = await self.send(request, stream=True)
        try:
            yield head(response), response.aiter_raw()
        except httpx.RequestError as failure:
            raise self._failed(request, failure) from None
        finally:
            await response.aclose()
