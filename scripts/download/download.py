"""From where a document lies to the document: `download(located, fetcher)`, or by name, address or file.

A document in several files is joined, a Swagger 1 listing becomes one Swagger 2.0 document; nothing else changes.
`of_instance` makes one of all documents that are an instance's.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from pascom_facade.settings import Address

from ..errors import DocumentNotFound, DocumentUnusable, StepFailed, WrongUsage
from ..fetch.decode import decode, is_document
from ..fetch.fetcher import Fetcher, origin, printable
from ..locate import Located, locate
from ..locate.candidates import check, refused
from ..locate.instance import Offered, offered_at, offered_by
from ..repair import Repair, repair
from .belonging import Part, belonging
from .combine import combined
from .files import read_document
from .join import join_files
from .swagger1 import from_listing, is_listing

Document = dict[str, Any]


class Obtained(NamedTuple):
    """A document, and what to know of it; `address` where it is one as published that lies somewhere."""

    document: Document
    repairs: list[Repair]
    warnings: list[str]
    address: str | None = None


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


def offered_for(address: Address, page: str | None, fetcher: Fetcher) -> Offered:
    """What an instance's page offers; `page` where it is another than usual. Raises DocumentNotFound."""
    return offered_at(page, fetcher) if page else offered_by(address, fetcher)


def of_instance(offered: Offered, name: str | None, address: Address, fetcher: Fetcher) -> Obtained:
    """The document called `name`, or all that are this instance's made one.

    Raises DocumentNotFound, DocumentUnusable.
    """
    if name is not None or len(offered.located) == 1:
        located = choose(offered.located, name)
        warnings = [] if name else _missing(offered)
        return Obtained(download(located, fetcher, warnings), [], warnings, located.address)
    documents: list[tuple[Part, Document, str | None]] = []
    warnings = _missing(offered)
    failures: list[StepFailed] = []
    for located in offered.located:
        called = located.name or located.address or "in the page"
        try:
            document = download(located, fetcher, warnings)
            part = Part(printable(called), located.address or located.page, repair(document))
        except (DocumentNotFound, DocumentUnusable) as failure:
            failures.append(failure)
            warnings.append(f"the page's document {printable(called)!r} is left out: {failure}")
            continue
        documents.append((part, document, located.address))
    if not documents:
        raise failures[0]
    belong = belonging([part for part, _, _ in documents], address)
    warnings += belong.notes
    if len(belong.parts) == 1:
        _, document, at = next(one for one in documents if one[0] is belong.parts[0])
        return Obtained(document, [], warnings, at)
    made = combined(belong.parts)
    return Obtained(made.document, made.repairs, warnings + made.warnings)


def _missing(offered: Offered) -> list[str]:
    return [f"the page names a document that can't be had: {one}" for one in offered.missing]


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
