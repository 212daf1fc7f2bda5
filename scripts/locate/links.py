"""Where a page leads: by itself (a redirect, a frame), or by links that seem to lead to documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..fetch.fetcher import Fetched, joined, origin
from .engine import Element, Seen

_LEADS_TO_DOCUMENTATION = re.compile(r"swagger|openapi|redoc|api-?docs?|apidoc|\bapi\b|rapidoc|scalar", re.IGNORECASE)
_DOCUMENT_FILE = re.compile(r"\.(json|ya?ml)(?=[?#\s]|$)", re.IGNORECASE)


class Link(NamedTuple):
    address: str
    text: str


def links_to_documents(seen: Seen) -> list[Link]:
    """Those that lead to what may be a document, by the names of the files, called as on the page or as the file."""
    found = [link for link in links(seen, _DOCUMENT_FILE) if _DOCUMENT_FILE.search(link.address)]
    return [Link(link.address, link.text or link.address.rpartition("/")[2]) for link in found]


def links(seen: Seen, seem_right: re.Pattern[str] = _LEADS_TO_DOCUMENTATION) -> list[Link]:
    """The links on this origin that seem to lead to documentation, each address once."""
    found: dict[str, Link] = {}
    for element in seen.elements:
        target = _link_of(element)
        if not target or not seem_right.search(f"{target} {element.text}"):
            continue
        address = joined(seen.base, target)
        if origin(address) == origin(seen.base):
            found.setdefault(address, Link(address, element.text.strip()))
    return list(found.values())


def _link_of(element: Element) -> str:
    """Where a click on the element leads."""
    if element.tag in ("a", "area") and (target := element.attributes.get("href")):
        return target
    script = element.attributes.get("onclick", "")
    clicked = re.search(r"location(?:\.href)?\s*=\s*[\"']([^\"']+)[\"']", script)
    if clicked is None:
        return ""
    return clicked[1]


def embedded(page: Fetched, seen: Seen) -> Iterator[Fetched]:
    """Frames whose page stands in the page itself."""
    for frame in seen.find("iframe"):
        html = frame.properties.get("srcdoc") or frame.attributes.get("srcdoc")
        if isinstance(html, str) and html:
            yield Fetched(page.address, 200, {}, html.encode("utf-8", "replace"))


def onward(page: Fetched, seen: Seen) -> Iterator[str]:
    """Where a browser would go on by itself: a script's redirect, a meta refresh, a frame. On this origin only."""
    targets = list(seen.redirects)
    for meta in seen.find("meta"):
        if meta.attributes.get("http-equiv", "").lower() == "refresh":
            content = meta.attributes.get("content", "")
            targets += re.findall(r"url\s*=\s*[\"']?([^\"'\s>]+)", content, re.IGNORECASE)
    if refresh := re.search(r"url\s*=\s*(\S+)", page.headers.get("refresh", ""), re.IGNORECASE):
        targets.append(refresh.group(1))
    targets += [frame.attributes.get("src", "") for frame in seen.find("iframe", "frame")]
    targets += [thing.attributes.get("data", "") for thing in seen.find("object")]
    for target in targets:
        if not target:
            continue
        address = joined(seen.base, target)
        if origin(address) == origin(page.address):
            yield address
