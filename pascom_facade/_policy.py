"""The one seam to HTTP: credentials, timeouts, retries, errors, and what may be followed. (`_async/http.py` sends.)

Everything goes through `send()` of an httpx client: generated calls, downloads and raw requests alike.
(A wrapped transport would silently lose proxies from the environment.)
"""

from __future__ import annotations

import logging
import os
import random
import re
import ssl
import sys
import time
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, ClassVar

from . import errors
from ._tls import verification
from ._version import __version__
from .answers import Answer
from .settings import Address, Credentials, Options

# httpx imports its own command line with itself, and that rich and pygments where they are installed: 170 instead of
# 100 ms for every process that dials once. It knows how to do without; others may import it later.
_others = sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
import httpx as httpx  # noqa: E402

if _others is None:
    sys.modules.pop("httpx._main", None)

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
LIMITS = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS, keepalive_expiry=4.0)


@cache
def _public_authorities(*_environment: str | None) -> ssl.SSLContext:
    """httpx's own choice of them; shared by all clients, because loading the bundle takes 20 ms."""
    return httpx.create_ssl_context()


class _NoCookies(httpx.Cookies):
    """PHP answers one request a session at a time: without its cookie, requests run side by side.

    (A cookie jar that refuses them all is a tenth of a dial's CPU.)
    """

    def extract_cookies(self, response: httpx.Response) -> None:
        pass


class _Discreet(logging.Filter):
    """httpx and httpcore log addresses with their queries, and answers' headers: dropped where they go to an instance.

    Headers of answers always: a redirect repeats the address there, and nobody can tell whose answer it is. The
    loggers belong to the whole program, so its other requests are left as they are.
    """

    instances: ClassVar[set[str]] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        return "receive_response_headers.complete" not in said and not any(map(said.__contains__, self.instances))


_discreet = _Discreet()
for _name in ("httpx", "httpcore.http11", "httpcore.http2"):
    logging.getLogger(_name).addFilter(_discreet)


