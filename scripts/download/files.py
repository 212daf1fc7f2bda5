"""A document from a file, or from several that refer to each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ..errors import DocumentUnusable, WrongUsage
from ..fetch.decode import MOST_BYTES, decode
from .join import whole_document


def read_document(file: Path) -> dict[str, Any]:
    """The document in `file`, JSON or YAML, joined with the files in its folder that it refers to.

    A document may come from anywhere, so it must not make us read the other files of this machine.
    """
    content = _Files(file.absolute().parent)
    document = content.decoded(file)
    if not isinstance(document, dict):
        raise DocumentUnusable(f"{file} holds no OpenAPI document")
    address = file.absolute().as_uri()
    return whole_document(document, address, content.load)


class _Files:
    """The files of one folder; all that are read may be as large together as one document may be."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._left = MOST_BYTES

    def load(self, address: str) -> object:
        """The content of a regular file in the folder, or one below it, by its address."""
        parts = urlsplit(address)
        if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
            raise WrongUsage(f"{address} is not a file")
        try:
            file = Path(unquote(parts.path)).resolve()
            below = file.relative_to(self._folder)
            is_hidden = any(part.startswith(".") for part in below.parts)
            is_allowed = file.is_file() and not is_hidden
        except (OSError, ValueError, RuntimeError):  # not below the folder, an invalid name, a link to itself
            is_allowed = False
        if not is_allowed:
            raise WrongUsage(f"{address} is no file in the document's folder")
        return self.decoded(file)

    def decoded(self, file: Path) -> object:
        try:
            with file.open("rb") as opened:
                content = opened.read(self._left + 1)
        except OSError as problem:
            raise WrongUsage(f"{file} can't be read: {problem.strerror}") from None
        self._left -= len(content)
        if self._left < 0:
            raise DocumentUnusable(f"{file} is larger than {MOST_BYTES >> 20} MB, with the files before it")
        try:
            return decode(content)
        except DocumentUnusable as problem:
            raise DocumentUnusable(f"{file} holds no OpenAPI document but {problem}") from None
