"""Where an instance is and who asks: the address scheme and the credentials, without any HTTP.

Sources: vendor page (address scheme, user `moby`), public facts A (the "BASIC Auth String" of the web UI is
base64 of `user:password`, without the word `Basic`).
"""

from __future__ import annotations

import base64
import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from .errors import ConfigurationError

DEFAULT_USER = "moby"
Password = str | Callable[[], str]


@dataclass(frozen=True)
class Credentials:
    """A user and a password (or a function that fetches it, called once, at the first request)."""

    user: str
    password: Password = field(repr=False)

    def reveal(self) -> tuple[str, str]:
        """`(user, password)`, calling the function if there is one. Raises ConfigurationError if it gives none."""
        password = self.password() if callable(self.password) else self.password
        if not isinstance(password, str) or not password:
            raise ConfigurationError("the password is empty; set PASCOM_PASSWORD or pass password=")
        return self.user, password

    @classmethod
    def from_auth_string(cls, text: str) -> Credentials:
        """From the web UI's "BASIC Auth String" (with or without `Basic ` in front)."""
        try:
            decoded = base64.b64decode(text.strip().removeprefix("Basic ").strip(), validate=True).decode()
        except ValueError:
            decoded = ""
        user, _, password = decoded.partition(":")
        if not password:
            raise ConfigurationError(
                "the BASIC auth string is not base64 of user:password; copy it again from the web UI "
                "(Information > Developer > Show REST credentials)"
            )
        return cls(user, password)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Credentials:
        """From PASCOM_USER with PASCOM_PASSWORD or PASCOM_PASSWORD_COMMAND, or from PASCOM_AUTH_STRING."""
        user = environ.get("PASCOM_USER") or DEFAULT_USER
        if password := environ.get("PASCOM_PASSWORD"):
            return cls(user, password)
        if command := environ.get("PASCOM_PASSWORD_COMMAND"):
            return cls(user, lambda: _run_password_command(command))
        if text := environ.get("PASCOM_AUTH_STRING"):
            return cls.from_auth_string(text)
        raise ConfigurationError(
            "no password; set PASCOM_PASSWORD, PASCOM_PASSWORD_COMMAND or PASCOM_AUTH_STRING "
            "(web UI: Information > Developer > Show REST credentials)"
        )


def _run_password_command(command: str) -> str:
    import subprocess  # not above: most processes never need it

    done = subprocess.run(command, shell=True, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise ConfigurationError(f"PASCOM_PASSWORD_COMMAND failed with exit status {done.returncode}")
    return done.stdout.rstrip("\r\n")


@dataclass(frozen=True)
class Address:
    """An instance's `https://SERVER/INSTANCE/services/` (vendor page), taken apart."""

    origin: str
    instance: str

    @property
    def services(self) -> str:
        """The base of every REST path, with a slash at its end."""
        return f"{self.origin}/{quote(self.instance)}/services/"

    @property
    def apidoc(self) -> str:
        """The interactive REST documentation (public facts, A)."""
        return f"{self.services}apidoc/"

    @classmethod
    def of(cls, server: str, instance: str, *, allow_http: bool = False) -> Address:
        """From a server (`pascom.cloud`, `192.168.1.5`, `https://pbx:8443`) and an instance name.

        Raises ConfigurationError for what cannot be an address, and for plain http to another machine
        unless `allow_http`.
        """
        server, instance = server.strip(), instance.strip().strip("/")
        if not instance or re.search(r"[/?#\s\\]", instance) or instance in (".", ".."):
            raise ConfigurationError(
                f"instance {instance!r} is not a name; in https://pascom.cloud/voipjack/services/ it is 'voipjack'"
            )
        try:
            parts = urlsplit(server if "://" in server else f"https://{server}")
            host, port = parts.hostname or "", parts.port
        except ValueError:
            parts, host, port = urlsplit(""), "", None
        if parts.scheme not in ("https", "http") or not host or re.search(r"[\s\\<>\"]", host):
            raise ConfigurationError(
                f"server {_without_secrets(server)!r} is not an address; give 'pascom.cloud' or 'https://192.168.1.5'"
            )
        if parts.path.strip("/") or parts.query or parts.fragment:
            raise ConfigurationError(
                f"server {_without_secrets(server)!r} holds more than a host; give the host here and the instance "
                "separately, or use from_url()"
            )
        if parts.username or parts.password:
            raise ConfigurationError("the server's address holds credentials; pass user= and password= instead")
        if parts.scheme == "http" and not allow_http and not is_loopback(host):
            raise ConfigurationError(
                f"http://{host} would send the password unencrypted; use https, or allow_http=True if you must"
            )
        bracketed = f"[{host}]" if ":" in host else host
        return cls(f"{parts.scheme}://{bracketed}" + (f":{port}" if port else ""), unquote(instance))

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ, *, allow_http: bool = False) -> Address:
        """From PASCOM_SERVER and PASCOM_INSTANCE."""
        for name, example in (("PASCOM_SERVER", "pascom.cloud"), ("PASCOM_INSTANCE", "voipjack")):
            if not environ.get(name):
                raise ConfigurationError(f"{name} is not set; for example {name}={example}")
        return cls.of(environ["PASCOM_SERVER"], environ["PASCOM_INSTANCE"], allow_http=allow_http)

    @classmethod
    def from_url(cls, url: str, *, allow_http: bool = False) -> Address:
        """From `https://SERVER/INSTANCE[/services[/…]]`, as copied from a browser."""
        try:
            parts = urlsplit(url.strip())
        except ValueError:
            parts = urlsplit("")
        segments = [segment for segment in parts.path.split("/") if segment]
        if not parts.scheme or not parts.netloc or not segments or segments[1:2] not in ([], ["services"]):
            raise ConfigurationError(f"{_without_secrets(url)!r} is not of the form https://SERVER/INSTANCE/services/")
        return cls.of(f"{parts.scheme}://{parts.netloc}", segments[0], allow_http=allow_http)


@dataclass(frozen=True)
class Options:
    """How to talk to an instance; times in seconds."""

    timeout: float = 30.0
    retries: int = 2
    verify: bool = True
    ca_file: str | Path | None = None
    fingerprint: str | None = None

    def __post_init__(self) -> None:
        if self.fingerprint is not None:
            digits = self.fingerprint.lower().removeprefix("sha256:").replace(":", "").strip()
            if not re.fullmatch(r"[0-9a-f]{64}", digits):
                raise ConfigurationError("fingerprint is not SHA-256: 64 hexadecimal digits, with or without colons")
            object.__setattr__(self, "fingerprint", digits)


def is_loopback(host: str) -> bool:
    """Whether `host` names this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _without_secrets(url: str) -> str:
    """`url` for a message, without what may be a secret in it."""
    return re.sub(r"//[^/@]*@", "//…@", url.split("?")[0].split("#")[0])
