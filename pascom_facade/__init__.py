"""A client for the REST API of pascom phone systems: `from pascom_facade import Pascom`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import errors
from ._version import __version__
from .errors import *  # noqa: F403 (each is in errors.__all__)

if TYPE_CHECKING:
    from ._async.client import AsyncPascom
    from ._sync.client import Pascom
    from .answers import Answer
    from .cdr import Call
    from .cdr_options import CdrOptions

__all__ = ["Answer", "AsyncPascom", "Call", "CdrOptions", "Pascom", "__version__"]
__all__ += errors.__all__

# Import cost is a feature: these bring httpx or msgspec along, so they come with the first use.
_LAZY = {
    "Pascom": "._sync.client",
    "AsyncPascom": "._async.client",
    "Answer": ".answers",
    "Call": ".cdr",
    "CdrOptions": ".cdr_options",
}


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    from ._lazy import loading

    with loading():
        value: object = getattr(import_module(_LAZY[name], __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
