"""`pascom doctor --assumptions`: what is so here; and that later runs needn't find it out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pascom_facade.assumptions.table import TABLE
from pascom_facade.simulator import Assumed, Simulator
from pascom_facade.simulator.journal import Request
from tests.helpers.pascom_cli import Terminal, pascom, terminal

__all__ = ["pascom", "terminal"]  # fixtures

ODD = Assumed(time_format="text", zone="America/New_York", most_rows=200)
odd = pytest.mark.pascom_simulator(calls=700, assumed=ODD)


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("PASCOM_CACHE", raising=False)
    return tmp_path / "cache"


def asked(sim: Simulator, pascom: Terminal, *words: str) -> list[Request]:
    """The requests of a command that ends well."""
    before = len(sim.requests)
    ended = pascom(*words)
    assert (ended.status, ended.err) == (0, "")
    return sim.requests[before:]


@odd
def test_in_a_pipe_there_is_a_row_for_each_assumption(pascom: Terminal) -> None:
    ended = pascom("doctor", "--assumptions")
    assert (ended.status, ended.err) == (0, "")
    rows = {row["name"]: row for row in ended.json}
    assert list(rows) == [one.name for one in TABLE]
    row = rows["cdr.time-format"]
    assert (row["verdict"], row["value"], row["assumed"], row["grade"]) == ("refuted", "text", ["ms"], "?")
    assert rows["cdr.resolution"]["why"] == "times are written to the second"


@odd
def test_on_a_terminal_it_fits_80_columns(pascom: Terminal, cache: Path) -> None:
    ended = pascom("doctor", "--assumptions", "-o", "table")
    lines = ended.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert "✗ cdr.most-rows          B  200, not 1000" in lines
    assert "· cdr.resolution         D  not told: times are written to the second" in lines
    assert "requests, nothing changed; kept for later runs in" in ended.message


@odd
def test_after_that_the_journal_is_asked_as_it_wants_to_be_at_once(
    pascom: Terminal, pascom_simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    sim = pascom_simulator
    without = asked(sim, pascom, "cdr", "--since", "3d")
    pascom("doctor", "--assumptions")
    requests = asked(sim, pascom, "cdr", "--since", "3d")
    assert all("+" in request.query and "timefrom" in request.query for request in requests)
    assert len(requests) < len(without)
    filtered = asked(sim, pascom, "cdr", "--since", "3d", "--direction", "inbound")
    assert all("inbound=1" in request.query and "timefrom" in request.query for request in filtered)
    assert len(asked(sim, pascom, "cdr")) == 1
    monkeypatch.setenv("PASCOM_CACHE", "off")
    assert len(asked(sim, pascom, "cdr", "--since", "3d")) == len(without)


@pytest.mark.parametrize(
    ("way", "queries"),
    [
        ("brackets", ["keys%5B%5D=mpasquay&keys%5B%5D=tweber"]),
        ("single", ["keys=mpasquay", "keys=tweber"]),
        ("comma", ["keys=mpasquay%2Ctweber"]),
    ],
)
def test_after_that_states_are_asked_for_as_is_understood(way: Any, queries: list[str], terminal: Terminal) -> None:
    with Simulator(5, assumed=Assumed(states_keys=way)) as sim:
        terminal.use(sim)
        terminal("doctor", "--assumptions")
        assert [one.query for one in asked(sim, terminal, "states", "mpasquay", "tweber")] == queries


def test_an_instance_that_is_another_one_by_now_is_found_out_all_the_same(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Simulator(700, password="abc", assumed=ODD) as sim:
        terminal.use(sim)
        terminal("doctor", "--assumptions")
        port = int(sim.server.rpartition(":")[2])
    now = Assumed(time_format="s", newest_first=False, most_rows=150)
    with Simulator(700, password="abc", assumed=now, port=port) as sim:
        ended = terminal("cdr", "--since", "2000-01-01")
        assert [row["id"] for row in ended.json] == list(range(700, 0, -1))


@odd
def test_a_report_is_shown_and_written_for_its_owner(pascom: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    ended = pascom("doctor", "--report", str(file), "--yes")
    assert ended.status == 0
    assert ended.err == file.read_text("utf-8")
    assert file.stat().st_mode & 0o077 == 0
    assert json.loads(ended.err)["findings"] == [
        {key: row[key] for key in ("name", "verdict", "value", "why") if key in row} for row in ended.json
    ]


def test_a_report_is_not_written_unasked(
    pascom: Terminal, pascom_simulator: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "report.json"
    ended = pascom("doctor", "--report", str(file))
    assert (ended.status, pascom_simulator.requests) == (2, [])
    assert "--yes" in ended.message
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    said: list[str] = []
    monkeypatch.setattr("click.confirm", lambda text, **_: said.append(text))
    assert pascom("doctor", "--report", str(file)).status == 0
    assert said == [f"Write this to {file}?"]
    assert not file.exists()


def test_a_wrong_login_is_said_as_always(pascom: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASCOM_PASSWORD", "wrong")
    ended = pascom("doctor", "--assumptions")
    assert (ended.status, ended.out) == (3, "")
    assert "user name or password is wrong" in ended.message
