"""The table of oddities: `TABLE[name]` changes a world in one plausible way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

from ..world import World, plain

Change = Callable[[World], None]

STAGES = ("content", "all", "names", "paths", "outside", "format", "page", "answers", "bytes")
"""In which order changes are made: what is said of operations, what paths are called, how all is published."""
SAID = ("content", "all")


@dataclass(frozen=True)
class Oddity:
    """One of a `slot` at a time: two of them would contradict each other."""

    name: str
    stage: str
    slot: str
    change: Change


TABLE: dict[str, Oddity] = {}


def oddity(stage: str, *slots: str) -> Callable[[Change], Change]:
    """Into the table, called as the function is, with hyphens."""

    def add(change: Change) -> Change:
        name = change.__name__.strip("_").replace("_", "-")
        assert name not in TABLE and stage in STAGES
        TABLE[name] = Oddity(name, stage, slots[0] if slots else name, change)
        return change

    return add


def build(names: Iterable[str], seed: int) -> World:
    """A plain world with these oddities."""
    world = plain(seed)
    wanted = sorted((TABLE[name] for name in names), key=lambda one: STAGES.index(one.stage))
    for found in wanted:
        if found.stage in SAID:
            found.change(world)
    world.settle()
    for found in wanted:
        if found.stage not in SAID:
            found.change(world)
    return world


def combination(seed: int) -> list[str]:
    """Two to six oddities that can be so at once."""
    random = Random(seed)
    wanted = random.randint(2, 6)
    chosen: dict[str, str] = {}
    for name in random.sample(sorted(TABLE), len(TABLE)):
        chosen.setdefault(TABLE[name].slot, name)
        if len(chosen) == wanted:
            break
    return sorted(chosen.values())


from . import actions, answers, asked, formats, operations, pages, paths  # noqa: E402, F401
