"""Does `generated/` still follow from `openapi/`? Offline: by hashes in a blink, or by regenerating (`full`)."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .build import build_into
from .checkout import DOCUMENT, GENERATED, OPENAPI, PACKAGE, PROVENANCE
from .overlay.contract import Terms
from .swap.provenance import hashes, inputs, installed_tools, provenance, read_provenance
from .tree import canonical


def differences(root: Path, *, full: bool = False) -> list[str]:
    """One line for each thing that does not follow; empty when all is well.

    Raises Drift when there is no record to compare with.
    """
    openapi, generated = root / OPENAPI, root / GENERATED
    record = read_provenance(openapi)
    differing = [
        *_files("openapi", record["inputs"], inputs(openapi), "changed since generated/ was made"),
        *_files("generated", record["outputs"], hashes(generated), "changed by hand"),
        *_tools(record["tools"], installed_tools()),
    ]
    if full and not differing:
        return _regenerated(openapi, generated, record)
    return differing


def _regenerated(openapi: Path, generated: Path, record: Mapping[str, Any]) -> list[str]:
    """The differences from a client made now, in a temporary place."""
    with tempfile.TemporaryDirectory() as place:
        fresh = Path(place) / "generated"
        document = json.loads((openapi / DOCUMENT).read_bytes())
        not_offered = tuple(record.get("not_offered") or ())
        _, report = build_into(document, fresh / PACKAGE, terms=Terms(given_up=not_offered), configuration=openapi)
        found = list(_files("generated", hashes(fresh), hashes(generated), "differs from what is generated now"))
        kind = str(record["document"].get("kind"))
        now = provenance(openapi, fresh, report, kind=kind)
    if not found and canonical(now) != canonical(record):
        parts = sorted(part for part in now.keys() | record.keys() if now.get(part) != record.get(part))
        found.append(f"openapi/{PROVENANCE}: {', '.join(parts)} differ from what is generated now")
    return found


def _files(folder: str, recorded: Mapping[str, str], actual: Mapping[str, str], how: str) -> Iterator[str]:
    for name in sorted(recorded.keys() | actual.keys()):
        if name not in actual:
            yield f"{folder}/{name}: missing"
        elif name not in recorded:
            yield f"{folder}/{name}: not part of it"
        elif recorded[name] != actual[name]:
            yield f"{folder}/{name}: {how}"


def _tools(recorded: Mapping[str, str], installed: Mapping[str, str]) -> Iterator[str]:
    for name, version in sorted(recorded.items()):
        if name in installed and installed[name] != version:
            yield f"{name}: made with {version}, but {installed[name]} is installed"
