"""Bring pascom's paths to one form below `…/services/`, wherever the document puts the border between server and path,
and however it writes a parameter (`spelling.py` reads a single path).

The paths of plain documents stay as documented.
"""

from __future__ import annotations

import copy
import re
from typing import Any
from urllib.parse import urlencode

from ..repair import Repair
from ..repair.paths import push_down
from ..tree import METHODS, resolved
from .pointers import referring
from .spelling import SERVICES, Prefixes, Segments, Spelt, is_parameter, parameters, segments, spelt

Document = dict[str, Any]

_ORIGIN = re.compile(r"(?:[^/?#]*:)?//[^/?#]*")


def relative_to_services(document: Document) -> tuple[Document, list[Repair]]:
    """The document with each of its paths relative to the instance's `services/`, and what was changed."""
    listed = [path for path in document["paths"] if path.startswith("/")]
    server, base = _base(document)
    written = {path: spelt(path) for path in listed}
    read = _below_services(document, base, written)
    renamed = _distinct(document, read)
    if all(old == new for old, new in renamed.items()):
        return document, []
    changed = {**document, "paths": _renamed_paths(document, read, renamed)}
    repairs = []
    moved = [path for path in listed if written[path].segments != read[path].segments]
    if moved:
        border = _border(base, written[moved[0]].segments, read[moved[0]].segments)
        first, *others = _servers(document)
        url = f"{_origin(server)}/{'/'.join(border)}"
        changed["servers"] = [{**first, "url": url}, *others]
        made = f"{len(moved)} of {len(listed)} paths are counted from there now"
        repairs.append(Repair("#/servers/0/url", "the border between server and path isn't `/services`", made))
    for path, new in renamed.items():
        if path != new and (new != read[path].path or path != written[path].path):
            repairs.append(Repair(_pointer(path), "a path that isn't written as one", f"read as {new}"))
    called = {_pointer(old): _pointer(new) for old, new in renamed.items()}
    moved_document: Document = referring(changed, called)
    return moved_document, repairs


def _below_services(document: Document, base: Segments, written: dict[str, Spelt]) -> dict[str, Spelt]:
    """The paths, each relative to `services/`: from the document's base, or from its own."""
    prefixes = Prefixes(base, [path.segments for path in written.values()])
    read = {}
    for path, as_written in written.items():
        item = document["paths"][path]
        own_base = base
        if "servers" in item:
            _, own_base = _base(item)
        below = prefixes.below_services(own_base, as_written.segments)
        read[path] = as_written._replace(segments=below)
    return read


def _renamed_paths(document: Document, read: dict[str, Spelt], renamed: dict[str, str]) -> Document:
    paths: Document = {}
    for path, listed in document["paths"].items():
        if path not in read:
            paths[path] = listed
            continue
        new = renamed[path]
        item = _item(document, listed, read[path], new)
        if new in paths:
            item = _together(document, paths[new], item)
        paths[new] = item
    return paths


def may_be_of_one_instance(one: Any, other: Any) -> bool:
    """Whether two documents as published name no different hosts or instances."""
    url, other_url = _published_url(one), _published_url(other)
    for named_by in (_host, _instance):
        name, other_name = named_by(url), named_by(other_url)
        if name and other_name and name != other_name:
            return False
    return True


def _published_url(document: Any) -> str:
    try:
        return str(document["servers"][0]["url"])
    except (KeyError, IndexError, TypeError):
        return f"//{document.get('host') or ''}{document.get('basePath') or ''}"


def _host(url: str) -> str:
    host = _origin(url).rpartition("/")[2].partition(":")[0].lower()
    if "{" in host:
        return ""
    return host


def _instance(url: str) -> str:
    path = segments(_ORIGIN.sub("", url, count=1))
    if SERVICES not in path:
        return ""
    instance = "/".join(path[: path.index(SERVICES)])
    if "{" in instance:
        return ""
    return instance


def _origin(url: str) -> str:
    found = _ORIGIN.match(url)
    if found is None:
        return ""
    return found[0]


def _servers(holder: Document) -> list[Document]:
    return holder.get("servers") or [{"url": "/"}]


