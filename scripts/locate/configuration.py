"""What a viewer's configuration offers: documents and the addresses of documents.

Viewers differ in the names of their settings, not in the shapes: a list of named documents, one document as it
stands, or one address. The same rules read a call's arguments, an element's attributes and a JSON script.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

from ..errors import DocumentUnusable
from ..fetch.decode import decode, is_document

# Keys, without hyphens and "data", in small letters.
_ADDRESS_KEY = re.compile(
    r"url|source|src|spec|schema|content|definition|document|docs?|href|file|path|"
    r"\w*(spec|api|swagger|schema|doc|definition|discovery|description|json|yaml)\w*(url|uri|path|src|href|file|source)"
)
_NOT_AN_ADDRESS_KEY = re.compile(r"oauth|validator|logo|proxy|server|base|image|icon|css|theme|style|favicon|redirect")
_DOCUMENT_KEY = re.compile(r"\w*(spec|content|document|doc|definition|schema|description|swagger|openapi|json|data)\w*")
_NAME_KEYS = ("name", "title", "label", "slug", "id", "key")
_NOT_A_LIST_KEY = re.compile(r"servers?|tags?|plugins?|presets?|security|links?")
_MOST_DEPTH = 4
_MOST_KEY = 100  # a longer one is no setting's name; what looks for words in it takes its time


@dataclass(frozen=True)
class Offer:
    """A document a viewer was told of: its address as written, or the document itself."""

    name: str = ""
    address: str | None = None
    document: dict[str, Any] | None = None


def offers(value: object, depth: int = 0) -> list[Offer]:
    """What `value` offers by the best way to read it; with several documents the one shown first in front."""
    return next(readings(value, depth), [])


def readings(value: object, depth: int = 0) -> Iterator[list[Offer]]:
    """The ways to read what `value` offers, the best first: documents in a list beat one document, that an address."""
    if is_document(value):
        yield [Offer(document=value)]  # type: ignore[arg-type]
    elif isinstance(value, str):
        if document := document_in(value):
            yield [Offer(document=document)]
    elif isinstance(value, list):
        if found := _list(value, "", depth):
            yield found
    elif isinstance(value, dict):
        ways = (_lists, _documents, _addresses, _nested)
        yield from (found for way in ways if (found := way(value, depth)))


def looks_like_address(text: str) -> bool:
    """Whether a string can be the address of a document: no words, no selector, no file of another kind."""
    return bool(
        0 < len(text) < 2000
        and not re.search(r"[\t\r\n<>{}\"\\^`]", text)
        and (" " not in text or re.search(r"\.(json|ya?ml)\b", text))
        and not re.match(r"#|(?!https?:)[a-z][a-z+.-]*:|\$", text, re.IGNORECASE)
        and re.search(r"[/.?\w]", text)
        and not re.search(r"\.(js|mjs|css|png|svg|ico|jpe?g|gif|woff2?|map|html?)([?#]|$)", text, re.IGNORECASE)
    )


def normal(key: str) -> str:
    """A setting's name without its dress: `data-spec-url`, `specUrl` and `spec_url` are one."""
    if len(key) > _MOST_KEY:
        return ""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"^data-", "", key).lower())


def _lists(value: dict[str, Any], depth: int) -> list[Offer]:
    shown = value.get("urls.primaryName")
    lists = [
        part for key, part in value.items() if isinstance(part, list) and not _NOT_A_LIST_KEY.fullmatch(normal(key))
    ]
    found = (_list(part, shown if isinstance(shown, str) else "", depth) for part in lists)
    return next(filter(None, found), [])


def _list(items: list[Any], shown: str, depth: int) -> list[Offer]:
    """A list of named documents: the one called `shown`, or marked as the default, comes first."""
    found: list[Offer] = []
    for item in items if depth < _MOST_DEPTH else ():
        named = offers(item, depth + 1)
        if isinstance(item, dict):
            name = next((item[key] for key in _NAME_KEYS if isinstance(item.get(key), str)), "")
            named = [Offer(offer.name or name, offer.address, offer.document) for offer in named]
            if item.get("default") is True or (shown and name == shown):
                found[:0] = named
                continue
        found += named
    return found


def _documents(value: dict[str, Any], depth: int) -> list[Offer]:
    for key, part in value.items():
        if is_document(part):
            return [Offer(document=part)]
        embeds = isinstance(part, str) and (_DOCUMENT_KEY.fullmatch(normal(key)) or part.startswith("data:"))
        if embeds and (document := document_in(part)):
            return [Offer(document=document)]
    return []


def document_in(text: str) -> dict[str, Any] | None:
    """The API description that a text in a page holds as JSON or YAML, or as a `data:` address of such."""
    data = text.encode("utf-8", "replace")
    if embedded := re.match(r"data:[^,]*?(;base64)?,", text):
        data = unquote_to_bytes(text[embedded.end() :])
        data = _unpacked(data) if embedded.group(1) else data
    if not re.search(rb"[\"']?(openapi|swagger|swaggerVersion)[\"']?\s*:", data[:100_000]):
        return None
    try:
        value = decode(data)
    except DocumentUnusable:
        return None
    return value if is_document(value) else None  # type: ignore[return-value]


def _unpacked(data: bytes) -> bytes:
    try:
        return base64.b64decode(data)
    except ValueError:
        return b""


def _addresses(value: dict[str, Any], depth: int) -> list[Offer]:
    for key in sorted(value, key=lambda key: normal(key) != "url"):
        part = value[key]
        if isinstance(part, str) and is_address_key(key) and looks_like_address(part):
            return [Offer(address=part)]
    return []


def is_address_key(key: str) -> bool:
    key = normal(key)
    return bool(_ADDRESS_KEY.fullmatch(key)) and not _NOT_AN_ADDRESS_KEY.search(key)


def _nested(value: dict[str, Any], depth: int) -> list[Offer]:
    for part in value.values() if depth < _MOST_DEPTH else ():
        if isinstance(part, dict) and (found := offers(part, depth + 1)):
            return found
    return []


def strings_in(value: object, depth: int = 0) -> Iterator[str]:
    """All strings of a small structure, for a last look at data that no rule above fits."""
    if isinstance(value, str):
        yield value
    elif depth <= _MOST_DEPTH and isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings_in(part, depth + 1)
