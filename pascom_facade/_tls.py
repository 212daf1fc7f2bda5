"""Whom to trust: certificate authorities, a file, or one certificate by its fingerprint."""

from __future__ import annotations

import hashlib
import os
import re
import ssl
import warnings
from functools import cache
from pathlib import Path
from typing import Any

from ._exchange import Process
from .errors import ConfigurationError, ConnectionFailed
from .settings import Address, Options


def verification(address: Address, options: Options) -> ssl.SSLContext:
    """Whom to trust. Raises ConfigurationError for a file that cannot be used."""
    if address.origin.startswith("http:"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # never used; the real one costs 20 ms to load
    if options.fingerprint is not None:
        return _pinned(options.fingerprint)
    if not options.verify:
        warnings.warn("TLS certificates are not verified (verify=False)", stacklevel=2)
        return trusting()
    if options.ca_file is None:
        return public_authorities()
    return _loaded(f"ca_file {str(options.ca_file)!r}", str(options.ca_file))


def fingerprint(certificate: bytes | None) -> str:
    return hashlib.sha256(certificate or b"").hexdigest()


def fetch_fingerprint(address: Address, timeout: float = 5.0) -> str:
    """The SHA-256 fingerprint of the certificate that the server shows now, through the environment's proxy if there is
    one: to be compared with the server's own before it is pinned, for whoever stands in between shows another.

    No certificate is accepted here, so nothing is sent. Raises ConnectionFailed.
    """
    from ._ground import httpx
    from ._proxies import proxy_for

    proxy = proxy_for(address)
    through = None
    if proxy is not None:
        through = httpx.Proxy(proxy.address, auth=(proxy.user, proxy.password) if proxy.user is not None else None)
    reason = "it answers without one"
    try:
        with httpx.Client(verify=_pinned("none"), proxy=through, trust_env=False, timeout=timeout) as client:
            client.head(address.origin)
    except httpx.RequestError as failure:
        if isinstance(cause := certificate_problem(failure), AnotherCertificate):
            return cause.shown
        reason = re.sub(r"^\[[^]]*\]\s*", "", str(failure)) or type(failure).__name__
    via = "" if proxy is None else f" through {proxy}"
    raise ConnectionFailed(f"{address.host} shows no certificate{via} ({reason})")


def certificate_problem(failure: BaseException) -> ssl.SSLCertVerificationError | None:
    """What is wrong with a certificate, if that is why."""
    cause: BaseException | None = failure
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        cause = cause.__cause__ or cause.__context__
    return cause


@cache
def _authorities(file: str | None, folder: str | None, process: int) -> ssl.SSLContext:
    """Shared by all clients of a process, because loading the bundle takes 20 ms."""
    if file:
        return _loaded(f"SSL_CERT_FILE {file!r}", file)
    if folder:
        if not any(Path(one).is_dir() and os.access(one, os.R_OK | os.X_OK) for one in folder.split(os.pathsep)):
            raise ConfigurationError(f"SSL_CERT_DIR {folder!r} cannot be used: no folder that can be read")
        return ssl.create_default_context(capath=folder)
    from ._ground import httpx

    return httpx.create_ssl_context(trust_env=False)


def public_authorities() -> ssl.SSLContext:
    """Those that the environment names, else those that httpx brings. Raises ConfigurationError, naming a variable."""
    return _authorities(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"), Process.number)


def _loaded(name: str, file: str) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=file)
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error).partition("] ")[2] or str(error)
        said = said.partition("] ")[2] or said
        raise ConfigurationError(f"{name} cannot be used: {said}") from None


def trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class AnotherCertificate(ssl.SSLCertVerificationError):
    """Not the one that was pinned."""

    def __init__(self, pinned: str, shown: str) -> None:
        super().__init__("it is not the certificate that was pinned")
        self.verify_message = "it is not the certificate that was pinned"
        self.pinned, self.shown = pinned, shown


def _pinned(wanted: str) -> ssl.SSLContext:
    """A context whose every connection is checked, at the end of its own handshake, before anything is sent."""

    def pinned(kind: Any) -> Any:
        class Pinned(kind):  # type: ignore[misc]
            def do_handshake(self, *arguments: Any) -> None:
                super().do_handshake(*arguments)
                shown = fingerprint(self.getpeercert(binary_form=True))
                if shown != wanted:
                    raise AnotherCertificate(wanted, shown)

        return Pinned

    context = trusting()
    # Not ssl's own classes by name: gevent's contexts have gevent's.
    context.sslsocket_class, context.sslobject_class = pinned(context.sslsocket_class), pinned(context.sslobject_class)
    return context
