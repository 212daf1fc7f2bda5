"""What differs for callers: each kind of change, judged in both directions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scripts.changes import Changes, Severity, compare
from scripts.changes.direction import Direction
from scripts.changes.schemas import SchemaComparison

BREAKING, MAYBE, COMPATIBLE = Severity.BREAKING, Severity.MAYBE, Severity.COMPATIBLE
Document = dict[str, Any]


def base() -> Document:
    """One operation with everything that can change."""
    operation = {
        "operationId": "change_thing",
        "tags": ["thing"],
        "parameters": [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
            {"name": "limit", "in": "query", "schema": {"type": "integer"}},
        ],
        "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}},
        "responses": {
            "200": {
                "description": "x",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}},
            }
        },
    }
    return {
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {"/thing/{id}": {"post": operation}},
        "components": {"schemas": {"Thing": thing("Thing"), "Order": thing("Order")}},
    }


def thing(name: str) -> Document:
    return {
        "type": "object",
        "required": ["id"],
        "properties": {
            "id": {"type": "integer"},
            "name": {"type": "string"},
            "state": {"type": "string", "enum": ["on", "off"]},
            "size": {"type": "integer", "maximum": 10},
            "parts": {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}},
            "note": {"type": "string", "nullable": True},
        },
    }


Edit = Callable[[Document], object]


def operation(document: Document) -> Document:
    found: Document = document["paths"]["/thing/{id}"]["post"]
    return found


def schema(document: Document, name: str) -> Document:
    found: Document = document["components"]["schemas"][name]
    return found


def field(name: str, field_name: str, **what: Any) -> Edit:
    return lambda d: schema(d, name)["properties"].setdefault(field_name, {}).update(what)


def without(name: str, field_name: str) -> Edit:
    return lambda d: schema(d, name)["properties"].pop(field_name)


def parameter(**what: Any) -> Edit:
    return lambda d: operation(d)["parameters"].append({"in": "query", "schema": {"type": "string"}} | what)


def required(name: str, *fields: str) -> Edit:
    return lambda d: schema(d, name).update(required=list(fields))


def move(document: Document) -> None:
    document["paths"]["/elsewhere/{id}"] = document["paths"].pop("/thing/{id}")


# (id, edit, severity, kind, the other way round: severity, kind); None: no change at all
CASES: list[tuple[str, Edit, Severity, str, Severity, str]] = [
    (
        "operation gone",
        lambda d: d["paths"].clear(),
        BREAKING,
        "operation-removed",
        COMPATIBLE,
        "operation-added",
    ),
    ("operation moved", move, BREAKING, "operation-moved", BREAKING, "operation-moved"),
    (
        "function renamed",
        lambda d: operation(d).update(operationId="alter_thing"),
        BREAKING,
        "operation-renamed",
        BREAKING,
        "operation-renamed",
    ),
    (
        "deprecated",
        lambda d: operation(d).update(deprecated=True),
        COMPATIBLE,
        "deprecated",
        COMPATIBLE,
        "deprecated",
    ),
    ("new parameter", parameter(name="x"), COMPATIBLE, "parameter-added", BREAKING, "parameter-removed"),
    (
        "new required parameter",
        parameter(name="x", required=True),
        BREAKING,
        "parameter-added",
        BREAKING,
        "parameter-removed",
    ),
    (
        "parameter required",
        lambda d: operation(d)["parameters"][1].update(required=True),
        BREAKING,
        "parameter-required",
        COMPATIBLE,
        "parameter-required",
    ),
    (
        "parameter retyped",
        lambda d: operation(d)["parameters"][1].update(schema={"type": "string"}),
        COMPATIBLE,
        "parameter-type-changed",
        BREAKING,
        "parameter-type-changed",
    ),
    (
        "new request field",
        field("Order", "x"),
        COMPATIBLE,
        "request-field-added",
        BREAKING,
        "request-field-removed",
    ),
    (
        "new response field",
        field("Thing", "x"),
        COMPATIBLE,
        "response-field-added",
        BREAKING,
        "response-field-removed",
    ),
    (
        "request field required",
        required("Order", "id", "name"),
        BREAKING,
        "request-field-required",
        COMPATIBLE,
        "request-field-optional",
    ),
    (
        "response field always there",
        required("Thing", "id", "name"),
        COMPATIBLE,
        "response-field-required",
        BREAKING,
        "response-field-optional",
    ),
    (
        "request field retyped",
        field("Order", "id", type="string"),
        BREAKING,
        "request-type-changed",
        BREAKING,
        "request-type-changed",
    ),
    (
        "response field widened",
        field("Thing", "id", type="number"),
        BREAKING,
        "response-type-changed",
        COMPATIBLE,
        "response-type-changed",
    ),
    (
        "request field widened",
        field("Order", "id", type="number"),
        COMPATIBLE,
        "request-type-changed",
        BREAKING,
        "request-type-changed",
    ),
    (
        "text becomes a date",
        field("Thing", "name", format="date-time"),
        BREAKING,
        "response-type-changed",
        BREAKING,
        "response-type-changed",
    ),
    (
        "response may be null",
        field("Thing", "name", nullable=True),
        BREAKING,
        "response-nullability-changed",
        COMPATIBLE,
        "response-nullability-changed",
    ),
    (
        "request may be null",
        field("Order", "name", nullable=True),
        COMPATIBLE,
        "request-nullability-changed",
        BREAKING,
        "request-nullability-changed",
    ),
    (
        "new value in a response",
        field("Thing", "state", enum=["on", "off", "held"]),
        MAYBE,
        "response-enum-value-added",
        COMPATIBLE,
        "response-enum-value-removed",
    ),
    (
        "new value in a request",
        field("Order", "state", enum=["on", "off", "held"]),
        COMPATIBLE,
        "request-enum-value-added",
        BREAKING,
        "request-enum-value-removed",
    ),
    (
        "smaller limit in a request",
        field("Order", "size", maximum=5),
        BREAKING,
        "request-limit-changed",
        COMPATIBLE,
        "request-limit-changed",
    ),
    (
        "larger limit in a response",
        field("Thing", "size", maximum=50),
        MAYBE,
        "response-limit-changed",
        COMPATIBLE,
        "response-limit-changed",
    ),
    (
        "body required",
        lambda d: operation(d)["requestBody"].update(required=True),
        BREAKING,
        "body-required",
        COMPATIBLE,
        "body-required",
    ),
    (
        "body gone",
        lambda d: operation(d).pop("requestBody"),
        BREAKING,
        "body-removed",
        COMPATIBLE,
        "body-added",
    ),
    (
        "another media type",
        lambda d: operation(d)["responses"]["200"]["content"].update({"text/csv": {}}),
        COMPATIBLE,
        "response-media-type-added",
        BREAKING,
        "response-media-type-removed",
    ),
    (
        "another status",
        lambda d: operation(d)["responses"].update({"202": {"description": "x"}}),
        COMPATIBLE,
        "response-added",
        BREAKING,
        "response-removed",
    ),
    (
        "login asked for",
        lambda d: d.update(security=[{"basic": []}]),
        BREAKING,
        "login-changed",
        COMPATIBLE,
        "login-changed",
    ),
]


@pytest.mark.parametrize(
    ("edit", "there", "there_kind", "back", "back_kind"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_a_change_is_judged_rightly_in_both_directions(
    edit: Edit, there: Severity, there_kind: str, back: Severity, back_kind: str
) -> None:
    old, new = base(), base()
    edit(new)
    assert (there, there_kind) in verdicts(compare(old, new))
    assert (back, back_kind) in verdicts(compare(new, old))
    assert max_severity(compare(old, new)) is there
    assert max_severity(compare(new, old)) is back


def verdicts(changes: Changes) -> set[tuple[Severity, str]]:
    return {(change.severity, change.finding.kind) for change in changes.all}


def max_severity(changes: Changes) -> Severity | None:
    return next((severity for severity in Severity if changes.of(severity)), None)


SAME: list[tuple[str, Edit]] = [
    ("nothing", lambda d: None),
    ("descriptions", lambda d: operation(d).update(description="x", summary="y")),
    ("order", lambda d: operation(d)["parameters"].reverse()),
    (
        "parameters said for the whole path",
        lambda d: d["paths"]["/thing/{id}"].update(parameters=operation(d).pop("parameters")),
    ),
    ("body behind a reference", lambda d: body_behind_reference(d)),
    ("fields by allOf", lambda d: d["components"]["schemas"].update(Thing={"allOf": [schema(d, "Thing")]})),
    ("null by 3.1", lambda d: schema(d, "Thing")["properties"].update(note={"type": ["string", "null"]})),
    (
        "null by anyOf",
        lambda d: schema(d, "Thing")["properties"].update(note={"anyOf": [{"type": "string"}, {"type": "null"}]}),
    ),
    ("a slash at the end", lambda d: d["paths"].update({"/thing/{id}/": d["paths"].pop("/thing/{id}")})),
    ("a read-only field in a request", field("Order", "x", type="string", readOnly=True)),
    ("a write-only field in a response", field("Thing", "x", type="string", writeOnly=True)),
]


def body_behind_reference(document: Document) -> None:
    document["components"]["requestBodies"] = {"B": operation(document)["requestBody"]}
    operation(document)["requestBody"] = {"$ref": "#/components/requestBodies/B"}


@pytest.mark.parametrize("edit", [c[1] for c in SAME], ids=[c[0] for c in SAME])
def test_what_callers_do_not_notice_is_no_change(edit: Edit) -> None:
    old, new = base(), base()
    edit(new)
    assert compare(old, new).all == ()
    assert compare(new, old).all == ()


def test_descriptions_are_listed_when_asked_for() -> None:
    old, new = base(), base()
    operation(new)["description"] = "x"
    assert verdicts(compare(old, new, descriptions=True)) == {(COMPATIBLE, "description-changed")}


def test_a_renamed_path_parameter_is_the_same_operation() -> None:
    old, new = base(), base()
    new["paths"]["/thing/{name}"] = new["paths"].pop("/thing/{id}")
    new["paths"]["/thing/{name}"]["post"]["parameters"][0]["name"] = "name"
    assert verdicts(compare(old, new)) == {(MAYBE, "parameter-renamed")}


def test_schemas_that_contain_themselves_are_compared_once() -> None:
    old, new = base(), base()
    schema(new, "Thing")["properties"]["x"] = {"$ref": "#/components/schemas/Thing"}
    found = [change.finding.where for change in compare(old, new).all]
    assert found == ["Thing.x"]


def test_schemas_made_while_reading_are_told_apart_although_memory_is_used_again() -> None:
    comparison = SchemaComparison({}, {})
    for number in range(20):
        made = {"type": "string"}, {"type": "integer"}
        assert len(list(comparison.compare(*made, Direction.REQUEST, f"field {number}"))) == 1
        del made


def test_a_change_in_an_error_breaks_only_those_who_read_it() -> None:
    old, new = base(), base()
    for document, name in ((old, "message"), (new, "text")):
        error = {"type": "object", "properties": {name: {"type": "string"}}}
        operation(document)["responses"]["404"] = {
            "description": "x",
            "content": {"application/json": {"schema": error}},
        }
    assert max_severity(compare(old, new)) is MAYBE
