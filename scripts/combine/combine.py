"""Make one document of several that belong to one instance: each path keeps its place, each name its meaning.

Different components of one name get different names. A request that is in two documents is as the one in front
documents it. A document's base path is prepended to its paths, so that `/` below `…/services/cdr` stays `cdr/`.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from ..repair import Repair, Repaired
from ..repair.paths import push_down
from ..tree import METHODS, operations, pointer, resolved
from .belonging import SERVICES, Document, Part, path_of, server_of

Thing = dict[str, Any]


def combined(parts: list[Part]) -> Repaired:
    """One OpenAPI 3 document that offers what they offer, the first in front."""
    if len(parts) == 1:
        return parts[0].read
    return _Combination(parts).made()


class _Combination:
    def __init__(self, parts: list[Part]) -> None:
        self._parts = parts
        self._document: Document = {
            "openapi": max(str(part.document["openapi"]) for part in parts),
            "info": _info(parts),
            "servers": _servers(parts),
            "paths": {},
        }
        self._repairs: list[Repair] = []
        self._owner: dict[tuple[str, str], str] = {}  # method and path -> the document that it is from

    def made(self) -> Repaired:
        for part in self._parts:
            self._add(part)
        warnings = [f"{part.name}: {warning}" for part in self._parts for warning in part.read.warnings]
        repairs = [
            Repair(f"{part.name}{one.pointer}", one.problem, one.repair)
            for part in self._parts
            for one in part.read.repairs
        ]
        return Repaired(self._document, repairs + self._repairs, warnings)

    def _add(self, part: Part) -> None:
        called = self._names(part)
        document = _renamed(part.document, called)
        for section, components in document.get("components", {}).items():
            renamed = {_new_name(called, section, name): component for name, component in components.items()}
            document["components"][section] = renamed
            combined_section = self._document.setdefault("components", {}).setdefault(section, {})
            for name, component in renamed.items():
                combined_section.setdefault(name, component)
        is_first = not self._document["paths"]
        for key, value in document.items():
            if key == "security" and not is_first:
                continue
            if key == "webhooks":
                self._document["webhooks"] = {**value, **self._document.get("webhooks", {})}
            else:
                self._document.setdefault(key, value)
        if not is_first:
            self._security(document)
        for path, listed in document["paths"].items():
            if path.startswith("/"):
                self._path(part, document, path, listed)
            else:
                self._document["paths"].setdefault(path, listed)
        known = {tag["name"] for tag in self._document.get("tags", ())}
        if new := [tag for tag in document.get("tags", ()) if tag["name"] not in known]:
            self._document.setdefault("tags", []).extend(new)

    def _names(self, part: Part) -> dict[str, str]:
        """Old and new pointers of the components whose names another document has for other components."""
        called: dict[str, str] = {}
        components = part.document.get("components", {})
        while True:
            before = len(called)
            for section, own in components.items():
                taken = self._document.get("components", {}).get(section, {})
                for name, component in own.items():
                    at = pointer(("components", section, name))
                    if at in called or name not in taken or _renamed(component, called) == taken[name]:
                        continue
                    new = _free(f"{name}_{part.word}", {*taken, *own})
                    called[at] = pointer(("components", section, new))
                    what = f"the documents on the page have different {section} of the name {name}"
                    self._repairs.append(Repair(called[at], what, f"called {new} in {part.name}"))
            if len(called) == before:
                return called

    def _security(self, document: Document) -> None:
        """Security requirements of this whole document move into each of its operations."""
        of_all = self._document.get("security", [])
        own = document.get("security", [])
        if own == of_all:
            return
        for _, _, _, operation in operations(document):
            operation.setdefault("security", own)

    def _path(self, part: Part, document: Document, path: str, listed: Thing) -> None:
        item = dict(copy.deepcopy(resolved(document, listed)))
        new = path
        if not _have_one_base(self._parts):
            base = server_of(part)
            if item.get("servers"):
                base = server_of(part, item)
            prefix = "".join(f"/{segment}" for segment in _below_services(path_of(base)))
            new = prefix + path
            item.pop("servers", None)
        paths = self._document["paths"]
        if new not in paths:
            paths[new] = item
            self._owner.update({(method, new): part.name for method in METHODS if method in item})
            return
        for holder, one in ((self._document, paths[new]), (document, item)):
            if "parameters" in one:
                push_down(holder, one)
        for key, value in item.items():
            if key not in paths[new]:
                paths[new][key] = value
                self._owner[key, new] = part.name
            elif key in METHODS and value != paths[new][key]:
                owner = self._owner[key, new]
                what = f"one request in two documents of the page, {owner} and {part.name}"
                self._repairs.append(Repair(pointer(("paths", new, key)), what, f"as {owner} documents it"))


def _below_services(segments: list[str]) -> list[str]:
    """Where a server's paths begin, relative to `services`; below the page's own folder no operation is served."""
    if SERVICES not in segments:
        return segments
    below = segments[segments.index(SERVICES) + 1 :]
    if below[:1] == ["apidoc"]:
        return []
    return below


def _info(parts: list[Part]) -> Thing:
    infos = [part.document["info"] for part in parts]
    titles = list(dict.fromkeys(str(info.get("title", "")) for info in infos))
    return {**infos[0], "title": ", ".join(titles)[:200], "x-joined-from": [part.word for part in parts]}


def _have_one_base(parts: list[Part]) -> bool:
    bases = {tuple(path_of(server_of(part))) for part in parts}
    own = any(item.get("servers") for part in parts for item in part.document["paths"].values())
    return len(bases) == 1 and not own


def _servers(parts: list[Part]) -> list[Thing]:
    """The server of the first document that leads to `services`, cut there; its own servers if the others have them."""
    leading = next((part for part in parts if SERVICES in path_of(server_of(part))), parts[0])
    listed: list[Thing] = leading.document.get("servers") or [{"url": "/"}]
    if _have_one_base(parts):
        return listed
    url = server_of(leading)
    segments = path_of(url)
    path = ""
    if SERVICES in segments:
        path = "/".join(segments[: segments.index(SERVICES) + 1])
    origin = ""
    if any("//" in str(server["url"]) for server in listed):
        parts_of_url = urlsplit(url)
        origin = f"{parts_of_url.scheme}://{parts_of_url.netloc}"
    return [{"url": f"{origin}/{path}"}]


def _free(name: str, taken: set[str]) -> str:
    free, count = name, 1
    while free in taken:
        count += 1
        free = f"{name}_{count}"
    return free


def _renamed(node: Any, called: Mapping[str, str], key: str = "") -> Any:
    """A copy of `node` whose references, discriminators and security requirements use the new names."""
    if isinstance(node, list):
        if key == "security":
            return [_with_keys(called, one) for one in node]
        return [_renamed(part, called) for part in node]
    if isinstance(node, dict):
        if key == "mapping":
            return {value: _mapped(called, name) for value, name in node.items()}
        return {name: _renamed(part, called, name) for name, part in node.items()}
    return _reference(called, node)


def _reference(called: Mapping[str, str], node: Any) -> Any:
    if not (called and isinstance(node, str) and node.startswith("#/components/")):
        return node
    parts = node.split("/")
    component = "/".join(parts[:4])
    return "/".join([called.get(component, component), *parts[4:]])


def _mapped(called: Mapping[str, str], name: Any) -> Any:
    """A discriminator's value: a reference, or a schema's name alone."""
    if not isinstance(name, str):
        return _renamed(name, called)
    return _new_name(called, "schemas", _reference(called, name))


def _with_keys(called: Mapping[str, str], requirement: Any) -> Any:
    if not isinstance(requirement, dict):
        return _renamed(requirement, called)
    return {_new_name(called, "securitySchemes", name): scopes for name, scopes in requirement.items()}


def _new_name(called: Mapping[str, str], section: str, name: str) -> str:
    """The new name of a component, for what refers to it by name alone."""
    new = called.get(pointer(("components", section, name)))
    if new is None:
        return name
    return new.rpartition("/")[2]
