"""Schemas in the forms that the generator keeps: what is known stays known."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.lower import lower
from scripts.lower.schemas import Schemas
from scripts.repair import repair
from scripts.tree import untyped_responses


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"enum": [1, "a"]}, {"anyOf": [{"type": "integer"}, {"type": "string"}]}),
        ({"enum": [1, 2.5]}, {"type": "number"}),
        ({"enum": [["a"], "a"], "type": "string"}, {"type": "string"}),
        ({"enum": [["a"], "a"]}, {}),
    ],
)
def test_an_enumeration_of_several_types(schema: Any, expected: Any) -> None:
    assert Schemas({}).lower(schema, ("S",)) == expected


@pytest.mark.parametrize("name", ["components", "schemas", "properties", ""])
def test_a_schema_may_be_called_as_what_holds_it(name: str) -> None:
    shared = {name: {"type": "object", "properties": {"a": {"type": "string"}}}}
    document = repair({"openapi": "3.0.3", "paths": {}, "components": {"schemas": shared}}).document
    (found,) = lower(document).document["components"]["schemas"].values()
    assert found["properties"] == {"a": {"type": "string"}}


@pytest.mark.parametrize("schema", [{}, {"$ref": "#/components/schemas/Nothing"}])
def test_an_answer_about_which_nothing_is_said_is_reported(schema: Any) -> None:
    content = {"application/json": {"schema": schema}}
    document = {
        "paths": {"/a": {"get": {"responses": {"200": {"description": "", "content": content}}}}},
        "components": {"schemas": {"Nothing": {}}},
    }
    assert untyped_responses(document) == ["#/paths/~1a/get/responses/200"]
