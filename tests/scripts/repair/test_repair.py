"""Each repair on the smallest document that needs it, and none on one that needs none."""

from __future__ import annotations

import copy
import os
from pathlib import Path
from typing import Any

import pytest

from scripts.download.files import read_document
from scripts.errors import DocumentUnusable
from scripts.repair import repair
from scripts.repair.log import Log
from scripts.repair.references import references

SAMPLES = Path(os.environ.get("PASCOM_SAMPLES", Path(__file__).parents[4] / "shared/samples")) / "documents"
OK = {"200": {"description": ""}}


def document(operation: Any = None, path: str = "/a", **more: Any) -> dict[str, Any]:
    base = {
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {path: {"get": operation or {}}},
    }
    if isinstance(operation, dict):
        operation.setdefault("responses", OK)
    return base | more


def schema(given: Any, version: str = "3.0.3") -> tuple[Any, list[str]]:
    """A schema after repair, and what was said about it."""
    repaired = repair(document(openapi=version, components={"schemas": {"S": given}}, operation={"responses": OK}))
    return repaired.document["components"]["schemas"].get("S"), [one.problem for one in repaired.repairs]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"type": "int"}, {"type": "integer"}),
        ({"type": "String"}, {"type": "string"}),
        ({"type": "datetime"}, {"type": "string", "format": "date-time"}),
        ({"type": "file"}, {"type": "string", "format": "binary"}),
        ({"type": "mixed"}, {}),
        (
            {"title": "a\u202eb", "description": "\u2066c\u2069 \u05d0", "enum": ["\u202e"]},
            {"title": "ab", "description": "c \u05d0", "enum": ["\u202e"]},
        ),
        ({"type": "string|null"}, {"type": "string", "nullable": True}),
        ({"type": "string[]"}, {"type": "array", "items": {"type": "string"}}),
        ({"type": "varchar(255)"}, {"type": "string"}),
        ({"type": ["string", "null"]}, {"type": "string", "nullable": True}),
        ({"type": "array"}, {"type": "array", "items": {}}),
        ({"type": "array", "items": []}, {"type": "array", "items": {}}),
        ({"type": "object", "properties": []}, {"type": "object", "properties": {}}),
        (
            {"properties": {"a": {"type": "string", "required": True}}},
            {"properties": {"a": {"type": "string"}}, "required": ["a"]},
        ),
        (
            {"required": [{}], "properties": {"a": {"type": "string", "required": "true"}}},
            {"properties": {"a": {"type": "string"}}, "required": ["a"]},
        ),
        ({"type": "object", "required": "false"}, {"type": "object"}),
        ({"properties": {"x-a": {"type": "int"}}}, {"properties": {"x-a": {"type": "integer"}}}),
        ({"type": "string", "enum": [1, 2, 2]}, {"type": "string", "enum": ["1", "2"]}),
        ({"type": "string", "enum": []}, {"type": "string"}),
        ({"enum": {"0": "a", "3": "b"}}, {"enum": ["a", "b"]}),
        (
            {"type": "array", "items": {"type": "string"}, "enum": ["a"]},
            {"type": "array", "items": {"type": "string", "enum": ["a"]}},
        ),
        ({"type": "integer", "default": "10"}, {"type": "integer", "default": 10}),
        ({"type": "integer", "default": ""}, {"type": "integer"}),
        ({"type": "string", "enum": ["a"], "default": "b"}, {"type": "string", "enum": ["a"]}),
        ({"type": "integer", "minimum": "1", "maxLength": -1}, {"type": "integer", "minimum": 1}),
        ({"allOf": []}, {}),
        ({"type": "string", "nullable": "true"}, {"type": "string", "nullable": True}),
        ({"$ref": "#/components/schemas/Nowhere"}, {}),
        ({"$ref": "#/components/schemas/S"}, {}),
        ({"$ref": "other.yaml#/S"}, {}),
        ({"$ref": "#/info"}, {}),
        ({"description": None, "type": "string"}, {"type": "string"}),
        ("string", {"type": "string"}),
        ({"items": False, "additionalProperties": False}, {"items": {}, "additionalProperties": False}),
    ],
)
def test_schema(given: Any, expected: Any) -> None:
    found, problems = schema(given)
    assert found == expected
    assert problems


def test_types_of_31_stay_in_31() -> None:
    assert schema({"type": ["string", "null"], "const": "a"}, "3.1.0") == (
        {"type": ["string", "null"], "const": "a"},
        [],
    )


