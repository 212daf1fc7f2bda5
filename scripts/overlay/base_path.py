"""pascom's paths, relative to `…/services/`, wherever the document puts the border between server and path.

Not for plain documents: what a client sends is then the path as documented.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from ..repair import Repair

SERVICES = "/services"


def relative_to_services(document: dict[str, Any]) -> tuple[dict[str, Any], list[Repair]]:
    """The document with its paths relative to the instance's `/services`, if all of them are below one."""
    servers = document.get("servers") or [{"url": "/"}]
    address = str(servers[0]["url"])
    base = urlsplit(address).path.rstrip("/")
    paths = [path for path in document["paths"] if path.startswith("/")]
    first = f"{base}{paths[0]}" if paths else ""
    border = first.find(f"{SERVICES}/")
    prefix = first[: border + len(SERVICES)]
    if border < 0 or any(not f"{base}{path}".startswith(f"{prefix}/") for path in paths):
        return document, []
    renamed = {
        f"{base}{path}".removeprefix(prefix) if path.startswith("/") else path: item
        for path, item in document["paths"].items()
    }
    if list(renamed) == list(document["paths"]):
        return document, []
    origin = address.removesuffix("/").removesuffix(base)
    made = f"{'put in front of' if len(base) > len(prefix) else 'left out of'} the {len(paths)} paths"
    moved = base.removeprefix(prefix) if len(base) > len(prefix) else prefix.removeprefix(base)
    changed = {
        **document,
        "servers": [{**servers[0], "url": f"{origin}{prefix}"}, *servers[1:]],
        "paths": renamed,
    }
    called = {_pointer(old): _pointer(new) for old, new in zip(document["paths"], renamed, strict=True)}
    return _referring(changed, called), [
        Repair("#/servers/0/url", f"`{moved}` on the other side of the border to `/services`", made)
    ]


def _pointer(path: str) -> str:
    return "#/paths/" + path.replace("~", "~0").replace("/", "~1")


def _referring(part: Any, called: dict[str, str]) -> Any:
    """`part` with references into the paths as these are called now."""
    if isinstance(part, list):
        return [_referring(item, called) for item in part]
    if not isinstance(part, dict):
        return part
    found = {key: _referring(value, called) for key, value in part.items()}
    reference = part.get("$ref")
    if isinstance(reference, str) and reference.startswith("#/paths/"):
        path = "/".join(reference.split("/")[:3])
        found["$ref"] = called.get(path, path) + reference.removeprefix(path)
    return found
