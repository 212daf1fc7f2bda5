"""Step 3: shapes. Everything in the document gets the kind of value that belongs in its place.

PHP writes `[]` for an empty object and numbers its arrays' keys once there is a gap; people write `true` in
quotes, one value where a list belongs, or a list where one value belongs. What can be read is read; what can't
is left out. Schemas have more to them and are `schemas.py`'s, called from here for each one.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from ..tree import At
from .grammar import OBJECTS, TEXT_MEANS, UNREAD, Kind, ListOf, MapOf, Object, Scalar
from .log import Log

GONE: Any = object()  # nothing can be made of a value: its field is left out

Hook = Callable[[dict[str, Any], At, "Shapes"], None]


class Shapes:
    """Walks a document along the grammar; `hooks` see each object of their name before its fields are walked."""

    def __init__(self, log: Log, hooks: dict[str, Hook], version: str) -> None:
        self.log = log
        self.hooks = hooks
        self.version = version  # the first two numbers of OpenAPI's

    def of(self, value: Any, kind: Kind, at: At) -> Any:
        """`value` as `kind` says, changed in place where it can be; GONE where nothing can be made of it."""
        if isinstance(kind, Scalar):
            return self._scalar(value, kind, at)
        if value is None:
            return self._gone(at, "null where an object or a list belongs")
        if isinstance(kind, ListOf):
            return self._list(value, kind, at)
        if isinstance(kind, MapOf):
            return self._map(value, kind, at)
        return self._object(value, kind, at)

    def _gone(self, at: At, problem: str) -> Any:
        self.log.fix(at, problem, "left out")
        return GONE

    def _read(self, at: At, problem: str, value: Any) -> Any:
        self.log.fix(at, problem, "read as what was meant")
        return value

    def _scalar(self, value: Any, kind: Scalar, at: At) -> Any:
        if kind is Scalar.ANYTHING:
            return value
        if value is None:
            return self._gone(at, f"null where {kind.value} belongs")
        problem = f"{_described(value)} where {kind.value} belongs"
        if kind is Scalar.TEXT:
            if isinstance(value, str):
                return value
            if isinstance(value, (bool, int, float)):
                return self._read(at, problem, str(value).lower() if isinstance(value, bool) else str(value))
            if isinstance(value, list) and value and all(isinstance(line, str) for line in value):
                return self._read(at, problem, "\n".join(value))
        elif kind is Scalar.FLAG:
            if isinstance(value, bool):
                return value
            words = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False, "": False}
            if str(value).lower() in words:
                return self._read(at, problem, words[str(value).lower()])
        else:
            return self._number(value, kind, at, problem)
        return self._gone(at, problem)

    def _number(self, value: Any, kind: Scalar, at: At, problem: str) -> Any:
        number = as_number(value)
        if number is None:
            return self._gone(at, problem)
        if kind is Scalar.COUNT:
            if number < 0 or number != int(number):
                return self._gone(at, problem)
            number = int(number)
        return number if number is value or number == value else self._read(at, problem, number)

    def _list(self, value: Any, kind: ListOf, at: At) -> Any:
        if isinstance(value, dict):
            numbered = all(key.isdecimal() for key in value)
            problem = "an object where a list belongs"
            value = self._read(at, problem, list(value.values()) if numbered else [value])
        elif not isinstance(value, list):
            value = self._read(at, "one value where a list belongs", [value])
        walked = (self.of(item, kind.inner, (*at, str(number))) for number, item in enumerate(value))
        return [item for item in walked if item is not GONE]

    def _map(self, value: Any, kind: MapOf, at: At) -> Any:
        if isinstance(value, list):
            value = self._read(at, "a list where an object belongs", _as_map(value))
        elif not isinstance(value, dict):
            return self._gone(at, f"{_described(value)} where an object belongs")
        walked = {
            key: item if kind.is_note(key) else self.of(item, kind.inner, (*at, key)) for key, item in value.items()
        }
        return {key: item for key, item in walked.items() if item is not GONE}

    def _object(self, value: Any, kind: Object, at: At) -> Any:
        if isinstance(value, list):
            first = value[0] if value and isinstance(value[0], dict) else {}
            value = self._read(at, "a list where an object belongs", first)
        elif kind.name == "Schema" and isinstance(value, bool):
            if self.version != "3.0" or at[-1] == "additionalProperties":
                return value
            value = {}
            self.log.fix(at, "true or false where OpenAPI 3.0 has a schema", "any value is possible")
        elif kind.name == "Schema" and isinstance(value, str):
            problem = "text where a schema belongs"
            is_reference = value.startswith("#/")
            value = self._read(at, problem, {"$ref": value} if is_reference else {"type": value})
        elif isinstance(value, str) and kind.name in TEXT_MEANS:
            value = self._read(at, "text where an object belongs", {TEXT_MEANS[kind.name]: value})
        elif not isinstance(value, dict):
            return self._gone(at, f"{_described(value)} where an object belongs")
        if "$ref" in value and not isinstance(value["$ref"], str):
            self.log.fix((*at, "$ref"), "a reference that isn't text", "left out")
            del value["$ref"]
        if "$ref" in value and kind.reference and (kind.name != "Schema" or len(value) == 1):
            return value
        if kind.name in self.hooks:
            self.hooks[kind.name](value, at, self)
        self.fields(value, OBJECTS[kind.name], at)
        known = OBJECTS[kind.name].keys() | UNREAD.get(kind.name, set())
        for field in [field for field in value if field not in known and not field.startswith("x-")]:
            del value[field]
            self.log.fix((*at, field), "a field that OpenAPI doesn't have", "left out")
        return value

    def fields(self, value: dict[str, Any], fields: dict[str, Kind], at: At) -> None:
        for field in [field for field in value if field in fields]:
            walked = self.of(value[field], fields[field], (*at, field))
            if walked is GONE:
                del value[field]
            else:
                value[field] = walked


def as_number(value: Any) -> int | float | None:
    """The number in `value`, if there is one."""
    if isinstance(value, str):
        try:
            value = int(value)
        except ValueError:
            try:
                value = float(value)
            except ValueError:
                return None
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    return None


def _as_map(values: list[Any]) -> dict[str, Any]:
    """PHP's list of named things as an object: `[{"name": "a", …}]` or `[{"a": {…}}, …]`; else empty."""
    found: dict[str, Any] = {}
    for value in values:
        if not isinstance(value, dict):
            continue
        if isinstance(value.get("name"), str):
            found[value["name"]] = {key: inner for key, inner in value.items() if key != "name"}
        else:
            found |= {key: inner for key, inner in value.items() if isinstance(inner, dict)}
    return found


def _described(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    return "text" if isinstance(value, str) else "a list" if isinstance(value, list) else "an object"
