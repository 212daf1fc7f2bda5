"""The table of what each difference means, row by row."""

from __future__ import annotations

import re
from typing import Any

import pytest

from scripts.changes import Severity, compare, rules
from scripts.changes.rules import RULES, Rule
from tests.helpers.checkouts import REPOSITORY
from tests.judges.judge import OASDIFF_ALONE, OURS_ALONE

from .examples import BESIDE, LIST, OPERATIONS, SCHEMAS, TEXT, document, example, fields, with_schema

PLACES = ("parameter", "request", "response")


def found(old: Any, new: Any) -> list[tuple[Severity, str, str]]:
    changes = compare(old, new, descriptions=True).all
    return [(change.severity, change.finding.kind, change.finding.text) for change in changes]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: " ".join(rule[:3]))
def test_each_row_is_what_its_difference_gives_and_all_it_gives(rule: Rule) -> None:
    pair = example(rule)
    assert pair, "no example of this row"
    ((severity, kind, text),) = (one for one in found(*pair) if one[1] != BESIDE.get(rule[:3]))
    assert (severity, kind) == (rule.severity, rule.kind)
    assert re.fullmatch(re.sub(r"\\\{\w+\\\}", ".+", re.escape(rule.text)), text), text


def test_each_example_is_of_a_row() -> None:
    known = {rule[:3] for rule in RULES}
    assert known >= OPERATIONS.keys()
    assert {(keyword, change) for keyword, _, change in known} >= SCHEMAS.keys()


# keyword -> (schema without it, value, a value that allows less); what allows less is judged like what is added.
LIMITS: dict[str, tuple[dict[str, Any], Any, Any]] = {
    "maxLength": ({"type": "string"}, 5, 4),
    "minLength": ({"type": "string"}, 5, 6),
    "maximum": ({"type": "number"}, 5, 4.5),
    "minimum": ({"type": "number"}, 5, 5.5),
    "exclusiveMaximum": ({"type": "number"}, 5, 4),
    "exclusiveMinimum": ({"type": "number"}, 5, 6),
    "multipleOf": ({"type": "number"}, 0.1, 0.2),
    "maxItems": (LIST, 5, 4),
    "minItems": (LIST, 5, 6),
    "maxContains": ({**LIST, "contains": {"enum": ["a"]}}, 5, 4),
    "minContains": ({**LIST, "contains": {"enum": ["a"]}}, 5, 6),
    "maxProperties": ({"type": "object"}, 5, 4),
    "minProperties": ({"type": "object"}, 5, 6),
}


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("keyword", LIMITS)
def test_each_limit_is_judged_in_both_directions(keyword: str, where: str) -> None:
    without, wide, narrow = LIMITS[keyword]
    steps = [document(with_schema(where, {**without, **said})) for said in ({}, {keyword: wide}, {keyword: narrow})]
    narrowed = {rule.where: rule.severity for rule in RULES if (rule.keyword, rule.change) == ("limit", "narrowed")}
    widened = {rule.where: rule.severity for rule in RULES if (rule.keyword, rule.change) == ("limit", "widened")}
    for old, new, said in ((0, 1, ("none", wide)), (1, 2, (wide, narrow)), (0, 2, ("none", narrow))):
        kind = f"{where}-limit-changed"
        text = "{} changed from {} to {}"
        assert found(steps[old], steps[new]) == [(narrowed[where], kind, text.format(keyword, *said))]
        assert found(steps[new], steps[old]) == [(widened[where], kind, text.format(keyword, *said[::-1]))]


SAME_LIMITS = [
    ({"minimum": 0, "exclusiveMinimum": True}, {"exclusiveMinimum": 0}),
    ({"maximum": 9, "exclusiveMaximum": True}, {"maximum": 9, "exclusiveMaximum": 9}),
    ({"type": "integer", "exclusiveMinimum": 0}, {"type": "integer", "minimum": 1}),
    ({"type": "integer", "maximum": 9.5}, {"type": "integer", "exclusiveMaximum": 10}),
    ({"uniqueItems": False}, {}),
    ({"type": "integer", "multipleOf": 1}, {"type": "integer"}),
]


@pytest.mark.parametrize("pair", SAME_LIMITS)
def test_two_spellings_of_one_limit_are_no_difference(pair: tuple[Any, Any]) -> None:
    old, new = (document(with_schema("request", {"type": "number", **schema})) for schema in pair)
    assert found(old, new) == found(new, old) == []


CONDITIONS = [
    (LIST, {"contains": {"enum": ["a"]}}),
    (LIST, {"prefixItems": [{"enum": ["a"]}]}),
    (LIST, {"unevaluatedItems": False}),
    (fields(), {"propertyNames": {"pattern": "a"}}),
    (fields(), {"patternProperties": {"a": {"type": "string"}}}),
    (fields(), {"dependentRequired": {"a": ["b"]}}),
    (fields(), {"dependentSchemas": {"a": {"required": ["b"]}}}),
    (fields(), {"dependencies": {"a": ["b"]}}),
    (fields(), {"not": {"required": ["b"]}}),
]


