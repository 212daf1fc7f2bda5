"""The HTTP client: what `_policy.py` decides, done."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from .._policy import Policy, head, httpx
from ..answers import Answer
from ._concurrency import Lock, run_blocking, sleep
from .pool import AsyncPool


class AsyncHttp(Policy, httpx.AsyncClient):
    """May be used by many tasks of one event loop."""

    _pool_of = AsyncPool
    _lock_of = Lock

    async def send(self, request: httpx.Request, *, stream: bool = False, **rest: Any) -> httpx.Response:
        self._check_target(request)
        if self.auth is None:
            async with self._lock:  # a password that is fetched is fetched once
                self.auth = self.auth or httpx.BasicAuth(*await run_blocking(self._credentials.reveal))
        for attempt in range(self._retries + 1):
            started = time.perf_counter()
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
            if (pause := self._pause(error, attempt)) is None:
                raise error  # out here, it doesn't hang on to httpx's error, which holds the request
            await sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    async def answer(self, method: str, url: str, **arguments: Any) -> Answer:
        """Send and read one request; no httpx type leaves this module."""
        response = await self.request(method, self._absolute(url), **arguments)
        return head(response, response.content)

    @asynccontextmanager
    async def streaming(
        self, method: str, url: str, **arguments: Any
    ) -> AsyncIterator[tuple[Answer, AsyncIterator[bytes]]]:
        """Send one request, and read its answer in pieces as they come."""
        request = self.build_request(method, self._absolute(url), **arguments)
        response = await self.send(request, stream=True)
        try:
            yield head(response), response.aiter_raw()
        except httpx.RequestError as failure:
            raise self._failed(request, failure) from None
        finally:
            await response.aclose()
