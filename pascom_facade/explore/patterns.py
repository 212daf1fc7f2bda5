"""The shortest text that a regular expression matches, for examples; the same each time, unlike the packages for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from typing import Any

CATEGORIES = {"DIGIT": "0", "NOT_DIGIT": "a", "WORD": "a", "NOT_WORD": "-", "SPACE": " ", "NOT_SPACE": "a"}
LIKELY = "aA0-_ .x:/é"


def matching(pattern: str, more: int = 0) -> str | None:
    """A text for `pattern`, each repetition `more` times longer than need be; None for what is no pattern here."""
    try:
        parsed = import_module("re._parser").parse(pattern)  # what `re` itself reads patterns with
    except (re.error, RecursionError, OverflowError):
        return None
    return _text(parsed, more, {})


def _text(nodes: Iterable[Any], more: int, groups: dict[int, str]) -> str:
    return "".join(_one(str(kind), argument, more, groups) for kind, argument in nodes)


def _one(kind: str, argument: Any, more: int, groups: dict[int, str]) -> str:
    match kind, argument:
        case "LITERAL", code:
            return chr(code)
        case "NOT_LITERAL", code:
            return next(one for one in LIKELY if one != chr(code))
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
    return ""  # anchors and assertions: whether they hold is seen when the text is tried


def _member(parts: list[Any]) -> str:
    """A character of a class."""
    negated = str(parts[0][0]) == "NEGATE"
    if negated:
        described = "".join(_described(str(kind), argument) for kind, argument in parts[1:])
        return next((one for one in LIKELY if not re.match(f"[{described}]", one)), "")
    kind, argument = str(parts[0][0]), parts[0][1]
    if kind == "CATEGORY":
        return CATEGORIES.get(str(argument).removeprefix("CATEGORY_"), "a")
    return chr(argument[0] if kind == "RANGE" else argument)


def _described(kind: str, argument: Any) -> str:
    if kind == "RANGE":
        return f"{re.escape(chr(argument[0]))}-{re.escape(chr(argument[1]))}"
    if kind == "CATEGORY":
        name = str(argument).removeprefix("CATEGORY_")
        letter = {"DIGIT": "d", "WORD": "w", "SPACE": "s"}[name.removeprefix("NOT_")]
        return f"\\{letter.upper() if name.startswith('NOT_') else letter}"
    return re.escape(chr(argument))
