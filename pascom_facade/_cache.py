"""Files that are kept for later runs: in the user's cache directory, readable by their owner, without a secret.

`PASCOM_CACHE=off`: nothing is kept, and nothing read.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)


class KeptFile:
    """One file: an object of a format, for a key."""

    def __init__(self, kind: str, *key: str, format: int) -> None:
        digest = sha256("\n".join(key).encode()).hexdigest()[:20]
        folder = cache_directory()
        self.path = folder / f"{kind}-{digest}.json" if folder else None
        self._format = format

    def read(self) -> dict[str, Any] | None:
        """None for what is not there, not readable, of another format, or not only the user's."""
        if self.path is None:
            return None
        try:
            with os.fdopen(os.open(self.path, _READ), "rb") as file:
                if not _own(os.fstat(file.fileno())):
                    return None
                found = json.loads(file.read())
        except (OSError, ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) and found.get("format") == self._format else None

    def write(self, found: dict[str, Any]) -> bool:
        """Whole or not at all; whether it is there now. Raises OSError."""
        from ._files import replacing_bytes

        if self.path is None:
            return False
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing_bytes(self.path) as file:
            file.write(json.dumps({**found, "format": self._format}, ensure_ascii=False).encode())
        return True


def cache_directory() -> Path | None:
    """Where this user's caches belong on this system; None: nowhere, or nothing is to be kept."""
    if os.environ.get("PASCOM_CACHE", "").lower() == "off":
        return None
    variable, beside_home = _PLACES.get(sys.platform, ("XDG_CACHE_HOME", ".cache"))
    try:
        base = Path(os.environ.get(variable) or Path.home() / beside_home)
        if not base.is_absolute():  # to be ignored (XDG Base Directory Specification)
            base = Path.home() / beside_home
    except RuntimeError:  # a user without a home, as in containers
        return None
    return base / "pascom-facade" if base.is_absolute() else None


_PLACES = {"win32": ("LOCALAPPDATA", "AppData/Local"), "darwin": ("", "Library/Caches")}


def _own(status: os.stat_result) -> bool:
    """Whether nobody else can have written it."""
    if not stat.S_ISREG(status.st_mode):
        return False
    return not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & 0o022)
