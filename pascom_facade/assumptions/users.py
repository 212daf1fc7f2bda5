"""Checks of users and their states."""

from __future__ import annotations

from .._phone_states import ONE_BY_ONE, WAYS
from .instance import NOBODY, Instance
from .looking import Seen
from .words import Told, Why

STATES = frozenset(
    {"Idle", "InUse", "Busy", "Unavailable", "Ringing", "InUse&Ringing", "Hold", "InUse&Hold", "Unknown"}
)


def listed(look: Instance) -> Told:
    """What the list of users is in."""
    if look.users.status >= 300:
        return Told(str(look.users.status))
    return Told(look.users.shape)


def columns(look: Instance) -> Told:
    """What a user's fields are called."""
    if not look.user_rows:
        return Told(why=Why.OTHER_ANSWER)
    return Told("those of the database" if "003use_name" in look.user_rows[0] else "others")


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
    for way, params in WAYS.items():
        if look.states_by(params(list(look.states))).keys() & set(look.names) == look.states.keys():
            return Told(way)
    return Told(ONE_BY_ONE)


def words(look: Instance) -> Told:
    """Whether states are called as Asterisk's."""
    if not look.states:
        return Told(why=Why.NO_USERS)
    return Told("known ones" if STATES.issuperset(look.states.values()) else "others")
