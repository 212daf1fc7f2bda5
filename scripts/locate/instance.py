"""Where an instance's documentation page is: the way a browser would go from `services/apidoc/`, and then beside it.

The one way for `update`, `--live` and `doctor`.
"""

from __future__ import annotations

from typing import NamedTuple

from pascom_facade.settings import Address

from ..errors import DocumentNotFound, Misdirected
from ..fetch.fetcher import Fetcher, printable
from .candidates import refused
from .find import Located, Search
from .limit import limited

WAY_OUT = "If it is elsewhere, name the page: --page ADDRESS, or the document itself: --document ADDRESS|FILE"

_PAGES = ("apidoc/", "apidoc", "apidoc/index.html", "apidoc/index.php", "", "index.html")
"""Below `services/`, in the order in which they are tried; some servers forbid a folder, not what lies in it."""


class Offered(NamedTuple):
    """The documents that a page offers, the one it shows first in front; and what it names and isn't there."""

    located: list[Located]
    missing: list[str]


def offered_at(page: str, fetcher: Fetcher) -> Offered:
    """All documents that the page at this very address offers, also those on a page of their own.

    Raises DocumentNotFound.
    """
    search = Search(fetcher, thorough=True)
    with limited():
        located = search.page(page, 0) or search.guess(page) or search.fail(page)
    return Offered(located, search.missing)


def offered_by(address: Address, fetcher: Fetcher) -> Offered:
    """All documents that an instance's page offers. Raises DocumentNotFound, naming what was tried."""
    with limited():
        return _offered_by(address, fetcher)


def _offered_by(address: Address, fetcher: Fetcher) -> Offered:
    tried: list[str] = []
    nothing_there = True
    without: list[tuple[str, Search]] = []  # pages that are there, and show no document
    seen: set[str] = set()
    for place in (*(address.services + page for page in _PAGES), address.services.rstrip("/")):
        try:
            answer = fetcher.get(place)
        except Misdirected as failure:
            tried.append(str(failure))
            continue
        if answer.status == 401:
            raise DocumentNotFound(f"{printable(answer.address)} {refused(answer, fetcher)}")
        nothing_there &= answer.status == 404
        if answer.status != 200:
            why = f"({answer.status})" if tried else refused(answer, fetcher)
            tried.append(f"{printable(place)} {why}")
            continue
        if answer.address in seen:
            continue
        seen.add(answer.address)
        search = Search(fetcher, thorough=True)
        try:
            located = search.page(place, 0)
        except DocumentNotFound as failure:  # data, say
            tried.append(str(failure))
            continue
        if located:
            return Offered(located, search.missing)
        without.append((place, search))
    if not nothing_there:
        page, search = without[0] if without else (address.apidoc, Search(fetcher, thorough=True))
        if located := search.guess(page):
            return Offered(located, search.missing)
    if without:
        page, search = without[0]
        as_well = f"Tried as well: {', '.join(tried)}. " if tried else ""
        raise DocumentNotFound(f"{search.reason(page)}. {as_well}{WAY_OUT}")
    raise DocumentNotFound(f"no documentation page: {', '.join(tried)}. {WAY_OUT}")
