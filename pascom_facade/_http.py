"""The one seam to HTTP: credentials, timeouts, retries, errors, and what may be followed.

Everything goes through `send()` of an httpx client: generated calls, downloads and raw requests alike.
(A wrapped transport would silently lose proxies from the environment.)
"""

from __future__ import annotations

import logging
import os
import random
import re
import ssl
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import cache, lru_cache
from typing import Any

import httpx

from . import errors
from ._logs import keep_quiet
from ._pool import Pool
from ._tls import verification
from ._version import __version__
from .answers import Answer, Body
from .settings import Address, Credentials, Options

logger = logging.getLogger("pascom_facade")

SAFE_METHODS = frozenset({"GET", "HEAD"})
TRANSIENT = frozenset({429, 500, 502, 503, 504})
LONGEST_WAIT = 30.0  # seconds; a server asking for more is reported instead of waited for
NOTHING_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)

# The vendor's server closes idle connections after 5 s (`Keep-Alive: timeout=5, max=100`, public facts §7): let
# go of them earlier, or a dial may be written into a closing connection. As many idle as open connections:
# with fewer, httpcore closes connections under other threads' hands.
CONNECTIONS = 100
LIMITS = httpx.Limits(
    max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS, keepalive_expiry=4.0
)


def client_arguments(address: Address, credentials: Credentials, options: Options) -> dict[str, Any]:
    """What the sync and the async client are made with."""
    return {
        "base_url": address.services,
        "auth": _Login(credentials),
        "headers": {"User-Agent": f"pascom-facade/{__version__}", "Accept": "application/json, */*;q=0.5"},
        "timeout": httpx.Timeout(options.timeout, connect=options.connect_timeout),
        "limits": LIMITS,
        "verify": verification(address, options)
        or _public_authorities(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")),
        "follow_redirects": False,
    }


@cache
def _public_authorities(*_environment: str | None) -> ssl.SSLContext:
    """httpx's own choice of them; shared by all clients, because loading the bundle takes 20 ms."""
    return httpx.create_ssl_context()


class _Login(httpx.Auth):
    """HTTP Basic, the password fetched once, at the first request; nothing of it shows in a repr."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._basic: httpx.BasicAuth | None = None
        self._one_at_a_time: Any = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._basic is None:
            self._basic = httpx.BasicAuth(*self._credentials.reveal())
        yield from self._basic.auth_flow(request)

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        if self._basic is None and callable(self._credentials.password):
            import asyncio  # not in a process that only dials once

            self._one_at_a_time = self._one_at_a_time or asyncio.Lock()
            async with self._one_at_a_time:  # it may ask a vault, or a person: other tasks go on meanwhile
                if self._basic is None:
                    self._basic = httpx.BasicAuth(*await asyncio.to_thread(self._credentials.reveal))
        for authorized in self.auth_flow(request):
            yield authorized


class _NoCookies(httpx.Cookies):
    """PHP answers one request a session at a time: without its cookie, requests run side by side.

    (A cookie jar that refuses them all is a tenth of a dial's CPU.)
    """

    def extract_cookies(self, response: httpx.Response) -> None:
        pass


class _Policy:
    """What send() decides, without doing any I/O: the same for sync and async."""

    def __init__(self, address: Address, credentials: Credentials, options: Options) -> None:
        self._retries = options.retries
        self._base = httpx.URL(address.services)
        self._instance = address.instance
        keep_quiet(address.services)
        super().__init__(**client_arguments(address, credentials, options))
        client: Any = self  # for parts of httpx that have no public way in
        client._cookies = _NoCookies()
        for transport in (
            client._transport,
            *client._mounts.values(),
        ):  # the latter: proxies of the environment
            if transport is not None:
                transport._pool = self._make_pool(transport._pool)
        # Parsing and joining an address anew for each request is a tenth of a dial's CPU: most are asked for again.
        self._absolute: Callable[[str], httpx.URL] = lru_cache(1000)(client._merge_url)

    def _make_pool(self, maker: Any) -> Any:
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._base}>"

    def _check_target(self, request: httpx.Request) -> None:
        url, base = request.url, self._base
        same = (url.scheme, url.host, url.port) == (base.scheme, base.host, base.port)
        if not same or not url.path.startswith(base.path):
            raise errors.ConfigurationError(
                f"refused to send the credentials outside {base}; give a path below it, such as 'cdr/'"
            )

    def _after_failure(self, request: httpx.Request, failure: httpx.RequestError, attempt: int) -> float:
        """Seconds to wait before trying again; raises if that could do harm or no good."""
        unsent = isinstance(failure, NOTHING_SENT)
        refused_certificate = _certificate_problem(failure)
        may_repeat = (unsent or request.method in SAFE_METHODS) and not refused_certificate
        logger.info(
            "%s %s failed: %s (attempt %d)",
            request.method,
            shown(request),
            type(failure).__name__,
            attempt + 1,
        )
        if may_repeat and attempt < self._retries:
            return _backoff(attempt)
        harm = not unsent and request.method not in SAFE_METHODS
        kind = errors.TimedOut if isinstance(failure, httpx.TimeoutException) else errors.ConnectionFailed
        host = self._base.host
        if refused_certificate:
            message = (
                f"the certificate of {host} was refused ({refused_certificate}); on-site servers sign their own: "
                "pass its certificate as ca_file= (PASCOM_CA_FILE), or pin its fingerprint, which `pascom doctor` shows"
            )
            kind = errors.CertificateRefused
        elif isinstance(failure, httpx.TimeoutException):
            message = f"{host} did not answer in time"
        elif unsent:
            message = (
                f"{host} cannot be reached ({_reason(failure)}); check the server's name and the network"
            )
        else:
            message = f"the connection to {host} broke ({_reason(failure)})"
        if harm:
            message += f"; {_done_hint(request)}"
        raise kind(
            f"{request.method} {shown(request)}: {message}",
            method=request.method,
            path=shown(request),
            may_have_happened=harm,
        )

    def _after_answer(
        self, request: httpx.Request, response: httpx.Response, attempt: int, started: float
    ) -> float | None:
        """None for a good answer; else seconds to wait before trying again, or raises."""
        status = response.status_code
        logger.debug(
            "%s %s %d %.0f ms (attempt %d)",
            request.method, shown(request), status, (time.perf_counter() - started) * 1000, attempt + 1,
        )  # fmt: skip
        if 200 <= status < 300:
            return None
        asked = _retry_after(response)
        if (
            status in TRANSIENT
            and request.method in SAFE_METHODS
            and attempt < self._retries
            and (asked or 0) <= LONGEST_WAIT
        ):
            return _backoff(attempt) if asked is None else asked
        raise self._error(request, response, asked) from None

    def _error(
        self, request: httpx.Request, response: httpx.Response, asked: float | None
    ) -> errors.PascomError:
        status, harm = response.status_code, False
        kind: type[errors.PascomError] = errors.AnsweredWithError
        if status == 401:
            kind, hint = errors.AuthenticationFailed, (
                "user name or password is wrong (web UI: Information > Developer > Show REST credentials)"
            )  # fmt: skip
        elif status == 403:
            kind, hint = errors.Forbidden, "not allowed; REST may be switched off on this interface"
        elif status in (404, 410):
            kind, hint = errors.NotFound, f"not there, or no instance {self._instance!r} on this server"
        elif status == 429:
            wait = "" if asked is None else f"; try again in {asked:g} s"
            kind, hint = errors.RateLimited, f"too many requests{wait}"
        elif status >= 500:
            kind, hint = errors.ServerError, "the instance failed or is restarting"
            harm = request.method not in SAFE_METHODS
        elif 300 <= status < 400:
            kind = errors.UnexpectedAnswer
            hint = f"redirected to {_place(response)}: a login page or a wrong address; redirects are not followed"
        else:
            hint = "the instance refused the request"
        if harm:
            hint += f"; {_done_hint(request)}"
        error = kind(
            f"{request.method} {shown(request)}: {status} {response.reason_phrase}".rstrip() + f": {hint}",
            method=request.method,
            path=shown(request),
            status=status,
            may_have_happened=harm,
        )
        if isinstance(error, errors.RateLimited):
            error.retry_after = asked
        return error


class Http(_Policy, httpx.Client):
    """The sync client; can be shared between threads."""

    def _make_pool(self, maker: Any) -> Any:
        return Pool(maker, CONNECTIONS)

    def send(self, request: httpx.Request, *, stream: bool = False, **rest: Any) -> httpx.Response:
        self._check_target(request)
        for attempt in range(self._retries + 1):
            started, failure = time.perf_counter(), None
            try:
                response = super().send(request, stream=stream, **rest)
            except httpx.RequestError as error:
                failure = error
            if (
                failure is not None
            ):  # raised out here, the error doesn't hang on to httpx's, which holds the request
                pause = self._after_failure(request, failure, attempt)
            else:
                try:
                    again = self._after_answer(request, response, attempt, started)
                except errors.PascomError:
                    response.close()
                    raise
                if again is None:
                    return response
                response.close()
                pause = again
            time.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def answer(self, method: str, url: str, **arguments: Any) -> Answer:
        """Send and read one request; no httpx type leaves this module."""
        return _answer(self.request(method, self._absolute(url), **arguments))

    @contextmanager
    def streaming(self, method: str, url: str, **arguments: Any) -> Iterator[Body[Iterator[bytes]]]:
        """Send one request, and read its answer in pieces as they come."""
        request = self.build_request(method, self._absolute(url), **arguments)
        response = self.send(request, stream=True)
        try:
            yield Body(_head(response), response.iter_raw())
        except httpx.RequestError as failure:
            self._after_failure(request, failure, self._retries)
        finally:
            response.close()


class AsyncHttp(_Policy, httpx.AsyncClient):
    """The async client; can be shared between tasks of one event loop."""

    def _make_pool(self, maker: Any) -> Any:
        from ._async_pool import AsyncPool  # and with it asyncio, only for those who use it

        return AsyncPool(maker, CONNECTIONS)

    async def send(self, request: httpx.Request, *, stream: bool = False, **rest: Any) -> httpx.Response:
        from asyncio import sleep

        self._check_target(request)
        for attempt in range(self._retries + 1):
            started, failure = time.perf_counter(), None
            try:
                response = await super().send(request, stream=stream, **rest)
            except httpx.RequestError as error:
                failure = error
            if (
                failure is not None
            ):  # raised out here, the error doesn't hang on to httpx's, which holds the request
                pause = self._after_failure(request, failure, attempt)
            else:
                try:
                    again = self._after_answer(request, response, attempt, started)
                except errors.PascomError:
                    await response.aclose()
                    raise
                if again is None:
                    return response
                await response.aclose()
                pause = again
            await sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    async def answer(self, method: str, url: str, **arguments: Any) -> Answer:
        """Send and read one request; no httpx type leaves this module."""
        return _answer(await self.request(method, self._absolute(url), **arguments))

    @asynccontextmanager
    async def streaming(
        self, method: str, url: str, **arguments: Any
    ) -> AsyncIterator[Body[AsyncIterator[bytes]]]:
        """Send one request, and read its answer in pieces as they come."""
        request = self.build_request(method, self._absolute(url), **arguments)
        response = await self.send(request, stream=True)
        try:
            yield Body(_head(response), response.aiter_raw())
        except httpx.RequestError as failure:
            self._after_failure(request, failure, self._retries)
        finally:
            await response.aclose()


def _answer(response: httpx.Response) -> Answer:
    return _head(response, response.content)


def _head(response: httpx.Response, content: bytes = b"") -> Answer:
    request = response.request
    return Answer(response.status_code, dict(response.headers), content, request.method, shown(request))


def shown(request: httpx.Request) -> str:
    """The request's path for messages: no query, and no segment that could be a phone number."""
    template = request.extensions.get("path_template")
    if isinstance(template, str):
        return template
    path = request.url.path.split("/services/", 1)[-1]
    return "/".join("…" if re.search(r"\d{3}", segment) else segment for segment in path.split("/"))


def _place(response: httpx.Response) -> str:
    location = response.headers.get("location", "")
    return repr(location.split("?")[0].split("#")[0]) if location else "nowhere"


def _retry_after(response: httpx.Response) -> float | None:
    text = response.headers.get("retry-after", "")
    return float(text) if re.fullmatch(r"\d{1,9}", text) else None


def _backoff(attempt: int) -> float:
    return float(min(0.2 * 2**attempt, 4.0) * (0.75 + random.random() / 2))


def _done_hint(request: httpx.Request) -> str:
    if request.url.path.endswith("/action"):
        return "the call may have been placed: look before you dial again"
    return "the request may have been carried out: look before you repeat it"


def _certificate_problem(failure: BaseException) -> str | None:
    cause: BaseException | None = failure
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause.verify_message
        cause = cause.__cause__ or cause.__context__
    return None


def _reason(error: BaseException) -> str:
    """What the operating system or the protocol said, without addresses."""
    return re.sub(r"^\[[^]]*\]\s*", "", str(error)) or type(error).__name__
