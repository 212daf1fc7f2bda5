"""What both clients begin with: an instance's address, the login and the options, and what is remembered of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from ._discreet import discreet
from ._lazy import loading, once
from ._operations import operations_of
from ._package import name_of
from .errors import ConfigurationError
from .settings import NOT_PICKLED, Address, Credentials, Options

if TYPE_CHECKING:
    from .cdr_habits import Knowledge
    from .cdr_options import CdrOptions


class Configured:
    """A client of one instance, before anything is sent."""

    def _configure(
        self,
        address: Address,
        login: Mapping[str, Any],
        options: Options,
        cdr_options: CdrOptions | None,
        remember: bool,
        client: object,
    ) -> None:
        """`login`: user, password, auth_string; without a secret, that of the environment."""
        self._address = address
        if login["password"] is not None:
            self._credentials = Credentials(login["user"], login["password"])
        elif login["auth_string"] is not None:
            self._credentials = Credentials.from_auth_string(login["auth_string"])
        else:
            self._credentials = Credentials.from_env()
        self._options = options
        self._cdr_options = cdr_options
        self._closed = False
        self._remember = remember
        self._package = name_of(client, os.environ)
        self._operations = operations_of(self._package)

    @classmethod
    @discreet
    def named(cls, name: str, **options: Any) -> Self:
        """An instance of `instances.toml`, as `pascom login` writes it: `Pascom.named("acme")`.

        The environment fills what it leaves open, unless that has the address of another instance.
        options: those of the constructor. Raises ConfigurationError for an unknown name, and for a file that is broken,
        of another user, or not only yours to read.
        """
        return cls._from_env(os.environ, options, name)

    @classmethod
    def _from_env(cls, environ: Mapping[str, str], options: dict[str, Any], name: str | None = None) -> Self:
        if name or environ.get("PASCOM_PROFILE"):
            from ._named import effective

            environ = effective(environ, name)
        address = Address.from_env(environ, allow_http=options.get("allow_http", False))
        credentials = Credentials.from_env(environ)
        given: dict[str, Any] = {
            "user": credentials.user,
            "password": credentials.password,
            "ca_file": environ.get("PASCOM_CA_FILE") or None,
            "fingerprint": environ.get("PASCOM_FINGERPRINT") or None,
            "client": environ.get("PASCOM_CLIENT") or None,
        }
        return cls._made(address, given | options)

    @classmethod
    def _from_url(cls, url: str, options: dict[str, Any]) -> Self:
        address = Address.from_url(url, allow_http=options.get("allow_http", False))
        return cls._made(address, options)

    @classmethod
    def _made(cls, address: Address, options: dict[str, Any]) -> Self:
        make: Any = cls
        made: Self = make(address.origin, address.instance, **options)
        return made

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
        options = CdrOptions.documented(self._operations.query_parameters("cdr.list_cdr"))
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
