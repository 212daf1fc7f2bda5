"""Join a document that is spread over several files into one: every `$ref` into another file becomes a local one.

The target of a reference goes to the section of its kind (`components/schemas`, `definitions`, …). Where the format has
no such section (a path item), the target replaces the reference. A reference that leads nowhere stays as it is: the
repair of the document reports it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from ..errors import DocumentUnusable, StepFailed
from .swagger1 import from_listing, is_listing

Load = Callable[[str], object]

# The kind of what stands under a key: one thing or a list of them …
_ONE_OR_LIST = {
    **dict.fromkeys(("schema", "items", "additionalProperties", "not", "if", "then", "else", "contains"), "schemas"),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), "schemas"),
    "requestBody": "requestBodies",
    "parameters": "parameters",
}
# … or a mapping of names to them.
_MAP = {
    **dict.fromkeys(("properties", "patternProperties", "definitions", "$defs", "schemas"), "schemas"),
    **{kind: kind for kind in ("responses", "headers", "examples", "links", "callbacks", "securitySchemes")},
    "parameters": "parameters",
    "requestBodies": "requestBodies",
    "paths": "pathItems",
    "webhooks": "pathItems",
}
_SWAGGER_2 = {"schemas": "definitions", "parameters": "parameters", "responses": "responses"}
MOST_PARTS = 3_000_000  # of the joined document: what is referred to from many places may be copied to each
MOST_FILES = 500
# Examples and other data: a `$ref` in them is not a reference.
_DATA = frozenset(("example", "default", "enum", "const", "value"))


def whole_document(document: dict[str, Any], address: str, load: Load) -> dict[str, Any]:
    """One document of `document`, which lies at `address`, and of the files that it names."""
    if is_listing(document):
        return from_listing(document, address, load)
    return join_files(document, address, load)


def join_files(document: dict[str, Any], address: str, load: Load) -> dict[str, Any]:
    """`document`, which lies at `address`, without references into other files; `load` gets those by address."""
    return _Joiner(document, address, load).joined()


class _Joiner:
    def __init__(self, document: dict[str, Any], address: str, load: Load) -> None:
        self._document = document
        self._address = address
        self._load = load
        self._files: dict[str, object] = {address: document}
        self._placed: dict[tuple[str, str], str] = {}
        self._inside: list[tuple[str, str]] = []
        self._added: dict[str, dict[str, Any]] = {}
        self._parts = 0
        self._section_of_kind = {kind: f"components/{kind}" for kind in _MAP.values() if kind != "pathItems"}
        if "swagger" in document:
            self._section_of_kind = _SWAGGER_2

    def joined(self) -> dict[str, Any]:
        for section in self._section_of_kind.values():
            self._place_listed_files(section)
        try:
            result: dict[str, Any] = self._walk(self._document, self._address, "")
        except RecursionError:
            raise DocumentUnusable("the files of the document are nested too deeply") from None
        for section, parts in self._added.items():
            holder = result
            for key in section.split("/"):
                holder = holder.setdefault(key, {})
            holder.update(parts)
        return result

    def _place_listed_files(self, section: str) -> None:
        """A section may only list files: then their content belongs there."""
        for name, part in self._section(section).items():
            if not isinstance(part, dict) or part.keys() != {"$ref"} or not isinstance(part["$ref"], str):
                continue
            target = self._target(part["$ref"], self._address)
            if target[0] != self._address:
                self._placed.setdefault(target, f"#/{section}/{_escaped(name)}")

    def _section(self, section: str) -> dict[str, Any]:
        holder: object = self._document
        for key in section.split("/"):
            if not isinstance(holder, dict):
                return {}
            holder = holder.get(key)
        if not isinstance(holder, dict):
            return {}
        return holder

    def _walk(self, node: Any, file: str, kind: str, pointer: str = "") -> Any:
        """A copy of `node`, which is of `kind`; `pointer` leads to it if it has a name in a section of the document."""
        self._count_part()
        if isinstance(node, list):
            return [self._walk(part, file, kind) for part in node]
        if not isinstance(node, dict):
            return node
        if isinstance(node.get("$ref"), str):
            return self._reference(node, file, kind, pointer)
        copied = {}
        for key, part in node.items():
            if key in _DATA or (key == "examples" and isinstance(part, list)):
                copied[key] = part
            elif key in _MAP and isinstance(part, dict):
                section = self._pointer_to_section(key, file, kind)
                copied[key] = self._walk_named(part, file, _MAP[key], section)
            elif key == "components" and not kind:
                copied[key] = self._walk(part, file, "components")
            else:
                copied[key] = self._walk(part, file, _ONE_OR_LIST.get(key, ""))
        return copied

    def _walk_named(self, things: dict[str, Any], file: str, kind: str, section: str = "") -> dict[str, Any]:
        """A copy of a mapping of names to things of `kind`; `section` is its pointer in the document, if it has one."""
        self._count_part()
        copied = {}
        for name, thing in things.items():
            pointer = ""
            if section:
                pointer = f"{section}/{_escaped(name)}"
            copied[name] = self._walk(thing, file, kind, pointer)
        return copied

    def _count_part(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise DocumentUnusable(f"the files of the document multiply each other to more than {MOST_PARTS} parts")

    def _pointer_to_section(self, key: str, file: str, kind: str) -> str:
        if file != self._address:
            return ""
        if kind == "components":
            return f"#/components/{key}"
        return f"#/{key}"

    def _reference(self, node: dict[str, Any], file: str, kind: str, pointer: str) -> Any:
        target = self._target(node["$ref"], file)
        if target[0] == self._address:
            return {**node, "$ref": f"#{target[1]}"}
        content = self._find(target)
        if content is None:
            return node
        if pointer and self._placed.get(target) == pointer:
            return self._walk(content, target[0], kind)
        section = self._section_of_kind.get(kind)
        if section is None:
            return self._inline(node, content, target, kind)
        if target not in self._placed:
            name = self._free_name(section, target)
            self._placed[target] = f"#/{section}/{_escaped(name)}"
            self._added.setdefault(section, {})[name] = None  # taken: the content may lead back here
            self._added[section][name] = self._walk(content, target[0], kind)
        return {**node, "$ref": self._placed[target]}

    def _inline(self, node: dict[str, Any], content: Any, target: tuple[str, str], kind: str) -> Any:
        """The target itself, with what stands beside the reference."""
        if target in self._inside:
            raise DocumentUnusable(f"the files of the document refer to each other in a circle ({target[0]})")
        self._inside.append(target)
        if not kind and _is_path_list(content):
            inlined = self._walk_named(content, target[0], kind)
        else:
            inlined = self._walk(content, target[0], kind)
        self._inside.pop()
        if not isinstance(inlined, dict):
            return inlined
        beside = {key: part for key, part in node.items() if key != "$ref"}
        return {**inlined, **beside}

    def _target(self, reference: str, file: str) -> tuple[str, str]:
        try:
            address, _, pointer = urljoin(file, reference).partition("#")
        except ValueError:
            return file, reference
        return address or file, unquote(pointer)

    def _find(self, target: tuple[str, str]) -> object:
        """What a reference leads to; None if that is nothing."""
        address, pointer = target
        if address not in self._files:
            self._files[address] = self._loaded(address)
        node = self._files[address]
        for escaped in pointer.split("/")[1:]:
            key = _unescaped(escaped)
            if isinstance(node, list) and key.isdigit() and int(key) < len(node):
                node = node[int(key)]
            elif isinstance(node, dict) and key in node:
                node = node[key]
            else:
                return None
        return node

    def _loaded(self, address: str) -> object:
        if len(self._files) >= MOST_FILES:
            raise DocumentUnusable(f"the document consists of more than {MOST_FILES} files")
        try:
            return self._load(address)
        except StepFailed:
            return None

    def _free_name(self, section: str, target: tuple[str, str]) -> str:
        address, pointer = target
        words = pointer.rpartition("/")[2]
        if not words:
            path = unquote(urlsplit(address).path)
            words = PurePosixPath(path).stem
        base = re.sub(r"[^\w.-]", "_", _unescaped(words)) or "Part"
        own = self._section(section)
        added = self._added.get(section, {})
        name = base
        count = 1
        while name in own or name in added:
            count += 1
            name = f"{base}_{count}"
        return name


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _unescaped(key: str) -> str:
    return key.replace("~1", "/").replace("~0", "~")


def _is_path_list(content: object) -> bool:
    return isinstance(content, dict) and bool(content) and all(key.startswith("/") for key in content)
