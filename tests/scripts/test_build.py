"""`build`: from a document in a file to a package that can be imported, or nothing at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scripts.regenerate import main

DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Small", "version": "1"},
    "paths": {
        "/cdr/": {"get": {"tags": ["/cdr"], "responses": {"200": {"description": "ok"}, "x-note": 1}}},
        "/cdr/{id}": {
            "get": {
                "tags": ["/cdr"],
                "parameters": [
                    {
                        "name": "id",
                        "in": "path",
                        "required": True,
                        "schema": {"type": "integer", "example": {"$ref": "#/nowhere"}},
                    }
                ],
                "responses": {"200": {"description": "ok"}},
            }
        },
    },
}


def saved(document: Any, folder: Path) -> str:
    file = folder / "document.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return str(file)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_every_operation_becomes_a_function(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package, report = tmp_path / "client", tmp_path / "report.json"
    arguments = [
        "build",
        saved(DOCUMENT, tmp_path),
        "--output",
        str(package),
        "--report",
        str(report),
        "--plain",
    ]
    assert main(arguments) == 0
    assert {"get_cdr.py", "get_cdr_item.py"} <= {file.name for file in (package / "api/cdr").iterdir()}
    told = json.loads(report.read_text("utf-8"))
    assert told["operations_documented"] == told["operations_generated"] == 2
    assert "2 of 2 operations" in capsys.readouterr().out
    listed = json.loads((package / "index.json").read_text("utf-8"))["operations"]
    assert [entry["name"] for entry in listed] == ["cdr.get_cdr", "cdr.get_cdr_item"]


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "ruff.toml").write_text("line-length = 40\n")  # configuration around it must not matter
    file = saved(DOCUMENT, tmp_path)
    for name in ("one", "two"):
        assert main(["build", file, "--output", str(tmp_path / name / "client"), "--plain"]) == 0
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_document_that_cannot_be_used_leaves_the_old_client(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = tmp_path / "client"
    assert main(["build", saved(DOCUMENT, tmp_path), "--output", str(package), "--plain"]) == 0
    before = contents(package)
    assert main(["build", saved({"paths": 3}, tmp_path), "--output", str(package), "--plain"]) == 4
    assert capsys.readouterr().err.count("\n") == 1
    assert contents(package) == before
    assert {entry.name for entry in tmp_path.iterdir()} == {"client", "document.json"}
