"""The proxy between here and an instance, from the environment.

`urllib.request.getproxies` reads the variables (and the settings of macOS and Windows). NO_PROXY is read as the field
reads it: hosts, domains with and without a dot, addresses, networks, ports, `*`. This machine needs no proxy.
"""

from __future__ import annotations

import importlib.util
import ipaddress
import os
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import unquote, urlsplit

from ._ground import SOCKS_EXTRA
from .errors import ConfigurationError
from .settings import Address, as_host, is_loopback

SCHEMES = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}


@dataclass(frozen=True, repr=False)
class Proxy:
    """A proxy, and the variable that names it."""

    variable: str
    scheme: str
    host: str
    port: int
    user: str | None
    password: str

    @property
    def socks(self) -> bool:
        return self.scheme.startswith("socks")

    @property
    def address(self) -> str:
        """Without its login."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def login(self) -> tuple[str, str] | None:
        return None if self.user is None else (self.user, self.password)

    @property
    def auth(self) -> tuple[bytes, bytes] | None:
        if self.login is None:
            return None
        user, password = self.login
        return user.encode(), password.encode()

    def __str__(self) -> str:
        return f"the proxy {self.address.partition('://')[2]} ({self.variable})"


def proxy_for(address: Address) -> Proxy | None:
    """The proxy between here and there. Raises ConfigurationError for a variable that can't be used."""
    found = chosen(address)
    if found is None or not needed(address):
        return None
    return read(*found)


def needed(address: Address) -> bool:
    """Whether an instance is reached through the proxy: neither this machine nor exempt."""
    import urllib.request

    where = urlsplit(address.origin)
    host, port = where.hostname or "", where.port or SCHEMES[where.scheme]
    if is_loopback(host):
        return False
    if exempted(urllib.request.getproxies().get("no", ""), where.scheme, host, port):
        return False
    bracketed = f"[{host}]" if ":" in host else host
    return not urllib.request.proxy_bypass(f"{bracketed}:{port}")


def chosen(address: Address) -> tuple[str, str] | None:
    """The variable that applies to an address, and its value."""
    import urllib.request

    scheme, proxies = urlsplit(address.origin).scheme, urllib.request.getproxies()
    kind = next((kind for kind in (scheme, "all") if proxies.get(kind)), None)
    if kind is None:
        return None
    names = (f"{kind}_proxy", f"{kind}_proxy".upper())
    variable = next((name for name in names if os.environ.get(name)), "the system's settings")
    return variable, proxies[kind].strip()


def read(variable: str, value: str) -> Proxy:
    """Raises ConfigurationError, which names the variable, and nothing of its login."""
    address = value if "://" in value else f"http://{value}"
    try:
        parts = urlsplit(address)
        host, port = as_host(parts.hostname or ""), parts.port
    except ValueError:
        raise ConfigurationError(
            f"{variable} holds no address of a proxy that can be used; give http://proxy.example:3128"
        ) from None
    if parts.scheme not in SCHEMES:
        raise ConfigurationError(
            f"{variable} asks for a proxy by {_word(parts.scheme)}://, which isn't known; give {', '.join(SCHEMES)}"
        )
    if port == 0:
        raise ConfigurationError(f"{variable} gives the proxy the port 0")
    if parts.scheme.startswith("socks") and importlib.util.find_spec("socksio") is None:
        raise ConfigurationError(f"{variable} asks for a SOCKS proxy: pip install '{SOCKS_EXTRA}'")
    user = None if parts.username is None else unquote(parts.username)
    return Proxy(variable, parts.scheme, host, port or SCHEMES[parts.scheme], user, unquote(parts.password or ""))


def exempted(entries: str, scheme: str, host: str, port: int) -> bool:
    """Whether NO_PROXY's `entries` name the host; an entry that cannot be understood names none."""
    listed = filter(None, re.split(r"[\s,;]+", entries))
    return any(_names(entry.lower(), scheme, _plain(host), port) for entry in listed)


def _names(entry: str, scheme: str, host: str, port: int) -> bool:
    if "://" in entry:
        wanted, _, entry = entry.partition("://")
        if wanted not in (scheme, "all"):
            return False
        entry = entry.rstrip("/")
    if network := _network(entry):
        return _within(host, network)
    if match := re.fullmatch(r"(\[[^\]]*\]|[^:\[\]]+):(\d{1,5})", entry):
        entry = match[1]
        if int(match[2]) != port:
            return False
    if network := _network(entry):
        return _within(host, network)
    if "*" in entry:
        return fnmatchcase(host, entry)
    name = _plain(entry).lstrip(".")
    return bool(name) and (host == name or host.endswith(f".{name}"))


def _network(text: str) -> Any:
    """An address is a network of one."""
    if bracketed := re.fullmatch(r"\[([^\]]*)\](/\d+)?", text):
        address, length = bracketed.groups("")
        text = address + length
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _within(host: str, network: Any) -> bool:
    try:
        return ipaddress.ip_address(host) in network
    except ValueError:
        return False


def _plain(name: str) -> str:
    """As the name is looked up, without the dot at its end; a dot in front stays."""
    name = name.lower().rstrip(".")
    leading = "." if name.startswith(".") else ""
    try:
        return leading + as_host(name.lstrip("."))
    except ValueError:
        return name


def _word(scheme: str) -> str:
    return re.sub(r"[^a-z0-9+.-]", "", scheme)[:20]
