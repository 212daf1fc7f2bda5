"""What `Pascom` and `AsyncPascom` share: construction, and reading answers. No I/O."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ._sync.discreet import discreet
from .answers import Answer
from .settings import DEFAULT_USER, Address, Credentials, Options, Password

if TYPE_CHECKING:
    from .cdr_options import CdrOptions
    from .journal import Knowledge


class PascomBase:
    """Where the instance is, who asks, and how patiently."""

    @discreet
    def __init__(
        self,
        server: str,
        instance: str,
        *,
        user: str = DEFAULT_USER,
        password: Password | None = None,
        auth_string: str | None = None,
        ca_file: str | Path | None = None,
        fingerprint: str | None = None,
        verify: bool = True,
        allow_http: bool = False,
        timeout: float = 30.0,
        retries: int = 2,
        cdr_options: CdrOptions | None = None,
    ) -> None:
        """`https://SERVER/INSTANCE/services/` is the vendor's address scheme: `Pascom("pascom.cloud", "voipjack", …)`,
        `Pascom("192.168.1.5", "voipjack", …)`. Nothing is sent yet.

        password: the REST password, or a function that fetches it at the first request; or
        auth_string: the web UI's "BASIC Auth String" (Information > Developer > Show REST credentials).
        ca_file: the certificate (PEM) of a server that signs its own; or fingerprint: its SHA-256, as `pascom doctor`
        shows it: then only that certificate is trusted. verify=False trusts anybody, and warns.
        allow_http: allow unencrypted http to other machines (loopback always is).
        timeout: seconds to wait for an answer. retries: how often a GET, or a request that was never sent, is tried
        again. A dial that may have arrived never is.
        cdr_options: how this instance wants its CDR asked, if neither its document nor its answers tell.

        Raises ConfigurationError for what cannot work.
        """
        self._address = Address.of(server, instance, allow_http=allow_http)
        if password is not None:
            self._credentials = Credentials(user, password)
        elif auth_string is not None:
            self._credentials = Credentials.from_auth_string(auth_string)
        else:
            self._credentials = Credentials.from_env()
        self._options = Options(timeout, retries, verify, ca_file, fingerprint)
        self._cdr_options = cdr_options

    @classmethod
    @discreet
    def from_env(cls, environ: Mapping[str, str] = os.environ, **options: Any) -> Self:
        """From PASCOM_SERVER, PASCOM_INSTANCE, PASCOM_USER (default `moby`), one of PASCOM_PASSWORD,
        PASCOM_PASSWORD_COMMAND or PASCOM_AUTH_STRING, and PASCOM_CA_FILE or PASCOM_FINGERPRINT.

        Raises ConfigurationError naming what is missing.
        """
        address = Address.from_env(environ, allow_http=options.get("allow_http", False))
        credentials = Credentials.from_env(environ)
        given = {
            "user": credentials.user,
            "password": credentials.password,
            "ca_file": environ.get("PASCOM_CA_FILE") or None,
            "fingerprint": environ.get("PASCOM_FINGERPRINT") or None,
        }
        return cls(address.origin, address.instance, **given | options)

    @classmethod
    @discreet
    def from_url(cls, url: str, **options: Any) -> Self:
        """From an address as copied from a browser: `https://pascom.cloud/voipjack/services/`."""
        address = Address.from_url(url, allow_http=options.get("allow_http", False))
        return cls(address.origin, address.instance, **options)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._address.services!r})"

    @cached_property
    def _cdr_knowledge(self) -> Knowledge:
        from ._operations import LIST_CDR
        from .cdr_options import CdrOptions
        from .journal import Knowledge

        return Knowledge(self._cdr_options or CdrOptions.documented(LIST_CDR.query_parameters()))

    @staticmethod
    def _response_text(answer: Answer) -> str:
        body = answer.json()
        if isinstance(body, dict) and isinstance(text := body.get("response"), str):
            return text
        raise answer.unexpected('no {"response": …}')

    @staticmethod
    def _states(answer: Answer) -> dict[str, str]:
        body = answer.json()
        if body in (None, [], {}):  # 204, or PHP's empty list for an empty object
            return {}
        if not isinstance(body, dict):
            raise answer.unexpected("no object of users")
        return {
            user: str(entry.get("state", "")) if isinstance(entry, dict) else str(entry)
            for user, entry in body.items()
        }
