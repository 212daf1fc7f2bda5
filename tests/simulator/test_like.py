"""`--like FILE`: what can be played is, and what can't is said; that it is found again, `test_examine.py` shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pascom_facade.assumptions.report import report
from pascom_facade.assumptions.table import TABLE
from pascom_facade.assumptions.words import Told
from pascom_facade.simulator.__main__ import main
from pascom_facade.simulator.like import _PLAYED, NotAReport, like, read


def written(file: Path, **values: Any) -> str:
    findings = [one.finding(Told(values[one.name])) for one in TABLE if one.name in values]
    file.write_text(report(findings, 9), "utf-8")
    return str(file)


def test_a_report_becomes_options(tmp_path: Path) -> None:
    found = {"cdr.structure": "19", "cdr.range": "only the end", "cdr.zone": "+05:30", "http.idle-seconds": 7}
    likeness = read(written(tmp_path / "a.json", **found, **{"http.version": "x-version", "http.cookies": "set"}))
    assert likeness.profile == 19
    assert likeness.assumed.ignored_parameters == {"timefrom"}
    assert likeness.assumed.zone == "+05:30"
    assert dict(likeness.assumed.headers) == {"x-version": "1"}
    assert likeness.keep_alive == {"keep_alive_seconds": 7}
    assert likeness.not_played == ("http.cookies: set",)


def test_for_each_assumption_there_is_a_way_to_play_it_as_assumed() -> None:
    assert set(_PLAYED) == {one.name for one in TABLE}
    for one in TABLE:
        for value in one.assumed:
            if (one.name, value) not in {("http.cookies", "set"), ("http.compression", "gzip")}:
                assert like({one.name: value}).not_played == ()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"kind": "other", "findings": []}', "\0"])
def test_another_file_is_refused(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "other.json"
    file.write_text(text)
    assert main(["--like", str(file)]) == 1
    assert capsys.readouterr().err == f"{file}: no report of `pascom doctor --report`\n"
    assert main(["--like", str(tmp_path / "gone.json")]) == 1
    assert "No such file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cdr.zone", "../../secrets"),
        ("cdr.zone", 5),
        ("cdr.default-rows", []),
        ("http.rate-limit", "x\r\nset-cookie: a"),
        ("users.unknown", "many"),
        ("recordings.head", 200),
    ],
)
def test_values_that_no_report_has_are_refused(name: str, value: object, tmp_path: Path) -> None:
    file = tmp_path / "forged.json"
    forged = json.loads(report([], 9)) | {"findings": [{"name": name, "verdict": "refuted", "value": value}]}
    file.write_text(json.dumps(forged))
    with pytest.raises(NotAReport):
        read(str(file))
