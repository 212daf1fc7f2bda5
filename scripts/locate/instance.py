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
    """The documents that a page offers, the one it shows first in front; `missing` are those that can't be had."""

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
        return _Way(address, fetcher).to_documents()


class _Way:
    def __init__(self, address: Address, fetcher: Fetcher) -> None:
        self._address = address
        self._fetcher = fetcher
        self._tried: list[str] = []
        self._without: list[tuple[str, Search]] = []  # pages that are there, and show no document
        self._seen: set[str] = set()
        self._is_nothing_there = True

    def to_documents(self) -> Offered:
        services = self._address.services
        for place in (*(services + page for page in _PAGES), services.rstrip("/")):
            if self._is_page(place) and (offered := self._offered(place)):
                return offered
        if not self._is_nothing_there and (offered := self._beside()):
            return offered
        tried = ", ".join(self._tried)
        if not self._without:
            raise DocumentNotFound(f"no documentation page: {tried}. {WAY_OUT}")
        page, search = self._without[0]
        reason = f"{search.reason(page)}. "
        if tried:
            reason += f"Tried as well: {tried}. "
        raise DocumentNotFound(reason + WAY_OUT)

    def _is_page(self, place: str) -> bool:
        """Whether there is a page that wasn't seen before. Raises DocumentNotFound for a refused login."""
        try:
            answer = self._fetcher.get(place)
        except Misdirected as failure:
            self._tried.append(str(failure))
            return False
        if answer.status == 401:
            raise DocumentNotFound(f"{printable(answer.address)} {refused(answer, self._fetcher)}")
        if answer.status == 200:
            is_new = answer.address not in self._seen
            self._seen.add(answer.address)
            return is_new
        self._is_nothing_there &= answer.status == 404
        why = f"({answer.status})"
        if not self._tried:
            why = refused(answer, self._fetcher)
        self._tried.append(f"{printable(place)} {why}")
        return False

    def _offered(self, place: str) -> Offered | None:
        """What the page there offers."""
        self._is_nothing_there = False
        search = Search(self._fetcher, thorough=True)
        try:
            located = search.page(place, 0)
        except DocumentNotFound as failure:  # it holds data, for example
            self._tried.append(str(failure))
            return None
        if located:
            return Offered(located, search.missing)
        self._without.append((place, search))
        return None

    def _beside(self) -> Offered | None:
        """Documents at well-known places: the page is there and says nothing, or may not be seen."""
        page, search = self._address.apidoc, Search(self._fetcher, thorough=True)
        if self._without:
            page, search = self._without[0]
        located = search.guess(page)
        if not located:
            return None
        return Offered(located, search.missing)
