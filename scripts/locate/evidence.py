"""What a page that was run tells of its documents, the surest first.

An evidence that is `certain` comes from something that can only be a viewer's configuration: if its document
cannot be had, that is the error to report. The others are addresses that may be anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ..errors import DocumentUnusable, NotReachable
from ..fetch.decode import decode
from ..fetch.fetcher import Fetched, Fetcher, joined, origin
from . import swagger_ui
from .configuration import Offer, document_in, looks_like_address, normal, offers, readings, strings_in
from .engine import Seen

_VIEWER = re.compile(
    r"swagger|redoc|scalar|rapi-?doc|openapi|elements-api|api-?(doc|ref|explorer|reference)|spec",
    re.IGNORECASE,
)
_PLAIN_ATTRIBUTES = frozenset(
    ["href", "src", "action", "content", "id", "name", "class", "type", "title", "style", "value", "path"]
)
_TELLING = re.compile(r"api|swagger|openapi|spec|schema|docs?\b|\.json|\.ya?ml", re.IGNORECASE)
# Linear: each name and text is read once, and no further than a name or an address can be long.
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
    """What the page says itself, found by running it."""
    yield from _calls(page, seen, fetcher)
    yield from _elements(seen)
    yield from _data_scripts(page, seen)
    yield from _links(page, seen, fetcher)
    for address in seen.fetched:
        yield Evidence("requested by the page's script", [Offer(address=address)])
        yield Evidence("in a list requested by the page's script", listed(address, fetcher))
    for name, arguments in seen.calls:
        if not _VIEWER.search(name):
            loose = _loose(arguments, page)
            yield Evidence(f"given to {name}", loose)
            for written in [offer.address for offer in loose if offer.address]:
                yield Evidence(f"in a list given to {name}", listed(joined(seen.base, written), fetcher))
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


def _calls(page: Fetched, seen: Seen, fetcher: Fetcher) -> Iterator[Evidence]:
    started = False
    for name, arguments in seen.calls:
        if not _VIEWER.search(name):
            continue
        for argument in arguments:
            if swagger_ui.is_call(name, argument):
                started = True
                argument = swagger_ui.settings(argument, page.address, seen, fetcher)
            if isinstance(argument, str) and looks_like_address(argument) and re.search(r"[/.?]", argument):
                certain = bool(_TELLING.search(argument))  # else it may be something else than an address
                yield Evidence(f"given to {name}", [Offer(address=argument)], certain)
            for found in readings(argument):
                yield Evidence(f"given to {name}", found, certain=True)
    if not started and any("swagger-ui" in element.attributes.get("src", "") for element in seen.find("script")):
        query = swagger_ui.settings({}, page.address, seen, fetcher)
        yield Evidence("in the query of the page's address", offers(query), certain=True)


def _elements(seen: Seen) -> Iterator[Evidence]:
    for element in seen.elements:
        known = {name: value for name, value in element.attributes.items() if name not in _PLAIN_ATTRIBUTES}
        settings = {**{name: _opened(value) for name, value in known.items()}, **element.properties}
        found = offers(settings) if settings else []
        if found:
            viewer = (
                "-" in element.tag or _VIEWER.search(element.tag) or _VIEWER.search(element.attributes.get("id", ""))
            )
            sure = bool(viewer) or any(re.fullmatch(r"specurl|apidescriptionurl", normal(name)) for name in settings)
            yield Evidence(f"in the element <{element.tag}>", found, certain=sure)


def _opened(value: str) -> Any:
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
            data = _opened(element.text)
            yield Evidence(f"settings in the element <{element.tag}>", offers(data) or _loose([data], page))


def _links(page: Fetched, seen: Seen, fetcher: Fetcher) -> Iterator[Evidence]:
    """RFC 8631 `service-desc` and RFC 9727 `api-catalog`, in the header or as <link>."""
    links = [(rel, target) for target, rel in _LINK.findall(page.headers.get("link", "")[:_MOST_HEADER])]
    links += [(it.attributes.get("rel", ""), it.attributes.get("href", "")) for it in seen.find("link", "a")]
    described = [target for rel, target in links if re.search(r"service-desc|openapi", rel, re.IGNORECASE)]
    yield Evidence("linked as the service's description", [Offer(address=target) for target in described if target])
    for rel, target in links:
        if "api-catalog" in rel.lower():
            yield Evidence("in the API catalogue", catalogue(joined(seen.base, target), fetcher))


def catalogue(address: str, fetcher: Fetcher) -> list[Offer]:
    """The descriptions that an RFC 9727 catalogue (a link set) names."""
    content = _data(address, fetcher)
    found: list[Offer] = []
    for link in content.get("linkset", ()) if isinstance(content, dict) else ():
        for target in link.get("service-desc", ()) if isinstance(link, dict) else ():
            if isinstance(target, dict) and isinstance(target.get("href"), str):
                title = target.get("title") or link.get("anchor") or ""
                found.append(Offer(str(title), joined(address, target["href"])))
    return found


def listed(address: str, fetcher: Fetcher) -> list[Offer]:
    """What a file of settings, or a list of documents, at `address` offers."""
    found = offers(_data(address, fetcher))
    return [Offer(it.name, joined(address, it.address), it.document) if it.address else it for it in found]


def _data(address: str, fetcher: Fetcher) -> object:
    try:
        answer = fetcher.get(address, stay=True)
        return decode(answer.body, answer.content_type) if answer.status == 200 else None
    except (NotReachable, DocumentUnusable, ValueError):
        return None


def _loose(value: object, page: Fetched) -> list[Offer]:
    """What offers itself by the rules, else every text that looks like a document's address."""
    return offers(value) or _as_offers([text for text in strings_in(value) if _TELLING.search(text)], page)


def _as_offers(texts: list[str], page: Fetched) -> list[Offer]:
    """Texts as addresses; they may mean anything, so that none leads to another host."""
    fitting = [
        text
        for text in dict.fromkeys(texts)
        if looks_like_address(text) and re.search(r"[/.?]", text) and not _NO_DOCUMENT_FILE.search(text)
        if origin(joined(page.address, text)) == origin(page.address)
    ]
    return [Offer(address=text) for text in fitting]
