"""Checks of recordings: found how, by which rule, whole or in part."""

from __future__ import annotations

from urllib.parse import quote

from .instance import Instance
from .words import Told, Why

NO_RECORDING = "1-1_1-1"


def rule(look: Instance) -> Told:
    """Which recording rule's number leads to one."""
    recorded = look.recorded
    if not recorded.ids:
        return Told(why=Why.NO_RECORDING)
    return Told(recorded.found[1] if recorded.found else "none of 1 to 3")


def part(look: Instance) -> Told:
    """Whether one byte comes when one is asked for."""
    if look.recorded.found is None:
        return Told(why=Why.NO_RECORDING)
    _, _, seen = look.recorded.found
    if seen.status == 206:
        return Told("honoured" if seen.headers.get("content-range", "").startswith("bytes 0-0/") else "another part")
    return Told("ignored")


def media_type(look: Instance) -> Told:
    if look.recorded.found is None:
        return Told(why=Why.NO_RECORDING)
    return Told(look.recorded.found[2].media_type)


def head(look: Instance) -> Told:
    """Whether its size can be had without it."""
    if look.recorded.found is None:
        return Told(why=Why.NO_RECORDING)
    record, number, _ = look.recorded.found
    seen = look.ask(look.recorded.path(record, number), "HEAD")
    if seen.status >= 300:
        return Told(str(seen.status))
    return Told("with its length" if seen.headers.get("content-length", "0") > "0" else "without its length")


def legs(look: Instance) -> Told:
    """Whether caller and callee can be had alone."""
    if look.recorded.found is None:
        return Told(why=Why.NO_RECORDING)
    record, number, _ = look.recorded.found
    there = [
        look.beginning(look.recorded.path(leg + record, number), Range="bytes=0-0").status < 300 for leg in ("r_", "t_")
    ]
    return Told(("none", "one", "both")[sum(there)])


def details(look: Instance) -> Told:
    """What `monitor/{recordID}` answers."""
    if look.recorded.found is None:
        return Told(why=Why.NO_RECORDING)
    seen = look.ask(f"monitor/{quote(look.recorded.found[0], safe='')}")
    if seen.status >= 300:
        return Told(str(seen.status))
    return Told(seen.shape)


def unknown(look: Instance) -> Told:
    return Told(str(look.beginning(look.recorded.path(NO_RECORDING, 1)).status))
