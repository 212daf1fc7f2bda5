"""Whom to trust: certificate authorities, a file, or one certificate by its fingerprint."""

from __future__ import annotations

import hashlib
import socket
import ssl
import warnings
from typing import Any
from urllib.parse import urlsplit

from .errors import ConfigurationError, ConnectionFailed
from .settings import Address, Options


def verification(address: Address, options: Options) -> ssl.SSLContext | None:
    """Whom to trust; None: the public authorities. Raises ConfigurationError for a file that cannot be used."""
    if address.origin.startswith("http:"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # never used; the real one costs 20 ms to load
    if options.fingerprint is not None:
        return _pinned(options.fingerprint)
    if not options.verify:
        warnings.warn("TLS certificates are not verified (verify=False)", stacklevel=2)
        return trusting()
    if options.ca_file is None:
        return None
    try:
        return ssl.create_default_context(cafile=str(options.ca_file))
    except (OSError, ssl.SSLError) as error:
        said = str(error).partition("] ")[2] or str(error)
        raise ConfigurationError(f"ca_file {str(options.ca_file)!r} cannot be used: {said}") from None


def fingerprint(certificate: bytes | None) -> str:
    return hashlib.sha256(certificate or b"").hexdigest()


def fetch_fingerprint(address: Address, timeout: float = 5.0) -> str:
    """The SHA-256 fingerprint of the certificate that the server shows now: to be compared with the server's own
    before it is pinned, for whoever stands in between shows another. Raises ConnectionFailed.
    """
    where = urlsplit(address.origin)
    try:
        with socket.create_connection((where.hostname or "", where.port or 443), timeout) as plain:
            with trusting().wrap_socket(plain, server_hostname=where.hostname) as secure:
                return fingerprint(secure.getpeercert(binary_form=True))
    except OSError as error:
        raise ConnectionFailed(f"{where.hostname} shows no certificate ({error.strerror or error})") from None


def trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _pinned(wanted: str) -> ssl.SSLContext:
    """A context whose every connection is checked, at the end of its own handshake, before anything is sent."""

    def pinned(kind: Any) -> Any:
        class Pinned(kind):  # type: ignore[misc]
            def do_handshake(self, *arguments: Any) -> None:
                super().do_handshake(*arguments)
                if fingerprint(self.getpeercert(binary_form=True)) != wanted:
                    error = ssl.SSLCertVerificationError("it is not the certificate that was pinned")
                    error.verify_message = str(error)
                    raise error

        return Pinned

    context = trusting()
    context.sslsocket_class, context.sslobject_class = pinned(ssl.SSLSocket), pinned(ssl.SSLObject)
    return context
