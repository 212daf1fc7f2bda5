"""Which operations lie on other servers than the document itself: a client has one base address, and its login is for
that one. So nothing is sent elsewhere because a document says so; a person is told instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from ..tree import operation_title, operations

_SOMEWHERE = "https://document.invalid/"  # relative addresses count from where the document lies


def on_other_servers(document: Mapping[str, Any]) -> list[str]:
    """A warning for each other server."""
    own = set(_addresses(document)) or {_SOMEWHERE}
    found: dict[str, list[str]] = {}
    for path, method, item, operation in operations(document):
        said = operation.get("servers") or item.get("servers") or []
        addresses = list(_addresses({"servers": said}))
        if addresses and own.isdisjoint(addresses):
            found.setdefault(str(said[0]["url"]), []).append(operation_title(method, path))
    return [_warning(server, titles) for server, titles in found.items()]


def _addresses(holder: Mapping[str, Any]) -> Iterator[str]:
    for server in holder.get("servers") or ():
        try:
            yield urljoin(_SOMEWHERE, str(server["url"])).rstrip("/") + "/"
        except ValueError:  # an address with a port that is none, for example
            yield str(server["url"])


def _warning(server: str, titles: list[str]) -> str:
    which, verb = titles[0], "lies"
    if len(titles) > 1:
        which, verb = f"{titles[0]} and {len(titles) - 1} more", "lie"
    return f"{which} {verb} on another server, {server}: call with a client whose base_url that is"