def operation_of(given: Any, path: str = "/a", **more: Any) -> Any:
    repaired = repair(document(given, path, **more))
    assert repaired.repairs
    return next(iter(repaired.document["paths"].values()))["get"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"responses": []}, {"responses": {"default": {"description": ""}}}),
        ({"responses": {"200 OK": {"description": ""}}}, {"responses": OK}),
        ({"responses": {"200": {}}}, {"responses": OK}),
        ({"responses": {"200": "fine"}}, {"responses": {"200": {"description": "fine"}}}),
        ({"security": [[]], "responses": OK}, {"security": [{}], "responses": OK}),
        ({"tags": "cdr", "responses": OK}, {"tags": ["cdr"], "responses": OK}),
        ({"operationId": 12, "responses": OK}, {"operationId": "12", "responses": OK}),
        (
            {"parameters": [{"name": "n", "in": "query", "type": "integer"}], "responses": OK},
            {"parameters": [{"name": "n", "in": "query", "schema": {"type": "integer"}}], "responses": OK},
        ),
        (
            {"parameters": [{"name": "n", "in": "query", "schema": {}}] * 2, "responses": OK},
            {"parameters": [{"name": "n", "in": "query", "schema": {}}], "responses": OK},
        ),
        (
            {"parameters": {"0": {"name": "n", "in": "query", "schema": {}}}, "responses": OK},
            {"parameters": [{"name": "n", "in": "query", "schema": {}}], "responses": OK},
        ),
        (
            {"parameters": [{"name": "b", "in": "body", "schema": {"type": "string"}}], "responses": OK},
            {
                "requestBody": {"content": {"application/json": {"schema": {"type": "string"}}}},
                "responses": OK,
            },
        ),
        (
            {"requestBody": {"required": True}, "responses": OK},
            {"requestBody": {"required": True, "content": {"application/json": {}}}, "responses": OK},
        ),
        (
            {"requestBody": {"content": {"x-www-form-urlencoded": {}, "x-note": 1}}, "responses": OK},
            {
                "requestBody": {"content": {"application/x-www-form-urlencoded": {}}},
                "responses": OK,
            },
        ),
        (
            {"responses": {"200": {"$ref": "#/components/schemas/S"}}},
            {
                "responses": {
                    "200": {
                        "description": "",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}},
                    }
                }
            },
        ),
    ],
)
def test_operation(given: Any, expected: Any) -> None:
    assert operation_of(given, components={"schemas": {"S": {"type": "object"}}}) == expected


@pytest.mark.parametrize(
    ("documented", "wanted"),
    [
        ([], [("id", "path")]),
        ([{"name": "ID", "in": "path", "required": True, "schema": {}}], [("id", "path")]),
        ([{"name": "user", "in": "path", "required": True, "schema": {}}], [("id", "path")]),
        ([{"name": "id", "in": "query", "schema": {}}], [("id", "path")]),
        ([{"name": "id", "in": "path", "schema": {}}], [("id", "path")]),
    ],
)
def test_the_path_has_the_parameters_it_documents(documented: Any, wanted: Any) -> None:
    repaired = operation_of({"parameters": documented}, "/a/{id}")
    assert [(one["name"], one["in"]) for one in repaired["parameters"]] == wanted
    assert all(one["required"] for one in repaired["parameters"])


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/a/:id/b/:more", "/a/{id}/b/{more}"),
        ("/a/{id:[0-9]+}/b/{more:\\w+}", "/a/{id}/b/{more}"),
        ("/a/{id}/{more}:undelete", "/a/{id}/{more}:undelete"),
    ],
)
def test_paths_are_written_as_openapi_has_them(path: str, meant: str) -> None:
    given: list[Any] = [{"name": n, "in": "path", "required": True, "schema": {}} for n in ("id", "more")]
    repaired = repair(document({"parameters": given}, path)).document["paths"]
    assert list(repaired) == [meant]
    assert repaired[meant]["get"]["parameters"] == given


def test_two_paths_that_could_mean_the_same_are_both_kept() -> None:
    given = document({}, "/a{?x}")
    given["paths"]["/a{?y}"] = {"get": {"responses": OK}}
    assert list(repair(given).document["paths"]) == ["/a", "/a{?y}"]


def test_a_path_parameter_that_the_path_lacks_is_sent_as_a_query() -> None:
    given: list[Any] = [{"name": n, "in": "path", "required": True, "schema": {}} for n in ("id", "more")]
    repaired = operation_of({"parameters": given}, "/a/{id}")
    assert [(one["name"], one["in"]) for one in repaired["parameters"]] == [("id", "path"), ("more", "query")]


def test_a_parameter_listed_elsewhere_stays_the_one_that_was_meant() -> None:
    body = {"name": "b", "in": "body", "schema": {"type": "string"}}
    given = document({"parameters": [body, {"name": "n", "in": "query", "schema": {}}]})
    lent = [{"$ref": f"#/paths/~1a/get/parameters/{number}"} for number in (0, 1)]
    given["paths"] |= {"/b": {"get": {"parameters": lent, "responses": OK}}, "x-note": "unread"}
    repaired = repair(given).document["paths"]
    first, second = repaired["/a"]["get"], repaired["/b"]["get"]
    assert first == second
    assert [one["name"] for one in second["parameters"]] == ["n"]
    assert "requestBody" in second


def test_a_form_may_have_a_field_that_can_be_anything() -> None:
    given = {"parameters": [{"name": "a", "in": "formData", "schema": True}]}
    content = operation_of(given, openapi="3.1.0")["requestBody"]["content"]
    assert content["application/x-www-form-urlencoded"]["schema"]["properties"] == {"a": True}


