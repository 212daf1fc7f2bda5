"""Bad and hostile documents: a sound client, or exit 4 with one line; never a hang, never their code, never half."""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from scripts.build import build, build_into
from scripts.errors import DocumentUnusable, StepFailed
from scripts.regenerate import main
from scripts.verify import verify
from scripts.worker.worker import Worker

CANARY = "canary-was-here"
CODE = f"__import__('pathlib').Path('{CANARY}').touch()"
OK = {"200": {"description": ""}}
HOSTILE = {
    "quotes": f'"""\n{CODE}\n"""',
    "double quote": f'"+{CODE}+"',
    "backslash": f"\\\n{CODE}\n#\\",
    "template": "{{ ''.__class__.__mro__ }}{% raw %}",
    "format": "{0.__class__}{id!r}%s{",
    "dots": "../../../evil",
    "null byte": "a\0b\x1b[31m",
    "surrogate": "\ud800",
    "fullwidth": "ｃｌａｓｓ",
    "long": "a" * 5000,
    "empty": "",
}


def hostile(*texts: str) -> dict[str, Any]:
    """A document with each of the texts in every place that the generator reads."""
    document: dict[str, Any] = {
        "openapi": "3.0.3",
        "info": {"title": texts[0], "version": texts[0], "description": texts[0]},
        "paths": {},
        "components": {"schemas": {}},
    }
    for number, text in enumerate(texts):
        parameter = {
            "name": text,
            "in": "query",
            "schema": {"type": "string", "default": text},
            "description": text,
        }
        model = {
            "type": "object",
            "title": text,
            "description": text,
            "properties": {text: {"type": "string", "default": text, "description": text}},
            "required": [text],
            "additionalProperties": {"type": "string", "enum": [text, "other"]},
        }
        reference = {"$ref": f"#/components/schemas/M{number}"}
        operation = {
            "tags": [text],
            "operationId": text,
            "summary": text,
            "description": text,
            "deprecated": True,
            "parameters": [parameter, {**parameter, "in": "header"}, {**parameter, "in": "cookie"}],
            "requestBody": {"content": {text: {"schema": reference}, "application/json": {}}},
            "responses": {text: {"description": text, "content": {text: {"schema": model}}}, **OK},
        }
        document["paths"] |= {
            f"/{text}": {"post": operation},
            f"/b/{number}{{{text}}}": {"get": {"responses": OK}},
        }
        document["components"]["schemas"] |= {
            f"M{number}": model,
            text: {"type": "string", "enum": [text], "default": text},
        }
    return document


def strings_only(package: Path) -> None:
    """The payload is in the code nowhere but in strings."""
    for file in package.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Constant | ast.Name) and getattr(node, "id", "") == "__import__"), file


def test_hostile_text_stays_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    package = tmp_path / "out" / "client"
    _, report = build_into(hostile(*HOSTILE.values()), package, plain=True)
    assert report.operations_generated == report.operations_documented == 2 * len(HOSTILE)
    strings_only(package)
    done = subprocess.run([sys.executable, "-m", "compileall", "-q", str(package)], check=False, capture_output=True)
    assert done.returncode == 0
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


def deep(levels: int) -> str:
    return '{"openapi":"3.0.0","info":' + '{"a":' * levels + "1" + "}" * levels + ',"paths":{}}'


