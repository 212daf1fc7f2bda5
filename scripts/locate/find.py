"""The search: run the page, check what it names, follow where it leads, and only then guess."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from ..errors import DocumentNotFound, DocumentUnusable, NotReachable
from ..fetch.fetcher import Fetched, Fetcher, joined, origin, printable
from .candidates import Checked, check, document_of, is_example, refused
from .configuration import Offer
from .engine import Element, Seen, run_page
from .evidence import Evidence, catalogue, evidence, listed, literals
from .limit import limited

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
_LEADS_TO_DOCUMENTATION = re.compile(r"swagger|openapi|redoc|api-?docs?|apidoc|\bapi\b|rapidoc|scalar", re.IGNORECASE)


@dataclass(frozen=True)
class Located:
    """A document that `page` shows: at `address`, or in the page itself (`document`); `how` says the way there."""

    name: str
    address: str | None
    document: dict[str, Any] | None
    how: str
    page: str = ""


class Limits(NamedTuple):
    """How far a search goes; `running` are seconds of the processor for scripts, before the last page that is run."""

    pages: int = 8
    running: float = 2
    unsure: int = 30
    links: int = 5


ALL_MODULES = Limits(pages=60, running=8, unsure=80, links=50)


def locate(address: str, fetcher: Fetcher) -> list[Located]:
    """All documents that the page at `address` offers, the one it shows first in front.

    Raises DocumentNotFound, saying in one line what was seen and tried.
    """
    search = Search(fetcher)
    with limited():
        return search.page(address, 0) or search.guess(address) or search.fail(address)


class Search:
    """One search, from one page. A `thorough` one also takes what is only linked: each module may have its own page.

    `missing` says which documents a viewer was told of and aren't there.
    """

    def __init__(self, fetcher: Fetcher, *, thorough: bool = False) -> None:
        self._fetcher = fetcher
        self._thorough = thorough
        self._limits = ALL_MODULES if thorough else Limits()
        self.missing: list[str] = []
        self._visited: set[str] = set()  # addresses, and pages that stand in another
        self._checked: dict[tuple[str, str], Checked] = {}
        self._unsure = 0
        self._named: list[Checked] = []  # what a viewer was told of, and is no document
        self._stopped = False
        self._began = os.times().children_user
        self._title = ""
        self._login = False

    def page(self, address: str, depth: int) -> list[Located]:
        """What the page at `address`, or one it leads to, offers."""
        answer = self._get(address, depth)
        return self._shown(answer, depth) if answer else []

    def _shown(self, answer: Fetched, depth: int) -> list[Located]:
        try:
            document_of(answer)
            return [Located("", answer.address, None, "the address is the document's own")]
        except DocumentUnusable as failure:
            if not re.search(rb"<\w", answer.body[:100_000]):
                return self._not_a_page(answer, failure, depth)
        if self._stopped:
            return []  # one page that runs for ever is enough, and so are several that nearly do
        seen = run_page(answer, self._fetcher)
        self._stopped = seen.stopped or os.times().children_user - self._began > self._limits.running
        self._title = self._title or next((element.text for element in seen.find("title")), "")
        for found in evidence(answer, seen, self._fetcher):
            if located := self._confirm(found, seen):
                return self._with_linked(self._with_choices(located, seen), seen)
        if self._named:
            return []
        if any(element.attributes.get("type", "").lower() == "password" for element in seen.find("input")):
            self._login = True
            return []
        return self._led_to(answer, seen, depth) or self._linked(answer, seen, depth)

    def _led_to(self, answer: Fetched, seen: Seen, depth: int) -> list[Located]:
        """What is offered where a browser goes on by itself."""
        for frame in _embedded(answer, seen):
            if depth < MOST_DEPTH and len(self._visited) < self._limits.pages and frame.text not in self._visited:
                self._visited.add(frame.text)
                if located := self._shown(frame, depth + 1):
                    return located
        for target in _onward(answer, seen):
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
        if self._login or any(self._fetcher.is_home(checked.address) for checked in self._named):
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
        real = [checked for checked in self._named if not is_example(checked.address)]
        if real:
            return f"the page {here} names a document, but {real[0].problem}"
        if self._named:
            return (
                f"the viewer on {here} was left with the example it is shipped with "
                f"({printable(self._named[0].address)}); it names no document of this server"
            )
        title = f" (its title: {self._title.strip()[:60]!r})" if self._title.strip() else ""
        if self._stopped:
            return (
                f"the scripts of {here}{title} took too much time or memory and were stopped before they "
                "named a document"
            )
        return (
            f"no document is shown on {here}{title}: no viewer was started there, no link leads to a "
            "document, and none lies at the well-known paths"
        )

    def _get(self, address: str, depth: int) -> Fetched | None:
        if depth > MOST_DEPTH or len(self._visited) >= self._limits.pages or address.split("#")[0] in self._visited:
            return None
        self._visited.add(address.split("#")[0])
        if depth == 0:
            answer = self._fetcher.get(address)
            if answer.status != 200:
                raise DocumentNotFound(f"{printable(answer.address)} {refused(answer, self._fetcher)}")
            return answer
        try:
            answer = self._fetcher.get(address)
        except NotReachable:
            return None
        return answer if answer.status == 200 else None

    def _not_a_page(self, answer: Fetched, failure: DocumentUnusable, depth: int) -> list[Located]:
        if depth == 0:
            raise DocumentNotFound(f"{printable(answer.address)} is no page, and holds {failure}. {WAY_OUT}")
        return []

    def _confirm(self, found: Evidence, seen: Seen) -> list[Located]:
        """Those of the offers that are documents indeed."""
        located: list[Located] = []
        for offer in found.offers:
            if offer.document is not None:
                located.append(self._in_page(offer, found.how, seen))
                continue
            if located and not (found.certain or len(found.offers) == 1 or offer.name):
                break  # of addresses that may be anything the first good one is enough
            checked = self._check(offer.address or "", seen.base, found.certain)
            if checked is None or checked.document is None:
                if checked is not None and found.certain:
                    self._named.append(checked)
                    self.missing.append(
                        f"{printable(offer.name)}: {checked.problem}" if offer.name else checked.problem
                    )
                continue
            how = found.how + (f"; {checked.note}" if checked.note else "")
            if checked.address not in [known.address for known in located]:
                located.append(Located(offer.name, checked.address, None, how))
        return located

    def _with_choices(self, located: list[Located], seen: Seen) -> list[Located]:
        """Where the page lets one choose among documents (a <select>), the others as well."""
        choices = [
            Offer(option.text, joined(seen.base, option.attributes["value"]))
            for option in seen.find("option")
            if option.attributes.get("value")
        ]
        if located[0].address not in [choice.address for choice in choices]:
            return located
        names = {choice.address: choice.name for choice in choices}
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
            # Only a viewer's own setting leads on to another host: other texts a page can use to look around with.
            self._checked[key] = check(written, base, self._fetcher, stay=not certain)
        return self._checked[key]

    def _in_page(self, offer: Offer, how: str, seen: Seen) -> Located:
        """A document handed to the viewer as it stands; where a script fetched it before, it has an address."""
        assert offer.document is not None
        for address in seen.fetched:
            checked = self._check(address, seen.base, certain=True)
            if checked and checked.document and checked.document.get("paths") == offer.document.get("paths"):
                return Located(offer.name, checked.address, None, f"{how}, after a script requested it")
        return Located(offer.name, None, offer.document, f"{how} as it stands", seen.base)

    def _with_linked(self, located: list[Located], seen: Seen) -> list[Located]:
        """Of a viewer's page, what is linked beside the viewer as well, if the search is thorough."""
        if not self._thorough:
            return located
        known = {one.address for one in located}
        return located + [one for one in self._linked_documents(seen) if one.address not in known]

    def _linked_documents(self, seen: Seen) -> list[Located]:
        """Of links to documents the first one; all, by the links' names, if the search is thorough."""
        links = [link for link in _links(seen) if re.search(r"\.(json|ya?ml)([?#]|$)", link.address)]
        offers = [Offer(link.text if self._thorough else "", link.address) for link in links]
        return self._confirm(Evidence("linked on the page", offers), seen)

    def _landing(self, seen: Seen, depth: int) -> list[Located]:
        """Links that smell of documentation: documents first, then pages."""
        if located := self._linked_documents(seen):
            return located
        for link in _links(seen)[: self._limits.links]:
            found = self.page(link.address, depth + 1)
            known = {one.address for one in located if one.address}
            located += [replace(one, name=one.name or link.text) for one in found if one.address not in known]
            if located and not self._thorough:
                break
        return located


