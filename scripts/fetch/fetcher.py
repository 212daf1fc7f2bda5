"""Bytes over HTTP, bounded, and credentials to one origin only.

    fetcher = Fetcher(address, credentials, ca_file=...)
    answer = fetcher.get(address)          # .status .address .headers .body; raises NotReachable

A server may be hostile or broken: every answer has a size limit, every exchange a time limit, and a run a limit
of requests and of time. The user and password go to the origins in `login_to` (scheme, host and port; by default that
of `address`) and to no other host, whatever redirects and pages say; and over plain http only to this machine itself.
"""

from __future__ import annotations

import base64
import contextlib
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

import httpx

from pascom_facade._proxies import Proxy, proxy_for
from pascom_facade._tls import verification
from pascom_facade._words import place
from pascom_facade.errors import ConfigurationError
from pascom_facade.settings import Address, Credentials, Options, is_loopback

from ..errors import DocumentUnusable, Misdirected, NotReachable, WrongUsage
from .decode import as_text, inflate

MOST_REDIRECTS = 5
Origin = tuple[str, str, int]
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Fetched:
    """An answer; `address` is where the redirects led."""

    address: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")

    @property
    def text(self) -> str:
        return as_text(self.body, self.content_type)


class Fetcher:
    """Gets addresses for one run; each address is asked for once. Close it, or use it in a `with` statement.

    `progress` is called with each request, and with "" when the answer is there. A pinned fingerprint and verify=False
    hold for the origins that get the login only (where none does, for that of `home`), as the facade has them.
    """

    def __init__(
        self,
        home: str,
        credentials: Credentials | None = None,
        *,
        login_to: Collection[str] | None = None,
        ca_file: str | None = None,
        fingerprint: str | None = None,
        verify: bool = True,
        refs_to_other_hosts: bool = False,
        most_bytes: int = 16 * 2**20,
        most_seconds: float = 20,
        most_requests: int = 80,
        most_seconds_in_all: float = 180,
        progress: Callable[[str], None] = lambda message: None,
    ) -> None:
        parts = urlsplit_or_none(home)
        if parts is None:
            raise WrongUsage(f"{printable(home)!r} is not an address; give one that begins with https:// (or http://)")
        if parts.username or parts.password:
            raise WrongUsage("the address holds a user or password; give them in PASCOM_USER and PASCOM_PASSWORD")
        self.home = origin(home)
        self._login_to = {origin(address) for address in ([home] if login_to is None else login_to)}
        self._trusted = self._login_to or {self.home}
        self.refs_to_other_hosts = refs_to_other_hosts  # else a document doesn't lead into the reader's network
        self._credentials = credentials
        self._authorization = ""
        self._ca_file = ca_file
        try:
            self._trust = Options(fingerprint=fingerprint, verify=verify)
        except ConfigurationError as problem:
            raise WrongUsage(f"PASCOM_FINGERPRINT: {problem}") from None
        self._most_bytes = most_bytes
        self._most_seconds = most_seconds
        self._most_requests = most_requests
        self._most_seconds_in_all = most_seconds_in_all
        self._end = 0.0  # of the run; its clock starts with the first request
        self._progress = progress
        self._answers: dict[tuple[str, str, bool], Fetched | NotReachable] = {}
        self._clients: dict[tuple[str, bool, Proxy | None], httpx.Client] = {}
        self._streams: list[Any] = []

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        for client in self._clients.values():
            client.close()

    def is_home(self, address: str) -> bool:
        """Whether `address` is on the origin that this run is about."""
        return origin(address) == self.home

    @property
    def has_credentials(self) -> bool:
        return self._credentials is not None

    @property
    def sends_credentials(self) -> bool:
        """Whether the home origin gets the user and password."""
        return self._sends_login(self.home)

    def refuses_login(self, address: str) -> str:
        """Why the origin of `address` gets no user and password; empty if it gets them, or there are none."""
        asked = origin(address)
        if self._credentials is None or self._sends_login(asked):
            return ""
        return "plain http" if asked in self._login_to else "another origin"

    def _sends_login(self, asked: Origin) -> bool:
        scheme, host, _ = asked
        is_private = scheme == "https" or is_loopback(host)
        return self._credentials is not None and asked in self._login_to and is_private

    def get(self, address: str, *, method: str = "GET", stay: bool = False) -> Fetched:
        """The answer at `address` (any status), after at most five redirects; with `stay` on its own origin only.

        Raises NotReachable.
        """
        address = address.split("#")[0]
        asked = method, address, stay
        known = self._answers.get(asked)
        if known is None:
            try:
                known = self._follow(method, address, stay)
            except NotReachable as failure:
                known = failure
            self._answers[asked] = known
        if isinstance(known, NotReachable):
            raise known
        return known

    def _follow(self, method: str, address: str, stay: bool) -> Fetched:
        here = address
        for _ in range(MOST_REDIRECTS + 1):
            try:
                answer = self._exchange(method, here)
            except NotReachable as failure:
                if here == address:
                    raise
                reason = str(failure).replace(printable(here), place(here))
                raise Misdirected(f"{printable(address)} redirects: {reason}") from None
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not target:
                return answer
            try:
                here = urljoin(here, target).split("#")[0]
            except ValueError:
                raise Misdirected(f"{printable(here)} redirects to something that is no address") from None
            if stay and origin(here) != origin(address):
                raise Misdirected(f"{printable(address)} redirects to another host")
        raise Misdirected(f"{printable(address)} redirects more than {MOST_REDIRECTS} times")

    def _exchange(self, method: str, address: str) -> Fetched:
        if len(self._answers) >= self._most_requests:
            raise NotReachable(f"gave up after {self._most_requests} requests")
        now = time.monotonic()
        self._end = self._end or now + self._most_seconds_in_all
        if now >= self._end:
            raise NotReachable(f"gave up after {self._most_seconds_in_all:g} seconds")
        if urlsplit_or_none(address) is None:
            raise NotReachable(f"{printable(address)} is not an http or https address")
        self._progress(f"{method} {printable(address)}")
        headers = {"Accept": "*/*", "Accept-Encoding": "gzip", "User-Agent": "pascom-facade"}
        if self._sends_login(origin(address)):
            headers["Authorization"] = self._basic()
        try:
            with (
                self._time_limit() as late,
                self._connected(address).stream(
                    method, address, headers=headers, extensions={"trace": self._notice_stream}
                ) as response,
            ):
                body = self._read(response, address)
                return Fetched(address, response.status_code, dict(response.headers.items()), body)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, UnicodeError, OSError) as failure:
            raise NotReachable(self._why(failure, address, late.is_set())) from None
        except DocumentUnusable as failure:
            raise NotReachable(f"{printable(address)} sends {failure}") from None
        finally:
            self._progress("")

    def _read(self, response: httpx.Response, address: str) -> bytes:
        """The body, at most `most_bytes` of it, uncompressed here because httpx would not stop at a limit."""
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_raw():
            size += len(piece)
            if size > self._most_bytes:
                raise NotReachable(f"{printable(address)} sends more than {self._most_bytes // 2**20} MB")
            pieces.append(piece)
        body = b"".join(pieces)
        coding = response.headers.get("content-encoding", "").strip().lower()
        if body and coding in ("gzip", "x-gzip", "deflate"):
            return inflate(body, self._most_bytes)
        return body

    @contextlib.contextmanager
    def _time_limit(self) -> Iterator[threading.Event]:
        """Cut every connection when the exchange takes too long, even one that sends a byte now and then."""
        late = threading.Event()

        def cut() -> None:
            late.set()
            for stream in self._streams:
                connection = stream.get_extra_info("socket")
                with contextlib.suppress(OSError, AttributeError):
                    connection.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(min(self._most_seconds, max(self._end - time.monotonic(), 0.01)), cut)
        timer.daemon = True
        timer.start()
        try:
            yield late
        finally:
            timer.cancel()

    def _notice_stream(self, event: str, info: dict[str, Any]) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._streams.append(info["return_value"])

    def _connected(self, address: str) -> httpx.Client:
        """The connection pool for `address`; the certificates are read when the first https address comes."""
        scheme, trusted = address.split(":")[0].lower(), origin(address) in self._trusted
        proxy = _proxy_of(address)
        pool = scheme, trusted, proxy
        if pool not in self._clients:
            verify = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            if scheme == "https":
                verify = self._tls(trusted)
            timeout = httpx.Timeout(self._most_seconds, connect=min(5, self._most_seconds))
            limits = httpx.Limits(keepalive_expiry=2)
            through = None if proxy is None else httpx.Proxy(proxy.address, auth=proxy.login)
            self._clients[pool] = httpx.Client(
                verify=verify, timeout=timeout, limits=limits, proxy=through, trust_env=False
            )
        return self._clients[pool]

    def _tls(self, trusted: bool) -> ssl.SSLContext:
        if trusted and (self._trust.fingerprint or not self._trust.verify):
            chosen = verification(Address("https://", ""), self._trust)
            assert chosen is not None
            return chosen
        context = ssl.create_default_context()
        if self._ca_file:
            try:
                context.load_verify_locations(self._ca_file)
            except OSError as failure:
                raise WrongUsage(f"PASCOM_CA_FILE {self._ca_file} holds no certificates ({failure})") from None
        return context

    def _basic(self) -> str:
        if not self._authorization and self._credentials:
            try:
                user, password = self._credentials.reveal()
            except ConfigurationError as problem:
                raise WrongUsage(str(problem)) from None
            self._authorization = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        return self._authorization

    def _why(self, failure: Exception, address: str, late: bool) -> str:
        name = printable(address)
        if late or isinstance(failure, httpx.TimeoutException):
            return f"{name} does not answer in time"
        cause: BaseException | None = failure
        while cause is not None:
            if isinstance(cause, ssl.SSLCertVerificationError):
                return (
                    f"the certificate of {name} is not trusted ({cause.verify_message}); if the server has one of "
                    "its own, name that certificate's file in PASCOM_CA_FILE, or pin it: PASCOM_FINGERPRINT"
                )
            cause = cause.__cause__ or cause.__context__
        return f"{name} is not reachable ({str(failure).strip() or type(failure).__name__})"


