"""What both clients begin with: an instance's address, the login and the options, and what is remembered of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ._discreet import discreet
from ._lazy import loading, once
from ._operations import query_parameters
from .errors import ConfigurationError
from .settings import DEFAULT_USER, NOT_PICKLED, Address, Credentials, Options, Password

if TYPE_CHECKING:
    from .cdr_habits import Knowledge
    from .cdr_options import CdrOptions


class Configured:
    """A client of one instance, before anything is sent."""

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
        remember: bool = True,
    ) -> None:
        """`https://SERVER/INSTANCE/services/` is the vendor's address scheme: `Pascom("pascom.cloud", "voipjack", …)`,
        `Pascom("192.168.1.5", "voipjack", …)`. Nothing is sent yet.

        password: the REST password, or a function that fetches it at the first request; or
        auth_string: the web UI's "BASIC Auth String" (Information > Developer > Show REST credentials).
        ca_file: the certificate (PEM) of a server that signs its own; or fingerprint: its SHA-256, as `pascom doctor`
        shows it: then only that certificate is trusted. verify=False trusts anybody, and warns.
        allow_http: allow unencrypted http to other machines (loopback always is).
        timeout: seconds to wait for a whole answer (of a recording: for the next piece). retries: how often a GET, or a
        request that was never sent, is tried again. A dial that may have arrived never is.
        cdr_options: how this instance wants its CDR asked, if neither its document nor its answers tell.
        remember: begin with what `pascom doctor --assumptions` learned of this instance, if it was run by this user of
        this computer: how `cdr` (without cdr_options) and `states` are to be asked. It is a file in the cache
        directory; only that command writes it. PASCOM_CACHE=off in the environment does without, too.

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
        self._closed = False
        self._remember = remember

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

    def __reduce__(self) -> Any:
        raise ConfigurationError(NOT_PICKLED)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._address.services!r})"

    @once
    def _cdr_knowledge(self) -> Knowledge:
        with loading():
            from .cdr_habits import Knowledge
            from .cdr_options import CdrOptions
            from .memory import remembered_habits

        if self._cdr_options is not None:
            return Knowledge(self._cdr_options)
        options = CdrOptions.documented(query_parameters("cdr.list_cdr"))
        if not self._remember:
            return Knowledge(options, documented=options)
        habits = remembered_habits(self._address, self._credentials.user, options)
        return Knowledge(options, habits, documented=options)

    def _learned(self, assumption: str) -> object:
        """What `pascom doctor --assumptions` found of it, if that is remembered."""
        if not self._remember:
            return None
        with loading():
            from .memory import remembered

        return remembered(self._address, self._credentials.user, assumption)
