"""A client for the REST API of pascom phone systems: `from pascom_facade import Pascom`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ._version import __version__
from .errors import (
    AnsweredWithError,
    AuthenticationFailed,
    CallFailed,
    CertificateRefused,
    ConfigurationError,
    ConnectionFailed,
    Forbidden,
    NotFound,
    NotOffered,
    PascomError,
    RateLimited,
    ServerError,
    TimedOut,
    TooManyCalls,
    UnexpectedAnswer,
)

if TYPE_CHECKING:
    from ._async.client import AsyncPascom
    from ._sync.client import Pascom
    from .answers import Answer
    from .cdr import Call
    from .settings import CdrOptions

__all__ = [
    "Answer",
    "AnsweredWithError",
    "AsyncPascom",
    "AuthenticationFailed",
    "Call",
    "CallFailed",
    "CdrOptions",
    "CertificateRefused",
    "ConfigurationError",
    "ConnectionFailed",
    "Forbidden",
    "NotFound",
    "NotOffered",
    "Pascom",
    "PascomError",
    "RateLimited",
    "ServerError",
    "TimedOut",
    "TooManyCalls",
    "UnexpectedAnswer",
    "__version__",
]

# httpx imports its own command line with itself, and that rich and pygments where they are installed: 170 instead of
# 100 ms for every process that dials once. It knows how to do without.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]

# Import cost is a feature: these bring httpx or msgspec along, so they come with the first use.
_LAZY = {
    "Pascom": "._sync.client",
    "AsyncPascom": "._async.client",
    "Answer": ".answers",
    "Call": ".cdr",
    "CdrOptions": ".settings",
}


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(_LAZY[name], __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
