"""An instance's address, the credentials and the options, without any HTTP.

Sources: vendor page (address scheme, user `moby`), public facts A (the "BASIC Auth String" of the web UI is
base64 of `user:password`, without the word `Basic`).
"""

from __future__ import annotations

import base64
import ipaddress
import math
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from .errors import ConfigurationError

DEFAULT_USER = "moby"
Password = str | Callable[[], str]
COMMAND_SECONDS = 120.0  # a person may be asked for the vault's own password
COMMAND_BYTES = 65_536
LONGEST = 1_000_000.0  # seconds, of any wait: sockets take no more than 24 days


@dataclass(frozen=True)
class Credentials:
    """A user and a password (or a function that fetches it, called once, at the first request)."""

    user: str
    password: Password = field(repr=False)

    def __post_init__(self) -> None:
        if not isinstance(self.user, str) or not self.user or ":" in self.user:
            raise ConfigurationError("the user is not a name: it is empty, or has a colon in it")
        if not callable(self.password):
            _sendable(self.user, self.password)

    def __reduce__(self) -> Any:
        raise ConfigurationError(NOT_PICKLED)

    def reveal(self) -> tuple[str, str]:
        """`(user, password)`, calling the function if there is one. Raises ConfigurationError for an empty password."""
        password = self.password() if callable(self.password) else self.password
        if not isinstance(password, str) or not password:
            raise ConfigurationError("the password is empty; set PASCOM_PASSWORD or pass password=")
        _sendable(self.user, password)
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
        if environ.get("PASCOM_KEYRING"):
            service = Address.from_env(environ, allow_http=True).services
            return cls(user, lambda: _from_keyring(service, user))
        raise ConfigurationError(
            "no password; set PASCOM_PASSWORD, PASCOM_PASSWORD_COMMAND or PASCOM_AUTH_STRING "
            "(web UI: Information > Developer > Show REST credentials)"
        )


# Where a password may come from, in the order of precedence.
SECRETS = ("PASCOM_PASSWORD", "PASCOM_PASSWORD_COMMAND", "PASCOM_AUTH_STRING", "PASCOM_KEYRING")

TRUST = ("PASCOM_CA_FILE", "PASCOM_FINGERPRINT")  # one or the other

NOT_PICKLED = (
    "a Pascom holds a password and connections, and is neither pickled nor copied into another process; "
    "make one there, with from_env() perhaps"
)

CLOSED = "this Pascom was closed; make a new one. Nothing was sent"


def _sendable(*login: object) -> None:
    """Raises ConfigurationError for text that a header cannot hold."""
    try:
        for text in login:
            str(text).encode()
    except UnicodeError:
        raise ConfigurationError("the user or the password holds what is no character") from None


def _from_keyring(service: str, user: str) -> str:
    from ._keyring import password_of

    return password_of(service, user)


