"""Where an operation is reached, and with which login: what operations take from their document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..overlay.spelling import SERVICES, segments
from ..tree import resolved
from .direction import listed
from .model import Finding
from .rules import finding

Document = Mapping[str, Any]
Operation = Mapping[str, Any]
Ways = dict[frozenset[str], dict[str, set[str]]]  # schemes used together -> the scopes of each

_ORIGIN = re.compile(r"(?:[^/?#]*:)?//[^/?#]*")


def login_changes(old: Document, new: Document, before: Operation, after: Operation) -> Iterator[Finding]:
    """Which logins an operation takes, what these are, and which scopes they need."""
    were, are = _ways(old, before), _ways(new, after)
    if were.keys() != are.keys():
        change = "changed" if were.keys() & are.keys() else "replaced"
        if were.keys() <= are.keys() or frozenset() in are:
            change = "widened"
        yield finding("security", "operation", change, "login", old=_logins(were), new=_logins(are))
    if frozenset() in are:
        return
    kept = were.keys() & are.keys()
    for name in sorted(frozenset().union(*kept)):
        yield from _scheme(name, _definition(old, name), _definition(new, name))
    for way in sorted(kept, key=sorted):
        for name in sorted(way):
            if added := are[way][name] - were[way][name]:
                yield finding("scopes", "operation", "added", "login", name=name, values=listed(sorted(added)))
            if removed := were[way][name] - are[way][name]:
                yield finding("scopes", "operation", "removed", "login", name=name, values=listed(sorted(removed)))


def _ways(document: Document, operation: Operation) -> Ways:
    """The ways to log in; one without schemes means without login."""
    all_ways = operation.get("security", document.get("security")) or [{}]
    ways = [way for way in all_ways if isinstance(way, Mapping)]
    return {frozenset(way): {name: set(scopes or ()) for name, scopes in way.items()} for way in ways}


def _logins(ways: Ways) -> str:
    alternatives = sorted(" and ".join(sorted(way)) or "none" for way in ways)
    return " or ".join(alternatives) or "none"


def _definition(document: Document, name: str) -> Mapping[str, Any] | None:
    schemes = (document.get("components") or {}).get("securitySchemes") or {}
    found = resolved(document, schemes.get(name) or {})
    return found or None


def _scheme(name: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Iterator[Finding]:
    if old is None or new is None:
        return  # the document doesn't say what it is
    words = {"name": name, "old": _described(old), "new": _described(new)}
    if _meant(old) != _meant(new):
        yield finding("securityScheme", "operation", "changed", "login", **words)
        return
    before, after = _flows(old), _flows(new)
    if before.items() - after.items():
        yield finding("securityScheme", "operation", "changed", "login", **words)
    elif before != after:
        yield finding("securityScheme", "operation", "widened", "login", **words)


def _meant(scheme: Mapping[str, Any]) -> tuple[str, ...]:
    """What has to be sent, and where."""
    place, name = str(scheme.get("in") or ""), str(scheme.get("name") or "")
    if place == "header":
        name = name.lower()
    words = [scheme.get("type"), str(scheme.get("scheme") or "").lower(), scheme.get("openIdConnectUrl")]
    return (place, name, *(str(word or "") for word in words))


def _flows(scheme: Mapping[str, Any]) -> dict[str, str]:
    """Where each flow of OAuth 2 begins and ends; which scopes there are is the operations' business."""
    flows = scheme.get("flows") or {}
    return {
        name: json.dumps({key: value for key, value in flow.items() if key.endswith("Url")}, sort_keys=True)
        for name, flow in flows.items()
        if isinstance(flow, Mapping)
    }


def _described(scheme: Mapping[str, Any]) -> str:
    if scheme.get("type") == "apiKey":
        return f"the {scheme.get('in')} {scheme.get('name')}"
    if scheme.get("type") == "http":
        return f"{scheme.get('scheme')} authentication"
    if scheme.get("type") != "oauth2":
        return str(scheme.get("openIdConnectUrl") or scheme.get("type"))
    flows = scheme.get("flows") or {}
    described = [listed([name, *json.loads(urls).values()]) for name, urls in _flows(scheme).items()]
    return f"oauth2 ({'; '.join(described)})" if flows else "oauth2"


def server_changes(
    old: Document, new: Document, before: tuple[Operation, ...], after: tuple[Operation, ...]
) -> Iterator[Finding]:
    """The path that an operation's own is counted from; `before` and `after` are the operation and its path's entry.

    The host is the program's business, and so is what of pascom's paths stands before `services`.
    """
    were, are = _bases((*before, old)), _bases((*after, new))
    of_an_instance = all(any(SERVICES in base.split("/") for base in bases) for bases in (were, are))
    if were[0] not in are and not of_an_instance:
        yield finding("servers", "operation", "changed", "server", old=were[0], new=are[0])


def _bases(holders: tuple[Mapping[str, Any], ...]) -> list[str]:
    servers: list[Mapping[str, Any]] = next(
        (holder["servers"] for holder in holders if holder.get("servers")), [{"url": "/"}]
    )
    found = []
    for server in servers:
        url = str(server.get("url") or "/")
        for name, variable in (server.get("variables") or {}).items():
            default = variable.get("default") if isinstance(variable, Mapping) else None
            if default is not None:
                url = url.replace(f"{{{name}}}", str(default))
        found.append("/" + "/".join(segments(re.split(r"[?#]", _ORIGIN.sub("", url, count=1))[0])))
    return found
