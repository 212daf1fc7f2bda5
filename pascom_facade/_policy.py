"""The one seam to HTTP: credentials, timeouts, retries, errors, and what may be followed. (`_async/http.py` sends.)

Everything goes through `send()` of an httpx client: generated calls, downloads and raw requests alike.
"""

from __future__ import annotations

import base64
import logging
import random
import re
import ssl
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, ClassVar

from . import _paths, errors
from ._exchange import Exchange
from ._ground import HEADERS_LOGGED, LOGGERS, httpx
from ._lazy import loading
from ._tls import AnotherCertificate, certificate_problem, verification
from ._version import __version__
from .answers import Answer
from .settings import CLOSED, NOT_PICKLED, Address, Credentials, Options

if TYPE_CHECKING:
    from ._proxies import Proxy

logger = logging.getLogger("pascom_facade")

SAFE_METHODS = frozenset({"GET", "HEAD"})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
TRANSIENT = frozenset({429, 500, 502, 503, 504})
GIVEN_UP = frozenset({408, 499})
"""Gateways say these, too, when they stop waiting for the instance, which may have carried out the request."""
LONGEST_WAIT = 30.0  # seconds; a server asking for more is reported instead of waited for
NOTHING_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


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
        message = record.getMessage()
        return HEADERS_LOGGED not in message and not any(map(message.__contains__, self.instances))


_discreet = _Discreet()
for _name in LOGGERS:
    logging.getLogger(_name).addFilter(_discreet)


_NO_COOKIES = _NoCookies()


