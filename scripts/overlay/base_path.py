"""pascom's paths, each brought to one form below `…/services/`, wherever the document puts the border between server
and path, and however it writes a parameter (`spelling.py` reads a single path).

Not for plain documents: what a client sends is then the path as documented.
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
    """The document with each of its paths relative to the instance's `services/`, and what was made of them."""
    listed = [path for path in document["paths"] if path.startswith("/")]
    server, base = _base(document)
    written = {path: spelt(path) for path in listed}
    prefixes = Prefixes(base, [one.segments for one in written.values()])
    read = {}
    for path, one in written.items():
        own_base = _base(document["paths"][path])[1] if "servers" in document["paths"][path] else base
        read[path] = one._replace(segments=prefixes.below_services(own_base, one.segments))
    renamed = _distinct(document, read)
    if all(old == new for old, new in renamed.items()):
        return document, []
    paths: Document = {}
    for path, listed_item in document["paths"].items():
        if path not in read:
            paths[path] = listed_item
            continue
        new = renamed[path]
        item = _item(document, listed_item, read[path], new)
        paths[new] = _together(document, paths[new], item) if new in paths else item
    changed = {**document, "paths": paths}
    repairs = []
    moved = [path for path in listed if written[path].segments != read[path].segments]
    if moved:
        border = _border(base, written[moved[0]].segments, read[moved[0]].segments)
        origin = _ORIGIN.match(server)
        url = f"{origin[0] if origin else ''}/{'/'.join(border)}"
        changed["servers"] = [{**_servers(document)[0], "url": url}, *_servers(document)[1:]]
        made = f"{len(moved)} of {len(listed)} paths are counted from there now"
        repairs.append(Repair("#/servers/0/url", "the border between server and path isn't `/services`", made))
    for path, new in renamed.items():
        if path != new and (new != read[path].path or path != written[path].path):
            repairs.append(Repair(_pointer(path), "a path that isn't written as one", f"read as {new}"))
    called = {_pointer(old): _pointer(new) for old, new in renamed.items()}
    moved_document: Document = referring(changed, called)
    return moved_document, repairs


def may_be_of_one_instance(one: Any, other: Any) -> bool:
    """Whether two documents as published name no different hosts or instances."""
    pairs = zip(_host_and_instance(one), _host_and_instance(other), strict=True)
    return all(mine == others or not mine or not others for mine, others in pairs)


def _host_and_instance(document: Any) -> tuple[str, str]:
    """As far as the document names them."""
    try:
        url = str(document["servers"][0]["url"])
    except (KeyError, IndexError, TypeError):
        url = f"//{document.get('host') or ''}{document.get('basePath') or ''}"
    origin = _ORIGIN.match(url)
    host = origin[0].rpartition("/")[2].partition(":")[0].lower() if origin else ""
    path = segments(_ORIGIN.sub("", url, count=1))
    instance = "/".join(path[: path.index(SERVICES)]) if SERVICES in path else ""
    return "" if "{" in host else host, "" if "{" in instance else instance


def _servers(holder: Document) -> list[Document]:
    return holder.get("servers") or [{"url": "/"}]


def _base(holder: Document) -> tuple[str, Segments]:
    """The server that the paths are counted from, and its path: the first one that leads to `services`, if one does."""
    found = []
    for server in _servers(holder):
        as_written = str(server["url"])
        for url in (as_written, _with_defaults(as_written, server.get("variables") or {})):
            path = segments(re.split(r"[?#]", _ORIGIN.sub("", url, count=1))[0])
            found.append((url, path))
    with_services = [one for one in found if SERVICES in one[1]]
    return (with_services or found)[0]


def _with_defaults(url: str, variables: Document) -> str:
    def default(found: re.Match[str]) -> str:
        return str((variables.get(found[1]) or {}).get("default") or found[0])

    return re.sub(r"\{([^{}]+)\}", default, url)


def _border(base: Segments, before: Segments, after: Segments) -> Segments:
    """The path of the server that ends in `services`."""
    left_out = before[: len(before) - len(after)]
    whole = base if SERVICES in base or base[-1:] == left_out else base + left_out
    return whole[: whole.index(SERVICES) + 1] if SERVICES in whole else (*whole, SERVICES)


def _distinct(document: Document, read: dict[str, Spelt]) -> dict[str, str]:
    """What each path is called now. Two that are one now share it, unless both have an operation of one method.

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
        chosen = next(one for one in candidates if methods.isdisjoint(taken.get(one, ())))
        taken.setdefault(chosen, set()).update(methods)
        renamed[path] = chosen
    return {path: renamed[path] for path in read}


def _methods(document: Document, listed: Document) -> set[str]:
    item = resolved(document, listed)
    return {method for method in METHODS if method in item} | set(item.get("additionalOperations", ()))


def _item(document: Document, listed: Document, read: Spelt, path: str) -> Document:
    """A path item without the parameters that its path no longer has; those of a query in the path are its query's."""
    if "$ref" in listed:
        listed = dict(resolved(document, listed))
    item = {key: value for key, value in listed.items() if key != "servers"}
    in_query = {} if "?" in path else dict(read.query)
    names = set(parameters(path))
    if "parameters" in item:
        item["parameters"] = _kept(document, item["parameters"], names, in_query)
    for method in METHODS:
        if method in item:
            operation = dict(item[method])
            item[method] = operation
            own = _kept(document, operation.get("parameters", ()), names, in_query)
            listed_too = {resolved(document, one).get("name") for one in (*own, *item.get("parameters", ()))}
            own += [_query_parameter(*pair) for pair in in_query.items() if pair[0] not in listed_too]
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
        wire_name = next((key for key, value in in_query.items() if value == f"{{{parameter['name']}}}"), None)
        if wire_name is not None:
            moved = {key: value for key, value in parameter.items() if key not in ("style", "required")}
            kept.append({**moved, "name": wire_name, "in": "query"})
    return kept


def _query_parameter(name: str, value: str) -> Document:
    schema = {"type": "string"}
    if value and not is_parameter(value):
        schema["default"] = value
    return {"name": name, "in": "query", "schema": schema}


def _together(document: Document, one: Document, other: Document) -> Document:
    """Two path items of one path, with operations of different methods."""
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
