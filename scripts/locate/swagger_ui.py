"""Swagger UI's own order of settings: those of the call < those of `configUrl`'s file < those of the address.

From its sources (3.25, 4.0, 4.19, 5): the address's settings count in all versions before 4.1.3 and only with
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

_BUNDLE = re.compile(r"swagger-ui(-bundle|-es-bundle)?(\.min)?\.js", re.IGNORECASE)


def settings(call: dict[str, Any], address: str, seen: Seen, fetcher: Fetcher) -> dict[str, Any]:
    """The settings that hold in the end, for a viewer called with `call` on the page at `address`."""
    query = _query(address)
    if query and not (call.get("queryConfigEnabled") is True or _honours_query(seen, fetcher)):
        query = {}
    file = next((found for holder in (query, call) if (found := _config_address(holder))), None)
    holding = {**call, **_config_file(file, seen.base, fetcher), **query}
    if query.get("url"):
        holding.pop("spec", None)
    return holding


def is_call(name: str, argument: object) -> bool:
    """Whether a recorded call started Swagger UI (also of the 1.x and 2.x kind)."""
    return isinstance(argument, dict) and "swagger" in name.lower() and not name.endswith(("Preset", "initOAuth"))


def _query(address: str) -> dict[str, Any]:
    known = ("url", "urls.primaryName", "configUrl", "config")
    return {name: value for name, value in parse_qsl(urlsplit(address).query) if name in known and value}


def _config_address(holder: dict[str, Any]) -> str | None:
    return next((holder[key] for key in ("configUrl", "config") if isinstance(holder.get(key), str)), None)


def _config_file(written: str | None, base: str, fetcher: Fetcher) -> dict[str, Any]:
    address = joined(base, written or "")
    for place in places(address, base) if written and address else ():
        try:
            answer = fetcher.get(place)
            content = decode(answer.body, answer.content_type) if answer.status == 200 else None
        except (NotReachable, DocumentUnusable):
            continue
        if isinstance(content, dict):
            return content
    return {}


def _honours_query(seen: Seen, fetcher: Fetcher) -> bool:
    """Whether this Swagger UI reads settings from the address: its bundle tells, else the shape of the page."""
    sources = [element.attributes.get("src", "") for element in seen.find("script")]
    for source in sources:
        version = re.search(r"swagger-ui(?:-dist)?[@/](\d{1,9}(?:\.\d{1,9}){0,9})", source)
        if version:
            numbers = tuple(int(number) for number in version.group(1).split("."))
            return numbers < ((4, 1, 3) if len(numbers) > 1 else (4,))
        if _BUNDLE.search(source) and (bundle := _own_bundle(joined(seen.base, source), fetcher)):
            return b"queryConfigEnabled" not in bundle
    return not any("swagger-initializer" in source for source in sources)


def _own_bundle(address: str, fetcher: Fetcher) -> bytes:
    """Swagger UI's code, if it is served beside the page."""
    if not fetcher.is_home(address):
        return b""
    try:
        answer = fetcher.get(address)
    except NotReachable:
        return b""
    return answer.body if answer.status == 200 and len(answer.body) > 100_000 else b""