def trusted(environ: Mapping[str, str]) -> dict[str, Any]:
    """Whose certificate is accepted beside the authorities', for a Fetcher."""
    return {
        "ca_file": environ.get("PASCOM_CA_FILE") or None,
        "fingerprint": environ.get("PASCOM_FINGERPRINT") or None,
    }


def _proxy_of(address: str) -> Proxy | None:
    """By the facade's rules, not by httpx's: this machine needs none."""
    parts = urlsplit(address)
    try:
        return proxy_for(Address(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}", ""))
    except ConfigurationError as problem:
        raise WrongUsage(str(problem)) from None


def urlsplit_or_none(address: str) -> SplitResult | None:
    """`address` taken apart, if it is an http or https address with a host."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme in ("http", "https") and parts.hostname:
        return parts
    return None


def joined(base: str, target: str) -> str:
    """`target` as it is meant on a page at `base`; empty, if that is no http or https address."""
    try:
        address = urljoin(base, target.strip())
    except ValueError:
        return ""
    return address if urlsplit_or_none(address) else ""


def origin(address: str) -> Origin:
    """`(scheme, host, port)`; what is not an http(s) address has an origin equal to no other's."""
    parts = urlsplit_or_none(address)
    if parts is None:
        return ("", address, 0)
    default_port = 443 if parts.scheme == "https" else 80
    return (parts.scheme, parts.hostname or "", parts.port or default_port)


def printable(address: str) -> str:
    """`address` (or another text of a server) for a message: without a password, on one line, and short."""
    address = re.sub(r"//[^/?#]*@", "//…@", address)
    address = re.sub(r"[\x00-\x1f\x7f-\x9f]", "?", address)
    return address if len(address) <= 200 else address[:200] + "…"