def _run_password_command(command: str) -> str:
    """The first line of its output; `pass` and its like print notes below.

    What it left running in the background isn't waited for, though it holds the pipe. (It keeps its terminal, so that
    it can ask: no session or process group of its own.)
    """
    import subprocess  # most processes never need it
    from threading import Thread

    with subprocess.Popen(command, shell=True, stdout=subprocess.PIPE) as process:
        printed = bytearray()
        reader = Thread(target=_collect, args=(process.stdout, printed, process.kill), daemon=True)
        reader.start()
        try:
            status = process.wait(COMMAND_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise ConfigurationError(f"PASCOM_PASSWORD_COMMAND did not end within {COMMAND_SECONDS:g} s") from None
        reader.join(0.2)
        process.stdout = None if reader.is_alive() else process.stdout  # which `with` would wait for, too
    if len(printed) > COMMAND_BYTES:
        raise ConfigurationError(f"PASCOM_PASSWORD_COMMAND printed more than {COMMAND_BYTES:,} bytes")
    if status:
        raise ConfigurationError(f"PASCOM_PASSWORD_COMMAND failed with exit status {status}")
    try:
        first, _, _ = bytes(printed).decode().partition("\n")
    except UnicodeError:
        raise ConfigurationError("PASCOM_PASSWORD_COMMAND printed what is no UTF-8") from None
    return first.rstrip("\r")


def _collect(stream: Any, printed: bytearray, stop: Callable[[], None]) -> None:
    while piece := stream.read1(COMMAND_BYTES):
        printed += piece
        if len(printed) > COMMAND_BYTES:
            stop()
            return


@dataclass(frozen=True)
class Address:
    """An instance's `https://SERVER/INSTANCE/services/` (vendor page), taken apart."""

    origin: str
    instance: str

    @property
    def host(self) -> str:
        return urlsplit(self.origin).hostname or ""

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
        for name, value in (("server", server), ("instance", instance)):
            if not isinstance(value, str):  # often None: a variable of the environment that isn't set
                raise ConfigurationError(f"{name} is {type(value).__name__}, not text")
        server, instance = server.strip(), unquoted(instance.strip().strip("/"))
        if not _is_name(instance):
            raise ConfigurationError(
                f"instance {_without_secrets(instance)!r} is not a name; "
                "in https://pascom.cloud/voipjack/services/ it is 'voipjack'"
            )
        if _is_bare_ipv6(server):
            raise ConfigurationError(f"server {server!r}: put an address of IPv6 into brackets, as in '[{server}]'")
        url = server if "://" in server else f"https://{server}"
        try:
            parts = urlsplit(url)
            host, port = as_host(parts.hostname or ""), parts.port
        except ValueError:
            parts, host, port = urlsplit(""), "", None
        if parts.scheme not in ("https", "http") or not host or port == 0:
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
        if ":" in host:
            host = f"[{host}]"
        if port:
            host += f":{port}"
        return cls(f"{parts.scheme}://{host}", instance)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ, *, allow_http: bool = False) -> Address:
        """From PASCOM_SERVER and PASCOM_INSTANCE, or from a PASCOM_SERVER that is a pasted address of both."""
        environ = with_pasted_address(environ)
        for name, example in (("PASCOM_SERVER", "pascom.cloud"), ("PASCOM_INSTANCE", "voipjack")):
            if not environ.get(name):
                raise ConfigurationError(f"{name} is not set; for example {name}={example}")
        return cls.of(environ["PASCOM_SERVER"], environ["PASCOM_INSTANCE"], allow_http=allow_http)

    @classmethod
    def from_url(cls, url: str, *, allow_http: bool = False) -> Address:
        """From `https://SERVER/INSTANCE[/services[/…]]`, as copied from a browser."""
        try:
            parts = urlsplit(url.strip())
            _ = parts.port
        except ValueError:
            parts = urlsplit("")
        segments = [segment for segment in parts.path.split("/") if segment]
        if not parts.scheme or not parts.netloc or not segments or segments[1:2] not in ([], ["services"]):
            raise ConfigurationError(f"{_without_secrets(url)!r} is not of the form https://SERVER/INSTANCE/services/")
        return cls.of(f"{parts.scheme}://{parts.netloc}", segments[0], allow_http=allow_http)


def with_pasted_address(environ: Mapping[str, str]) -> dict[str, str]:
    """The settings, with server and instance apart where PASCOM_SERVER holds what a browser's address bar holds:
    `https://pascom.cloud/voipjack/services/apidoc/#/cdr`. One that contradicts PASCOM_INSTANCE stays, to be refused.
    """
    settings = dict(environ)
    text = settings.get("PASCOM_SERVER", "").strip()
    scheme, mark, rest = text.rpartition("://")
    host, slash, path = rest.partition("/")
    instance = unquote(re.split(r"[/?#]", path, maxsplit=1)[0])
    if slash and (settings.get("PASCOM_INSTANCE") or instance) == instance and instance not in ("", "services"):
        settings["PASCOM_SERVER"] = scheme + mark + host
        settings["PASCOM_INSTANCE"] = instance
    elif slash and not instance:
        settings["PASCOM_SERVER"] = scheme + mark + host
    return settings


@dataclass(frozen=True)
class Options:
    """How to talk to an instance; times in seconds."""

    timeout: float = 30.0
    retries: int = 2
    verify: bool = True
    ca_file: str | Path | None = None
    fingerprint: str | None = None

    def __post_init__(self) -> None:
        number("timeout", self.timeout, above=0, most=LONGEST)
        number("retries", self.retries, least=0, whole=True)
        if self.fingerprint is not None:
            digits = self.fingerprint.lower().removeprefix("sha256:").replace(":", "").strip()
            if not re.fullmatch(r"[0-9a-f]{64}", digits):
                raise ConfigurationError("fingerprint is not SHA-256: 64 hexadecimal digits, with or without colons")
            object.__setattr__(self, "fingerprint", digits)


