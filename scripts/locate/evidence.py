"""The evidence of documents on a page that was run, the surest first.

Evidence that is `certain` comes from something that can only be a viewer's configuration: if its document can't be had,
that is the error to report. The other addresses may be anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ..errors import DocumentUnusable, NotReachable
from ..fetch.decode import decode
from ..fetch.fetcher import Fetched, Fetcher, joined, origin
from . import swagger_ui
from .configuration import Offer, document_in, looks_like_address, normal, offers, readings, strings_in
from .engine import Element, Seen

_VIEWER = re.compile(
    r"swagger|redoc|scalar|rapi-?doc|openapi|elements-api|api-?(doc|ref|explorer|reference)|spec",
    re.IGNORECASE,
)
_PLAIN_ATTRIBUTES = frozenset(
    ["href", "src", "action", "content", "id", "name", "class", "type", "title", "style", "value", "path"]
)
_VIEWER_SETTINGS = frozenset(["specurl", "apidescriptionurl"])
_TELLING = re.compile(r"api|swagger|openapi|spec|schema|docs?\b|\.json|\.ya?ml", re.IGNORECASE)
_DESCRIBES = re.compile(r"service-desc|openapi", re.IGNORECASE)
# Linear: each name and text is read once, and only as far as a name or an address can be long.
_FILE = re.compile(r"""["'`]([^"'`\s<>]{1,300}+)(?=["'`])""")
_IS_FILE = re.compile(r".+?\.(?:json|ya?ml)(?:\?.*)?")
_SETTING = re.compile(r"""(?<!\w)(\w{1,80}+)["']?\s{0,20}+[:=]\s{0,20}+["'`]([^"'`\s<>]{2,300}+)["'`]""")
_IS_SETTING = re.compile(r"(?:spec)?url|.*(?:openapi|swagger|apidoc).*", re.IGNORECASE)
_LINK = re.compile(r"""<([^<>]{0,2000}+)>[^,<]{0,300}?rel="?([\w -]{1,100}+)""")
_MOST_HEADER = 10_000
_NO_DOCUMENT_FILE = re.compile(
    r"(^|/)(package(-lock)?|manifest|composer|tsconfig|asset-manifest|en|de)\.json|\.map$", re.IGNORECASE
)


@dataclass(frozen=True)
class Evidence:
    how: str
    offers: list[Offer]
    certain: bool = False


def evidence(page: Fetched, seen: Seen, fetcher: Fetcher) -> Iterator[Evidence]:
    """The evidence in the page itself, found by running it."""
    yield from _viewers(page, seen, fetcher)
    yield from _elements(seen)
    yield from _data_scripts(page, seen)
    yield from _links(page, seen, fetcher)
    yield from _requests(seen, fetcher)
    yield from _other_calls(page, seen, fetcher)
    for name, value in seen.globals.items():
        yield Evidence(f"global variable {name}", offers(value))
    query = [value for _, value in parse_qsl(urlsplit(page.address).query) if "/" in value]
    yield Evidence("in the query of the page's address", [Offer(address=value) for value in query])


def literals(page: Fetched, seen: Seen) -> Evidence:
    """Texts in scripts too large to run that look like a document's address."""
    found: dict[str, None] = {}
    for code in (*seen.bundles, page.text):
        files = [text for text in _FILE.findall(code) if _IS_FILE.fullmatch(text)]
        settings = [text for name, text in _SETTING.findall(code) if _IS_SETTING.fullmatch(name)]
        found.update(dict.fromkeys(text.replace("\\/", "/") for text in files + settings))
    telling = sorted(found, key=lambda text: not _TELLING.search(text))
    return Evidence("a text in the page's scripts", _as_offers(telling, page)[:15])


def _viewers(page: Fetched, seen: Seen, fetcher: Fetcher) -> Iterator[Evidence]:
    """What viewers were called with."""
    started = False
    for name, arguments in seen.calls:
        if not _VIEWER.search(name):
            continue
        for argument in arguments:
            if swagger_ui.is_call(name, argument):
                started = True
                argument = swagger_ui.settings(argument, page.address, seen, fetcher)
            yield from _given_to(name, argument)
    sources = [element.attributes.get("src", "") for element in seen.find("script")]
    if not started and any("swagger-ui" in source for source in sources):
        query = swagger_ui.settings({}, page.address, seen, fetcher)
        yield Evidence("in the query of the page's address", offers(query), certain=True)


def _given_to(name: str, argument: object) -> Iterator[Evidence]:
    how = f"given to {name}"
    if isinstance(argument, str) and looks_like_address(argument) and re.search(r"[/.?]", argument):
        certain = bool(_TELLING.search(argument))  # else it may be something else than an address
        yield Evidence(how, [Offer(address=argument)], certain)
    for reading in readings(argument):
        yield Evidence(how, reading, certain=True)


def _requests(seen: Seen, fetcher: Fetcher) -> Iterator[Evidence]:
    for address in seen.fetched:
        yield Evidence("requested by the page's script", [Offer(address=address)])
        yield Evidence("in a list requested by the page's script", listed(address, fetcher))


def _other_calls(page: Fetched, seen: Seen, fetcher: Fetcher) -> Iterator[Evidence]:
    """What functions were called with that may be viewers."""
    for name, arguments in seen.calls:
        if _VIEWER.search(name):
            continue
        loose = _loose(arguments, page)
        yield Evidence(f"given to {name}", loose)
        addresses = [offer.address for offer in loose if offer.address]
        for address in addresses:
            yield Evidence(f"in a list given to {name}", listed(joined(seen.base, address), fetcher))


def _elements(seen: Seen) -> Iterator[Evidence]:
    for element in seen.elements:
        settings = {}
        for name, value in element.attributes.items():
            if name not in _PLAIN_ATTRIBUTES:
                settings[name] = _parsed(value)
        settings.update(element.properties)
        if not settings:
            continue
        if found := offers(settings):
            certain = _is_viewer(element) or any(normal(name) in _VIEWER_SETTINGS for name in settings)
            yield Evidence(f"in the element <{element.tag}>", found, certain)


def _is_viewer(element: Element) -> bool:
    if "-" in element.tag:  # a web component
        return True
    names = (element.tag, element.attributes.get("id", ""))
    return any(_VIEWER.search(name) for name in names)


def _parsed(value: str) -> Any:
    """An attribute's value; the structure, if it is JSON."""
    if value.lstrip()[:1] in ("{", "["):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


def _data_scripts(page: Fetched, seen: Seen) -> Iterator[Evidence]:
    """Settings or whole documents as JSON (or YAML) text in the page."""
    for element in seen.elements:
        if len(element.text) < 2:
            continue
        if document := document_in(element.text):
            yield Evidence(f"the text of the element <{element.tag}>", [Offer(document=document)], certain=True)
        elif element.text[0] in "{[":
            data = _parsed(element.text)
            found = offers(data) or _loose([data], page)
            yield Evidence(f"settings in the element <{element.tag}>", found)


def _links(page: Fetched, seen: Seen, fetcher: Fetcher) -> Iterator[Evidence]:
    """RFC 8631 `service-desc` and RFC 9727 `api-catalog`, in the header or as <link>."""
    header = page.headers.get("link", "")[:_MOST_HEADER]
    links: list[tuple[str, str]] = _LINK.findall(header)
    for element in seen.find("link", "a"):
        links.append((element.attributes.get("href", ""), element.attributes.get("rel", "")))
    described = [target for target, rel in links if target and _DESCRIBES.search(rel)]
    yield Evidence("linked as the service's description", [Offer(address=target) for target in described])
    for target, rel in links:
        if "api-catalog" in rel.lower():
            yield Evidence("in the API catalogue", catalogue(joined(seen.base, target), fetcher))


def catalogue(address: str, fetcher: Fetcher) -> list[Offer]:
    """The descriptions that an RFC 9727 catalogue (a link set) names."""
    content = _data(address, fetcher)
    if not isinstance(content, dict):
        return []
    found: list[Offer] = []
    for link in content.get("linkset", ()):
        if not isinstance(link, dict):
            continue
        for target in link.get("service-desc", ()):
            if isinstance(target, dict) and isinstance(target.get("href"), str):
                title = target.get("title") or link.get("anchor") or ""
                found.append(Offer(str(title), joined(address, target["href"])))
    return found


def listed(address: str, fetcher: Fetcher) -> list[Offer]:
    """What a file of settings, or a list of documents, at `address` offers."""
    found = []
    for offer in offers(_data(address, fetcher)):
        if offer.address:
            offer = replace(offer, address=joined(address, offer.address))
        found.append(offer)
    return found


def _data(address: str, fetcher: Fetcher) -> object:
    try:
        answer = fetcher.get(address, stay=True)
        if answer.status == 200:
            return decode(answer.body, answer.content_type)
    except (NotReachable, DocumentUnusable, ValueError):
        pass
    return None


def _loose(value: object, page: Fetched) -> list[Offer]:
    """What is offered by the rules, else every text that looks like a document's address."""
    if found := offers(value):
        return found
    telling = [text for text in strings_in(value) if _TELLING.search(text)]
    return _as_offers(telling, page)


def _as_offers(texts: list[str], page: Fetched) -> list[Offer]:
    """Texts as addresses; they may mean anything, so none may lead to another host."""
    found = []
    for text in dict.fromkeys(texts):
        may_be_document = re.search(r"[/.?]", text) and not _NO_DOCUMENT_FILE.search(text)
        if not looks_like_address(text) or not may_be_document:
            continue
        if origin(joined(page.address, text)) == origin(page.address):
            found.append(Offer(address=text))
    return found
