"""An instance's document: the one that its page shows, or a combination of all that are the instance's."""

from __future__ import annotations

from typing import Any, NamedTuple

from pascom_facade.settings import Address

from ..download.download import choose, download
from ..errors import DocumentNotFound, DocumentUnusable, StepFailed
from ..fetch.fetcher import Fetcher, printable
from ..locate.instance import Offered, offered_at, offered_by
from ..repair import Repair, repair
from .belonging import Part, belonging
from .combine import combined

Document = dict[str, Any]


class Obtained(NamedTuple):
    """A document, and what to report of it; `address` if it is one document as published, at an address."""

    document: Document
    repairs: list[Repair]
    warnings: list[str]
    address: str | None = None


def offered_for(address: Address, page: str | None, fetcher: Fetcher) -> Offered:
    """What an instance's page offers; `page` if it isn't the usual one. Raises DocumentNotFound."""
    if page:
        return offered_at(page, fetcher)
    return offered_by(address, fetcher)


def of_instance(offered: Offered, name: str | None, address: Address, fetcher: Fetcher) -> Obtained:
    """The document called `name`, or a combination of all that are this instance's.

    Raises DocumentNotFound, DocumentUnusable.
    """
    if name is not None or len(offered.located) == 1:
        located = choose(offered.located, name)
        warnings = []
        if not name:
            warnings = _missing(offered)
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
        _, document, published_at = next(one for one in documents if one[0] is belong.parts[0])
        return Obtained(document, [], warnings, published_at)
    combination = combined(belong.parts)
    return Obtained(combination.document, combination.repairs, warnings + combination.warnings)


def _missing(offered: Offered) -> list[str]:
    return [f"the page names a document that can't be had: {one}" for one in offered.missing]