def _base(holder: Document) -> tuple[str, Segments]:
    """The server that the paths are relative to, and its path: the first one that leads to `services`, if one does."""
    bases = []
    for server in _servers(holder):
        as_written = str(server["url"])
        for url in (as_written, _with_defaults(as_written, server.get("variables") or {})):
            path = re.split(r"[?#]", _ORIGIN.sub("", url, count=1))[0]
            bases.append((url, segments(path)))
    for base in bases:
        if SERVICES in base[1]:
            return base
    return bases[0]


def _with_defaults(url: str, variables: Document) -> str:
    def default(found: re.Match[str]) -> str:
        return str((variables.get(found[1]) or {}).get("default") or found[0])

    return re.sub(r"\{([^{}]+)\}", default, url)


def _border(base: Segments, before: Segments, after: Segments) -> Segments:
    """The path of the server that ends in `services`."""
    left_out = before[: len(before) - len(after)]
    whole = base
    if SERVICES not in base and base[-1:] != left_out:
        whole += left_out
    if SERVICES not in whole:
        return (*whole, SERVICES)
    return whole[: whole.index(SERVICES) + 1]


def _distinct(document: Document, read: dict[str, Spelt]) -> dict[str, str]:
    """The new name of each path. Two paths that become one share it, unless both have an operation of one method.

    Then one of them is distinguished by its query, or by a fragment, which isn't sent.
    """
    renamed: dict[str, str] = {}
    taken: dict[str, set[str]] = {}
    right_first = sorted(read, key=lambda path: path != read[path].path)
    for path in right_first:
        methods = _methods(document, document["paths"][path])
        new = read[path].path
        candidates = [new]
        if read[path].query:
            candidates.append(f"{new}?{urlencode(read[path].query, safe='{}')}")
        candidates += [f"{new}#{number}" for number in range(2, len(read) + 2)]
        chosen = next(candidate for candidate in candidates if methods.isdisjoint(taken.get(candidate, ())))
        taken.setdefault(chosen, set()).update(methods)
        renamed[path] = chosen
    return {path: renamed[path] for path in read}


def _methods(document: Document, listed: Document) -> set[str]:
    item = resolved(document, listed)
    return {method for method in METHODS if method in item} | set(item.get("additionalOperations", ()))


def _item(document: Document, listed: Document, read: Spelt, path: str) -> Document:
    """A path item without the parameters that its path no longer has; a query in the path becomes query parameters."""
    if "$ref" in listed:
        listed = dict(resolved(document, listed))
    item = {key: value for key, value in listed.items() if key != "servers"}
    in_query: dict[str, str] = {}
    if "?" not in path:
        in_query = dict(read.query)
    names = set(parameters(path))
    if "parameters" in item:
        item["parameters"] = _kept(document, item["parameters"], names, in_query)
    for method in METHODS:
        if method in item:
            operation = dict(item[method])
            item[method] = operation
            own = _kept(document, operation.get("parameters", ()), names, in_query)
            documented = [resolved(document, one).get("name") for one in (*own, *item.get("parameters", ()))]
            for name, value in in_query.items():
                if name not in documented:
                    own.append(_query_parameter(name, value))
            if own or "parameters" in operation:
                operation["parameters"] = own
    return item


def _kept(document: Document, listed: Any, names: set[str], in_query: dict[str, str]) -> list[Document]:
    kept = []
    for one in listed:
        parameter = resolved(document, one)
        if parameter.get("in") != "path" or parameter.get("name") in names:
            kept.append(one)
            continue
        template = f"{{{parameter['name']}}}"
        wire_names = [name for name, value in in_query.items() if value == template]
        if wire_names:
            moved = {key: value for key, value in parameter.items() if key not in ("style", "required")}
            kept.append({**moved, "name": wire_names[0], "in": "query"})
    return kept


def _query_parameter(name: str, value: str) -> Document:
    schema = {"type": "string"}
    if value and not is_parameter(value):
        schema["default"] = value
    return {"name": name, "in": "query", "schema": schema}


def _together(document: Document, one: Document, other: Document) -> Document:
    """One item of two that have operations of different methods."""
    items = [copy.deepcopy(dict(resolved(document, item))) for item in (one, other)]
    for item in items:
        if "parameters" in item:
            push_down(document, item)
    joined = {**items[1], **items[0]}
    if more := {**items[1].get("additionalOperations", {}), **items[0].get("additionalOperations", {})}:
        joined["additionalOperations"] = more
    return joined


def _pointer(path: str) -> str:
    return "#/paths/" + path.replace("~", "~0").replace("/", "~1")
