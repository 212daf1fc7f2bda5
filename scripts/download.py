"""From where a document lies to the document: `download(located, fetcher)`, or by name, address or file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from .decode import decode, is_document
from .errors import DocumentNotFound, DocumentUnusable, WrongUsage
from .fetch import Fetcher, shown
from .locate import Located, locate
from .locate.candidates import check

Document = dict[str, Any]


def download(located: Located, fetcher: Fetcher) -> Document:
    """The document as published. Raises DocumentNotFound or DocumentUnusable."""
    if located.document is not None:
        return located.document
    assert located.address is not None
    checked = check(located.address, located.address, fetcher)
    if checked.document is None:
        raise DocumentNotFound(f"no document: {checked.problem}")
    return checked.document


def download_document(
    page: str | None, document: str | None, name: str | None, fetcher_for: Callable[[str], Fetcher]
) -> Document:
    """The document of a `page` (called `name`, where there are several), or `document` (an address or a file)."""
    if document and not document.startswith(("http://", "https://")):
        return read_document(Path(document))
    address = document or page
    if not address:
        raise WrongUsage("give the address of a page, or --document ADDRESS|FILE")
    with fetcher_for(address) as fetcher:
        if document:
            return download(Located("", document, None, "named"), fetcher)
        return download(choose(locate(address, fetcher), name), fetcher)


def choose(located: list[Located], name: str | None) -> Located:
    """The one called `name` (or with that address), else the one the page shows."""
    if name is None:
        return located[0]
    for one in located:
        if name in (one.name, one.address):
            return one
    offered = ", ".join(repr(one.name or shown(one.address or "(in the page)")) for one in located)
    raise WrongUsage(f"the page offers no document named {name!r}, but {offered}")


def read_document(file: Path) -> Document:
    """The document in a file, in any form in which one can be downloaded."""
    try:
        data = file.read_bytes()
    except OSError as failure:
        raise DocumentNotFound(f"{file} cannot be read ({failure.strerror})") from None
    try:
        value = decode(data)
    except DocumentUnusable as failure:
        raise DocumentUnusable(f"{file} holds {failure}") from None
    if not is_document(value):
        raise DocumentUnusable(f"{file} holds no API description")
    return value  # type: ignore[return-value]
