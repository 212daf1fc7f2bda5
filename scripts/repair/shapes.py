"""Step 3: shapes. Everything in the document gets the kind of value that belongs in its place.

PHP's json_encode writes `[]` for an empty object, and numbers a list's items as keys once the list has a gap (so
swagger-php, L5-Swagger and Nelmio do where an array is passed through); people write `true` in quotes, one value
where a list belongs, or a list where one value belongs. What can be read is read; what can't is left out. Schemas
have more to them: `schemas.py` repairs each one.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from ..tree import At
from .grammar import OBJECTS, TEXT_MEANS, UNREAD, Kind, ListOf, MapOf, Object, Scalar
from .log import Log

GONE: Any = object()  # nothing can be made of a value: its field is left out
KNOWN = {name: fields.keys() | UNREAD.get(name, set()) for name, fields in OBJECTS.items()}
WORDS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False, "": False}

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
        if kind is Scalar.TEXT:
            return self._text(value, at)
        if kind is Scalar.FLAG:
            return self._flag(value, at)
        return self._number(value, kind, at)

    def _text(self, value: Any, at: At) -> Any:
        if isinstance(value, str):
            return value
        problem = f"{_described(value)} where {Scalar.TEXT.value} belongs"
        if isinstance(value, bool):
            return self._read(at, problem, str(value).lower())
        if isinstance(value, (int, float)):
            return self._read(at, problem, str(value))
        if isinstance(value, list) and value and all(isinstance(line, str) for line in value):
            return self._read(at, problem, "\n".join(value))
        return self._gone(at, problem)

    def _flag(self, value: Any, at: At) -> Any:
        if isinstance(value, bool):
            return value
        problem = f"{_described(value)} where {Scalar.FLAG.value} belongs"
        word = str(value).lower()
        if word in WORDS:
            return self._read(at, problem, WORDS[word])
        return self._gone(at, problem)

    def _number(self, value: Any, kind: Scalar, at: At) -> Any:
        problem = f"{_described(value)} where {kind.value} belongs"
        number = as_number(value)
        if number is None:
            return self._gone(at, problem)
        if kind is Scalar.COUNT:
            if number < 0 or number != int(number):
                return self._gone(at, problem)
            number = int(number)
        if number is value or number == value:
            return number
        return self._read(at, problem, number)

    def _list(self, value: Any, kind: ListOf, at: At) -> Any:
        if isinstance(value, dict):
            values = [value]
            if all(key.isdecimal() for key in value):
                values = list(value.values())
            value = self._read(at, "an object where a list belongs", values)
        elif not isinstance(value, list):
            value = self._read(at, "one value where a list belongs", [value])
        walked = (self.of(item, kind.inner, (*at, str(number))) for number, item in enumerate(value))
        return [item for item in walked if item is not GONE]

    def _map(self, value: Any, kind: MapOf, at: At) -> Any:
        if isinstance(value, list):
            value = self._read(at, "a list where an object belongs", _as_map(value))
        elif not isinstance(value, dict):
            return self._gone(at, f"{_described(value)} where an object belongs")
        result = {}
        for key, item in value.items():
            if not kind.is_note(key):
                item = self.of(item, kind.inner, (*at, key))
            if item is not GONE:
                result[key] = item
        return result

    def _object(self, value: Any, kind: Object, at: At) -> Any:
        if not isinstance(value, dict):
            if kind.name == "Schema" and self._is_boolean_schema(value, at):
                return value
            value = self._as_object(value, kind, at)
            if value is GONE:
                return GONE
        if "$ref" in value and not isinstance(value["$ref"], str):
            self.log.fix((*at, "$ref"), "a reference that isn't text", "left out")
            del value["$ref"]
        if kind.reference and "$ref" in value and (kind.name != "Schema" or len(value) == 1):
            return value
        if kind.name in self.hooks:
            self.hooks[kind.name](value, at, self)
        self.fields(value, OBJECTS[kind.name], at)
        self._drop_unknown(value, kind.name, at)
        return value

    def _is_boolean_schema(self, value: Any, at: At) -> bool:
        """`true` and `false` are schemas since 3.1; in 3.0 only `additionalProperties` may have them."""
        return isinstance(value, bool) and (self.version != "3.0" or at[-1] == "additionalProperties")

    def _as_object(self, value: Any, kind: Object, at: At) -> Any:
        """The object that another kind of value stands for; GONE if it stands for none."""
        if isinstance(value, list):
            first = {}
            if value and isinstance(value[0], dict):
                first = value[0]
            return self._read(at, "a list where an object belongs", first)
        if kind.name == "Schema" and isinstance(value, bool):
            # Only OpenAPI 3.0's gets here: since 3.1 it is a schema.
            self.log.fix(at, "true or false where OpenAPI 3.0 has a schema", "any value is possible")
            return {}
        if kind.name == "Schema" and isinstance(value, str):
            keyword = "$ref" if value.startswith("#/") else "type"
            return self._read(at, "text where a schema belongs", {keyword: value})
        if isinstance(value, str) and kind.name in TEXT_MEANS:
            return self._read(at, "text where an object belongs", {TEXT_MEANS[kind.name]: value})
        return self._gone(at, f"{_described(value)} where an object belongs")

    def _drop_unknown(self, value: dict[str, Any], name: str, at: At) -> None:
        known = KNOWN[name]
        for field in [field for field in value if field not in known and not field.startswith("x-")]:
            del value[field]
            self.log.fix((*at, field), "a field that OpenAPI doesn't have", "left out")

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
        return _number_in(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    return None


def _number_in(text: str) -> int | float | None:
    with suppress(ValueError):
        return int(text)
    with suppress(ValueError):
        number = float(text)
        if math.isfinite(number):
            return number
    return None


def _as_map(values: list[Any]) -> dict[str, Any]:
    """PHP's list of named things as an object: `[{"name": "a", …}]` or `[{"a": {…}}, …]`; else empty."""
    named: dict[str, Any] = {}
    for value in values:
        if not isinstance(value, dict):
            continue
        if isinstance(value.get("name"), str):
            named[value["name"]] = {key: inner for key, inner in value.items() if key != "name"}
        else:
            named |= {key: inner for key, inner in value.items() if isinstance(inner, dict)}
    return named


def _described(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "an object"
