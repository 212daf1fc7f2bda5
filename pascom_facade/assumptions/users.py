"""Checks of users and their states."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .instance import NOBODY, Instance
from .looking import Seen
from .words import Told, Why

STATES = frozenset(
    {"Idle", "InUse", "Busy", "Unavailable", "Ringing", "InUse&Ringing", "Hold", "InUse&Hold", "Unknown"}
)
WAYS: dict[str, Callable[[str, str], dict[str, Any]]] = {
    "commas": lambda one, other: {"keys": f"{one},{other}"},
    "keys= twice": lambda one, other: {"keys": [one, other]},
    "keys[]=": lambda one, other: {"keys[]": [one, other]},
    "semicolons": lambda one, other: {"keys": f"{one};{other}"},
}


def listed(look: Instance) -> Told:
    """What the list of users is in."""
    if look.users.status >= 300:
        return Told(str(look.users.status))
    return Told(look.users.shape)


def columns(look: Instance) -> Told:
    """What a user's fields are called."""
    rows = look.users.json
    if not isinstance(rows, list) or not rows or not isinstance(rows[0], dict):
        return Told(why=Why.OTHER_ANSWER)
    return Told("those of the database" if "003use_name" in rows[0] else "others")


def unknown(look: Instance) -> Told:
    return Told(_of_nobody(look.nobody))


def stateless(look: Instance) -> Told:
    """The state of a user whom nobody knows."""
    seen = look.ask("identity/states", params={"keys": NOBODY})
    if isinstance(seen.json, dict) and NOBODY in seen.json:
        return Told("a state")
    return Told(_of_nobody(seen))


def _of_nobody(seen: Seen) -> str:
    if seen.status == 200:
        return {"{}": "200 {}", "[]": "200 []", "null": "200 null"}.get(seen.answer.text.strip(), "200 and more")
    return str(seen.status)


def several(look: Instance) -> Told:
    """How the states of several users are asked for in one request."""
    if len(look.states) < 2:
        return Told(why=Why.NO_USERS)
    one, other = look.states
    for way, params in WAYS.items():
        seen = look.ask("identity/states", params=params(one, other))
        if _shown(seen, look.names) == {one, other}:
            return Told(way)
    return Told("one by one")


def words(look: Instance) -> Told:
    """Whether states are called as Asterisk's."""
    if not look.states:
        return Told(why=Why.NO_USERS)
    states = [one.get("state") if isinstance(one, dict) else one for one in look.states.values()]
    return Told("known ones" if all(state in STATES for state in states) else "others")


def _shown(seen: Seen, names: Sequence[str]) -> set[str]:
    """Whose states these are."""
    return set(seen.json) & set(names) if isinstance(seen.json, dict) else set()
