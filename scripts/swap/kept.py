"""The state of a client and what it is made from, as one, and whether what a swap kept still belongs to it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from ..checkout import Home
from ..tree import canonical
from .provenance import hashes

_FILE = "states.json"


def state(home: Home, base: Path) -> str:
    """One hash for all parts of a client, which lie in `base`."""
    parts = {name: hashes(base / name) for name in home.parts}
    return hashlib.sha256(canonical(parts)).hexdigest()


def note_exchange(home: Home, fresh: Path) -> None:
    """Before a swap of the client with `fresh`: note in `fresh`, which will be kept, which two were exchanged."""
    exchanged = sorted((state(home, home.root), state(home, fresh)))
    (fresh / _FILE).write_bytes(canonical(exchanged))


def still_matches(home: Home, kept: Path) -> bool:
    """Whether the client and `kept` are still the two that a swap exchanged: nothing was edited in between."""
    try:
        exchanged = json.loads((kept / _FILE).read_bytes())
    except (OSError, ValueError):
        return False
    return bool(exchanged == sorted((state(home, home.root), state(home, kept))))