class Policy:
    """What the client decides, without doing any I/O: the same for sync and async."""

    _pool_of: Any
    _lock_of: Any

    def __init__(self, address: Address, credentials: Credentials, options: Options) -> None:
        self._credentials = credentials
        self._retries = options.retries
        self._base = httpx.URL(address.services)
        self._instance = address.instance
        self._lock = self._lock_of()
        _discreet.instances.add(address.services)
        client: Any = super()
        client.__init__(
            base_url=address.services,
            auth=None if callable(credentials.password) else httpx.BasicAuth(*credentials.reveal()),
            headers={"User-Agent": f"pascom-facade/{__version__}", "Accept": "application/json, */*;q=0.5"},
            timeout=httpx.Timeout(options.timeout, connect=5.0),
            limits=LIMITS,
            verify=verification(address, options)
            or _public_authorities(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")),
        )
        client = self  # for parts of httpx that have no public way in
        client._cookies = _NoCookies()
        with_proxies = {client._transport, *client._mounts.values()} - {None}
        for transport in with_proxies:
            transport._pool = self._pool_of(transport._pool, CONNECTIONS)
        # Parsing and joining an address anew for each request is a tenth of a dial's CPU: most are asked for again.
        self._absolute: Callable[[str], httpx.URL] = lru_cache(1000)(client._merge_url)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._base}>"

    def _check_target(self, request: httpx.Request) -> None:
        url, base = request.url, self._base
        same = (url.scheme, url.host, url.port) == (base.scheme, base.host, base.port)
        if not same or not url.path.startswith(base.path):
            raise errors.ConfigurationError(
                f"refused to send the credentials outside {base}; give a path below it, such as 'cdr/'"
            )

    def _itself(self, request: httpx.Request, response: httpx.Response) -> httpx.Request | None:
        """The request again, where a GET is redirected to its own address with or without the slash at its end.

        That is all that is taken from the answer: host, credentials and query stay.
        """
        if not response.has_redirect_location or request.method not in SAFE_METHODS:
            return None
        try:
            target = request.url.join(response.headers["location"])
        except httpx.InvalidURL:
            return None
        path, _, query = request.url.raw_path.partition(b"?")
        wanted = path.removesuffix(b"/") if path.endswith(b"/") else path + b"/"
        at, _, asked = target.raw_path.partition(b"?")
        if target.host != request.url.host or at != wanted or asked not in (b"", query):
            return None
        url = request.url.copy_with(raw_path=wanted + b"?" + query if query else wanted)
        return httpx.Request(request.method, url, headers=request.headers, extensions=request.extensions)

    def _failed(self, request: httpx.Request, failure: httpx.RequestError, attempt: int = 0) -> errors.PascomError:
        name, host, unsent = type(failure).__name__, self._base.host, isinstance(failure, NOTHING_SENT)
        logger.info("%s %s failed: %s (attempt %d)", request.method, path_for_messages(request), name, attempt + 1)
        reason = re.sub(r"^\[[^]]*\]\s*", "", str(failure)) or name  # without the number that stands in front
        kind = errors.ConnectionFailed
        if refused := _certificate_problem(failure):
            kind = errors.CertificateRefused
            said = (
                f"the certificate of {host} was refused ({refused}); on-site servers sign their own: "
                "pass its certificate as ca_file= (PASCOM_CA_FILE), or pin its fingerprint, which `pascom doctor` shows"
            )
        elif isinstance(failure, httpx.TimeoutException):
            kind, said = errors.TimedOut, f"{host} did not answer in time"
        elif unsent:
            said = f"{host} cannot be reached ({reason}); check the server's name and the network"
        else:
            said = f"the connection to {host} broke ({reason})"
        return _error(kind, request, said, carried_out=not unsent)

    def _refused(
        self, request: httpx.Request, response: httpx.Response, attempt: int, started: float
    ) -> errors.PascomError | None:
        """None for a good answer."""
        status, took = response.status_code, (time.perf_counter() - started) * 1000
        logger.debug(
            "%s %s %d %.0f ms (attempt %d)", request.method, path_for_messages(request), status, took, attempt + 1
        )
        if 200 <= status < 300:
            return None
        kind, hint = REFUSALS.get(status) or REFUSALS.get(status // 100) or REFUSALS[0]
        place = re.split("[?#]", response.headers.get("location", "nowhere"))[0]
        hint = hint.format(instance=self._instance, place=place)
        asked = response.headers.get("retry-after", "")
        seconds = float(asked) if re.fullmatch(r"\d{1,9}", asked) else None
        if kind is errors.RateLimited and seconds is not None:
            hint += f"; try again in {asked} s"
        said = f"{status} {response.reason_phrase}".rstrip() + f": {hint}"
        error = _error(kind, request, said, carried_out=status >= 500, status=status)
        error.retry_after = seconds
        return error

    def _pause(self, error: errors.PascomError, attempt: int) -> float | None:
        """Seconds to wait before trying again; None if that could do harm or no good."""
        backoff: float = min(0.2 * 2**attempt, 4.0) * (0.75 + random.random() / 2)
        if attempt >= self._retries or error.may_have_happened or isinstance(error, errors.CertificateRefused):
            return None
        if error.status is None:
            return backoff
        wait = backoff if error.retry_after is None else error.retry_after
        hopeful = error.status in TRANSIENT and error.method in SAFE_METHODS and wait <= LONGEST_WAIT
        return wait if hopeful else None


REFUSALS: dict[int, tuple[type[errors.PascomError], str]] = {
    0: (errors.AnsweredWithError, "the instance refused the request"),
    3: (
        errors.UnexpectedAnswer,
        "redirected to {place!r}: a login page or a wrong address; redirects are not followed",
    ),
    5: (errors.ServerError, "the instance failed or is restarting"),
    401: (
        errors.AuthenticationFailed,
        "user name or password is wrong (web UI: Information > Developer > Show REST credentials)",
    ),
    403: (errors.Forbidden, "not allowed; REST may be switched off on this interface"),
    404: (errors.NotFound, "not there, or no instance {instance!r} on this server"),
    410: (errors.NotFound, "not there, or no instance {instance!r} on this server"),
    429: (errors.RateLimited, "too many requests"),
}
"""By status, or its first digit: the error, and what to do."""


def _error(
    kind: type[errors.PascomError], request: httpx.Request, said: str, carried_out: bool, status: int | None = None
) -> errors.PascomError:
    """`carried_out`: whether it may have been."""
    method, path = request.method, path_for_messages(request)
    happened = carried_out and method not in SAFE_METHODS
    if happened and request.url.path.endswith("/action"):
        said += "; the call may have been placed: look before you dial again"
    elif happened:
        said += "; the request may have been carried out: look before you repeat it"
    return kind(f"{method} {path}: {said}", method=method, path=path, status=status, may_have_happened=happened)


def multipart(files: list[Any]) -> tuple[bytes, str]:
    """The bytes of a form with files, and its media type."""
    request = httpx.Request("POST", "http://localhost", files=files)
    return request.read(), request.headers["content-type"]


def head(response: httpx.Response, content: bytes = b"") -> Answer:
    request = response.request
    return Answer(response.status_code, dict(response.headers), content, request.method, path_for_messages(request))


def path_for_messages(request: httpx.Request) -> str:
    """The request's path for messages: no query, and no segment that could be a phone number."""
    template = request.extensions.get("path_template")
    if isinstance(template, str):
        return template.lstrip("/")
    path = request.url.path.split("/services/", 1)[-1]
    return "/".join("…" if re.search(r"\d{3}", segment) else segment for segment in path.split("/"))


def _certificate_problem(failure: BaseException) -> str | None:
    cause: BaseException | None = failure
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause.verify_message
        cause = cause.__cause__ or cause.__context__
    return None
