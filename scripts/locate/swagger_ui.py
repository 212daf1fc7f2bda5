"""Swagger UI's own order of settings: those of the call < those of `configUrl`'s file < those of the address.

Its sources (3.25, 4.0, 4.19, 5) show: the address's settings are read in all versions before 4.1.3, and only with
`queryConfigEnabled` since; of the result, `urls` beats `spec`, which beats `url`, and `?url=` beats `spec`.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ..errors import DocumentUnusable, NotReachable
from ..fetch.decode import decode
from ..fetch.fetcher import Fetcher, joined
from .candidates import places
from .engine import Seen

_VERSION = re.compile(r"swagger-ui(?:-dist)?[@/](\d{1,9}(?:\.\d{1,9}){0,9})")
_IGNORES_QUERY_SINCE = (4, 1, 3)
_BUNDLE = re.compile(r"swagger-ui(-bundle|-es-bundle)?(\.min)?\.js", re.IGNORECASE)


def settings(call: dict[str, Any], address: str, seen: Seen, fetcher: Fetcher) -> dict[str, Any]:
    """The settings that hold in the end, for a viewer called with `call` on the page at `address`."""
    query = _query(address)
    is_enabled = call.get("queryConfigEnabled") is True
    if query and not is_enabled and not _reads_query(seen, fetcher):
        query = {}
    file = _config_address(query) or _config_address(call)
    merged = {**call, **_config_file(file, seen.base, fetcher), **query}
    if query.get("url"):
        merged.pop("spec", None)
    return merged


def is_call(name: str, argument: object) -> bool:
    """Whether a recorded call started Swagger UI (also of the 1.x and 2.x kind)."""
    return isinstance(argument, dict) and "swagger" in name.lower() and not name.endswith(("Preset", "initOAuth"))


def _query(address: str) -> dict[str, Any]:
    known = ("url", "urls.primaryName", "configUrl", "config")
    return {name: value for name, value in parse_qsl(urlsplit(address).query) if name in known and value}


def _config_address(settings: dict[str, Any]) -> str:
    for key in ("configUrl", "config"):
        if isinstance(settings.get(key), str):
            return str(settings[key])
    return ""


def _config_file(written: str, base: str, fetcher: Fetcher) -> dict[str, Any]:
    if not written:
        return {}
    address = joined(base, written)
    if not address:
        return {}
    for place in places(address, base):
        try:
            answer = fetcher.get(place)
            if answer.status != 200:
                continue
            content = decode(answer.body, answer.content_type)
        except (NotReachable, DocumentUnusable):
            continue
        if isinstance(content, dict):
            return content
    return {}


def _reads_query(seen: Seen, fetcher: Fetcher) -> bool:
    """Whether this Swagger UI reads settings from the address, by its version or bundle, else by the page's form."""
    sources = [element.attributes.get("src", "") for element in seen.find("script")]
    for source in sources:
        if version := _VERSION.search(source):
            numbers = tuple(int(number) for number in version[1].split("."))
            if len(numbers) == 1:  # `swagger-ui@4` is the newest 4
                return numbers < _IGNORES_QUERY_SINCE[:1]
            return numbers < _IGNORES_QUERY_SINCE
        if _BUNDLE.search(source) and (bundle := _own_bundle(joined(seen.base, source), fetcher)):
            return b"queryConfigEnabled" not in bundle
    return not any("swagger-initializer" in source for source in sources)


def _own_bundle(address: str, fetcher: Fetcher) -> bytes:
    """Swagger UI's code, if this server has it."""
    if not fetcher.is_home(address):
        return b""
    try:
        answer = fetcher.get(address)
    except NotReachable:
        return b""
    if answer.status != 200 or len(answer.body) <= 100_000:
        return b""
    return answer.body
