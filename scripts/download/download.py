"""Download a document that was located, or that is given by name, address or file.

The files of one document are joined, a Swagger 1 listing becomes one Swagger 2.0 document; nothing else changes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..errors import DocumentNotFound, DocumentUnusable, WrongUsage
from ..fetch.decode import decode, is_document
from ..fetch.fetcher import Fetcher, origin, printable
from ..locate import Located, locate
from ..locate.candidates import check, refused
from .files import read_document
from .join import whole_document

Document = dict[str, Any]


def download(located: Located, fetcher: Fetcher, warnings: list[str] | None = None) -> Document:
    """The document as published; appends to `warnings`. Raises DocumentNotFound or DocumentUnusable."""
    address = located.address or located.page
    document = located.document
    if document is None:
        checked = check(address, address, fetcher)
        if checked.document is None:
            raise DocumentNotFound(f"no document: {checked.problem}")
        document = checked.document

    not_asked_for: list[str] = []
    stay = not fetcher.refs_to_other_hosts

    def load(part: str) -> object:
        if stay and origin(part) != origin(address):
            not_asked_for.append(part)
            raise DocumentNotFound(f"{printable(part)} is on another host")
        answer = fetcher.get(part, stay=stay)
        if answer.status != 200:
            raise DocumentNotFound(f"{printable(part)} {refused(answer, fetcher)}")
        return decode(answer.body, answer.content_type)

    whole = whole_document(document, address, load)
    if not_asked_for and warnings is not None:
        warnings.append(
            f"the document refers to files on other hosts, which were not asked for: {printable(not_asked_for[0])}; "
            "--refs-to-other-hosts follows such references"
        )
    return whole


def download_document(
    page: str | None,
    document: str | None,
    name: str | None,
    fetcher_for: Callable[[str], Fetcher],
    warnings: list[str] | None = None,
) -> Document:
    """The document of a `page` (called `name`, where there are several), or `document` (an address or a file)."""
    if document and not document.startswith(("http://", "https://")):
        return _from_file(Path(document))
    address = document or page
    if not address:
        raise WrongUsage("give the address of a page, or --document ADDRESS|FILE")
    with fetcher_for(address) as fetcher:
        if document:
            return download(Located("", document, None, "named", document), fetcher, warnings)
        located = choose(locate(address, fetcher), name)
        return download(located, fetcher, warnings)


def _from_file(file: Path) -> Document:
    if not file.is_file():
        raise DocumentNotFound(f"there is no file {file}")
    document = read_document(file)
    if not is_document(document):
        raise DocumentUnusable(f"{file} holds no API description")
    return document


def choose(located: list[Located], name: str | None) -> Located:
    """The document with this name or address; without a `name` the one that the page shows first."""
    if name is None:
        return located[0]
    offered = []
    for document in located:
        if name in (document.name, document.address):
            return document
        address = printable(document.address or "(in the page)")
        offered.append(repr(document.name or address))
    raise WrongUsage(f"the page offers no document named {name!r}, but {', '.join(offered)}")
