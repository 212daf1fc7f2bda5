"""Every repair of every step, with its place in the document."""

from __future__ import annotations

from typing import NamedTuple

from ..tree import At, pointer


class Repair(NamedTuple):
    """One problem: where (a JSON pointer), what was wrong, and what was made of it."""

    pointer: str
    problem: str
    repair: str


class Log:
    def __init__(self) -> None:
        self.repairs: list[Repair] = []
        self.warnings: list[str] = []

    def fix(self, at: At, problem: str, made: str) -> None:
        self.repairs.append(Repair(pointer(at), problem, made))

    def warn(self, at: At, text: str) -> None:
        """Something that couldn't be kept, or that a person should look at."""
        self.warnings.append(f"{pointer(at)}: {text}")
