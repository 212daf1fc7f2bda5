"""What a schema says about a value itself, in two documents: its type, its values, its limits."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from pascom_facade._shape import AT_LEAST, AT_MOST, Shape

from .direction import Direction, change_of, flag_change, listed, or_none
from .model import Finding
from .rules import finding

# Formats that become another Python type in the generated client.
_RETYPING_FORMATS = {"date", "date-time", "uuid", "binary"}
_BOUNDS = {"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}
_COUNTS = frozenset((*AT_MOST, *AT_LEAST)) - {*_BOUNDS, *_BOUNDS.values()}


def value_changes(before: Shape, after: Shape, direction: Direction, where: str) -> Iterator[Finding]:
    """All but the type, which is the first to look at."""
    yield from _enum(before, after, direction, where)
    yield from _limits(before, after, direction, where)
    if before.pattern != after.pattern:
        yield finding("pattern", direction, change_of(before.pattern, after.pattern), where, new=after.pattern)
    for keyword in ("contentEncoding", "contentMediaType"):
        old, new = before.further.get(keyword), after.further.get(keyword)
        if old != new:
            yield finding(keyword, direction, "changed", where, old=or_none(old), new=or_none(new))
    if before.default != after.default and direction.is_sent:
        words = {"old": or_none(before.default), "new": or_none(after.default)}
        yield finding("default", direction, "changed", where, **words)
    if change := flag_change(before.further.get("deprecated"), after.further.get("deprecated")):
        yield finding("deprecated", direction, change, where)


def type_changes(before: Shape, after: Shape, direction: Direction, where: str) -> Iterator[Finding]:
    described = {"old": before.description, "new": after.description}
    if before.types - {"null"} != after.types - {"null"}:
        yield finding("type", direction, _type_change(before, after, direction), where, **described)
        return
    yield from null_change(before, after, direction, where)
    if before.format == after.format:
        return
    if {before.format, after.format} & _RETYPING_FORMATS:
        yield finding("format", direction, "retyped", where, **described)
    else:
        formats = {"old": before.format or "none", "new": after.format or "none"}
        yield finding("format", direction, change_of(before.format, after.format), where, **formats)


def null_change(before: Shape, after: Shape, direction: Direction, where: str) -> Iterator[Finding]:
    if before.is_limited and after.is_limited and before.nullable != after.nullable:
        yield finding("null", direction, "added" if after.nullable else "removed", where)


def _type_change(before: Shape, after: Shape, direction: Direction) -> str:
    if not direction.is_sent:
        return "narrowed" if _contains(before.types, after.types) else "changed"
    if _contains(after.types, before.types):
        return "widened"
    return "widened" if _fits_as_text(before, after, direction) else "changed"


def _contains(wide: set[str], narrow: set[str]) -> bool:
    if not wide:
        return True
    missing = narrow - wide - {"null"}
    return bool(narrow) and (not missing or (missing == {"integer"} and "number" in wide))


def _fits_as_text(before: Shape, after: Shape, direction: Direction) -> bool:
    if direction is not Direction.PARAMETER or "string" not in after.types:
        return False
    simple = {"string", "integer", "number", "boolean"}
    return bool(before.types) and before.types <= simple


def _enum(before: Shape, after: Shape, direction: Direction, where: str) -> Iterator[Finding]:
    old, new = before.enum, after.enum
    if old is None and new is None:
        return
    if old is None:
        yield finding("enum", direction, "added", where, values=listed(new or []))
        return
    if new is None:
        yield finding("enum", direction, "removed", where)
        return
    removed = _without(old, new)
    added = _without(new, old)
    if removed:
        yield finding("enum", direction, "value removed", where, values=listed(removed))
    if added:
        yield finding("enum", direction, "value added", where, values=listed(added))


def _without(values: list[Any], others: list[Any]) -> list[Any]:
    """As JSON compares them: true is not 1."""
    known = {json.dumps(value, sort_keys=True) for value in others}
    return [value for value in values if json.dumps(value, sort_keys=True) not in known]


def _limits(before: Shape, after: Shape, direction: Direction, where: str) -> Iterator[Finding]:
    for name in sorted((before.limits.keys() | after.limits.keys()) & _COUNTS):
        old, new = before.limits.get(name), after.limits.get(name)
        if old != new:
            yield _limit(name, _count_change(name, old, new), direction, where, or_none(old), or_none(new))
    for inclusive, exclusive in _BOUNDS.items():
        yield from _bound_changes(inclusive, exclusive, before, after, direction, where)
    old, new = _multiple(before), _multiple(after)
    if old != new:
        yield _limit("multipleOf", _multiple_change(old, new), direction, where, or_none(old), or_none(new))
    if change := flag_change(before.further.get("uniqueItems"), after.further.get("uniqueItems")):
        words = ("false", "true") if change == "added" else ("true", "false")
        yield _limit("uniqueItems", "narrowed" if change == "added" else "widened", direction, where, *words)


def _limit(keyword: str, change: str, direction: Direction, where: str, old: str, new: str) -> Finding:
    return finding("limit", direction, change, where, keyword=keyword, old=old, new=new)


def _count_change(name: str, old: float | None, new: float | None) -> str:
    if old is None or new is None:
        return "widened" if new is None else "narrowed"
    narrower = new < old if name in AT_MOST else new > old
    return "narrowed" if narrower else "widened"


class _Bound(NamedTuple):
    """How far values may go. `rank` grows as they may go less far."""

    keyword: str
    value: float
    rank: tuple[float, bool]

    def beside(self, other: _Bound | None) -> str:
        """The value as it is written next to the other document's."""
        if other is None or self.keyword == other.keyword or self.keyword in _BOUNDS:
            return str(self.value)
        return f"{'more' if self.keyword.endswith('Minimum') else 'less'} than {self.value}"


