"""Examples fit their schemas, judged by jsonschema; the author's own come first, unless they don't fit."""

from __future__ import annotations

import time
from typing import Any

import pytest
from openapi_schema_validator import OAS30WriteValidator

from pascom_facade._index import Index
from pascom_facade.explore.examples import sample

SCHEMAS: list[dict[str, Any]] = [
    {"type": "string", "pattern": r"^[0-9a-f]{8}-(?:[^a]|\d+)_(x|y)?$"},
    {"type": "string", "pattern": r"^[^a-zA-Z\d]\w+\s\D(a)\1$", "minLength": 12},
    {"type": "string", "pattern": r"^[a-zA-Z0-9]{19,50}$"},
    {"type": "string", "minLength": 30, "maxLength": 31},
    {"type": "string", "maxLength": 2},
    {"type": "string", "format": "date", "example": "2025-10-15T13:51:00.779Z"},
    {"type": "integer", "minimum": 7, "multipleOf": 5},
    {"type": "integer", "minimum": 1, "exclusiveMinimum": True, "maximum": 3},
    {"type": "number", "minimum": 0, "maximum": 0.9, "exclusiveMaximum": True, "exclusiveMinimum": True},
    {
        "type": "array",
        "items": {"type": "string", "enum": ["a", "b", "c"]},
        "minItems": 3,
        "uniqueItems": True,
    },
    {"type": "integer", "example": "17"},
    {
        "type": "object",
        "required": ["id", "kind", "inner"],
        "properties": {
            "id": {"type": "integer", "readOnly": True},
            "kind": {"type": "string", "enum": ["one", "two"], "default": "three"},
            "inner": {"type": "object", "minProperties": 1, "properties": {"a": {"type": "boolean"}}},
        },
        "additionalProperties": False,
        "example": {"id": 1, "kind": "one", "inner": {}},
    },
    {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
        "oneOf": [{"required": ["a"]}, {"required": ["b"]}],
    },
    {"oneOf": [{"type": "integer", "maximum": 0}, {"type": "integer", "minimum": 0}]},
    {"allOf": [{"$ref": "#/components/schemas/Named"}, {"type": "object", "required": ["age"]}]},
]
NAMED = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}


def index_of(**schemas: Any) -> Index:
    return Index({"title": "", "version": "", "operations": [], "schemas": schemas})


@pytest.mark.parametrize("schema", SCHEMAS)
def test_an_example_fits(schema: dict[str, Any]) -> None:
    made = sample(index_of(Named=NAMED), schema)
    whole = {**schema, "components": {"schemas": {"Named": NAMED}}}
    errors = list(OAS30WriteValidator(whole, format_checker=OAS30WriteValidator.FORMAT_CHECKER).iter_errors(made))
    assert errors == [], made


def test_the_authors_example_comes_first() -> None:
    assert sample(index_of(), {"type": "integer", "minimum": 3, "example": 5, "default": 4}) == 5
    assert sample(index_of(), {"type": "integer", "minimum": 3, "example": 2, "default": 4}) == 4


def test_what_nothing_fits_costs_little() -> None:
    endless: dict[str, Any] = {"type": "object", "required": [*"abc"]}
    endless["properties"] = {name: {"$ref": "#/components/schemas/N"} for name in "abc"}
    began = time.process_time()
    sample(index_of(N=endless), {"$ref": "#/components/schemas/N"})
    assert time.process_time() - began < 2


def test_a_pattern_of_another_language_is_left_alone() -> None:
    assert sample(index_of(), {"type": "string", "pattern": r"^\p{Lu}+$"}) == "text"