def number(
    name: str,
    value: object,
    *,
    least: float = -math.inf,
    above: float = -math.inf,
    most: float = math.inf,
    whole: bool = False,
) -> None:
    """Raises ConfigurationError for a value that is not a number, too small, or too large."""
    kinds: tuple[type, ...] = (int,) if whole else (int, float)
    if not isinstance(value, kinds) or isinstance(value, bool) or not _is_finite(value):
        raise ConfigurationError(f"{name}= is not a {'whole ' * whole}number")
    if value < least:  # type: ignore[operator]
        raise ConfigurationError(f"{name}= is less than {least:g}")
    if value <= above:  # type: ignore[operator]
        raise ConfigurationError(f"{name}= is not more than {above:g}")
    if value > most:  # type: ignore[operator]
        raise ConfigurationError(f"{name}= is more than {most:,.0f}")


def text(name: str, value: object) -> None:
    """Raises ConfigurationError for a value that is no text, or empty."""
    if not isinstance(value, str):
        raise ConfigurationError(f"{name}= is no text")
    if not value.strip():
        raise ConfigurationError(f"{name}= is empty")


def truth(name: str, value: object) -> None:
    """Raises ConfigurationError for a value that is neither true nor false."""
    if value not in (True, False):
        raise ConfigurationError(f"{name}= is neither True nor False")


def _is_finite(value: object) -> bool:
    try:
        return math.isfinite(value)  # type: ignore[arg-type]
    except OverflowError:  # a whole number beyond what clocks take
        return False


def is_loopback(host: str) -> bool:
    """Whether `host` names this machine."""
    host = host.lower().rstrip(".")
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def as_host(name: str) -> str:
    """A host as it is looked up: an address, or a name in ASCII. Raises ValueError for text that cannot be a host."""
    if "%" in name:  # the name of a network card, perhaps
        raise ValueError("no name of a host")
    if ":" in name:
        return str(ipaddress.IPv6Address(name))
    plain = name.lower()
    if not plain.isascii() or "xn--" in plain:
        import idna  # as httpx does; most names don't need it

        plain = idna.encode(plain).decode()
    labels = plain.removesuffix(".").split(".")
    if len(plain) > 253 or not all(map(_is_label, labels)):
        raise ValueError("no name of a host")
    if labels[-1].isdigit() or labels[-1].startswith("0x"):  # 10.0.1, 2130706433: resolvers disagree about them
        ipaddress.IPv4Address(plain)
    return plain


def _is_label(text: str) -> bool:
    inside = text.replace("-", "").replace("_", "")
    return inside.isalnum() and len(text) < 64 and text[0] != "-" != text[-1]


def _is_bare_ipv6(server: str) -> bool:
    try:
        return ipaddress.ip_address(server).version == 6
    except ValueError:
        return False


def _is_name(instance: str) -> bool:
    """Whether it is one segment of a path, also for a server that takes `．` for a dot."""
    meant = instance
    if not meant.isascii():
        import unicodedata  # most names don't need it

        meant = unicodedata.normalize("NFKC", instance)
    return meant not in ("", ".", "..") and instance.isprintable() and not set(meant) & set("/?#; \\%:@")


def unquoted(text: str) -> str:
    """Decoded until nothing is left to decode: the text that is checked is the text that is meant."""
    while (plain := unquote(text)) != text:
        text = plain
    return text


def _without_secrets(url: str) -> str:
    """`url` for a message, without its login and query: all before an `@`, and a port that is none."""
    scheme = re.match(r"[a-z]*://", url)
    start = scheme[0] if scheme else ""
    _, at, rest = url.removeprefix(start).rpartition("@")
    shown = f"…@{rest}" if at else rest
    shown = re.split(r"[?#]", shown)[0]
    if "[" not in shown:
        shown = re.sub(r":(?!\d{0,5}(?:/|$)).*", ":…", shown)
    return start + shown
