"""What code can't say of a document, noted while it is lowered and reported with its place in the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..repair.log import Repair
from ..tree import At, pointer

LONGEST_TEXT = 20_000  # each stands in code several times, and is wrapped line by line


class Losses:
    def __init__(self) -> None:
        self._losses: dict[int, tuple[Any, str, str]] = {}

    def add(self, part: Any, problem: str, made: str) -> None:
        """`part` is the very object in the document, by whose identity its place is found; it is noted once."""
        self._losses.setdefault(id(part), (part, problem, made))

    def text(self, part: Mapping[str, Any], key: str = "description") -> str:
        """What `part` says under `key`, as far as it fits into code."""
        text: str = part.get(key) or ""
        if len(text) <= LONGEST_TEXT:
            return text
        self.add(part, f"a {key} of more than {LONGEST_TEXT:,} characters", "cut short in the code")
        return f"{text[:LONGEST_TEXT]} …"

    def as_repairs(self, document: Mapping[str, Any]) -> list[Repair]:
        if not self._losses:
            return []
        places = {id(part): at for part, at in _parts(document)}
        return [Repair(pointer(places.get(key, ())), problem, made) for key, (_, problem, made) in self._losses.items()]


def _parts(document: Any) -> Iterator[tuple[Any, At]]:
    waiting: list[tuple[Any, At]] = [(document, ())]
    while waiting:
        part, at = waiting.pop()
        yield part, at
        entries = part.items() if isinstance(part, dict) else enumerate(part)
        waiting += [(inner, (*at, str(key))) for key, inner in entries if isinstance(inner, (dict, list))]
