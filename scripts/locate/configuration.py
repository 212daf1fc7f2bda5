"""What a viewer's configuration offers: documents and the addresses of documents.

Viewers differ in the names of their settings, not in the shapes: a list of named documents, one embedded document, or
one address. The same rules read a call's arguments, an element's attributes and a JSON script.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
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
_MOST_KEY = 100  # a longer key isn't the name of a setting, and searching it for words takes long

# What an address of a document doesn't have: quotes and the like, an anchor's or another scheme's beginning, the ending
# of a file of another kind.
_NOT_IN_AN_ADDRESS = re.compile(r"[\t\r\n<>{}\"\\^`]")
_NOT_ITS_BEGINNING = re.compile(r"#|(?!https?:)[a-z][a-z+.-]*:|\$", re.IGNORECASE)
_NOT_ITS_ENDING = re.compile(r"\.(js|mjs|css|png|svg|ico|jpe?g|gif|woff2?|map|html?)([?#]|$)", re.IGNORECASE)
_IS_DESCRIPTION = re.compile(rb"[\"']?(openapi|swagger|swaggerVersion)[\"']?\s*:")


@dataclass(frozen=True)
class Offer:
    """A document in a viewer's configuration: its address as written, or the document itself."""

    name: str = ""
    address: str | None = None
    document: dict[str, Any] | None = None


def offers(value: object, depth: int = 0) -> list[Offer]:
    """What `value` offers by the best reading; of several documents the one that is shown first in front."""
    return next(readings(value, depth), [])


def readings(value: object, depth: int = 0) -> Iterator[list[Offer]]:
    """All readings of `value`, the best first: documents in a list, then one document, then an address."""
    if is_document(value):
        yield [Offer(document=value)]  # type: ignore[arg-type]
    elif isinstance(value, str):
        if document := document_in(value):
            yield [Offer(document=document)]
    elif isinstance(value, list):
        if found := _list(value, "", depth):
            yield found
    elif isinstance(value, dict):
        for read in (_lists, _documents, _addresses, _nested):
            if found := read(value, depth):
                yield found


def looks_like_address(text: str) -> bool:
    """Whether a string can be the address of a document: no words, no selector, no file of another kind."""
    if not 0 < len(text) < 2000 or _NOT_IN_AN_ADDRESS.search(text):
        return False
    if " " in text and not re.search(r"\.(json|ya?ml)\b", text):
        return False
    if _NOT_ITS_BEGINNING.match(text) or _NOT_ITS_ENDING.search(text):
        return False
    return bool(re.search(r"[/.?\w]", text))


def normal(key: str) -> str:
    """A setting's name in one spelling: `data-spec-url`, `specUrl` and `spec_url` are one."""
    if len(key) > _MOST_KEY:
        return ""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"^data-", "", key).lower())


def _lists(value: dict[str, Any], depth: int) -> list[Offer]:
    shown_first = value.get("urls.primaryName")
    if not isinstance(shown_first, str):
        shown_first = ""
    for key, part in value.items():
        if not isinstance(part, list) or _NOT_A_LIST_KEY.fullmatch(normal(key)):
            continue
        if found := _list(part, shown_first, depth):
            return found
    return []


def _list(items: list[Any], shown_first: str, depth: int) -> list[Offer]:
    """A list of named documents: the one called `shown_first`, or marked as the default, comes first."""
    if depth >= _MOST_DEPTH:
        return []
    first: list[Offer] = []
    others: list[Offer] = []
    for item in items:
        offered = offers(item, depth + 1)
        if not isinstance(item, dict):
            others += offered
            continue
        name = _name(item)
        offered = [replace(offer, name=offer.name or name) for offer in offered]
        if item.get("default") is True or (shown_first and name == shown_first):
            first[:0] = offered
        else:
            others += offered
    return first + others


def _name(item: dict[str, Any]) -> str:
    for key in _NAME_KEYS:
        if isinstance(item.get(key), str):
            return str(item[key])
    return ""


def _documents(value: dict[str, Any], depth: int) -> list[Offer]:
    for key, part in value.items():
        if is_document(part):
            return [Offer(document=part)]
        if not isinstance(part, str):
            continue
        may_embed = part.startswith("data:") or _DOCUMENT_KEY.fullmatch(normal(key))
        if may_embed and (document := document_in(part)):
            return [Offer(document=document)]
    return []


def document_in(text: str) -> dict[str, Any] | None:
    """The API description in a text of a page: JSON, YAML, or a `data:` address of such."""
    data = _bytes_of(text)
    if not _IS_DESCRIPTION.search(data[:100_000]):
        return None
    try:
        value = decode(data)
    except DocumentUnusable:
        return None
    if not is_document(value):
        return None
    return value  # type: ignore[return-value]


def _bytes_of(text: str) -> bytes:
    embedded = re.match(r"data:[^,]*?(;base64)?,", text)
    if embedded is None:
        return text.encode("utf-8", "replace")
    data = unquote_to_bytes(text[embedded.end() :])
    if not embedded[1]:
        return data
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
    if depth >= _MOST_DEPTH:
        return []
    for part in value.values():
        if isinstance(part, dict) and (found := offers(part, depth + 1)):
            return found
    return []


def strings_in(value: object, depth: int = 0) -> Iterator[str]:
    """All strings of a small structure, for data that none of the rules above fits."""
    if isinstance(value, str):
        yield value
        return
    parts: Iterable[object] = ()
    if isinstance(value, dict):
        parts = value.values()
    elif isinstance(value, list):
        parts = value
    if depth <= _MOST_DEPTH:
        for part in parts:
            yield from strings_in(part, depth + 1)
