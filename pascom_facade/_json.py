"""JSON as instances print it: text around it is skipped, and an error within it costs one value.

Seen in the wild: warnings of PHP in front and behind, bytes of another encoding, halves of characters (`\\ud800`),
control characters as they are, NaN, integers of thousands of digits, and nesting that no parser follows.
"""

from __future__ import annotations

import json
import re
from itertools import accumulate, islice
from typing import Any

DEEPEST = 100
"""Levels of nesting that are read; deeper values are null."""

_LONGEST_INTEGER = 4000  # digits; Python refuses to read more than 4300
_LEVELS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_NO_BRACKETS = bytes(set(range(256)) - _LEVELS.keys())
# Compiled at their first use: hardly any process needs them.
_TOKEN = r'(?s:"(?:[^"\\]|\\.)*+(?:"|\Z)|[\[\]{}])'
_START = r"[\[{]"
_STARTS = 50  # attempts to find the beginning
_SURE = r"""(?x) \{\s*+"[^"]*+"\s*+: | \[\s*+ (?: ["\[] | \{\s*+" | -?\d++\s*+, | (?:true|false|null)\s*+,)"""


def read(content: bytes) -> Any:
    """The value; None for empty content. Raises ValueError for content without JSON, or with truncated JSON."""
    if not content.strip():
        return None
    try:
        if is_deep(content):
            raise ValueError("too deep for what comes after reading")
        value = json.loads(content, strict=False, parse_constant=_nothing)
    except (ValueError, RecursionError):
        value = _within(_shallow(content.decode("utf-8", "replace")))
    if b"\\ud" in content or b"\\uD" in content:
        value = _whole_characters(value)
    return value


def is_deep(content: bytes) -> bool:
    """Whether it may be nested deeper than `DEEPEST`."""
    return max(accumulate(map(_LEVELS.__getitem__, content.translate(None, _NO_BRACKETS))), default=0) > DEEPEST


def _nothing(_: str) -> None:
    """For NaN and the infinities, which JSON doesn't have."""


def _integer(digits: str) -> int | str:
    if len(digits) > _LONGEST_INTEGER:
        return digits
    return int(digits)


_decoder = json.JSONDecoder(strict=False, parse_constant=_nothing, parse_int=_integer)


def _within(text: str) -> Any:
    """The first object or list of objects in a text, else the longest list; never a part of a damaged one."""
    found: list[Any] = []
    sizes: list[int] = []
    end = 0
    for start in islice(re.finditer(_START, text), _STARTS):
        at = start.start()
        if at < end:
            continue
        try:
            value, end = _decoder.raw_decode(text, at)
        except json.JSONDecodeError:
            if re.match(_SURE, text[at : at + 200]):
                raise
            continue
        if isinstance(value, dict) or any(isinstance(member, dict) for member in value):
            return value
        found.append(value)
        sizes.append(end - at)
    if not found:
        raise ValueError("no JSON")
    return found[sizes.index(max(sizes))]


def _shallow(text: str) -> str:
    """The text with null for each value that is nested too deep."""
    kept, level, parts = 0, 0, []
    for token in re.finditer(_TOKEN, text):
        if token[0] in "[{":
            level += 1
            if level == DEEPEST + 1:
                parts += [text[kept : token.start()], "null"]
        elif token[0] in "]}":
            if level == DEEPEST + 1:
                kept = token.end()
            level = max(0, level - 1)
    if level <= DEEPEST:
        parts.append(text[kept:])
    return "".join(parts)


def _whole_characters(value: Any) -> Any:
    """U+FFFD for each half of a character, which no file, terminal or address can hold."""
    text = json.dumps(value, ensure_ascii=False)
    if text.isascii():
        return value
    return json.loads(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
