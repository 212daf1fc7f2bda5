"""The gate's net under the overlay: what was generated makes the vendor's requests, or nothing is kept."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from scripts.build import build_into
from scripts.errors import DocumentUnusable
from scripts.verify.gate import unportable
from tests.helpers.checkouts import REPOSITORY


def test_a_request_that_is_not_the_vendors_stops_the_build(tmp_path: Path) -> None:
    openapi = shutil.copytree(REPOSITORY / "openapi", tmp_path / "openapi")
    overlay = openapi / "overlay.yaml"
    text = overlay.read_text("utf-8")
    wanted = """'{"action":"hangup"}'"""
    assert text.count(wanted) == 1
    overlay.write_text(text.replace(wanted, """'{"action":"hangup","prefix":""}'"""), "utf-8")
    document = json.loads((openapi / "pascom.json").read_bytes())
    with pytest.raises(
        DocumentUnusable, match=r"identity\.default_device_action sends .*not what the vendor documents"
    ):
        build_into(document, tmp_path / "pascom_client", configuration=openapi)


@pytest.mark.parametrize(
    ("files", "refused"),
    [
        (["api/cdr/list_cdr.py", "models/call.py", "models/__init__.py"], None),
        (["api/aux/list.py"], "api/aux/list.py"),
        (["models/com1.py"], "models/com1.py"),
        (["models/auxiliary.py", "models/com10.py"], None),
        (["models/foo.py", "models/Foo.py"], "models/Foo.py"),
        (["api/foo/a.py", "api/FOO/b.py"], "api/FOO/b.py"),
        (["models/e\u0301.py"], "models/e\u0301.py"),
        (["models/a:b.py"], "models/a:b.py"),
        (["models/a .py"], "models/a .py"),
        (["models/a..py"], "models/a..py"),
    ],
)
def test_no_file_has_a_name_that_some_system_refuses(files: list[str], refused: str | None) -> None:
    assert unportable(files) == refused


ODD_NAMES = [
    "Aux",
    "aux",
    "AUX",
    "con.",
    "COM1",
    "com\u00b9",
    "nul",
    "e\u0301",
    "\u00e9",
    "lpt9",
    "a:b",
    "Foo",
    "foo",
    "\u0130",
    "i\u0307",
]


def test_whatever_a_document_calls_things_every_system_has_room_for_the_client(tmp_path: Path) -> None:
    paths, schemas = {}, {}
    for number, name in enumerate(ODD_NAMES):
        schemas[name] = {"type": "object", "properties": {name: {"type": "string"}}}
        answer = {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}}
        responses = {"200": {"description": "", **answer}}
        paths[f"/p{number}"] = {"get": {"operationId": name, "tags": [name], "responses": responses}}
    document = {"openapi": "3.1.0", "info": {}, "paths": paths, "components": {"schemas": schemas}}
    _, report = build_into(document, tmp_path / "client", plain=True)  # its gate would refuse it
    assert report.operations_generated == len(ODD_NAMES)