def _bound(shape: Shape, inclusive: str, exclusive: str) -> _Bound | None:
    """The stricter of the two keywords; among integers, "more than 0" is "at least 1"."""
    sign = 1 if inclusive == "minimum" else -1
    bounds = []
    for keyword in (inclusive, exclusive):
        value = shape.limits.get(keyword)
        if value is None:
            continue
        least, beyond = sign * value, keyword == exclusive
        if shape.types - {"null"} == {"integer"}:
            least, beyond = (math.floor(least) + 1 if beyond else math.ceil(least)), False
        bounds.append(_Bound(keyword, value, (least, beyond)))
    return max(bounds, key=lambda bound: bound.rank, default=None)


def _bound_changes(
    inclusive: str, exclusive: str, before: Shape, after: Shape, direction: Direction, where: str
) -> Iterator[Finding]:
    old, new = _bound(before, inclusive, exclusive), _bound(after, inclusive, exclusive)
    if old is None and new is None:
        return
    if new is None:
        assert old is not None
        yield _limit(old.keyword, "widened", direction, where, str(old.value), "none")
    elif old is None:
        yield _limit(new.keyword, "narrowed", direction, where, "none", str(new.value))
    elif old.rank != new.rank:
        keyword = new.keyword if new.keyword == old.keyword else inclusive
        change = "narrowed" if new.rank > old.rank else "widened"
        yield _limit(keyword, change, direction, where, old.beside(new), new.beside(old))


def _multiple(shape: Shape) -> Any:
    """What values have to be a multiple of, if that says anything."""
    value = shape.further.get("multipleOf")
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
    if not is_number or (value == 1 and shape.types - {"null"} == {"integer"}):
        return None
    return value


def _multiple_change(old: Any, new: Any) -> str:
    if old is None or new is None:
        return "widened" if new is None else "narrowed"
    one, other = Fraction(str(old)), Fraction(str(new))
    if other % one == 0:
        return "narrowed"
    return "widened" if one % other == 0 else "changed"


def says_nothing(shape: Shape) -> bool:
    """Whether any value is allowed."""
    return not (shape.is_limited or shape.properties or shape.limits or isinstance(shape.items, Mapping))
