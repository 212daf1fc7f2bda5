"""Passwords in the system's keyring, by the library keyring (extra `login`), under the address they are for."""

from __future__ import annotations

from typing import Any

from ._extras import needs
from .errors import ConfigurationError

OFFERS = "name a command with --password-command (PASCOM_PASSWORD_COMMAND), or set PASCOM_PASSWORD"


def password_of(service: str, user: str) -> str:
    """The stored password. Raises ConfigurationError if there is none, or no keyring."""
    password = _do("get_password", service, user)
    if not password:
        raise ConfigurationError(f"the keyring has no password of {user} for {service}; `pascom login` stores it")
    return str(password)


def store(service: str, user: str, password: str) -> None:
    """Raises ConfigurationError where there is no keyring."""
    _do("set_password", service, user, password)


def forget(service: str, user: str) -> bool:
    """Whether there was one. Raises ConfigurationError where there is no keyring."""
    if not _do("get_password", service, user):
        return False
    _do("delete_password", service, user)
    return True


def _do(verb: str, *arguments: str) -> Any:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError as error:
        raise ConfigurationError(f"{needs('the keyring', error.name)}; or {OFFERS}") from None
    backend = keyring.get_keyring()
    if type(backend).__module__ in ("keyring.backends.fail", "keyring.backends.null"):
        raise ConfigurationError(f"this system has no keyring; {OFFERS}")
    try:
        return getattr(backend, verb)(*arguments)
    except (KeyringError, OSError) as error:
        raise ConfigurationError(f"the keyring refuses ({type(error).__name__}); {OFFERS}") from None
