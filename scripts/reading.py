"""A document from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .decode import MOST_BYTES, decode
from .errors import DocumentUnusable, WrongUsage


def read_document(file: Path) -> dict[str, Any]:
    """The document in `file`, JSON or YAML."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise DocumentUnusable(f"{file} is larger than {MOST_BYTES >> 20} MB")
        content = file.read_bytes()
    except OSError as problem:
        raise WrongUsage(f"{file} can't be read: {problem.strerror}") from None
    try:
        document = decode(content)
    except DocumentUnusable as problem:
        raise DocumentUnusable(f"{file} holds no OpenAPI document but {problem}") from None
    if not isinstance(document, dict):
        raise DocumentUnusable(f"{file} holds no OpenAPI document")
    return document
