"""The state of a checkout, `openapi/` and `generated/` as one, and whether what a swap kept still belongs to it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from ..checkout import GENERATED, OPENAPI
from ..tree import canonical
from .provenance import hashes

_FILE = "states.json"


def checkout_hash(root: Path) -> str:
    """One hash for both directories."""
    both = {name: hashes(root / name) for name in (OPENAPI, GENERATED)}
    return hashlib.sha256(canonical(both)).hexdigest()


def note_exchange(root: Path, fresh: Path) -> None:
    """Before a swap of `root` and `fresh`: note in `fresh`, which will be kept, which two states were exchanged."""
    exchanged = sorted((checkout_hash(root), checkout_hash(fresh)))
    (fresh / _FILE).write_bytes(canonical(exchanged))


def still_matches(root: Path, kept: Path) -> bool:
    """Whether `root` and `kept` are still the two states that a swap exchanged: nothing was edited in between."""
    try:
        exchanged = json.loads((kept / _FILE).read_bytes())
    except (OSError, ValueError):
        return False
    return bool(exchanged == sorted((checkout_hash(root), checkout_hash(kept))))
