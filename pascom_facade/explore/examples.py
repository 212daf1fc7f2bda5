"""Examples: small values that fit a schema."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from .._index import Index
from .._shape import Schema, may_be_null, members
from .fits import fits
from .schemas import Fields, choices, fields_to_send, kinds

TEXTS = {
    "date": "2026-11-23",
    "date-time": "2026-11-23T10:00:00Z",
    "time": "10:00:00Z",
    "uuid": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "email": "name@example.com",
    "uri": "https://example.com/",
    "url": "https://example.com/",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "hostname": "example.com",
    "byte": "ZXhhbXBsZQ==",
    "duration": "PT1H",
}

# What a field or parameter of this name may hold; the users and numbers are those of the simulator.
NAMED = {
    "username": "mpasquay",
    "user": "mpasquay",
    "login": "mpasquay",
    "destination": "*100",
    "number": "0049991296910",
    "phone": "0049991296910",
    "mailbox": "101",
    "extension": "101",
    "profilename": "phonebook",
    "timefrom": "2026-11-23 10:00:00",
    "timeto": "2026-11-23 18:00:00",
}
QUOTED = re.compile(r"`([\w*.-]{1,40})`")

DEEPEST = 7
MOST_ATTEMPTS = 3000  # altogether: a schema that no value fits must not take long
LONGEST_LIST, LONGEST_TEXT = 20, 10_000


def sample(index: Index, schema: Any, name: str = "") -> Any:
    """A small value that fits the schema of a field or parameter `name`; the author's own example if that fits."""
    return _Sampler(index).sample(schema, 0, name)


class _Sampler:
    def __init__(self, index: Index) -> None:
        self._index = index
        self._left = MOST_ATTEMPTS

    def sample(self, schema: Any, depth: int, name: str = "") -> Any:
        """The first candidate that fits; if none does, the first of all: the author's, or the nearest."""
        rejected = []
        for value in self._candidates(schema, depth, name):
            self._left -= 1
            if self._left < 0 or fits(self._index, schema, value):
                return value
            rejected.append(value)
        return next(iter(rejected), None)

    def _candidates(self, schema: Any, depth: int, name: str = "") -> Iterator[Any]:
        """Values that may fit, best first."""
        schema = self._index.reader.flat(schema)
        if "const" in schema:
            yield schema["const"]
        for key in ("example", "default"):
            if schema.get(key) not in (None, ""):
                yield schema[key]
        yield from sorted(choices(self._index, schema), key=lambda value: value is None)
        allowed = kinds(self._index, schema)
        if "object" in allowed:
            yield from self._objects(schema, depth)
        elif depth <= DEEPEST:
            parts = [part for part in members(schema) if not self._index.reader.is_null(part)]
            yield from (self.sample(part, depth + 1) for part in parts)
        if "array" in allowed:
            yield self._array(schema, depth, name)
        if allowed & {"integer", "number"}:
            yield from _numbers(schema)
        if "boolean" in allowed:
            yield True
        if "string" in allowed or not allowed:
            yield from _plausible(schema, name)
            yield from _texts(schema)
        if may_be_null(schema):
            yield None

    def _objects(self, schema: Schema, depth: int) -> Iterator[dict[str, Any]]:
        """The required fields; these with each of the alternatives; with each other field; all fields."""
        if self._must_end(depth):
            yield {}
            return
        fields = fields_to_send(self._index, schema)
        required = self._values(fields, fields.required, depth)
        yield required
        for part in members(schema):
            alternative = self.sample(part, depth + 1)
            if isinstance(alternative, dict):
                yield {**required, **alternative}
        optional = [name for name in fields.properties if name not in required]
        for name in optional:
            yield {**required, **self._values(fields, [name], depth)}
        yield {**required, **self._values(fields, optional, depth)}

    def _values(self, fields: Fields, names: Iterable[str], depth: int) -> dict[str, Any]:
        return {name: self.sample(fields.properties.get(name, {}), depth + 1, name) for name in names}

    def _array(self, schema: Schema, depth: int, name: str) -> list[Any]:
        if self._must_end(depth):
            return []
        values = [self.sample(part, depth + 1) for part in schema.get("prefixItems", ())]
        items = schema.get("items", {})
        least = min(max(1, schema.get("minItems") or 0), LONGEST_LIST)
        distinct: Iterator[Any] = iter(())
        if schema.get("uniqueItems"):
            distinct = (value for value in self._candidates(items, depth + 1) if fits(self._index, items, value))
        while len(values) < least:
            repeated = self.sample(items, depth + 1, name)
            values.append(next((value for value in distinct if value not in values), repeated))
        return values

    def _must_end(self, depth: int) -> bool:
        return depth > DEEPEST or self._left < 0


def _numbers(schema: Schema) -> Iterator[Any]:
    low = _limit(schema, "minimum", "exclusiveMinimum")
    high = _limit(schema, "maximum", "exclusiveMaximum")
    step = schema.get("multipleOf")
    values = [1, low, high, step]
    if low is not None:
        values += [low + 1, low + 0.5]
    if high is not None:
        values += [high - 1, high - 0.5]
    if step and low is not None:
        values.append(-(-low // step) * step)  # the first multiple from `low` on
    for value in values:
        if value is None:
            continue
        if schema.get("type") == "integer" or value == int(value):
            value = int(value)
        yield value


def _limit(schema: Schema, inclusive: str, exclusive: str) -> Any:
    """The exclusive limit, which is a number since OpenAPI 3.1, else the inclusive one."""
    limit = schema.get(exclusive)
    if limit is None or isinstance(limit, bool):
        return schema.get(inclusive)
    return limit


def _plausible(schema: Schema, name: str) -> Iterator[str]:
    """What the name suggests, and the first word that the description quotes."""
    if schema.get("format"):
        return
    key = re.sub(r"[^a-z]", "", name.lower())
    if key in NAMED:
        yield NAMED[key]
    if quoted := QUOTED.search(str(schema.get("description", ""))):
        yield quoted[1]


def _texts(schema: Schema) -> Iterator[str]:
    text = TEXTS.get(schema.get("format", ""), "text")
    least = schema.get("minLength") or 0
    most = schema.get("maxLength")
    yield text
    if pattern := schema.get("pattern"):
        from .patterns import matching

        yield from filter(None, (matching(pattern, more) for more in (0, 1, 3, least)))
    yield text.ljust(min(least, LONGEST_TEXT), "x")[:most]
