"""Where `--live` keeps an index: the user's cache directory, one file a page, no secret. Read by completion as well."""

from __future__ import annotations

from collections.abc import Mapping

from .._cache import KeptFile
from .._index import Index
from ..settings import Address

FORMAT = 4
"""Raised when the index means something else: older caches are made anew."""


def cached_index(page: str | None, name: str | None, environ: Mapping[str, str]) -> Index | None:
    """What is cached, unasked: for completion, which must not wait for a network."""
    address = Address.from_env(environ, allow_http=True)
    page = page or environ.get("PASCOM_PAGE") or address.apidoc
    known = Cache(page, environ.get("PASCOM_USER", ""), name).read()
    return Index(known["index"]) if known else None


class Cache(KeptFile):
    """One page's index in the user's cache directory; of one of its documents only, if it is named."""

    def __init__(self, page: str, user: str, name: str | None = None) -> None:
        named = [name] if name else []
        super().__init__("live", page, user, *named, format=FORMAT)
        self.document = KeptFile("document", page, user, *named, format=FORMAT)
        """The document itself, which completion needn't read."""
