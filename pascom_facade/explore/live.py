"""`--live`: the index of the instance's own document, located and repaired by the steps of regenerate, and cached.

The cache holds the index only, no secret, readable by its owner. It is asked for anew at each use: with the ETag
where the server gave one, else by the document's hash. Without a connection the cached one serves, and says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import errors
from .._index import Index
from ..settings import Address
from .live_cache import FORMAT, Cache

if TYPE_CHECKING:
    from .._sync.client import Pascom


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
        found["index"] = indexed(found.pop("document"))
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


def _steps(name: str) -> Any:
    """A module of regenerate: the wheel carries them as `_scripts`, a checkout has them as `scripts`."""
    try:
        return import_module(f"pascom_facade._scripts.{name}")
    except ModuleNotFoundError as missing:
        if missing.name != "pascom_facade._scripts":
            raise
        return import_module(f"scripts.{name}")


def _fetched(pbx: Pascom, page: str) -> dict[str, Any]:
    fetch, download = _steps("fetch"), _steps("download")
    failed = _steps("errors").StepFailed
    trust = {name: getattr(pbx._options, name) for name in ("ca_file", "fingerprint", "verify")}
    try:
        with fetch.Fetcher(page, pbx._credentials, **trust) as fetcher:
            located = _steps("locate").locate(page, fetcher)[0]
            document = download.download(located, fetcher)
    except fetch.NotReachable as failure:
        raise errors.ConnectionFailed(str(failure)) from None
    except failed as failure:
        # The way out is the same, its name is regenerate's: here the document's address is a page as well.
        raise errors.PascomError(str(failure).replace("--document ADDRESS|FILE", "--page ADDRESS")) from None
    text = json.dumps(document, sort_keys=True, default=str).encode()
    return {
        "format": FORMAT,
        "at": datetime.now().astimezone().isoformat(),
        "address": located.address,
        "etag": None,
        "sha256": hashlib.sha256(text).hexdigest(),
        "document": document,
    }


def indexed(document: dict[str, Any]) -> dict[str, Any]:
    """The index of a document as it was found."""
    try:
        # With the overlay an operation has the name it has in the built-in index; one it doesn't know keeps its own.
        completed = _steps("complete").completed(document, accept_broken=True, configuration=_configuration())
        index: dict[str, Any] = _steps("index").index(completed.document)
    except _steps("errors").StepFailed as failure:
        raise errors.PascomError(str(failure)) from None
    return index


def _configuration() -> Path:
    """Where `overlay.yaml` is: in the wheel beside the steps."""
    steps = Path(_steps("overlay").__file__).parent
    return steps if (steps / "overlay.yaml").exists() else steps.parent / "openapi"
