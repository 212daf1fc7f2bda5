"""The shortest text that a regular expression matches, for examples; the same each time, unlike what packages find."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from typing import Any

CATEGORIES = {"DIGIT": "0", "NOT_DIGIT": "a", "WORD": "a", "NOT_WORD": "-", "SPACE": " ", "NOT_SPACE": "a"}
ESCAPES = {"DIGIT": r"\d", "NOT_DIGIT": r"\D", "WORD": r"\w", "NOT_WORD": r"\W", "SPACE": r"\s", "NOT_SPACE": r"\S"}
LIKELY = "aA0-_ .x:/é"


def matching(pattern: str, more: int = 0) -> str | None:
    """A text for `pattern`, each repetition `more` times longer than necessary; None for an invalid pattern."""
    try:
        parsed = import_module("re._parser").parse(pattern)  # the parser of `re` itself
    except (re.error, RecursionError, OverflowError):
        return None
    return _text(parsed, more, {})


def _text(nodes: Iterable[Any], more: int, groups: dict[int, str]) -> str:
    return "".join(_node(str(opcode), argument, more, groups) for opcode, argument in nodes)


def _node(opcode: str, argument: Any, more: int, groups: dict[int, str]) -> str:
    match opcode, argument:
        case "LITERAL", code:
            return chr(code)
        case "NOT_LITERAL", code:
            return next(character for character in LIKELY if character != chr(code))
        case "ANY", _:
            return "a"
        case "IN", parts:
            return _member(parts)
        case "BRANCH", (_, branches):
            return _text(branches[0], more, groups)
        case "SUBPATTERN", (number, *_, nodes):
            groups[number] = _text(nodes, more, groups)
            return groups[number]
        case "ATOMIC_GROUP", nodes:
            return _text(nodes, more, groups)
        case "GROUPREF", number:
            return groups.get(number, "")
        case (("MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT"), (least, most, nodes)):
            times = min(int(least) + more, int(most), 1000)
            return "".join(_text(nodes, more, groups) for _ in range(times))
    return ""  # anchors and assertions: the caller tries whether the text meets them


def _member(parts: list[Any]) -> str:
    """A character of a class."""
    opcode, argument = str(parts[0][0]), parts[0][1]
    if opcode == "NEGATE":
        excluded = "".join(_source(str(part), value) for part, value in parts[1:])
        return next((character for character in LIKELY if not re.match(f"[{excluded}]", character)), "")
    if opcode == "CATEGORY":
        return CATEGORIES.get(str(argument).removeprefix("CATEGORY_"), "a")
    if opcode == "RANGE":
        return chr(argument[0])
    return chr(argument)


def _source(opcode: str, argument: Any) -> str:
    """A part of a class as it is written in a pattern."""
    if opcode == "RANGE":
        return f"{re.escape(chr(argument[0]))}-{re.escape(chr(argument[1]))}"
    if opcode == "CATEGORY":
        return ESCAPES[str(argument).removeprefix("CATEGORY_")]
    return re.escape(chr(argument))
