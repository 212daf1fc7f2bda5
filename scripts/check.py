"""Does a client still follow from what it was made from? Offline: by hashes in a blink, or by regenerating (`full`)."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .build import build_for
from .checkout import DOCUMENT, PROVENANCE, Home
from .overlay.contract import Terms
from .swap.provenance import OURS, inputs, installed_tools, outputs, provenance, read_provenance
from .tree import canonical


def differences(home: Home, *, full: bool = False) -> list[str]:
    """One line for each thing that does not follow; empty when all is well.

    Raises Drift when there is no record to compare with.
    """
    record = read_provenance(home.root / home.openapi, home.update)
    since = f"changed since {home.made}/ was made"
    differing = [
        *_files(home.openapi, record["inputs"], inputs(home, home.root), since),
        *_files(home.made, record["outputs"], outputs(home, home.root), "changed by hand"),
        *_tools(record["tools"], installed_tools(home)),
    ]
    if full and not differing:
        return _regenerated(home, record)
    return differing


def _regenerated(home: Home, record: Mapping[str, Any]) -> list[str]:
    """The differences from a client made now, in a temporary place."""
    openapi = home.root / home.openapi
    with tempfile.TemporaryDirectory() as place:
        fresh = Path(place)
        document = json.loads((openapi / DOCUMENT).read_bytes())
        not_offered = tuple(record.get("not_offered") or ())
        _copy_inputs(home, fresh)
        report = build_for(home, fresh, document, Terms(given_up=not_offered))
        now_made, there = outputs(home, fresh), outputs(home, home.root)
        found = list(_files(home.made, now_made, there, "differs from what is generated now"))
        kind = str(record["document"].get("kind"))
        now = provenance(home, fresh, report, kind=kind)
    if not found and canonical(now) != canonical(record):
        parts = sorted(part for part in now.keys() | record.keys() if now.get(part) != record.get(part))
        found.append(f"{home.openapi}/{PROVENANCE}: {', '.join(parts)} differ from what is generated now")
    return found


def _copy_inputs(home: Home, fresh: Path) -> None:
    source, target = home.root / home.openapi, fresh / home.openapi
    for name in inputs(home, home.root):
        if not name.startswith(f"{OURS}/"):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source / name, target / name)


def _files(folder: str, recorded: Mapping[str, str], actual: Mapping[str, str], how: str) -> Iterator[str]:
    for name in sorted(recorded.keys() | actual.keys()):
        path = name if name.startswith(f"{OURS}/") else f"{folder}/{name}"
        if name not in actual:
            yield f"{path}: missing"
        elif name not in recorded:
            yield f"{path}: not part of it"
        elif recorded[name] != actual[name]:
            yield f"{path}: {how}"


def _tools(recorded: Mapping[str, str], installed: Mapping[str, str]) -> Iterator[str]:
    for name, version in sorted(recorded.items()):
        if name in installed and installed[name] != version:
            yield f"{name}: made with {version}, but {installed[name]} is installed"
