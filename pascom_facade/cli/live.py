"""`--live`: the index of the instance's own document, located and repaired by the steps of regenerate, and cached.

The cache holds the index only, no secret, readable by its owner. It is asked for anew at each use: with the ETag
where the server gave one, else by the document's hash. Without a connection the cached one serves, and says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .. import errors
from .._index import Index
from ..settings import Address
from .live_cache import FORMAT, Cache

if TYPE_CHECKING:
    from scripts import live as steps

    from .._sync.client import Pascom
else:
    try:
        from .._scripts import live as steps  # the wheel carries them
    except ModuleNotFoundError as missing:
        if missing.name != "pascom_facade._scripts":
            raise
        from scripts import live as steps


def live_index(pbx: Pascom, page: str | None, user: str, tell: Callable[[str], None]) -> Index:
    """The index of the document behind `page`, by default the instance's `apidoc/`; `tell` gets what is to be noticed.

    Raises PascomError.
    """
    address = pbx._address
    page = page or address.apidoc
    cache = Cache(page, user)
    known = cache.read()
    try:
        if known and _unchanged(pbx, address, known):
            return Index(known["index"])
        if page.startswith(address.services):
            # Through the facade's seam first: it knows best how to say what is wrong with a login or an address.
            pbx.request("GET", page.removeprefix(address.services), headers={"Accept": "text/html, */*"})
        found = _fetched(pbx, page)
    except (errors.ConnectionFailed, errors.ServerError) as failure:
        if known is None:
            raise
        tell(f"{failure}; showing what was there on {known['at'][:16]}")
        return Index(known["index"])
    if known and found["sha256"] == known["sha256"]:
        found["index"] = known["index"]
    else:
        found["index"] = steps.index_of(found.pop("document"))
    found.pop("document", None)
    if found["address"] and found["address"].startswith(address.services):
        found["etag"] = _etag(pbx, address, found["address"])
    try:
        cache.write(found)
    except OSError as problem:  # no reason to fail
        tell(f"not cached: {problem.strerror}")
    return Index(found["index"])


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


def _fetched(pbx: Pascom, page: str) -> dict[str, Any]:
    found = steps.find(page, pbx._credentials, pbx._options)
    text = json.dumps(found.document, sort_keys=True, default=str).encode()
    return {
        "format": FORMAT,
        "at": datetime.now().astimezone().isoformat(),
        "address": found.address,
        "etag": None,
        "sha256": hashlib.sha256(text).hexdigest(),
        "document": found.document,
    }