def test_what_is_right_is_passed_on_unchanged() -> None:
    answers = {**OK, "404": {"description": "", "content": {}}}
    given = document({"requestBody": {"content": {}}, "responses": answers})
    repaired = repair(given)
    assert (repaired.document, repaired.repairs, repaired.warnings) == (given, [], [])


@pytest.mark.parametrize(
    ("reference", "components", "expected", "made"),
    [
        # The only namesake is no proper response: neither it nor a schema that isn't there is what was meant.
        ("#/components/schemas/M", {"responses": {"M": {}}}, {"description": ""}, "nothing is known about it"),
        (
            "#/components/schemas/M",
            {"responses": {"M": {"description": ""}}},
            {"$ref": "#/components/responses/M"},
            "led to what was meant",
        ),
        (
            "#/components/schemas/M",
            {"responses": {"M": {}}, "schemas": {"M": {}}},
            {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/M"}}}},
            "taken as its JSON schema",
        ),
    ],
)
def test_a_reference_is_led_only_to_what_is_there(reference: str, components: Any, expected: Any, made: str) -> None:
    """The step alone: before it, `shapes` gives each response its description."""
    given = document({"responses": {"200": {"$ref": reference}}}, components=components)
    log = Log()
    references(given, log)
    assert given["paths"]["/a"]["get"]["responses"]["200"] == expected
    assert [logged.repair for logged in log.repairs] == [made]


def test_a_schema_that_refers_to_what_has_one() -> None:
    shared = {"P": {"name": "p", "in": "query", "schema": {"type": "string"}}}
    media = {"application/json": {"schema": {"$ref": "#/components/parameters/P"}}}
    given = {"responses": {"200": {"description": "", "content": media}}}
    content = operation_of(given, components={"parameters": shared})["responses"]["200"]["content"]
    assert content["application/json"]["schema"] == {"$ref": "#/components/parameters/P/schema"}


def test_operation_ids_given_twice_name_nothing() -> None:
    given = document({"operationId": "list"})
    given["paths"]["/b"] = {"get": {"operationId": "list", "responses": OK}}
    repaired = repair(given)
    assert [item["get"] for item in repaired.document["paths"].values()] == [{"responses": OK}] * 2


def test_swagger_2_says_the_same_in_openapi_3() -> None:
    given = {
        "swagger": "2.0",
        "info": {"title": "t", "version": "1"},
        "host": "example.org",
        "basePath": "/v1",
        "consumes": ["application/json"],
        "paths": {
            "/a": {
                "post": {
                    "parameters": [
                        {"in": "body", "name": "b", "schema": {"$ref": "#/definitions/A"}},
                        {"in": "query", "name": "q", "type": "array", "items": {"type": "string"}},
                    ],
                    "responses": {"200": {"description": "", "schema": {"$ref": "#/definitions/A"}}},
                }
            }
        },
        "definitions": {"A": {"type": "object", "properties": {"default": {"$ref": "#/definitions/A"}}}},
    }
    repaired = repair(given)
    reference = {"schema": {"$ref": "#/components/schemas/A"}}
    operation = repaired.document["paths"]["/a"]["post"]
    assert operation["requestBody"]["content"] == {"application/json": reference}
    assert operation["responses"]["200"]["content"] == {"application/json": reference}
    assert operation["parameters"][0] | {"schema": 0} == {
        "in": "query",
        "name": "q",
        "style": "form",
        "explode": False,
        "schema": 0,
    }
    assert repaired.document["servers"] == [{"url": "https://example.org/v1"}]
    assert repaired.document["components"]["schemas"]["A"]["properties"]["default"] == reference["schema"]
    assert [one.problem for one in repaired.repairs] == ["Swagger 2.0"]


@pytest.mark.parametrize(
    "bad",
    [{}, {"paths": 3}, {"paths": None}, {"openapi": "3.0.0", "info": {}}, {"paths": "x", "swagger": "2.0"}],
)
def test_what_is_no_document_is_refused(bad: dict[str, Any]) -> None:
    with pytest.raises(DocumentUnusable):
        repair(bad)


def test_cycles_and_bombs_are_refused() -> None:
    cycle: dict[str, Any] = document({"x-me": {}})
    cycle["paths"]["/a"]["get"]["x-me"] = cycle
    bomb: Any = "x"
    for _ in range(12):
        bomb = [bomb] * 12
    for bad in (cycle, document({"x-bomb": bomb})):
        with pytest.raises(DocumentUnusable):
            repair(bad)


def test_samples_are_repaired_once_for_all() -> None:
    if not SAMPLES.exists():
        pytest.skip(f"no sample documents at {SAMPLES}")
    files = [file for file in sorted(SAMPLES.glob("*/*")) if file.suffix == ".json" and file.stat().st_size < 100_000]
    untouched = 0
    for file in files:
        given = read_document(file)
        kept = copy.deepcopy(given)
        once = repair(given)
        assert given == kept, file  # the original is nobody's to change
        twice = repair(once.document)
        assert (twice.document, twice.repairs) == (once.document, []), file
        if not once.repairs:
            untouched += 1
            assert once.document == given, file
    assert untouched > 20
