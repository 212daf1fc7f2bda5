"""Documents in several files: whatever part of one may be a reference to a file, its operations and types are there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.download.files import read_document
from scripts.errors import DocumentUnusable
from scripts.repair import repair
from scripts.tree import operations, resolved

CALL = {"type": "object", "properties": {"id": {"type": "integer"}}}
TEXT = {"in": "query", "name": "q", "schema": {"type": "string"}}
HEAD = {"openapi": "3.0.3", "info": {"title": "t", "version": "1"}}


def to(reference: str) -> dict[str, str]:
    return {"$ref": reference}


def get(schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {"get": {"operationId": "a", "responses": {"200": {"description": "ok", "content": content}}, **more}}


LOCAL = to("#/components/schemas/Call")
# Each document has one operation, GET /a, which answers a Call; its files stand in folders.
SPREAD: dict[str, dict[str, Any]] = {
    "paths": {"main": {**HEAD, "paths": to("p.yaml")}, "p.yaml": {"/a": get(CALL)}},
    "paths and schemas": {
        "main": {**HEAD, "paths": to("p/p.yaml"), "components": {"schemas": to("s.yaml")}},
        "p/p.yaml": {"/a": get(to("../main.yaml#/components/schemas/Call"))},
        "s.yaml": {"Call": CALL},
    },
    "components": {
        "main": {**HEAD, "paths": {"/a": get(LOCAL)}, "components": to("c.yaml")},
        "c.yaml": {"schemas": {"Call": CALL}},
    },
    "components, and their sections": {
        "main": {**HEAD, "paths": {"/a": get(LOCAL)}, "components": to("c/c.yaml")},
        "c/c.yaml": {"schemas": to("s.yaml")},
        "c/s.yaml": {"Call": to("../call.yaml#/Call")},
        "call.yaml": {"Call": CALL},
    },
    "a part of a file": {
        "main": {**HEAD, "paths": to("all.yaml#/of/paths")},
        "all.yaml": {"of": {"paths": {"/a": get(to("#/of/schemas/Call"))}, "schemas": {"Call": CALL}}},
    },
    "what is itself a reference": {
        "main": {**HEAD, "paths": to("one.yaml")},
        "one.yaml": to("two/two.yaml"),
        "two/two.yaml": {"/a": get(to("call.yaml"))},
        "two/call.yaml": CALL,
    },
    "some paths beside the others": {
        "main": {**HEAD, "paths": {"$ref": "none.yaml#/", "/a": get(CALL)}},
        "none.yaml": {},
    },
    "an operation": {
        "main": {**HEAD, "paths": {"/a": {"get": to("get.yaml")}}},
        "get.yaml": get(CALL)["get"],
    },
    "responses": {
        "main": {**HEAD, "paths": {"/a": {"get": {"operationId": "a", "responses": to("r.yaml")}}}},
        "r.yaml": get(CALL)["get"]["responses"],
    },
    "content": {
        "main": {**HEAD, "paths": {"/a": {"get": {"operationId": "a", "responses": {"200": {
            "description": "ok", "content": to("c.yaml")}}}}}},
        "c.yaml": {"application/json": {"schema": CALL}},
    },
    "properties": {
        "main": {**HEAD, "paths": {"/a": get({"type": "object", "properties": to("p.yaml")})}},
        "p.yaml": CALL["properties"],
    },
    "through a section that is elsewhere": {
        "main": {**HEAD, "paths": {"/a": get(to("other.yaml#/components/schemas/Call"))}},
        "other.yaml": {"components": to("c/c.yaml")},
        "c/c.yaml": {"schemas": to("s.yaml")},
        "c/s.yaml": {"Call": CALL},
    },
    "Swagger 2.0": {
        "main": {"swagger": "2.0", "info": HEAD["info"], "paths": to("p.yaml"), "definitions": to("d.yaml")},
        "p.yaml": {"/a": {"get": {"operationId": "a", "responses": {"200": {
            "description": "ok", "schema": to("main.yaml#/definitions/Call")}}}}},
        "d.yaml": {"Call": CALL},
    },
}  # fmt: skip


def laid_out(folder: Path, files: dict[str, Any]) -> Path:
    for name, content in files.items():
        file = folder / ("main.yaml" if name == "main" else name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.safe_dump(content))
    return folder / "main.yaml"


@pytest.mark.parametrize("files", SPREAD.values(), ids=SPREAD)
def test_any_part_may_be_in_a_file(tmp_path: Path, files: dict[str, Any]) -> None:
    document = repair(read_document(laid_out(tmp_path, files))).document
    [(path, method, _, operation)] = operations(document)
    assert (path, method, operation["operationId"]) == ("/a", "get", "a")
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert resolved(document, answer) == CALL


def test_parameters_may_be_in_a_file_by_name(tmp_path: Path) -> None:
    operation = get(CALL, parameters=[to("#/components/parameters/Text")])
    files = {"main": {**HEAD, "paths": {"/a": operation}, "components": {"parameters": to("p.yaml")}}}
    document = read_document(laid_out(tmp_path, {**files, "p.yaml": {"Text": TEXT}}))
    assert document["components"]["parameters"] == {"Text": TEXT}


def test_a_discriminator_means_the_schema_where_it_was_put(tmp_path: Path) -> None:
    union = {
        "oneOf": [to("s/sip.yaml"), to("s/trunk.yaml")],
        "discriminator": {"propertyName": "type", "mapping": {"a": "s/sip.yaml", "b": "trunk"}},
    }
    files = {"main": {**HEAD, "paths": {"/a": get(union)}}, "s/sip.yaml": CALL, "s/trunk.yaml": CALL}
    document = read_document(laid_out(tmp_path, files))
    found = document["paths"]["/a"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert found["discriminator"]["mapping"] == {"a": "#/components/schemas/sip", "b": "trunk"}


@pytest.mark.parametrize(
    "files",
    [
        {"main": {**HEAD, "paths": to("a.yaml")}, "a.yaml": to("b.yaml"), "b.yaml": to("a.yaml")},
        {"main": {**HEAD, "paths": to("a.yaml#/x/y")}, "a.yaml": {"x": to("a.yaml#/x/z")}},
    ],
)
def test_files_in_a_circle_are_an_error(tmp_path: Path, files: dict[str, Any]) -> None:
    with pytest.raises(DocumentUnusable, match="in a circle"):
        read_document(laid_out(tmp_path, files))