BAD = {
    "empty": b"",
    "truncated": b'{"openapi": "3.0.0", "paths": {"/a": {"get": ',
    "a page": b"<!doctype html><html><body>Login</body></html>",
    "no object": b"[1, 2, 3]",
    "no paths": b'{"openapi": "3.0.0"}',
    "paths of text": b'{"openapi": "3.0.0", "paths": "none"}',
    "deep": deep(100_000).encode(),
    "quite deep": deep(500).encode(),
    "alias bomb": b"a: &a [x,x,x,x,x,x,x,x,x]\n"
    + b"".join(b"%c: &%c [%s]\n" % (n, n, b",".join([b"*%c" % (n - 1)] * 9)) for n in range(98, 110))
    + b"paths: {/a: {get: *m}}\n",
    "yaml code": b"!!python/object/apply:os.system ['touch canary-was-here']\n",
    "binary": bytes(range(256)) * 20,
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_bad_files_are_refused_in_one_line(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "client").mkdir()
    (tmp_path / "client" / "old.py").touch()
    file = tmp_path / "document"
    file.write_bytes(content)
    began = time.monotonic()
    assert main(["build", str(file), "--output", str(tmp_path / "client"), "--plain"]) == 4
    assert time.monotonic() - began < 60
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "Traceback" not in said.err
    assert {entry.name for entry in tmp_path.iterdir()} == {"client", "document"}
    assert [entry.name for entry in (tmp_path / "client").iterdir()] == ["old.py"]


def test_numbers_that_json_does_not_have_are_left_out(tmp_path: Path) -> None:
    document = hostile("a")
    for number in (float("nan"), float("inf"), 10**400):
        schema = {"type": "number", "default": number, "maximum": number}
        document["components"]["schemas"][f"N{str(number)[:3]}"] = schema
        parameter = {"name": str(number)[:3], "in": "query", "schema": schema}
        document["paths"]["/a"]["post"]["parameters"].append(parameter)
    build_into(document, tmp_path / "client", plain=True)


SNEAKED_IN = (
    "import os",
    "from os import path",
    "eval('1')",
    "open('x')",
    "x = ().__class__",
    "f()",
    "while True: pass",
)


def test_the_gate_finds_code_that_does_not_belong(tmp_path: Path) -> None:
    package = tmp_path / "client"
    final, _ = build_into(hostile("a"), package, plain=True)
    module = package / "models" / "m0.py"
    clean = module.read_text("utf-8")
    with Worker() as worker:  # forks for each job
        for code in SNEAKED_IN:
            module.write_text(f"{clean}\n\n{code}\n", "utf-8")
            with pytest.raises(StepFailed, match=r"models/m0\.py"):
                verify(worker.does, final, package)
        module.write_text(clean, "utf-8")
        (package / "api/a/a.py").rename(package / "api/a/b.py")
        with pytest.raises(StepFailed, match=r"api/a/[ab]\.py"):
            verify(worker.does, final, package)


def test_places_that_cannot_be_written_are_named_before_any_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    nowhere = str(tmp_path / "file" / "x")
    for places in (["--output", nowhere], ["--output", str(tmp_path / "client"), "--report", nowhere]):
        assert main(["build", "openapi/pascom.json", *places]) == 2
        said = capsys.readouterr()
        assert (said.out, said.err.count("\n")) == ("", 1) and nowhere in said.err
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_what_nobody_thought_of_is_one_line_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("scripts.overlay.document.repair", lambda document: len(None))  # type: ignore[arg-type]
    assert main(["build", "openapi/pascom.json", "--output", str(tmp_path / "client"), "--plain"]) == 4
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1) and "TypeError" in said.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("paths", "reason"),
    [
        ({"paths": {}}, "no operations"),
        ({"paths": {"/a": {}}}, "no operations"),
        ({"paths": {"x-a": {"get": {"responses": {}}}}}, "no operations"),
        ({"paths": {"$ref": "gone.yaml"}}, "no operations"),
        ({"paths": {"/a": {"$ref": "gone.yaml"}}}, "no operations"),
        ({"paths": {}, "webhooks": {"a": {"post": {"responses": {}}}}}, "only webhooks"),
        ({"webhooks": {"a": {"post": {"responses": {}}}}}, "only webhooks"),
    ],
)
def test_a_document_without_operations_is_a_failure(tmp_path: Path, paths: dict[str, Any], reason: str) -> None:
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, **paths}
    with pytest.raises(DocumentUnusable, match=reason):
        build(document, tmp_path / "made", plain=True)
    assert not (tmp_path / "made").exists()
