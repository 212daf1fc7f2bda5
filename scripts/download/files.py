"""A document from a file, or from several that refer to each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ..errors import DocumentUnusable, WrongUsage
from ..fetch.decode import MOST_BYTES, decode
from .join import join_files
from .swagger1 import from_listing, is_listing


def read_document(file: Path) -> dict[str, Any]:
    """The document in `file`, JSON or YAML, with the files beside it that it refers to."""
    document = _read(file)
    if not isinstance(document, dict):
        raise DocumentUnusable(f"{file} holds no OpenAPI document")
    address = file.absolute().as_uri()
    return (from_listing if is_listing(document) else join_files)(document, address, _load)


def _load(address: str) -> object:
    """The content of a file by its address; the documents on this disk do not reach into the network."""
    parts = urlsplit(address)
    if parts.scheme != "file":
        raise WrongUsage(f"{address} is not a file")
    return _read(Path(unquote(parts.path)))


def _read(file: Path) -> object:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise DocumentUnusable(f"{file} is larger than {MOST_BYTES >> 20} MB")
        content = file.read_bytes()
    except OSError as problem:
        raise WrongUsage(f"{file} can't be read: {problem.strerror}") from None
    try:
        return decode(content)
    except DocumentUnusable as problem:
        raise DocumentUnusable(f"{file} holds no OpenAPI document but {problem}") from None
