"""From where a document lies to the document: `download(located, fetcher)`, or by name, address or file.

A document in several files is joined, a Swagger 1 listing becomes one Swagger 2.0 document; nothing else changes.
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
from .join import join_files
from .swagger1 import from_listing, is_listing

Document = dict[str, Any]


def download(located: Located, fetcher: Fetcher, warnings: list[str] | None = None) -> Document:
    """The document as published; `warnings` get what to know of it. Raises DocumentNotFound or DocumentUnusable."""
    address, document = located.address or located.page, located.document
    if document is None:
        checked = check(address, address, fetcher)
        if checked.document is None:
            raise DocumentNotFound(f"no document: {checked.problem}")
        document = checked.document

    elsewhere: list[str] = []

    def load(part: str) -> object:
        stay = not fetcher.refs_to_other_hosts
        if stay and origin(part) != origin(address):
            elsewhere.append(part)
            raise DocumentNotFound(f"{printable(part)} is on another host")
        answer = fetcher.get(part, stay=stay)
        if answer.status != 200:
            raise DocumentNotFound(f"{printable(part)} {refused(answer, fetcher)}")
        return decode(answer.body, answer.content_type)

    whole = (from_listing if is_listing(document) else join_files)(document, address, load)
    if elsewhere and warnings is not None:
        warnings.append(
            f"the document refers to files on other hosts, which were not asked for: {printable(elsewhere[0])}; "
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
        return download(choose(locate(address, fetcher), name), fetcher, warnings)


def _from_file(file: Path) -> Document:
    if not file.is_file():
        raise DocumentNotFound(f"there is no file {file}")
    found = read_document(file)
    if not is_document(found):
        raise DocumentUnusable(f"{file} holds no API description")
    return found


def choose(located: list[Located], name: str | None) -> Located:
    """The one called `name` (or with that address), else the one the page shows."""
    if name is None:
        return located[0]
    for one in located:
        if name in (one.name, one.address):
            return one
    offered = ", ".join(repr(one.name or printable(one.address or "(in the page)")) for one in located)
    raise WrongUsage(f"the page offers no document named {name!r}, but {offered}")
