"""Alternatives: which of two documents are the same, and where one of them has only one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scripts.changes import Severity, compare

from .examples import CAT, DOG, TEXT, document, fields, with_schema

BREAKING, MAYBE, COMPATIBLE = Severity.BREAKING, Severity.MAYBE, Severity.COMPATIBLE
BOTH = {"oneOf": [CAT, DOG]}
BIRD, FISH = fields(wing=TEXT), fields(fin=TEXT)


def found(place: str, old: Any, new: Any) -> list[tuple[Severity, str]]:
    changes = compare(document(with_schema(place, old)), document(with_schema(place, new))).all
    return [(change.severity, change.finding.text) for change in changes]


ONLY_A_CAT: list[Any] = [
    CAT,
    {"oneOf": [CAT]},
    {"anyOf": [CAT]},
    {"allOf": [CAT]},
    {"allOf": [{"oneOf": [CAT]}]},
    {**CAT, "description": "x"},
]


@pytest.mark.parametrize("one", ONLY_A_CAT)
def test_one_that_is_left_is_no_new_one(one: Any) -> None:
    assert found("request", BOTH, one) == [(BREAKING, "can no longer be Dog")]
    assert found("request", one, BOTH) == [(COMPATIBLE, "can also be Dog")]
    assert found("response", BOTH, one) == [(COMPATIBLE, "can no longer be Dog")]
    assert found("response", one, BOTH) == [(MAYBE, "can also be Dog")]


def test_types_are_alternatives_too() -> None:
    several = {"oneOf": [TEXT, {"type": "integer"}]}
    assert found("request", several, {"type": ["string", "integer"]}) == []
    assert found("request", {"type": ["string", "integer"]}, several) == []
    assert found("request", several, TEXT) == [(BREAKING, "can no longer be integer")]
    assert found("request", several, {"type": "boolean"}) == [
        (BREAKING, "can no longer be integer"),
        (BREAKING, "can no longer be string"),
        (COMPATIBLE, "can also be boolean"),
    ]


def test_null_beside_alternatives_is_told_as_null() -> None:
    assert found("request", {"oneOf": [CAT, DOG, {"type": "null"}]}, CAT) == [
        (BREAKING, "may no longer be null"),
        (BREAKING, "can no longer be Dog"),
    ]


def test_as_many_unnamed_alternatives_as_there_are_are_told_apart_by_their_fields() -> None:
    assert found("request", {"oneOf": [BIRD, FISH]}, {"oneOf": [FISH, BIRD]}) == []
    assert found("request", {"oneOf": [BIRD, FISH]}, {"oneOf": [FISH, BIRD, fields(leg=TEXT)]}) == [
        (COMPATIBLE, "can also be object")
    ]
    assert found("request", {"oneOf": [BIRD, FISH]}, {"oneOf": [FISH, fields()]}) == [
        (BREAKING, "no longer says which fields it has (it had wing)")
    ]


def test_what_stands_beside_alternatives_is_compared_when_they_come_or_go() -> None:
    base = fields(name=TEXT)
    with_kinds = {**base, "oneOf": [BIRD, FISH]}
    assert found("request", base, with_kinds) == [(BREAKING, "can only be object, object now")]
    assert found("request", with_kinds, base) == [(COMPATIBLE, "need not be object, object now")]
    retyped = fields(name={"type": "boolean"})
    assert (BREAKING, "type changed from string to boolean") in found("request", with_kinds, retyped)


CLASSES = [
    {"$ref": "#/components/schemas/Before"},
    {"allOf": [{"$ref": "#/components/schemas/Before"}]},
    {"oneOf": [{"$ref": "#/components/schemas/Before"}, {"type": "null"}]},
    {"type": "array", "items": {"$ref": "#/components/schemas/Before"}},
    fields(a={"$ref": "#/components/schemas/Before"}),
    {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Before"}},
]


@pytest.mark.parametrize("schema", CLASSES)
@pytest.mark.parametrize("shared", [fields(a=TEXT), {"type": "string", "enum": ["a"]}])
def test_a_class_that_is_called_otherwise_is_told_of_wherever_it_stands(schema: Any, shared: Any) -> None:
    def whole(name: str) -> Any:
        renamed = json.loads(json.dumps(schema).replace("Before", name))
        made = document(with_schema("request", renamed))
        made["components"]["schemas"][name] = shared
        return made

    def texts(old: Any, new: Any) -> list[tuple[Severity, str]]:
        return [(change.severity, change.finding.text) for change in compare(old, new).all]

    assert texts(whole("Before"), whole("After")) == [(BREAKING, "its class is After now, was Before")]
    kept = whole("After")
    kept["components"]["schemas"]["Before"] = shared
    assert texts(whole("Before"), kept) == []
    assert texts(whole("Before"), whole("before")) == []


def test_what_is_no_class_may_be_called_anything() -> None:
    old, new = (document(with_schema("request", {"$ref": f"#/components/schemas/{name}"})) for name in ("A", "B"))
    old["components"]["schemas"]["A"] = new["components"]["schemas"]["B"] = TEXT
    assert compare(old, new).all == ()
