"""`--live`: the index of the instance's own document, located and repaired by the steps of regenerate, and cached.

The cache holds the index only, no secret, readable by its owner. It is asked for anew at each use: with the ETag
where the server gave one, else by the document's hash. Without a connection the cached one serves, and says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .. import errors
from .._index import Index
from ..settings import Address
from .live_cache import FORMAT, Cache
from .steps import step

if TYPE_CHECKING:
    from scripts import live as steps

    from .._sync.client import Pascom
else:
    steps = step("live")


@dataclass(frozen=True)
class Live:
    """What an instance's page documents. `document` as published: if it was asked for, and could be had."""

    index: Index
    document: dict[str, Any] | None = None


def live(
    pbx: Pascom,
    page: str | None,
    user: str,
    tell: Callable[[str], None],
    *,
    name: str | None = None,
    login_to_page: bool = False,
    with_document: bool = False,
) -> Live:
    """What an instance's page (or `page`) documents; `tell` gets what is to be noticed.

    Raises PascomError.
    """
    address = pbx._address
    wanted = steps.Wanted(address, page, name, login_to_page)
    page = page or address.apidoc
    cache = Cache(page, user, name)
    known = cache.read()
    document = _kept_document(cache, known) if with_document else None
    try:
        if known and (document or not with_document) and _unchanged(pbx, address, known):
            return Live(Index(known["index"]), document)
        refused = _refused(pbx, address, page)
        try:
            found, notes = _fetched(pbx, wanted)
        except errors.PascomError as failure:
            if refused is None or type(failure) is not errors.PascomError:
                raise
            raise type(refused)(str(failure), method="GET", path=refused.path, status=refused.status) from None
    except (errors.ConnectionFailed, errors.ServerError) as failure:
        if known is None:
            raise
        tell(f"{failure}; showing what was there on {known['at'][:16]}")
        return Live(Index(known["index"]), document)
    if known is None or found["sha256"] != known["sha256"]:
        for note in notes:
            tell(note)
    document = found.pop("document")
    if known and found["sha256"] == known["sha256"]:
        found["index"] = known["index"]
    else:
        found["index"] = steps.index_of(document)
    if found["address"] and found["address"].startswith(address.services):
        found["etag"] = _etag(pbx, address, found["address"])
    try:
        cache.write(found)
        cache.document.write({"sha256": found["sha256"], "document": document})
    except OSError as problem:  # no reason to fail
        tell(f"not cached: {problem.strerror}")
    return Live(Index(found["index"]), document)


def _kept_document(cache: Cache, known: dict[str, Any] | None) -> dict[str, Any] | None:
    """The document of the index that is cached, if it is there still."""
    kept = cache.document.read()
    if known is None or kept is None or kept["sha256"] != known["sha256"]:
        return None
    document: dict[str, Any] = kept["document"]
    return document


def _unchanged(pbx: Pascom, address: Address, known: dict[str, Any]) -> bool:
    where, etag = known.get("address") or "", known.get("etag")
    if not etag or not where.startswith(address.services):
        return False
    try:
        pbx.request("GET", where.removeprefix(address.services), headers={"If-None-Match": etag})
    except errors.UnexpectedAnswer as answer:
        return answer.status == 304
    return False


def _etag(pbx: Pascom, address: Address, where: str) -> str | None:
    try:
        return pbx.request("HEAD", where.removeprefix(address.services)).headers.get("etag")
    except errors.PascomError:
        return None


def _refused(pbx: Pascom, address: Address, page: str) -> errors.AnsweredWithError | None:
    """Ask for the page through the facade's seam first: it knows best how to say what is wrong with a login or an
    address. That it isn't at this very place is no reason to end the search."""
    if not page.startswith(address.services):
        return None
    try:
        pbx.request("GET", page.removeprefix(address.services), headers={"Accept": "text/html, */*"})
    except errors.UnexpectedAnswer:  # a redirect
        return None
    except (errors.Forbidden, errors.NotFound) as refused:
        return refused
    return None


def _fetched(pbx: Pascom, wanted: steps.Wanted) -> tuple[dict[str, Any], list[str]]:
    """What goes into the cache, with the document instead of its index; and what to know of it."""
    found = steps.find(wanted, pbx._credentials, pbx._options)
    text = json.dumps(found.document, sort_keys=True, default=str).encode()
    kept = {
        "format": FORMAT,
        "at": datetime.now().astimezone().isoformat(),
        "address": found.address,
        "etag": None,
        "sha256": hashlib.sha256(text).hexdigest(),
        "document": found.document,
    }
    return kept, found.notes
