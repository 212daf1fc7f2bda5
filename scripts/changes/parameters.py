"""The parameters of an operation in two documents: where they stand, how they are written, what Python calls them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..names import own_names, parameter_names
from ..tree import TEMPLATE, media_of, serialization
from .direction import Direction, flag_change
from .model import Finding
from .rules import finding
from .schemas import SchemaComparison

Parameter = Mapping[str, Any]
Key = tuple[str, str]


class Parameters:
    """What one document says; `by_key` has them by place and name, those in the path by their position."""

    def __init__(self, path: str, listed: list[Parameter], *, has_body: bool) -> None:
        positions = {name: str(number) for number, name in enumerate(TEMPLATE.findall(path))}
        self.by_key: dict[Key, Parameter] = {}
        self._arguments: dict[Key, str] = {}
        names = parameter_names(((one["in"], one["name"]) for one in listed), taken=own_names(has_body))
        for parameter in listed:
            place, name = str(parameter["in"]), str(parameter["name"])
            key = place, name
            if place == "path":
                key = place, positions.get(name, name)
            elif place == "header":
                key = place, name.lower()
            self.by_key[key] = parameter
            self._arguments[key] = names[place, name]

    def argument(self, key: Key) -> str:
        """What it is called in Python."""
        return self._arguments[key]

    def of_argument(self, argument: str) -> Parameter | None:
        return next((self.by_key[key] for key, name in self._arguments.items() if name == argument), None)


def parameter_changes(old: Parameters, new: Parameters, schemas: SchemaComparison) -> Iterator[Finding]:
    moved = dict(_moved(old, new))
    for key in sorted(old.by_key.keys() - new.by_key.keys() - moved.keys()):
        yield finding("parameter", "parameter", "removed", described(old.by_key[key]))
    for key in sorted(new.by_key.keys() - old.by_key.keys() - {*moved.values()}):
        yield finding("parameter", "parameter", _arrival(new.by_key[key]), described(new.by_key[key]))
    for key, target in sorted(moved.items()):
        before, after = old.by_key[key], new.by_key[target]
        yield finding("in", "parameter", "changed", described(after), old=before["in"], new=after["in"])
        yield from _argument(key, target, old, new)
        yield from schemas.compare(_schema(before), _schema(after), Direction.PARAMETER, described(after))
    for key in sorted(old.by_key.keys() & new.by_key.keys()):
        yield from _argument(key, key, old, new)
        yield from _parameter(old.by_key[key], new.by_key[key], schemas)


def _moved(old: Parameters, new: Parameters) -> Iterator[tuple[Key, Key]]:
    """Old key -> new key of those that only stand elsewhere now."""
    arrived: dict[str, list[Key]] = {}
    for key in new.by_key.keys() - old.by_key.keys():
        arrived.setdefault(str(new.by_key[key]["name"]).lower(), []).append(key)
    for key in sorted(old.by_key.keys() - new.by_key.keys()):
        targets = arrived.pop(str(old.by_key[key]["name"]).lower(), [])
        if len(targets) == 1:
            yield key, targets[0]


def _argument(key: Key, target: Key, old: Parameters, new: Parameters) -> Iterator[Finding]:
    """What is called otherwise in Python only because another parameter, or a body, has come or gone."""
    before, after = old.argument(key), new.argument(target)
    if before == after or old.by_key[key]["name"] != new.by_key[target]["name"]:
        return
    where = described(new.by_key[target])
    other = new.of_argument(before)
    if other is None:
        yield finding("argument", "parameter", "changed", where, old=before, new=after)
    else:
        yield finding("argument", "parameter", "taken", where, old=before, new=after, other=described(other))


def _parameter(old: Parameter, new: Parameter, schemas: SchemaComparison) -> Iterator[Finding]:
    where = described(new)
    if old["name"] != new["name"]:
        yield finding("name", "parameter", "changed", where, old=old["name"])
    if change := flag_change(old.get("required"), new.get("required")):
        yield finding("required", "parameter", change, where)
    if change := flag_change(old.get("deprecated"), new.get("deprecated")):
        yield finding("deprecated", "parameter", change, where)
    for keyword in ("allowReserved", "allowEmptyValue"):
        if change := flag_change(old.get(keyword), new.get(keyword)):
            yield finding(keyword, "parameter", change, where)
    before, after = _written(old, schemas.old_kinds(_schema(old))), _written(new, schemas.new_kinds(_schema(new)))
    if media_of(old) != media_of(new):
        media = {"old": media_of(old) or before, "new": media_of(new) or after}
        yield finding("content", "parameter", "changed", where, **media)
    elif before != after and schemas.old_kinds(_schema(old)) == schemas.new_kinds(_schema(new)):
        yield finding("style", "parameter", "changed", where, old=before, new=after)
    yield from schemas.compare(_schema(old), _schema(new), Direction.PARAMETER, where)


def _written(parameter: Parameter, kinds: set[str]) -> str:
    """How a parameter of these types is written, as far as it matters for them."""
    if media_of(parameter):
        return media_of(parameter)
    style, exploded = serialization(parameter, str(parameter["in"]))
    if kinds and kinds.isdisjoint(("array", "object")):
        return style if style in ("matrix", "label") else "plain text"
    return f"{style}, exploded" if exploded else style


def _arrival(parameter: Parameter) -> str:
    if not parameter.get("required"):
        return "added"
    has_default = "default" in (parameter.get("schema") or {})
    return "added, with default" if has_default else "added, required"


def _schema(parameter: Parameter) -> Any:
    for media in (parameter.get("content") or {}).values():
        return media.get("schema") or {}
    return parameter.get("schema") or {}


def described(parameter: Parameter) -> str:
    return f"{parameter['in']} parameter {parameter['name']}"