@pytest.mark.parametrize(("without", "condition"), CONDITIONS, ids=lambda said: next(iter(said)))
def test_each_condition_is_judged_in_both_directions(without: dict[str, Any], condition: dict[str, Any]) -> None:
    old, new = (document(with_schema("request", schema)) for schema in (without, {**without, **condition}))
    assert [one[:2] for one in found(old, new)] == [(Severity.BREAKING, "request-condition-added")]
    assert [one[:2] for one in found(new, old)] == [(Severity.COMPATIBLE, "request-condition-removed")]


INNER = [
    ({"type": "array"}, {"type": "array", "items": TEXT}, "[]"),
    ({"items": {}}, {"items": TEXT}, "[]"),
    ({"type": "object"}, {"type": "object", "additionalProperties": TEXT}, ".*"),
    ({"type": "object", "additionalProperties": True}, {"type": "object", "additionalProperties": TEXT}, ".*"),
    (fields(a=TEXT), {**fields(a=TEXT), "additionalProperties": TEXT}, ".*"),
    (fields(a=TEXT), {**fields(a=TEXT), "unevaluatedProperties": TEXT}, ".*"),
    ({"additionalProperties": {}}, {"additionalProperties": TEXT}, ".*"),
]


@pytest.mark.parametrize(("old", "new", "inner"), INNER)
def test_what_an_inner_value_may_be_is_judged_when_it_is_said_for_the_first_time(
    old: Any, new: Any, inner: str
) -> None:
    def told(place: str, before: Any, after: Any) -> list[tuple[Severity, str, str]]:
        changes = compare(document(with_schema(place, before)), document(with_schema(place, after))).all
        return [(one.severity, one.finding.where, one.finding.text) for one in changes]

    request, response = f"request body{inner}", f"response 200{inner}"
    typed, untyped = "type changed from anything to string", "type changed from string to anything"
    assert told("request", old, new) == [(Severity.BREAKING, request, typed)]
    assert told("request", new, old) == [(Severity.COMPATIBLE, request, untyped)]
    assert told("response", old, new) == [(Severity.COMPATIBLE, response, typed)]
    assert told("response", new, old) == [(Severity.BREAKING, response, untyped)]


CLOSED = [
    {"additionalProperties": False},
    {"unevaluatedProperties": False},
    {"allOf": [{"additionalProperties": False}]},
]


@pytest.mark.parametrize("closed", CLOSED)
def test_an_object_is_closed_in_any_way(closed: dict[str, Any]) -> None:
    old, new = (document(with_schema("request", {**fields(a=TEXT), **said})) for said in ({}, closed))
    assert [one[:2] for one in found(old, new)] == [(Severity.MAYBE, "request-closed")]
    assert [one[:2] for one in found(new, old)] == [(Severity.COMPATIBLE, "request-opened")]


def test_no_difference_has_two_verdicts() -> None:
    assert len({rule[:3] for rule in rules.RULES}) == len(rules.RULES)


# These differ by nature: what an operation has is no schema's, no default is received, only what is sent may be
# read-only, and only what is received write-only.
NO_SCHEMAS = {"content", "required", "name", "parameter", "requestBody", "responses", "headers", "in", "style"}
NO_SCHEMAS |= {"allowReserved", "allowEmptyValue", "argument", "encoding"}
BY_NATURE = {"default", "readOnly", "writeOnly"}


def test_what_a_schema_says_is_judged_wherever_it_stands() -> None:
    """Only these differ by nature: what is sent is widened, what is received narrowed; no default is received."""
    for rule in rules.RULES:
        if rule.where in PLACES and rule.keyword not in NO_SCHEMAS | BY_NATURE:
            places = {other.where for other in rules.RULES if other.keyword == rule.keyword}
            assert places - {"operation"} == set(PLACES), rule


def test_the_kind_of_a_difference_in_a_schema_says_where_it_stands() -> None:
    for rule in rules.RULES:
        if rule.where in PLACES and rule.keyword not in NO_SCHEMAS | {"default"}:
            assert rule.kind.startswith(f"{rule.where}-"), rule


def test_each_reason_why_judges_differ_is_explained_and_about_a_row() -> None:
    explained = set(re.findall(r"^\| ([A-Z]) \|", (REPOSITORY / "tests/judges/README.md").read_text("utf-8"), re.M))
    assert {*OURS_ALONE.values(), *OASDIFF_ALONE.values()} == explained
    assert {rule.kind for rule in RULES if rule.severity is Severity.BREAKING} >= OURS_ALONE.keys()
