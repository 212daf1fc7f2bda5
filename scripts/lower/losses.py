"""What code can't say of a document, noted while it is lowered: told by where in the document it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..documents import pointer
from ..repair.log import At, Repair


class Losses:
    def __init__(self) -> None:
        self._found: dict[int, tuple[Any, str, str]] = {}

    def add(self, part: Any, problem: str, made: str) -> None:
        """`part` is the very object in the document, by whose identity it is found there again; once is enough."""
        self._found.setdefault(id(part), (part, problem, made))

    def told(self, document: Mapping[str, Any]) -> list[Repair]:
        places = {id(part): at for part, at in _parts(document)} if self._found else {}
        return [
            Repair(pointer(places.get(key, ())), problem, made)
            for key, (_, problem, made) in self._found.items()
        ]


def _parts(document: Any) -> Iterator[tuple[Any, At]]:
    waiting: list[tuple[Any, At]] = [(document, ())]
    while waiting:
        part, at = waiting.pop()
        yield part, at
        entries = part.items() if isinstance(part, dict) else enumerate(part)
        waiting += [(inner, (*at, str(key))) for key, inner in entries if isinstance(inner, (dict, list))]
