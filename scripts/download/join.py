"""Join a document that is spread over several files into one: every `$ref` into another file becomes a local one.

The target of a reference goes to the section of its kind (`components/schemas`, `definitions`, …). Where the format has
no such section (a path item), the target replaces the reference. Whole sections (`paths`, `components` and what is in
it) may be references, too: they become lists of references to what the file has. A reference that leads nowhere stays
as it is: the repair of the document reports it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from ..errors import DocumentUnusable, StepFailed
from .swagger1 import from_listing, is_listing

Load = Callable[[str], object]
Target = tuple[str, str]  # a file's address, and the place in it

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
_REFERENCE = re.compile(r"[/#]|\.(json|ya?ml)$", re.IGNORECASE)  # and no name of a schema
_PLAIN = "/~!$&'()*+,;=:@{}"  # what a pointer in an address needn't escape


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
        self._placed: dict[Target, str] = {}
        self._inside: list[Target] = []
        self._passed: list[Target] = []
        self._added: dict[str, dict[str, Any]] = {}
        self._parts = 0
        self._section_of_kind = {kind: f"components/{kind}" for kind in _MAP.values() if kind != "pathItems"}
        if "swagger" in document:
            self._section_of_kind = _SWAGGER_2

    def joined(self) -> dict[str, Any]:
        self._unfold()
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

    def _unfold(self) -> None:
        """Let a section that is a reference to a file list references to what stands there."""
        document = self._document = {**self._document}
        for name in ("paths", "webhooks", *_SWAGGER_2.values(), "components"):
            if name in document:
                document[name] = self._unfolded(document[name])
        components = document.get("components")
        if isinstance(components, dict):
            document["components"] = {kind: self._unfolded(section) for kind, section in components.items()}
        self._files[self._address] = document

    def _unfolded(self, section: Any) -> Any:
        if not isinstance(section, dict) or not isinstance(section.get("$ref"), str):
            return section
        content, (file, pointer) = self._followed(self._target(section["$ref"], self._address))
        if not isinstance(content, dict):
            return section
        pointers = {name: quote(f"{pointer}/{_escaped(name)}", safe=_PLAIN) for name in content}
        parts = {name: {"$ref": f"{file}#{of_name}"} for name, of_name in pointers.items()}
        return parts | {name: part for name, part in section.items() if name != "$ref"}

    def _followed(self, target: Target) -> tuple[object, Target]:
        """What a reference leads to in the end, None if to nothing, and where that is."""
        before = len(self._passed)
        while True:
            if target in self._passed:
                raise _circle(target)
            self._passed.append(target)
            content, target = self._find(target)
            if not isinstance(content, dict) or not isinstance(content.get("$ref"), str):
                del self._passed[before:]
                return content, target
            target = self._target(content["$ref"], target[0])

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
            elif key == "mapping" and "propertyName" in node and isinstance(part, dict):
                copied[key] = {value: self._mapped(to, file) for value, to in part.items()}
            elif key in _MAP and isinstance(part, dict):
                section = self._pointer_to_section(key, file, kind)
                copied[key] = self._walk_named(part, file, _MAP[key], section)
            elif key == "components" and not kind:
                copied[key] = self._walk(part, file, "components")
            else:
                copied[key] = self._walk(part, file, _ONE_OR_LIST.get(key, ""))
        return copied

    def _walk_named(self, things: dict[str, Any], file: str, kind: str, section: str = "") -> Any:
        """A copy of a mapping of names to things of `kind`; `section` is its pointer in the document, if it has one."""
        self._count_part()
        if isinstance(things.get("$ref"), str):  # nothing that could be called so is a text
            content, found_at = self._followed(self._target(things["$ref"], file))
            return things if content is None else self._inline(things, content, found_at, kind, named=True)
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
        """Where a section of the document lies. (Deeper down it is no section: then no reference was placed there.)"""
        if file != self._address:
            return ""
        if kind == "components":
            return f"#/components/{key}"
        return f"#/{key}"

    def _reference(self, node: dict[str, Any], file: str, kind: str, pointer: str) -> Any:
        target = self._target(node["$ref"], file)
        if target[0] == self._address:
            return {**node, "$ref": f"#{target[1]}"}
        content, found_at = self._find(target)
        if content is None:
            return node
        if pointer and self._placed.get(target) == pointer:
            return self._walk(content, found_at[0], kind)
        section = self._section_of_kind.get(kind)
        if section is None:
            return self._inline(node, content, found_at, kind, named=not kind and _is_path_list(content))
        if target not in self._placed:
            name = self._free_name(section, target)
            self._placed[target] = f"#/{section}/{_escaped(name)}"
            self._added.setdefault(section, {})[name] = None  # taken: the content may lead back here
            self._added[section][name] = self._walk(content, found_at[0], kind)
        return {**node, "$ref": self._placed[target]}

    def _mapped(self, to: Any, file: str) -> Any:
        """The schema that a discriminator means, by name or by reference."""
        if not isinstance(to, str) or not _REFERENCE.search(to):
            return to
        return self._reference({"$ref": to}, file, "schemas", "").get("$ref", to)

    def _inline(self, node: dict[str, Any], content: Any, target: Target, kind: str, *, named: bool) -> Any:
        """The target itself, with what stands beside the reference."""
        if target in self._inside:
            raise _circle(target)
        self._inside.append(target)
        if named and isinstance(content, dict):
            inlined = self._walk_named(content, target[0], kind)
        else:
            inlined = self._walk(content, target[0], kind)
        self._inside.pop()
        if not isinstance(inlined, dict):
            return inlined
        beside = {key: part for key, part in node.items() if key != "$ref"}
        return {**inlined, **beside}

    def _target(self, reference: str, file: str) -> Target:
        try:
            address, _, pointer = urljoin(file, reference).partition("#")
        except ValueError:
            return file, reference
        return address or file, unquote(pointer)

    def _find(self, target: Target) -> tuple[object, Target]:
        """What stands at a place, None if nothing does; and where it really is, if references lie on the way."""
        address, pointer = target
        if address not in self._files:
            self._files[address] = self._loaded(address)
        node = self._files[address]
        steps = pointer.split("/")[1:]
        for number, step in enumerate(steps):
            key = _unescaped(step)
            if isinstance(node, list) and key.isdigit() and int(key) < len(node):
                node = node[int(key)]
            elif isinstance(node, dict) and key in node:
                node = node[key]
            elif isinstance(node, dict) and isinstance(node.get("$ref"), str):
                _, (file, before) = self._followed(self._target(node["$ref"], address))
                return self._find((file, "/".join([before, *steps[number:]])))
            else:
                return None, target
        return node, target

    def _loaded(self, address: str) -> object:
        if len(self._files) >= MOST_FILES:
            raise DocumentUnusable(f"the document consists of more than {MOST_FILES} files")
        try:
            return self._load(address)
        except StepFailed:
            return None

    def _free_name(self, section: str, target: Target) -> str:
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


def _circle(target: Target) -> DocumentUnusable:
    return DocumentUnusable(f"the files of the document refer to each other in a circle ({target[0]})")


def _unescaped(key: str) -> str:
    return key.replace("~1", "/").replace("~0", "~")


def _is_path_list(content: object) -> bool:
    return isinstance(content, dict) and bool(content) and all(key.startswith("/") for key in content)
