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

from ..checkout import BESIDE_MODULES, CHANGES, CONFIGURATION, DOCUMENT, OVERLAY, PREVIOUS, PROVENANCE, Home
from ..errors import Drift
from ..report import Report
from ..tree import canonical

TOOLS = ("openapi-python-client", "ruff")
OURS = "pascom-facade"  # in a project, a tool like these: it brings the overlay and the templates

_PARTS = ("document", "inputs", "outputs", "tools", "counts")
_NOT_INPUTS = {PROVENANCE, CHANGES, PREVIOUS}
_BY_THE_WAY = {"__pycache__", ".ruff_cache", ".mypy_cache", ".DS_Store"}


def provenance(home: Home, base: Path, report: Report, *, kind: str) -> dict[str, Any]:
    """The record for the client in `base` as just made."""
    info = _object(json.loads((base / home.openapi / DOCUMENT).read_bytes()).get("info"))
    made = outputs(home, base)
    return {
        "document": {"kind": kind, "title": info.get("title"), "version": info.get("version")},
        "inputs": inputs(home, base),
        "outputs": made,
        "tools": installed_tools(home),
        "counts": {
            "operations": report.operations_generated,
            "models": sum("models/" in name and not name.endswith("__init__.py") for name in made),
            "files": len(made),
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


def inputs(home: Home, base: Path) -> dict[str, str]:
    """The hash of every file that the build reads."""
    found = hashes(base / home.openapi)
    if home.is_project:
        own = {name: value for name, value in found.items() if name in (DOCUMENT, OVERLAY)}
        ours = hashes(CONFIGURATION).items()
        return own | {f"{OURS}/{name}": value for name, value in ours if _is_read(name)}
    return {name: value for name, value in found.items() if name.split("/")[0] not in _NOT_INPUTS}


def _is_read(name: str) -> bool:
    """Whether a build in a project reads this file of ours: all but the document, which is the project's."""
    return name.split("/")[0] not in {DOCUMENT, *_NOT_INPUTS}


def outputs(home: Home, base: Path) -> dict[str, str]:
    """The hash of every file that was made."""
    if home.is_project:
        found = hashes(base / home.package).items()
        return {name: value for name, value in found if name.split("/")[0] not in BESIDE_MODULES}
    return hashes(base / Path(home.package).parent)


def hashes(directory: Path) -> dict[str, str]:
    """Path below `directory` -> SHA-256, for every file but caches; the same for either kind of line ending."""
    result = {}
    for path in sorted(directory.rglob("*")):
        name = path.relative_to(directory)
        if path.is_file() and not _BY_THE_WAY.intersection(name.parts):
            content = path.read_bytes().replace(b"\r\n", b"\n")
            result[name.as_posix()] = hashlib.sha256(content).hexdigest()
    return result


def installed_tools(home: Home) -> dict[str, str]:
    """The versions of the tools whose output the client is, as far as they are installed."""
    versions = {}
    for name in (*TOOLS, OURS) if home.is_project else TOOLS:
        with suppress(PackageNotFoundError):
            versions[name] = version(name)
    return versions


def read_provenance(openapi: Path, remedy: str = f"update --document openapi/{DOCUMENT}") -> dict[str, Any]:
    """The record beside the document. Raises Drift with the `remedy` when there is none that can be read."""
    try:
        record = json.loads((openapi / PROVENANCE).read_bytes())
        if not isinstance(record, dict) or not all(isinstance(record.get(part), dict) for part in _PARTS):
            raise ValueError
    except (OSError, ValueError):
        raise Drift(f"{openapi / PROVENANCE} is missing or damaged; run `{remedy}`") from None
    return record


def write_provenance(openapi: Path, record: Mapping[str, Any]) -> None:
    (openapi / PROVENANCE).write_bytes(canonical(record))
