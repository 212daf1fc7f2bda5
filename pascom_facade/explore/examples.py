"""Values that fit a schema, as small as they may be."""

from __future__ import annotations

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


DEEPEST, MOST = 7, 3000
"""Levels, and attempts altogether: a schema that no value fits must not cost more than it is worth."""


def sample(index: Index, schema: Any) -> Any:
    """A value that fits the schema, as small as it may be; the author's own where that fits."""
    return _Sampler(index).sample(schema, 0)


class _Sampler:
    def __init__(self, index: Index) -> None:
        self._index = index
        self._left = MOST

    def sample(self, schema: Any, depth: int) -> Any:
        first = None
        for one in self._candidates(schema, depth):
            self._left -= 1
            if self._left < 0 or fits(self._index, schema, one):
                return one
            first = [one] if first is None else first
        return first[0] if first else None  # nothing fits: the author's, or the nearest

    def _candidates(self, schema: Any, depth: int) -> Iterator[Any]:
        """What may fit, best first."""
        schema = self._index.reader.flat(schema)
        if "const" in schema:
            yield schema["const"]
        yield from (schema[key] for key in ("example", "default") if schema.get(key) not in (None, ""))
        yield from sorted(choices(self._index, schema), key=lambda one: one is None)
        allowed = kinds(self._index, schema)
        if "object" in allowed:
            yield from self._objects(schema, depth)
        elif depth <= DEEPEST:
            parts = [part for part in members(schema) if not self._index.reader.is_null(part)]
            yield from (self.sample(part, depth + 1) for part in parts)
        if "array" in allowed:
            yield self._array(schema, depth)
        if allowed & {"integer", "number"}:
            yield from _numbers(schema)
        if "boolean" in allowed:
            yield True
        if "string" in allowed or not allowed:
            yield from _texts(schema)
        if may_be_null(schema):
            yield None

    def _objects(self, schema: Schema, depth: int) -> Iterator[dict[str, Any]]:
        """What is required; that with each of the alternatives, with each other field; all there is."""
        if depth > DEEPEST or self._left < 0:
            yield {}
            return
        found = fields_to_send(self._index, schema)
        required = self._of(found, found.required, depth)
        yield required
        for part in members(schema):
            if isinstance(other := self.sample(part, depth + 1), dict):
                yield {**required, **other}
        others = [name for name in found.properties if name not in required]
        yield from ({**required, **self._of(found, [name], depth)} for name in others)
        yield {**required, **self._of(found, others, depth)}

    def _of(self, found: Fields, names: Iterable[str], depth: int) -> dict[str, Any]:
        return {name: self.sample(found.properties.get(name, {}), depth + 1) for name in names}

    def _array(self, schema: Schema, depth: int) -> list[Any]:
        if depth > DEEPEST or self._left < 0:
            return []
        value = [self.sample(part, depth + 1) for part in schema.get("prefixItems", ())]
        items, least = schema.get("items", {}), min(max(1, schema.get("minItems") or 0), 20)
        others: Iterator[Any] = iter(())
        if schema.get("uniqueItems"):
            others = (one for one in self._candidates(items, depth + 1) if fits(self._index, items, one))
        while len(value) < least:
            one = self.sample(items, depth + 1)
            value.append(next((other for other in others if other not in value), one))
        return value


def _numbers(schema: Schema) -> Iterator[Any]:
    low, high, step = (schema.get(key) for key in ("minimum", "maximum", "multipleOf"))
    for limit in ("exclusiveMinimum", "exclusiveMaximum"):  # a number since OpenAPI 3.1
        if (strict := schema.get(limit)) is not None and not isinstance(strict, bool):
            low, high = (strict, high) if limit == "exclusiveMinimum" else (low, strict)
    whole = schema.get("type") == "integer"
    for value in (1, low, high, step, *((low + more) for more in (1, 0.5) if low is not None),
                  *((high - less) for less in (1, 0.5) if high is not None),
                  *([-(-low // step) * step] if step and low is not None else ())):  # fmt: skip
        if value is not None:
            yield int(value) if whole or value == int(value) else value


def _texts(schema: Schema) -> Iterator[str]:
    text = TEXTS.get(schema.get("format", ""), "text")
    least, most = schema.get("minLength") or 0, schema.get("maxLength")
    yield text
    if pattern := schema.get("pattern"):
        from .patterns import matching

        yield from filter(None, (matching(pattern, more) for more in (0, 1, 3, least)))
    yield text.ljust(min(least, 10_000), "x")[:most]
