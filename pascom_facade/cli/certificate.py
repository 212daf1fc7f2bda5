"""The certificate that a server shows."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from .._tls import fingerprint, trusting
from ..errors import ConnectionFailed
from ..settings import Address


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