class Policy:
    """What the client decides, without doing any I/O: the same for sync and async."""

    cookies = property(lambda self: _NO_COOKIES)
    is_closed: bool
    _transport_for: Any

    def __init__(self, address: Address, credentials: Credentials, options: Options) -> None:
        self._credentials = credentials
        self._login = None if callable(credentials.password) else credentials.reveal()
        self._seconds, self._retries = options.timeout, options.retries
        self._base = httpx.URL(address.services)
        self._instance = address.instance
        self._proxy = _proxy_for(address)
        _discreet.instances.add(address.services)
        client: Any = super()
        client.__init__(
            base_url=address.services,
            auth=None if self._login is None else httpx.BasicAuth(*self._login),
            headers={"User-Agent": f"pascom-facade/{__version__}", "Accept": "application/json, */*;q=0.5"},
            transport=self._transport_for(
                partial(verification, address, options), self._proxy, secure=self._base.scheme == "https"
            ),
            trust_env=False,
        )
        # Parsing and joining an address anew for each request is a tenth of a dial's CPU: most are asked for again.
        self._absolute = lru_cache(1000)(self._join)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._base}>"

    def __reduce__(self) -> Any:
        raise errors.ConfigurationError(NOT_PICKLED)

    def _built(
        self, build: Callable[..., httpx.Request], method: str, url: object, arguments: dict[str, Any]
    ) -> httpx.Request:
        """Raises ConfigurationError for a request that cannot be sent, or would go to another server."""
        if not isinstance(method, str) or not method.isascii() or not method.replace("-", "").isalpha():
            raise errors.ConfigurationError("nothing was sent: the method is none, such as 'GET'")
        absolute = self._absolute(str(url))
        try:
            return build(method, absolute, **arguments)
        except UnicodeError:
            problem = "a text that is not Unicode"
        except (httpx.InvalidURL, ValueError, RecursionError):
            problem = "a value that JSON can't hold"
        raise errors.ConfigurationError(f"nothing was sent: there is {problem} in it")

    def _join(self, url: str) -> httpx.URL:
        base = str(self._base)
        path = url.removeprefix(base)
        plain = path.partition("?")[0].partition("#")[0]
        if plain.startswith("//") or ":" in plain.partition("/")[0]:
            raise self._outside()
        _paths.check(plain)
        try:
            return httpx.URL(base + path.lstrip("/"))
        except (httpx.InvalidURL, ValueError):
            raise errors.ConfigurationError("nothing was sent: the path is too long, or no text") from None

    def _outside(self) -> errors.ConfigurationError:
        return errors.ConfigurationError(
            f"refused to send the credentials outside {self._base}; give a path below it, such as 'cdr/'"
        )

    def _check(self, request: httpx.Request) -> None:
        if self.is_closed:
            raise errors.ConfigurationError(CLOSED)
        url, base = request.url, self._base
        same = (url.scheme, url.host, url.port) == (base.scheme, base.host, base.port)
        if not same or not url.path.startswith(base.path):
            raise self._outside()
        _check_length(request)

    def _begin(self, request: httpx.Request, *, bounded: bool) -> Exchange:
        """Of one attempt."""
        in_memory = isinstance(request.stream, httpx.ByteStream)
        exchange = Exchange(self._seconds, bounded=bounded, replayable=in_memory)
        request.extensions["timeout"] = exchange.timeouts
        return exchange

    def _itself(self, request: httpx.Request, response: httpx.Response) -> httpx.Request | None:
        """The request anew, if a GET is redirected to its own address with or without the slash at its end.

        Only the slash is taken from the answer: host, credentials and query stay.
        """
        if response.status_code not in REDIRECTS or request.method not in SAFE_METHODS:
            return None
        try:
            target = request.url.join(_location(response))
        except (httpx.InvalidURL, ValueError):
            return None
        path, _, query = request.url.raw_path.partition(b"?")
        wanted = path.removesuffix(b"/") if path.endswith(b"/") else path + b"/"
        target_path, _, target_query = target.raw_path.partition(b"?")
        if target.host != request.url.host or target_path != wanted or target_query not in (b"", query):
            return None
        if query:
            wanted += b"?" + query
        url = request.url.copy_with(raw_path=wanted)
        return httpx.Request(request.method, url, headers=request.headers, extensions=request.extensions)

    def _failed(self, request: httpx.Request, failure: httpx.RequestError, attempt: int = 0) -> errors.PascomError:
        name, host = type(failure).__name__, self._base.host
        logger.info("%s %s failed: %s (attempt %d)", request.method, path_for_messages(request), name, attempt + 1)
        sent = request.extensions["timeout"]["read"].sent
        if sent is None:
            sent = not isinstance(failure, NOTHING_SENT)
        via = "" if self._proxy is None else f" through {self._proxy}"
        kind, message = self._explained(failure, host, via, not sent)
        error = _error(kind, request, message, carried_out=sent)
        if isinstance(error, errors.CertificateChanged):
            problem = certificate_problem(failure)
            if isinstance(problem, AnotherCertificate):
                error.pinned, error.shown = problem.pinned, problem.shown
        return error

    def _explained(
        self, failure: httpx.RequestError, host: str, via: str, unsent: bool
    ) -> tuple[type[errors.PascomError], str]:
        if isinstance(failure, httpx.ConnectError) and (problem := certificate_problem(failure)):
            return _certificate(problem, host)
        if isinstance(failure, httpx.TimeoutException):
            return errors.TimedOut, f"{host}{via} did not answer in time"
        if isinstance(failure, httpx.LocalProtocolError) and unsent:
            return errors.ConfigurationError, "nothing was sent: a header or the path is not as HTTP has them"
        reason = _reason(failure, self._secrets())
        if isinstance(failure, httpx.ProxyError):
            return errors.ConnectionFailed, f"{host} cannot be reached{via}: it said {reason}{_proxy_hint(reason)}"
        if unsent:
            way = "network" if self._proxy is None else "proxy"
            return errors.ConnectionFailed, (
                f"{host} cannot be reached{via} ({reason}); check the server's name and the {way}"
            )
        return errors.ConnectionFailed, f"the connection to {host}{via} broke ({reason})"

    def _interrupted(self, request: httpx.Request, interruption: BaseException) -> None:
        """Cancelled, Ctrl-C, a time limit of the caller's: adds a note if the request may have been carried out."""
        if request.method in SAFE_METHODS or not request.extensions["timeout"]["read"].sent:
            return
        interruption.may_have_happened = True  # type: ignore[attr-defined]
        interruption.add_note(f"{request.method} {path_for_messages(request)}: {_doubt(request)}")

    def _refused(
        self, request: httpx.Request, response: httpx.Response, attempt: int, started: float
    ) -> errors.PascomError | None:
        """None for a good answer."""
        status, took = response.status_code, (time.perf_counter() - started) * 1000
        path = path_for_messages(request)
        logger.debug("%s %s %d %.0f ms (attempt %d)", request.method, path, status, took, attempt + 1)
        if 200 <= status < 300:
            return None
        kind, hint = REFUSALS.get(status) or REFUSALS.get(status // 100) or REFUSALS[0]
        with loading():
            from . import _words  # not in a process that dials once

        where = _words.place(_location(response), self._secrets())
        if status == 407 and self._proxy is not None:
            hint = f"{self._proxy}{_proxy_hint('407')}"
        seconds = _words.seconds(response.headers.get("retry-after", ""))
        hint = hint.replace("{instance}", repr(self._instance)).replace("{place}", repr(where))
        if kind is errors.RateLimited and seconds is not None:
            hint += f"; try again in {seconds:.0f} s"
        message = f"{status} {_words.quoted(response.reason_phrase, self._secrets())}".rstrip() + f": {hint}"
        if status >= 500 and self._proxy is not None:
            message += f" (through {self._proxy})"
        carried_out = not 400 <= status < 500 or status in GIVEN_UP
        error = _error(kind, request, message, carried_out=carried_out, status=status)
        error.retry_after = seconds
        return error

    def _secrets(self) -> Iterator[str]:
        """Credentials that a server may repeat in its words."""
        if self._login is not None:
            user, password = self._login
            yield base64.b64encode(f"{user}:{password}".encode()).decode().rstrip("=")
            if len(password) > 3:  # a shorter one is part of many words
                yield password

    def _pause(self, error: errors.PascomError, attempt: int) -> float | None:
        """Seconds to wait before a retry; None if it could do harm or no good."""
        backoff: float = min(0.2 * 2 ** min(attempt, 9), 4.0) * (0.75 + random.random() / 2)
        hopeless = isinstance(error, (errors.CertificateRefused, errors.ConfigurationError))
        if attempt >= self._retries or error.may_have_happened or hopeless:
            return None
        if error.status is None:
            return backoff
        if error.status not in TRANSIENT or error.method not in SAFE_METHODS:
            return None
        wait = backoff if error.retry_after is None else error.retry_after
        if wait > LONGEST_WAIT:
            return None
        return wait


REFUSALS: dict[int, tuple[type[errors.PascomError], str]] = {
    0: (errors.AnsweredWithError, "the instance refused the request"),
    3: (
        errors.UnexpectedAnswer,
        "redirected to {place}: a login page or a wrong address; redirects are not followed",
    ),
    5: (errors.ServerError, "the instance failed or is restarting"),
    401: (
        errors.AuthenticationFailed,
        "user name or password is wrong (web UI: Information > Developer > Show REST credentials)",
    ),
    403: (errors.Forbidden, "not allowed; REST may be switched off on this interface"),
    404: (errors.NotFound, "not there, or no instance {instance} on this server"),
    410: (errors.NotFound, "not there, or no instance {instance} on this server"),
    407: (errors.ConnectionFailed, "a proxy in between wants a login"),
    429: (errors.RateLimited, "too many requests"),
}
"""By status, or its first digit: the error, and what to do."""


def _error(
    kind: type[errors.PascomError], request: httpx.Request, message: str, carried_out: bool, status: int | None = None
) -> errors.PascomError:
    """`carried_out`: whether it may have been."""
    method, path = request.method, path_for_messages(request)
    happened = carried_out and method not in SAFE_METHODS
    if happened:
        message += f"; {_doubt(request)}"
    return kind(f"{method} {path}: {message}", method=method, path=path, status=status, may_have_happened=happened)


def _check_length(request: httpx.Request) -> None:
    """Raises ConfigurationError if a header of the caller's says another length than the body has."""
    if isinstance(request.stream, httpx.ByteStream):
        told = request.headers.get("content-length")
        if told is not None and told != str(len(request.content)):
            raise errors.ConfigurationError("nothing was sent: Content-Length is not the body's length; leave it out")


def multipart(files: list[Any]) -> tuple[bytes, str]:
    """The bytes of a form with files, and its media type."""
    request = httpx.Request("POST", "http://localhost", files=files)
    return request.read(), request.headers["content-type"]


def _proxy_for(address: Address) -> Proxy | None:
    if not urllib.request.getproxies():
        return None
    from ._proxies import proxy_for  # most need none

    return proxy_for(address)


def head(response: httpx.Response, content: bytes = b"") -> Answer:
    request = response.request
    return Answer(response.status_code, dict(response.headers), content, request.method, path_for_messages(request))


def path_for_messages(request: httpx.Request) -> str:
    """The request's path for messages: no query, and no segment that could be a phone number."""
    template = request.extensions.get("path_template")
    if isinstance(template, str):
        return template.lstrip("/")
    path = request.url.path.split("/services/", 1)[-1]
    if path.isprintable() and len(path) < 60 and len(re.findall(r"\d", path)) < 3:
        return path  # as nearly all are
    with loading():
        from . import _words

    return _words.path(path)


def _location(response: httpx.Response) -> str:
    """The target of a redirect: the pool keeps it from httpx."""
    found: str | None = response.extensions.get("location")
    return found or response.headers.get("location", "nowhere")


def _doubt(request: httpx.Request) -> str:
    if request.url.path.endswith("/action"):
        return "the call may have been placed: look before you dial again"
    return "the request may have been carried out: look before you repeat it"


def _certificate(problem: ssl.SSLCertVerificationError, host: str) -> tuple[type[errors.PascomError], str]:
    if not isinstance(problem, AnotherCertificate):
        return errors.CertificateRefused, (
            f"the certificate of {host} was refused ({problem.verify_message}); on-site servers sign their own: "
            "pass its certificate as ca_file= (PASCOM_CA_FILE), or pin its fingerprint, which `pascom doctor` shows"
        )
    return errors.CertificateChanged, (
        f"STOP, the certificate of {host} was refused: {problem.verify_message}. Pinned is {problem.pinned}, shown is "
        f"{problem.shown}. Somebody may be listening in between. Nothing was sent. Ask whoever runs the server whether "
        "the certificate was renewed, and compare the fingerprint that the server itself tells"
    )


def _reason(failure: httpx.RequestError, secrets: Iterator[str]) -> str:
    """Why a request failed; text that the server chose is never in it unchecked."""
    text = str(failure)
    if isinstance(failure, httpx.RemoteProtocolError):
        if "disconnected" in text:
            return "it ended without an answer"
        if "peer closed" in text:
            return "it ended amid the answer"
        return "what it answered is not HTTP"
    if isinstance(failure, httpx.DecodingError):
        return "its answer cannot be unpacked"
    with loading():
        from . import _words

    text = re.sub(r"^\[[^]]*\]\s*|\s*\(_ssl\.c:\d+\)$", "", text)  # the error's number and place
    status = ""
    if isinstance(failure, httpx.ProxyError) and re.match(r"[345]\d\d ", text):
        status, text = text[:4], text[4:]  # a status is no phone number, as `quoted` would take it
    words = _words.quoted(text, secrets)
    return status + (words or type(failure).__name__)


def _proxy_hint(reason: str) -> str:
    if reason.startswith("407"):
        return " wants a login: put it into the variable, as in http://user:password@proxy:3128"
    return "; check its address and its rules"
