"""`changes OLD NEW`: what a person and a machine get to read, and the exit status for CI."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from scripts.regenerate import main
from tests.helpers.checkouts import DIAL, REPOSITORY, document, write

Said = pytest.CaptureFixture[str]


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two versions that differ in all that a report has to say."""
    monkeypatch.chdir(REPOSITORY)
    old, new = document(), copy.deepcopy(document())
    new["info"]["version"] = "99"
    record = new["components"]["schemas"]["CallRecord"]["properties"]
    for gone in ("duration", "connected"):
        del record[gone]
    record["startedAt"] = {"type": "string"}
    del new["paths"][DIAL]
    new["paths"]["/apply/"]["get"]["deprecated"] = True
    new["paths"]["/mail/{box}"] = new["paths"].pop("/voicemailbox/{mailbox}")
    return [str(write(old, tmp_path / "old.json")), str(write(new, tmp_path / "new.json"))]


def test_the_facade_comes_first_then_the_worst(pair: list[str], capsys: Said) -> None:
    assert main(["changes", *pair]) == 0
    report = capsys.readouterr().out
    titles = [line for line in report.splitlines() if line.startswith(("# ", "## "))]
    assert titles == ["# From 18 to 99", "## What this does to the facade", "## Breaking", "## Compatible"]
    facade, breaking, compatible = report.split("\n## ")[1:]
    assert "`dial` **no longer works**: POST /identity/{userName}/defaultdevice/action is no longer offered" in facade
    assert "`cdr` still works" in facade
    assert "`states`" not in facade
    assert "- `GET /cdr/`, `GET /identity/{userName}/cdr`: `CallRecord`: `connected`, `duration` removed" in breaking
    assert breaking.index("### cdr") < breaking.index("### voicemailbox")
    assert "`GET /voicemailbox/{mailbox}`: removed" in breaking
    assert "`GET /mail/{box}`: added" in compatible
    assert "`GET /apply/`: deprecated" in compatible


def test_machines_get_the_same_as_json(pair: list[str], capsys: Said) -> None:
    assert main(["changes", "--format", "json", *pair]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["counts"]["breaking"] == sum(c["severity"] == "breaking" for c in report["changes"])
    assert report["facade"]["dial"]["works"] is False
    assert report["facade"]["cdr"]["works"] is True
    removed = [c for c in report["changes"] if c["where"] == "CallRecord.duration" and c["path"] == "/cdr/"]
    assert removed == [
        {
            "severity": "breaking",
            "kind": "response-field-removed",
            "method": "get",
            "path": "/cdr/",
            "service": "cdr",
            "where": "CallRecord.duration",
            "text": "removed",
            "verbs": ["cdr", "watch_calls"],
        }
    ]


def test_ci_can_fail_on_what_breaks(pair: list[str], capsys: Said) -> None:
    assert main(["changes", "--fail-on", "breaking", *pair]) == 1
    assert "breaking changes" in capsys.readouterr().err
    assert main(["changes", "--fail-on", "breaking", pair[0], pair[0]]) == 0
    assert "Nothing that callers notice." in capsys.readouterr().out


def test_a_repaired_typo_is_no_change(pair: list[str], tmp_path: Path, capsys: Said) -> None:
    sloppy = document()
    schema = sloppy["components"]["schemas"]["CallRecord"]["properties"]["duration"]
    schema["type"] = {"integer": "int"}[schema["type"]]
    sloppy["paths"]["/cdr"] = sloppy["paths"].pop("/cdr/")
    assert main(["changes", "--fail-on", "breaking", pair[0], str(write(sloppy, tmp_path / "sloppy.json"))]) == 0
    assert "Nothing that callers notice." in capsys.readouterr().out


@pytest.mark.parametrize(("content", "status"), [(None, 2), ("<html>", 4), ("{}", 4)])
def test_what_is_no_document_is_one_clear_line(
    content: str | None, status: int, pair: list[str], tmp_path: Path, capsys: Said
) -> None:
    file = tmp_path / "other.json"
    if content is not None:
        file.write_text(content)
    assert main(["changes", pair[0], str(file)]) == status
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "other.json" in said
