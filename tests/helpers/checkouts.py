"""A checkout to update in tests: copies of `openapi/` and `generated/`, and their bytes for comparing."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]
DIAL = "/identity/{userName}/defaultdevice/action"


def make_checkout(root: Path) -> Path:
    for name in ("openapi", "generated"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(REPOSITORY / name, root / name, ignore=ignored, dirs_exist_ok=True)
    return root


def contents(root: Path, parts: Sequence[str] = ("openapi", "generated")) -> dict[str, bytes]:
    """Every file of `openapi/` and `generated/`, or of other folders."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for name in parts
        for path in sorted((root / name).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((REPOSITORY / "openapi" / "pascom.json").read_bytes())
    return found


def instances_document() -> dict[str, Any]:
    """A document as an instance would publish it: nothing in it is marked as assumed."""
    found = document()
    for item in found["paths"].values():
        for operation in item.values():
            operation.pop("x-assumed", None)
    return found


def changed_document() -> dict[str, Any]:
    """The document of a later version: another structure of the journal, as with pascom 19."""
    found = copy.deepcopy(document())
    found["info"]["version"] = "99"
    record = found["components"]["schemas"]["CallRecord"]["properties"]
    record["startedAt"] = record.pop("timestamp")
    return found


def write(document: dict[str, Any], file: Path) -> Path:
    file.write_text(json.dumps(document), encoding="utf-8")
    return file
