"""Which generated package is used: the one that comes with this, or one that `pascom regenerate` made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .errors import ConfigurationError

BUILT_IN = "pascom_client"


def name_of(client: object, environ: Mapping[str, str]) -> str:
    """The import name of a generated package: of the module that was given, or its name; else PASCOM_CLIENT.

    Raises ConfigurationError for what is no generated package.
    """
    if client is None:
        name = environ.get("PASCOM_CLIENT") or BUILT_IN
    else:
        name = client if isinstance(client, str) else str(getattr(client, "__name__", client))
    if name != BUILT_IN:
        folder_of(name)
    return name


def folder_of(package: str) -> Path:
    """Where a generated package lies. Raises ConfigurationError."""
    from importlib.util import find_spec  # not in a process that only dials

    try:
        spec = find_spec(package)
    except (ImportError, ValueError):
        spec = None
    for folder in (spec and spec.submodule_search_locations) or ():
        if Path(folder, "index.json").exists():
            return Path(folder)
    if package == BUILT_IN:
        raise ConfigurationError("no generated client is installed here; run `python -m scripts.regenerate update …`")
    wrong = "is no generated client" if spec else "is not found"
    raise ConfigurationError(f"the client {package} {wrong}; `pascom regenerate --into {package}` makes one")
