"""`pascom cdr --summary --to week.svg`: a chart in a file."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from pascom_facade.simulator import Simulator
from tests.helpers.pascom_cli import Terminal, pascom, terminal

__all__ = ["pascom", "terminal"]  # fixtures


@pytest.mark.parametrize(("name", "begins"), [("week.svg", b"<?xml"), ("week.PNG", b"\x89PNG")])
def test_a_summary_is_drawn_into_a_file(name: str, begins: bytes, pascom: Terminal, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    target = tmp_path / name
    ended = pascom("cdr", "--since", "7d", "--summary", "--to", str(target))
    assert (ended.status, ended.out, ended.err) == (0, "", "")
    assert target.read_bytes().startswith(begins)
    assert target.stat().st_mode & 0o777 == 0o600
    if name.endswith("svg"):
        first = date.today() - timedelta(days=6)
        assert f"{first} to {date.today() - timedelta(days=1)}: " in target.read_text()
        assert f"{first:%a}" in target.read_text()


def test_a_chart_has_at_least_one_complete_day(pascom: Terminal, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    ended = pascom("cdr", "-n", "1", "--summary", "--to", str(tmp_path / "week.svg"))
    assert (ended.status, "no complete day" in ended.message) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_chart_names_the_extra_it_needs(
    pascom: Terminal, pascom_simulator: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    ended = pascom("cdr", "--summary", "--to", str(tmp_path / "week.svg"))
    assert (ended.status, "'charts'" in ended.message) == (2, True)
    assert not pascom_simulator.requests
