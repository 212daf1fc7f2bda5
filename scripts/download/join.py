"""Join a document that is spread over several files into one: every `$ref` into another file becomes a local one.

What a reference points to goes to the place of its kind (`components/schemas`, `definitions`, …), or, where the
format has no such place (a path item), to where the reference stood. A reference that leads nowhere stays as it
is: the repair of the document says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from ..errors import DocumentUnusable, StepFailed

Load = Callable[[str], object]

# Under these keys stands one thing, a list, or a mapping by name, of a kind.
_ONE = {
    **dict.fromkeys(("schema", "items", "additionalProperties", "not", "if", "then", "else", "contains"), "schemas"),
    "requestBody": "requestBodies",
}
_LIST = {**dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), "schemas"), "parameters": "parameters"}
_MAP = {
    **dict.fromkeys(("properties", "patternProperties", "definitions", "$defs", "schemas"), "schemas"),
    **{kind: kind for kind in ("responses", "headers", "examples", "links", "callbacks", "securitySchemes")},
    "parameters": "parameters",
    "requestBodies": "requestBodies",
    "paths": "pathItems",
    "webhooks": "pathItems",
}
_SWAGGER_2 = {"schemas": "definitions", "parameters": "parameters", "responses": "responses"}
MOST_PARTS = 3_000_000  # of the joined document: what stands in many places is copied to each
MOST_FILES = 500
# What looks like a reference here is none.
_DATA = frozenset(("example", "default", "enum", "const", "value"))


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

    def joined(self) -> dict[str, Any]:
        for section, _ in self._sections():
            for name, part in self._section(section).items():
                if isinstance(part, dict) and isinstance(part.get("$ref"), str) and len(part) == 1:
                    target = self._target(part["$ref"], self._address)
                    if target[0] != self._address:
                        # A section that only lists files: their content belongs here.
                        self._placed.setdefault(target, f"#/{section}/{_escaped(name)}")
        try:
            result = self._walk(self._document, self._address, "", False)
        except RecursionError:
            raise DocumentUnusable("the files of the document are nested too deeply") from None
        for section, parts in self._added.items():
            holder = result
            for key in section.split("/"):
                holder = holder.setdefault(key, {})
            holder.update(parts)
        return result  # type: ignore[no-any-return]

    def _sections(self) -> list[tuple[str, str]]:
        if "swagger" in self._document:
            return [(section, kind) for kind, section in _SWAGGER_2.items()]
        kinds = [kind for kind in dict.fromkeys(_MAP.values()) if kind != "pathItems"]
        return [(f"components/{kind}", kind) for kind in kinds]

    def _section(self, section: str) -> dict[str, Any]:
        holder: object = self._document
        for key in section.split("/"):
            holder = holder.get(key) if isinstance(holder, dict) else None
        return holder if isinstance(holder, dict) else {}

    def _walk(self, node: Any, file: str, kind: str, named: bool, at: str = "") -> Any:
        """A copy of `node`, which is of `kind`; `named`: a mapping of names to such."""
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise DocumentUnusable(f"the files of the document multiply each other to more than {MOST_PARTS} parts")
        if isinstance(node, list):
            return [self._walk(part, file, kind, False) for part in node]
        if not isinstance(node, dict):
            return node
        if isinstance(node.get("$ref"), str) and not named:
            return self._reference(node, file, kind, at)
        result = {}
        for key, part in node.items():
            if named:
                place = f"#{at}/{_escaped(key)}" if at else ""
                result[key] = self._walk(part, file, kind, False, place)
            elif key in _DATA or (key == "examples" and isinstance(part, list)):
                result[key] = part
            elif isinstance(part, dict) and key in _MAP and key not in _ONE:
                section = f"/components/{key}" if kind == "components" else f"/{key}" if file == self._address else ""
                result[key] = self._walk(part, file, _MAP[key], True, section if file == self._address else "")
            else:
                below = "components" if key == "components" and not kind else _ONE.get(key) or _LIST.get(key, "")
                result[key] = self._walk(part, file, below, False)
        return result

    def _reference(self, node: dict[str, Any], file: str, kind: str, at: str) -> dict[str, Any]:
        target = self._target(node["$ref"], file)
        if target[0] == self._address:
            return {**node, "$ref": f"#{target[1]}"}
        found, content = self._find(target)
        if not found:
            return node
        if self._placed.get(target) == at and at:
            return self._walk(content, target[0], kind, False)  # type: ignore[no-any-return]
        section = {kind: section for section, kind in self._sections()}.get(kind)
        if section is None:
            return self._inline(node, content, target, kind)
        if target not in self._placed:
            name = self._free_name(section, target)
            self._placed[target] = f"#/{section}/{_escaped(name)}"
            self._added.setdefault(section, {})[name] = None  # taken: the content may lead back here
            self._added[section][name] = self._walk(content, target[0], kind, False)
        return {**node, "$ref": self._placed[target]}

    def _inline(self, node: dict[str, Any], content: Any, target: tuple[str, str], kind: str) -> dict[str, Any]:
        if target in self._inside:
            raise DocumentUnusable(f"the files of the document refer to each other in a circle ({target[0]})")
        self._inside.append(target)
        inlined = self._walk(content, target[0], kind, kind == "" and _is_path_list(content))
        self._inside.pop()
        beside = {key: part for key, part in node.items() if key != "$ref"}
        return {**inlined, **beside} if isinstance(inlined, dict) else inlined

    def _target(self, reference: str, file: str) -> tuple[str, str]:
        try:
            address, _, pointer = urljoin(file, reference).partition("#")
        except ValueError:
            return file, reference
        return address or file, unquote(pointer)

    def _find(self, target: tuple[str, str]) -> tuple[bool, object]:
        address, pointer = target
        if address not in self._files:
            if len(self._files) >= MOST_FILES:
                raise DocumentUnusable(f"the document consists of more than {MOST_FILES} files")
            try:
                self._files[address] = self._load(address)
            except StepFailed:
                self._files[address] = None
        node = self._files[address]
        for key in pointer.split("/")[1:]:
            key = key.replace("~1", "/").replace("~0", "~")
            if isinstance(node, list) and key.isdigit() and int(key) < len(node):
                node = node[int(key)]
            elif isinstance(node, dict) and key in node:
                node = node[key]
            else:
                return False, None
        return node is not None, node

    def _free_name(self, section: str, target: tuple[str, str]) -> str:
        address, pointer = target
        words = pointer.rpartition("/")[2] or PurePosixPath(unquote(urlsplit(address).path)).stem
        name = base = re.sub(r"[^\w.-]", "_", words.replace("~1", "/").replace("~0", "~")) or "Part"
        count = 1
        while name in self._section(section) or name in self._added.get(section, {}):
            count += 1
            name = f"{base}_{count}"
        return name


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _is_path_list(content: object) -> bool:
    return isinstance(content, dict) and bool(content) and all(key.startswith("/") for key in content)
