"""Swagger 1 from a folder: the declarations are found wherever frameworks lay them, and every type is understood."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scripts.download.files import read_document
from scripts.errors import DocumentUnusable
from scripts.repair import repair
from scripts.tree import operations

TEXT, INT = {"type": "string"}, {"type": "integer", "format": "int32"}
LINE = {"$ref": "#/definitions/Line"}
A_OR_B, ONE_TO_NINE = {**TEXT, "enum": ["a", "b"]}, {**INT, "minimum": 1, "maximum": 9}
LIST_OF_TEXTS = {"type": "array", "items": TEXT}


def declaration(**more: Any) -> dict[str, Any]:
    operation = {"httpMethod": "GET", "nickname": "lines", "responseClass": "void", "parameters": [], **more}
    return {
        "swaggerVersion": "1.1",
        "basePath": "http://pbx/ari",
        "resourcePath": "/lines",
        "apis": [{"path": "/lines", "operations": [operation]}],
        "models": {"Line": {"id": "Line", "properties": {"id": {"type": "long"}}}},
    }


@pytest.mark.parametrize(
    ("listing", "path", "file"),
    [
        ("resources.json", "/api-docs/lines.{format}", "api-docs/lines.json"),
        ("api-docs/resources.json", "/api-docs/lines.{format}", "api-docs/lines.json"),
        ("api-docs.json", "/lines.{format}", "api-docs/lines.json"),
        ("api-docs.json", "/lines", "api-docs/lines.json"),
        ("api-docs", "/lines", "lines.json"),
        ("index.json", "/lines", "lines.json"),
        ("docs/index.json", "/v1/lines", "docs/v1/lines.json"),
        ("resources.json", "/lines.json", "lines.json"),
    ],
)
def test_a_declaration_is_found_beside_its_listing(tmp_path: Path, listing: str, path: str, file: str) -> None:
    for name, content in {
        listing: {"swaggerVersion": "1.1", "basePath": "http://gone.invalid/ari", "apis": [{"path": path}]},
        file: declaration(),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(json.dumps(content))
    document = repair(read_document(tmp_path / listing)).document
    assert [(path, method) for path, method, _, _ in operations(document)] == [("/lines", "get")]


def test_a_declaration_that_is_nowhere_is_named(tmp_path: Path) -> None:
    (tmp_path / "all.json").write_text(json.dumps({"swaggerVersion": "1.1", "apis": [{"path": "/gone.{format}"}]}))
    with pytest.raises(DocumentUnusable, match=r"names /gone\.json"):
        read_document(tmp_path / "all.json")


def read(tmp_path: Path, content: dict[str, Any]) -> dict[str, Any]:
    (tmp_path / "one.json").write_text(json.dumps(content))
    return read_document(tmp_path / "one.json")


# Swagger 1.1's primitives and containers, and how they were also written.
TYPES: list[tuple[str, dict[str, Any]]] = [
    ("byte", {"type": "string", "format": "byte"}),
    ("boolean", {"type": "boolean"}),
    ("int", INT),
    ("long", {"type": "integer", "format": "int64"}),
    ("float", {"type": "number", "format": "float"}),
    ("double", {"type": "number", "format": "double"}),
    ("string", TEXT),
    ("Date", {"type": "string", "format": "date-time"}),
    ("date", {"type": "string", "format": "date"}),
    ("dateTime", {"type": "string", "format": "date-time"}),
    ("object", {"type": "object"}),
    ("binary", {"type": "string", "format": "binary"}),
    ("Line", LINE),
    ("List[Line]", {"type": "array", "items": LINE}),
    ("Array[string]", LIST_OF_TEXTS),
    ("Set[string]", LIST_OF_TEXTS),
    ("array[int]", {"type": "array", "items": INT}),
    ("List[List[string]]", {"type": "array", "items": LIST_OF_TEXTS}),
    ("Map[string,Line]", {"type": "object", "additionalProperties": LINE}),
    ("Map[string,List[int]]", {"type": "object", "additionalProperties": {"type": "array", "items": INT}}),
]


@pytest.mark.parametrize(("word", "schema"), TYPES)
def test_each_type_is_understood(tmp_path: Path, word: str, schema: dict[str, Any]) -> None:
    given = declaration(responseClass=word)
    given["models"]["Line"]["properties"]["one"] = {"type": word}
    document = read(tmp_path, given)
    assert document["paths"]["/lines"]["get"]["responses"]["200"]["schema"] == schema
    assert document["definitions"]["Line"]["properties"]["one"] == schema
    refusals = [repair.problem for repair in repair(document).repairs]
    assert len(refusals) <= 1, refusals  # that it is Swagger 2.0


@pytest.mark.parametrize(
    ("given", "schema"),
    [
        ({"type": "Array", "items": {"$ref": "Line"}}, {"type": "array", "items": LINE}),
        ({"type": "Set", "items": {"type": "string"}}, {**LIST_OF_TEXTS, "uniqueItems": True}),
        ({"type": "string", "allowableValues": {"valueType": "LIST", "values": ["a", "b"]}}, A_OR_B),
        ({"type": "int", "allowableValues": {"valueType": "RANGE", "min": 1, "max": "9"}}, ONE_TO_NINE),
        ({"type": "string", "allowableValues": "LIST[a,b]"}, A_OR_B),
        ({"type": "int", "allowableValues": "RANGE[0, Infinity]"}, {**INT, "minimum": 0}),
        ({"type": "integer", "minimum": "1", "format": "int32"}, {**INT, "minimum": 1}),
    ],
)  # fmt: skip
def test_limits_and_lists_are_kept(tmp_path: Path, given: dict[str, Any], schema: dict[str, Any]) -> None:
    content = declaration()
    content["models"]["Line"]["properties"]["one"] = given
    assert read(tmp_path, content)["definitions"]["Line"]["properties"]["one"] == schema


def test_a_subtype_has_the_properties_of_what_it_is_one_of(tmp_path: Path) -> None:
    content = declaration()
    content["models"]["Event"] = {"subTypes": ["Line"], "discriminator": "type", "properties": {"type": TEXT}}
    definitions = read(tmp_path, content)["definitions"]
    assert definitions["Line"]["allOf"][0] == {"$ref": "#/definitions/Event"}
    assert definitions["Line"]["allOf"][1]["properties"] == {"id": {"type": "integer", "format": "int64"}}
    assert definitions["Event"]["discriminator"] == "type"
