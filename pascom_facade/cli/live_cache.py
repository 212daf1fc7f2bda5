"""Where `--live` keeps an index: the user's cache directory, one file a page, no secret. Read by completion as well."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from .._index import Index
from ..settings import Address

FORMAT = 4
"""Raised when the index means something else: older caches are made anew."""


def cached_index(page: str | None, name: str | None, environ: Mapping[str, str]) -> Index | None:
    """What is cached, unasked: for completion, which must not wait for a network."""
    address = Address.from_env(environ, allow_http=True)
    page = page or environ.get("PASCOM_PAGE") or address.apidoc
    known = Cache(page, environ.get("PASCOM_USER", ""), name).read()
    return Index(known["index"]) if known else None


class Cache:
    """One page's index in the user's cache directory; of one of its documents only, if it is named."""

    def __init__(self, page: str, user: str, name: str | None = None) -> None:
        named = f"\n{name}" if name else ""
        key = sha256(f"{page}\n{user}{named}".encode()).hexdigest()[:20]
        self._file = cache_directory() / f"live-{key}.json"

    def read(self) -> dict[str, Any] | None:
        """None for what is not there, not readable, or of another format."""
        try:
            found = json.loads(self._file.read_bytes())
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) and found.get("format") == FORMAT else None

    def write(self, found: dict[str, Any]) -> None:
        """Whole or not at all. Raises OSError."""
        from .._files import replacing_bytes

        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing_bytes(self._file) as file:
            file.write(json.dumps(found, ensure_ascii=False).encode())


def cache_directory() -> Path:
    """Where this user's caches belong on this system."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData/Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base, "pascom-facade")
