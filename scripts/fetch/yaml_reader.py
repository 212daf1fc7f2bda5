"""YAML as the documentation viewers read it: JSON's types only, and bounded.

Built from the parser's events, with no recursion, because a hostile file may nest or repeat itself without end.
Timestamps, `yes` and `no` stay text, keys are always text (`200:` is "200"), tags like `!php/object` mean nothing.
"""

from __future__ import annotations

import copy
import math
import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from ..errors import DocumentUnusable

MOST_DEPTH = 200
MOST_NODES = 1_000_000
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?[0-9]{1,300}$|0x[0-9a-fA-F]{1,200}$|0o[0-7]{1,200}$")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?$")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def read_yaml(text: str, *, unique_keys: bool = False) -> object:
    """The mapping or list that `text` holds. Raises DocumentUnusable for anything else.

    Of a key that stands twice in a mapping the last value counts; with `unique_keys` it is an error.
    """
    try:
        value = _Builder(unique_keys).build(text)
    except yaml.YAMLError as failure:
        where = getattr(failure, "problem_mark", None)
        line = f" in line {where.line + 1}" if where else ""
        problem = getattr(failure, "problem", None) or "unreadable"
        raise DocumentUnusable(f"neither JSON nor YAML ({problem}{line})") from None
    except (RecursionError, ValueError):
        raise DocumentUnusable("neither JSON nor YAML") from None
    if not isinstance(value, dict | list):
        raise DocumentUnusable("plain text, neither JSON nor YAML")
    return value


@dataclass
class _Open:
    """A mapping or list whose end has not come yet."""

    value: dict[str, Any] | list[Any]
    anchor: str | None
    nodes: int = 1
    key: str | None = None
    keys: set[str] = field(default_factory=set)  # noted so far; what `<<` brings may be given again

    def note(self, key: str) -> None:
        if key in self.keys:
            raise DocumentUnusable(f"YAML with the key {key!r} twice in a mapping")
        self.keys.add(key)


class _Builder:
    def __init__(self, unique_keys: bool) -> None:
        self.unique_keys = unique_keys
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.result: Any = None

    def build(self, text: str) -> Any:
        documents = 0
        for event in yaml.parse(text, Loader=_LOADER):
            match event:
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        break
                case yaml.ScalarEvent():
                    self._scalar(event)
                case yaml.AliasEvent():
                    if event.anchor not in self.anchors:
                        raise DocumentUnusable(f"YAML with an alias to an unknown (or enclosing) &{event.anchor}")
                    value, nodes = self.anchors[event.anchor]
                    self._add(copy.deepcopy(value), nodes)  # shared parts would be changed together
                case yaml.MappingStartEvent():
                    self._begin({}, event.anchor)
                case yaml.SequenceStartEvent():
                    self._begin([], event.anchor)
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self._end()
        return self.result

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        value: Any = event.value
        if event.implicit[0] and not self._expects_key():
            value = _plain(event.value)
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
        self._add(value, 1)

    def _expects_key(self) -> bool:
        if not self.open:
            return False
        holder = self.open[-1]
        return isinstance(holder.value, dict) and holder.key is None

    def _begin(self, value: dict[str, Any] | list[Any], anchor: str | None) -> None:
        if len(self.open) >= MOST_DEPTH:
            raise DocumentUnusable(f"YAML nested deeper than {MOST_DEPTH} levels")
        self.open.append(_Open(value, anchor))

    def _end(self) -> None:
        ended = self.open.pop()
        if ended.anchor:
            self.anchors[ended.anchor] = (ended.value, ended.nodes)
        self._add(ended.value, ended.nodes)

    def _add(self, value: Any, nodes: int) -> None:
        """Put a finished value into what is open; `nodes` counts what its aliases stand for as well."""
        if not self.open:
            self.result = value
            return
        holder = self.open[-1]
        holder.nodes += nodes
        if holder.nodes > MOST_NODES:
            raise DocumentUnusable("YAML whose aliases multiply without end")
        if isinstance(holder.value, list):
            holder.value.append(value)
        elif holder.key is None:
            if not isinstance(value, str):
                raise DocumentUnusable("YAML with a key that is not text")
            if self.unique_keys:
                holder.note(value)
            holder.key = value
        else:
            if holder.key == "<<":
                _merge(holder.value, value)
            else:
                holder.value[holder.key] = value
            holder.key = None


def _merge(target: dict[str, Any], source: Any) -> None:
    """`<<: *defaults`: what `target` has itself, before or after, wins."""
    sources = source if isinstance(source, list) else [source]
    for part in sources:
        if isinstance(part, dict):
            for key, value in part.items():
                target.setdefault(key, value)


def _plain(text: str) -> Any:
    """An unquoted scalar by YAML 1.2's core rules."""
    if text in _WORDS:
        return _WORDS[text]
    if text[:1] not in "+-.0123456789":
        return text
    if text[:2] in ("0x", "0o") and _INTEGER.match(text):
        return int(text, 0)
    if _INTEGER.match(text):
        return int(text)
    if _NUMBER.match(text) and math.isfinite(float(text)):
        return float(text)
    return text
