"""`identity/states`: the query for several users, and the answer in whatever form it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .answers import Answer

_JOINTS = {"spaceDelimited": " ", "pipeDelimited": "|"}
_STATE = ("state", "status", "devicestate")


WAYS: dict[str, Callable[[Sequence[str]], dict[str, Any]]] = {
    "commas": lambda users: {"keys": ",".join(users)},
    "keys= twice": lambda users: {"keys": list(users)},
    "keys[]=": lambda users: {"keys[]": list(users)},
    "semicolons": lambda users: {"keys": ";".join(users)},
}
"""To ask for several users, by what `pascom doctor --assumptions` calls them."""
ONE_BY_ONE = "one by one"


def asking(
    users: Sequence[str], parameters: Iterable[Mapping[str, Any]] = (), learned: object = None
) -> dict[str, Any]:
    """Query parameters that ask for `users`: several as was learned of the instance, else as the document says, else
    separated by commas (assumed).
    """
    if len(users) < 2:
        return {"keys": "".join(users)}
    if isinstance(learned, str) and learned in WAYS:
        return WAYS[learned](users)
    by_name = {str(one.get("name")): one for one in parameters}
    if "keys[]" in by_name:
        return {"keys[]": list(users)}
    documented = by_name.get("keys", {})
    style = documented.get("style", "form")
    is_list = documented.get("type") == "array" or style in _JOINTS
    if is_list and style == "form" and documented.get("explode", True):
        return {"keys": list(users)}
    return {"keys": _JOINTS.get(style, ",").join(users)}


def read(answer: Answer, users: Sequence[str]) -> dict[str, str | None]:
    """The state of each user in the answer; None for a user without one."""
    value = answer.json()
    if value in (None, []):  # 204, or PHP's empty list for an empty object
        return {}
    if isinstance(value, dict) and not value.keys() & set(users):
        answer.check_success(value)
    found = _by_user(value, users, depth=3)
    if found is None:
        raise answer.unexpected("no object of users")
    return {user: _state(entry) for user, entry in found.items()}


def _by_user(value: Any, users: Sequence[str], depth: int) -> dict[str, Any] | None:
    if isinstance(value, list):
        return _listed(value, users)
    if not isinstance(value, dict):
        return None
    if value.keys() & set(users):
        return value
    if any(isinstance(value.get(name), str) for name in _STATE):
        return _listed([value], users)
    for member in value.values():
        if isinstance(member, dict | list) and member and depth:
            found = _by_user(member, users, depth - 1)
            if found and found.keys() & set(users):
                return found
    if all(isinstance(member, dict | str | None) for member in value.values()):
        return value
    return None


def _listed(rows: list[Any], users: Sequence[str]) -> dict[str, Any] | None:
    """From a list of objects that name their users; a single object may leave out the only user asked for."""
    if not all(isinstance(row, dict) for row in rows):
        return None
    found: dict[str, Any] = {}
    for row in rows:
        named = [cell for cell in row.values() if isinstance(cell, str) and cell in users]
        if named:
            found[named[0]] = row
        elif len(row) == 1 and row.keys() & set(users):
            found |= row
        elif len(users) == len(rows) == 1:
            found[users[0]] = row
    return found


def _state(entry: Any) -> str | None:
    """A user's state: the entry itself, or the member of it that holds the state."""
    if isinstance(entry, dict):
        entry = next((entry[name] for name in _STATE if entry.get(name) is not None), None)
    if entry is None or isinstance(entry, dict | list):
        return None
    return str(entry)
