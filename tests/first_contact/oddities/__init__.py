"""The table of oddities: `TABLE[name]` changes a world in one plausible way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from scripts.download.files import read_document

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


def build(names: Sequence[str], seed: int) -> World:
    """A plain world with these oddities; a name with a slash is a file, whose document takes the place of ours."""
    world = plain(seed)
    given = [name for name in names if "/" in name]
    if given:
        world.document, world.kept = read_document(Path(given[0])), {}
        world.document.setdefault("components", {}).setdefault("schemas", {})
    wanted = sorted((TABLE[name] for name in names if name not in given), key=lambda one: STAGES.index(one.stage))
    for found in wanted:
        if found.stage in SAID:
            found.change(world)
    if not given:
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
