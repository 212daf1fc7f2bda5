"""Instances by name: `instances.toml` in the user's configuration folder, as `pascom login` writes it.

    default = "acme"

    [instances.acme]
    server = "pascom.cloud"
    instance = "acme"
    user = "moby"                       # default
    keyring = true                      # or password-command = "pass show acme"; password = "…" if you must
    fingerprint = "ab12…"               # or ca-file = "/etc/ssl/acme.pem"
    client = "acme_client"              # the package of `pascom regenerate`

A file that others can read or may have written is refused: it says to which server a password goes.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import ConfigurationError
from .settings import SECRETS, TRUST, with_pasted_address

# What a table of an instance may have, and which variable of the environment says the same.
KEYS = {
    "server": "PASCOM_SERVER",
    "instance": "PASCOM_INSTANCE",
    "user": "PASCOM_USER",
    "password": "PASCOM_PASSWORD",
    "password-command": "PASCOM_PASSWORD_COMMAND",
    "keyring": "PASCOM_KEYRING",
    "ca-file": "PASCOM_CA_FILE",
    "fingerprint": "PASCOM_FINGERPRINT",
    "client": "PASCOM_CLIENT",
    "page": "PASCOM_PAGE",
}
ADDRESS = ("PASCOM_SERVER", "PASCOM_INSTANCE")
Settings = dict[str, str]
_PLACES = {"win32": ("LOCALAPPDATA", "AppData/Local"), "darwin": ("", "Library/Application Support")}


def config_path(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """PASCOM_CONFIG, or `instances.toml` in the user's configuration folder (the one that platformdirs has).

    Raises ConfigurationError for a user without a home.
    """
    if named := environ.get("PASCOM_CONFIG"):
        return Path(named)
    variable, beside_home = _PLACES.get(platform, ("XDG_CONFIG_HOME", ".config"))
    try:
        folder = Path(environ.get(variable) or Path.home() / beside_home)
        if not folder.is_absolute():  # to be ignored (XDG Base Directory Specification)
            folder = Path.home() / beside_home
    except RuntimeError:
        raise ConfigurationError("there is no home folder; name the file of instances in PASCOM_CONFIG") from None
    return folder / "pascom-facade" / "instances.toml"


@dataclass(frozen=True)
class Named:
    """The instances of a file, each as variables of the environment would say it."""

    path: Path
    instances: Mapping[str, Settings]
    default: str | None

    def settings(self, name: str) -> Settings:
        """Raises ConfigurationError for a name that isn't there."""
        if name in self.instances:
            return self.instances[name]
        if not self.instances:
            raise ConfigurationError(f"there is no instance {name!r}: none is in {self.path}; `pascom login` adds one")
        known = ", ".join(sorted(self.instances))
        raise ConfigurationError(f"there is no instance {name!r} in {self.path}; there are: {known}")


def read(environ: Mapping[str, str] = os.environ) -> Named:
    """The instances of the file; none if it isn't there. Raises ConfigurationError for one that can't be trusted."""
    path = config_path(environ)
    text = _text(path)
    if text is None:
        return Named(path, {}, None)
    import tomllib  # only where there is such a file

    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path} is no TOML: {error}") from None
    _known(f"{path}:", whole, ("default", "instances"))
    tables = whole.get("instances", {})
    if not isinstance(tables, dict):
        raise ConfigurationError(f"{path}: instances is no table; an instance begins with [instances.NAME]")
    instances = {name: _instance(f"{path}: instance {name!r}", table) for name, table in tables.items()}
    default = whole.get("default")
    if default is not None and default not in instances:
        raise ConfigurationError(f"{path}: the default {default!r} is no instance of this file")
    return Named(path, instances, default)


def effective(environ: Mapping[str, str], name: str | None, *, named: Named | None = None) -> Settings:
    """The environment, and below it the instance of this name, else that of PASCOM_PROFILE.

    An address in the environment is an instance of its own. Then it is one or the other: a name that was asked for
    wins over it, PASCOM_PROFILE does not; no password goes to the other one's server.
    """
    chosen = name or environ.get("PASCOM_PROFILE")
    if not chosen:
        return dict(environ)
    table = (named or read(environ)).settings(chosen)
    if _elsewhere(environ, table):
        if name is None:
            return dict(environ)
        environ = {key: value for key, value in environ.items() if key not in KEYS.values()}
    if any(environ.get(secret) for secret in SECRETS):
        table = {key: value for key, value in table.items() if key not in SECRETS}
    if any(environ.get(trust) for trust in TRUST):
        table = {key: value for key, value in table.items() if key not in TRUST}
    filled = {key: value for key, value in environ.items() if value or key not in table}
    return {**table, **filled}


def _elsewhere(environ: Mapping[str, str], table: Settings) -> bool:
    environ = with_pasted_address(environ)
    return any(environ.get(key) and environ[key] != table.get(key) for key in ADDRESS)


def _text(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            _trusted(path, os.fstat(file.fileno()))
            return file.read().decode()
    except FileNotFoundError:
        return None
    except UnicodeError:
        raise ConfigurationError(f"{path} is no TOML: it is not UTF-8") from None
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}") from None


def _trusted(path: Path, status: os.stat_result) -> None:
    if not hasattr(os, "geteuid"):  # Windows: what lies in a user's folder is the user's
        return
    if not stat.S_ISREG(status.st_mode):
        raise ConfigurationError(f"{path} is no file")
    if status.st_uid != os.geteuid():
        raise ConfigurationError(f"{path} belongs to another user (id {status.st_uid}); use a file of your own")
    if mode := status.st_mode & 0o077:
        word = "read" if mode & 0o044 else "changed"
        raise ConfigurationError(f"{path} can be {word} by others; run: chmod 600 {path}")


def _instance(where: str, table: Any) -> Settings:
    if not isinstance(table, dict):
        raise ConfigurationError(f"{where} is no table; it begins with [instances.NAME]")
    _known(where, table, KEYS)
    settings = {KEYS[key]: _setting(f"{where}: {key}", key, value) for key, value in table.items()}
    settings = with_pasted_address({key: value for key, value in settings.items() if value})
    for key, variable in (("server", "PASCOM_SERVER"), ("instance", "PASCOM_INSTANCE")):
        if variable not in settings:
            raise ConfigurationError(f"{where} has no {key}")
    return settings


def _setting(where: str, key: str, value: Any) -> str:
    if key == "keyring":
        if not isinstance(value, bool):
            raise ConfigurationError(f"{where} is neither true nor false")
        return "1" if value else ""
    if not isinstance(value, str):
        raise ConfigurationError(f"{where} is no text in quotes")
    return value


def _known(where: str, table: Mapping[str, Any], keys: Any) -> None:
    for key in table:
        if key not in keys:
            raise ConfigurationError(f"{where} has a key {key!r} that means nothing; known: {', '.join(keys)}")