class _Link(NamedTuple):
    address: str
    text: str


def _links(seen: Seen) -> list[_Link]:
    """The links on this origin that smell of documentation, each address once."""
    found: dict[str, _Link] = {}
    for element in seen.elements:
        target = _link_of(element)
        if target and _LEADS_TO_DOCUMENTATION.search(f"{target} {element.text}"):
            address = joined(seen.base, target)
            if origin(address) == origin(seen.base):
                found.setdefault(address, _Link(address, element.text.strip()))
    return list(found.values())


def _link_of(element: Element) -> str:
    """Where a click on the element leads."""
    if element.tag in ("a", "area") and (target := element.attributes.get("href")):
        return target
    clicked = re.search(r"location(?:\.href)?\s*=\s*[\"']([^\"']+)[\"']", element.attributes.get("onclick", ""))
    return clicked.group(1) if clicked else ""


def _embedded(page: Fetched, seen: Seen) -> Iterator[Fetched]:
    """Frames whose page stands in the page itself."""
    for frame in seen.find("iframe"):
        html = frame.properties.get("srcdoc") or frame.attributes.get("srcdoc")
        if isinstance(html, str) and html:
            yield Fetched(page.address, 200, {}, html.encode("utf-8", "replace"))


def _onward(page: Fetched, seen: Seen) -> Iterator[str]:
    """Where a browser would go on by itself: a script's redirect, a meta refresh, a frame. On this origin only."""
    targets = list(seen.redirects)
    for meta in seen.find("meta"):
        if meta.attributes.get("http-equiv", "").lower() == "refresh":
            targets += re.findall(r"url\s*=\s*[\"']?([^\"'\s>]+)", meta.attributes.get("content", ""), re.IGNORECASE)
    if refresh := re.search(r"url\s*=\s*(\S+)", page.headers.get("refresh", ""), re.IGNORECASE):
        targets.append(refresh.group(1))
    targets += [frame.attributes.get("src", "") for frame in seen.find("iframe", "frame")]
    targets += [thing.attributes.get("data", "") for thing in seen.find("object")]
    for target in targets:
        if target and origin(address := joined(seen.base, target)) == origin(page.address):
            yield address


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
            yield Evidence(f"guessed: in the list {place}{name}", listed(urljoin(address, place + name), fetcher))
    found = [urljoin(address, place + name) for place in folders for name in _GUESSES]
    yield Evidence("guessed", [Offer(address=target) for target in dict.fromkeys(found)][:MOST_GUESSES])
