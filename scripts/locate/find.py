"""The search: run the page, check what it names, follow where it leads, and only then guess."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from ..errors import DocumentNotFound, DocumentUnusable, NotReachable
from ..fetch.fetcher import Fetched, Fetcher, joined, printable
from .candidates import Checked, check, document_of, is_example, refused
from .configuration import Offer
from .engine import Seen, run_page
from .evidence import Evidence, catalogue, evidence, listed, literals
from .limit import limited
from .links import embedded, links, links_to_documents, onward

MOST_DEPTH = 3
MOST_GUESSES = 30
WAY_OUT = "If you know the document's address, give it to download or update: --document ADDRESS|FILE"

_GUESSES = [
    "openapi.json",
    "openapi.yaml",
    "swagger.json",
    "swagger.yaml",
    "api-docs",
    "v3/api-docs",
    "v2/api-docs",
    "openapi.yml",
    "doc.json",
    "docs.json",
    "?format=openapi",
    "api-docs.json",
    "swagger/v1/swagger.json",
    "schema.json",
    "resources.json",
    "apispec_1.json",
    "api.json",
]
_LISTS = ("swagger-resources", "v3/api-docs/swagger-config")
_ELEMENT = re.compile(rb"<\w")


@dataclass(frozen=True)
class Located:
    """A document that `page` shows: at `address`, or in the page itself (`document`); `how` says how it was found."""

    name: str
    address: str | None
    document: dict[str, Any] | None
    how: str
    page: str = ""


class Limits(NamedTuple):
    """How far a search goes; `running`: after so many seconds of processor time for scripts no further page is run."""

    pages: int = 8
    running: float = 2
    unsure: int = 30
    links: int = 5


ALL_MODULES = Limits(pages=60, running=8, unsure=80, links=50)


def locate(address: str, fetcher: Fetcher) -> list[Located]:
    """All documents that the page at `address` offers, the one it shows first in front.

    Raises DocumentNotFound with one line on what was seen and tried.
    """
    search = Search(fetcher)
    with limited():
        return search.page(address, 0) or search.guess(address) or search.fail(address)


class Search:
    """One search, from one page. A `thorough` one also takes what is only linked: each module may have its own page.

    `missing` has a line for each document that a viewer was configured with and that can't be had.
    """

    def __init__(self, fetcher: Fetcher, *, thorough: bool = False) -> None:
        self._fetcher = fetcher
        self._thorough = thorough
        self._limits = ALL_MODULES if thorough else Limits()
        self.missing: list[str] = []
        self._visited: set[str] = set()  # addresses, and pages that stand in another
        self._checked: dict[tuple[str, str], Checked] = {}
        self._unsure = 0
        self._not_documents: list[Checked] = []  # the same, as they were checked
        self._stopped = False
        self._began = os.times().children_user
        self._title = ""
        self._login = False

    def page(self, address: str, depth: int) -> list[Located]:
        """What the page at `address`, or one it leads to, offers."""
        answer = self._get(address, depth)
        if answer is None:
            return []
        return self._offered(answer, depth)

    def _offered(self, answer: Fetched, depth: int) -> list[Located]:
        """What an answer offers: it is a document itself, or a page that shows some or leads to them."""
        try:
            document_of(answer)
        except DocumentUnusable as failure:
            if not _ELEMENT.search(answer.body[:100_000]):
                return self._not_a_page(answer, failure, depth)
        else:
            return [Located("", answer.address, None, "the address is the document's own")]
        if self._stopped:
            return []  # one page that never ends is enough, and so are several that nearly don't
        seen = self._run(answer)
        if located := self._named_by_page(answer, seen):
            return located
        if self._not_documents:
            return []
        if _asks_for_password(seen):
            self._login = True
            return []
        return self._led_to(answer, seen, depth) or self._linked(answer, seen, depth)

    def _run(self, answer: Fetched) -> Seen:
        """Run the page, and note its title and whether its scripts took too long."""
        seen = run_page(answer, self._fetcher)
        seconds = os.times().children_user - self._began
        self._stopped = seen.stopped or seconds > self._limits.running
        titles = [element.text for element in seen.find("title")]
        if titles and not self._title:
            self._title = titles[0]
        return seen

    def _named_by_page(self, answer: Fetched, seen: Seen) -> list[Located]:
        """What the page itself names, by the surest evidence."""
        for found in evidence(answer, seen, self._fetcher):
            if located := self._confirm(found, seen):
                return self._with_linked(self._with_choices(located, seen), seen)
        return []

    def _led_to(self, answer: Fetched, seen: Seen, depth: int) -> list[Located]:
        """What is offered where a browser goes on by itself."""
        for frame in embedded(answer, seen):
            if depth >= MOST_DEPTH or self._has_visited(frame.text):
                continue
            self._visited.add(frame.text)
            if located := self._offered(frame, depth + 1):
                return located
        for target in onward(answer, seen):
            if located := self.page(target, depth + 1):
                return located
        return []

    def _linked(self, answer: Fetched, seen: Seen, depth: int) -> list[Located]:
        """What is offered where a person goes on."""
        if self._thorough and (located := self._linked_documents(seen)):
            return located
        if located := self._confirm(literals(answer, seen), seen):
            return self._with_choices(located, seen)
        return self._landing(seen, depth)

    def guess(self, address: str) -> list[Located]:
        """Well-known paths beside the page and above it; each must turn out to be a document."""
        if self._login or any(self._fetcher.is_home(checked.address) for checked in self._not_documents):
            return []
        for found in _guesses(address, self._fetcher):
            self._unsure = 0
            if located := self._confirm(found, Seen(address)):
                return located
        return []

    def fail(self, address: str) -> list[Located]:
        raise DocumentNotFound(f"{self.reason(address)}. {WAY_OUT}")

    def reason(self, address: str) -> str:
        here = printable(address)
        if self._login:
            return f"{here} shows a login page instead of the documentation: check PASCOM_USER and PASCOM_PASSWORD"
        real = [checked for checked in self._not_documents if not is_example(checked.address)]
        if real:
            return f"the page {here} names a document, but {real[0].problem}"
        if self._not_documents:
            return (
                f"the viewer on {here} was left with the example it is shipped with "
                f"({printable(self._not_documents[0].address)}); it names no document of this server"
            )
        if title := self._title.strip()[:60]:
            here = f"{here} (its title: {title!r})"
        if self._stopped:
            return f"the scripts of {here} took too much time or memory and were stopped before they named a document"
        return (
            f"no document is shown on {here}: no viewer was started there, no link leads to a "
            "document, and none lies at the well-known paths"
        )

    def _get(self, address: str, depth: int) -> Fetched | None:
        """The page there, unless the search ends here. Only the first page must be there."""
        page = address.split("#")[0]
        if depth > MOST_DEPTH or self._has_visited(page):
            return None
        self._visited.add(page)
        try:
            answer = self._fetcher.get(address)
        except NotReachable:
            if depth == 0:
                raise
            return None
        if answer.status == 200:
            return answer
        if depth == 0:
            raise DocumentNotFound(f"{printable(answer.address)} {refused(answer, self._fetcher)}")
        return None

    def _has_visited(self, page: str) -> bool:
        """Whether the search has been there, or has been on enough pages."""
        return page in self._visited or len(self._visited) >= self._limits.pages

    def _not_a_page(self, answer: Fetched, failure: DocumentUnusable, depth: int) -> list[Located]:
        if depth == 0:
            raise DocumentNotFound(f"{printable(answer.address)} is no page, and holds {failure}. {WAY_OUT}")
        return []

    def _confirm(self, found: Evidence, seen: Seen) -> list[Located]:
        """Those of the offers that are indeed documents."""
        located: list[Located] = []
        for offer in found.offers:
            if offer.document is not None:
                located.append(self._in_page(offer, found.how, seen))
                continue
            may_be_anything = not found.certain and not offer.name and len(found.offers) > 1
            if located and may_be_anything:
                break  # the first good one is enough
            checked = self._check(offer.address or "", seen.base, found.certain)
            if checked is None:
                continue
            if checked.document is None:
                if found.certain:
                    self._note_missing(offer, checked)
                continue
            known = [one.address for one in located]
            if checked.address not in known:
                located.append(_located_at(offer, checked, found.how))
        return located

    def _note_missing(self, offer: Offer, checked: Checked) -> None:
        self._not_documents.append(checked)
        problem = checked.problem
        if offer.name:
            problem = f"{printable(offer.name)}: {problem}"
        self.missing.append(problem)

    def _with_choices(self, located: list[Located], seen: Seen) -> list[Located]:
        """Where the page lets one choose among documents (a <select>, a list of links), the others as well."""
        choices = []
        for option in seen.find("option"):
            if value := option.attributes.get("value"):
                choices.append(Offer(option.text, joined(seen.base, value)))
        choices += [Offer(link.text, link.address) for link in links_to_documents(seen)]
        names = {choice.address: choice.name for choice in choices}
        if located[0].address not in names:
            return located
        located = [replace(one, name=one.name or names.get(one.address, "")) for one in located]
        known = {one.address for one in located}
        others = self._confirm(Evidence("among the choices on the page", choices, certain=True), seen)
        return located + [one for one in others if one.address not in known]

    def _check(self, written: str, base: str, certain: bool) -> Checked | None:
        key = (written, base)
        if key not in self._checked:
            self._unsure += not certain
            if self._unsure > self._limits.unsure:
                return None
            # Only a viewer's own setting leads on to another host: a page could use other texts to scan our network.
            self._checked[key] = check(written, base, self._fetcher, stay=not certain)
        return self._checked[key]

    def _in_page(self, offer: Offer, how: str, seen: Seen) -> Located:
        """A document handed to the viewer as it stands; where a script fetched it before, it has an address."""
        assert offer.document is not None
        for address in seen.fetched:
            checked = self._check(address, seen.base, certain=True)
            if checked is None or checked.document is None:
                continue
            if checked.document.get("paths") == offer.document.get("paths"):
                return Located(offer.name, checked.address, None, f"{how}, after a script requested it")
        return Located(offer.name, None, offer.document, f"{how} as it stands", seen.base)

    def _with_linked(self, located: list[Located], seen: Seen) -> list[Located]:
        """Of a viewer's page, what is linked beside the viewer as well, if the search is thorough."""
        if not self._thorough:
            return located
        known = {one.address for one in located}
        return located + [one for one in self._linked_documents(seen) if one.address not in known]

    def _linked_documents(self, seen: Seen) -> list[Located]:
        """What the page links to, by the links' names or the files'."""
        offers = [Offer(link.text, link.address) for link in links_to_documents(seen)]
        return self._confirm(Evidence("linked on the page", offers), seen)

    def _landing(self, seen: Seen, depth: int) -> list[Located]:
        """What links to documentation lead to: documents first, then pages."""
        if located := self._linked_documents(seen):
            return located
        for link in links(seen)[: self._limits.links]:
            found = self.page(link.address, depth + 1)
            known = {one.address for one in located if one.address}
            new = [one for one in found if one.address not in known]
            located += [replace(one, name=one.name or link.text) for one in new]
            if located and not self._thorough:
                break
        return located


def _located_at(offer: Offer, checked: Checked, how: str) -> Located:
    if checked.note:
        how = f"{how}; {checked.note}"
    return Located(offer.name, checked.address, None, how)


def _asks_for_password(seen: Seen) -> bool:
    types = [element.attributes.get("type", "").lower() for element in seen.find("input")]
    return "password" in types


def _guesses(address: str, fetcher: Fetcher) -> Iterator[Evidence]:
    """Well-known names beside the page, in the folders above it, and at the root."""
    yield Evidence("in the API catalogue", catalogue(urljoin(address, "/.well-known/api-catalog"), fetcher))
    folder = urlsplit(address).path.rpartition("/")[0]
    folders = [folder + "/"]
    while folder:
        folder = folder.rpartition("/")[0]
        folders.append(folder + "/")
    for place in folders[-2:]:
        for name in _LISTS:
            offers = listed(urljoin(address, place + name), fetcher)
            yield Evidence(f"guessed: in the list {place}{name}", offers)
    guesses = [urljoin(address, place + name) for place in folders for name in _GUESSES]
    distinct = list(dict.fromkeys(guesses))
    yield Evidence("guessed", [Offer(address=guess) for guess in distinct[:MOST_GUESSES]])
