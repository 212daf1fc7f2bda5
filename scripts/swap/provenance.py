"""What `generated/` was made from and with: hashes of every input and output, tool versions, counts.

The record is a function of the inputs alone: no date, host, user, path or secret, so that the same document
gives the same bytes on every machine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from ..checkout import CHANGES, DOCUMENT, PREVIOUS, PROVENANCE
from ..errors import Drift
from ..report import Report
from ..tree import canonical

TOOLS = ("openapi-python-client", "ruff")

_PARTS = ("document", "inputs", "outputs", "tools", "counts")
_NOT_INPUTS = {PROVENANCE, CHANGES, PREVIOUS}
_BY_THE_WAY = {"__pycache__", ".ruff_cache", ".mypy_cache", ".DS_Store"}


def provenance(openapi: Path, generated: Path, report: Report, *, kind: str) -> dict[str, Any]:
    """The record for `generated/` as just made from `openapi/`."""
    info = _object(json.loads((openapi / DOCUMENT).read_bytes()).get("info"))
    outputs = hashes(generated)
    return {
        "document": {"kind": kind, "title": info.get("title"), "version": info.get("version")},
        "inputs": inputs(openapi),
        "outputs": outputs,
        "tools": installed_tools(),
        "counts": {
            "operations": report.operations_generated,
            "models": sum("/models/" in name and not name.endswith("__init__.py") for name in outputs),
            "files": len(outputs),
            "repairs": len(report.repairs),
            "warnings": len(report.warnings),
        },
        "not_offered": sorted(report.not_offered),
    }


def kind_of(document: Mapping[str, Any], otherwise: str) -> str:
    """Where a document's content comes from: only one reconstructed from public facts marks what it assumes."""
    items = map(_object, _object(document.get("paths")).values())
    assumed = any("x-assumed" in _object(operation) for item in items for operation in item.values())
    return "public facts" if assumed else otherwise


def _object(value: Any) -> dict[str, Any]:
    """`value`, if it is an object: no repair has seen this document yet."""
    return value if isinstance(value, dict) else {}


def inputs(openapi: Path) -> dict[str, str]:
    """The hash of every file that the build reads."""
    return {name: value for name, value in hashes(openapi).items() if name.split("/")[0] not in _NOT_INPUTS}


def hashes(directory: Path) -> dict[str, str]:
    """Path below `directory` -> SHA-256, for every file but caches; the same for either kind of line ending."""
    result = {}
    for path in sorted(directory.rglob("*")):
        name = path.relative_to(directory)
        if path.is_file() and not _BY_THE_WAY.intersection(name.parts):
            content = path.read_bytes().replace(b"\r\n", b"\n")
            result[name.as_posix()] = hashlib.sha256(content).hexdigest()
    return result


def installed_tools() -> dict[str, str]:
    """The versions of the tools whose output `generated/` is, as far as they are installed."""
    versions = {}
    for name in TOOLS:
        with suppress(PackageNotFoundError):
            versions[name] = version(name)
    return versions


def read_provenance(openapi: Path) -> dict[str, Any]:
    """The record beside the document. Raises Drift when there is none that can be read."""
    try:
        record = json.loads((openapi / PROVENANCE).read_bytes())
        if not isinstance(record, dict) or not all(isinstance(record.get(part), dict) for part in _PARTS):
            raise ValueError
    except (OSError, ValueError):
        raise Drift(
            f"{openapi / PROVENANCE} is missing or damaged; run `update --document openapi/{DOCUMENT}`"
        ) from None
    return record


def write_provenance(openapi: Path, record: Mapping[str, Any]) -> None:
    (openapi / PROVENANCE).write_bytes(canonical(record))
