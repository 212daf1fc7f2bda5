"""Quiet emptiness and long exports: what stderr says, which files are written, and in which format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pascom_facade.simulator import Simulator
from tests.helpers.pascom_cli import Terminal, pascom, terminal

__all__ = ["pascom", "terminal"]  # fixtures
WITH_CALLS = pytest.mark.pascom_simulator(calls=1200)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("cdr --user nobody", "no calls"),
        ("cdr --since 2030-01-01 -o csv", "no calls"),
        ("cdr --user nobody --to calls.csv", "no calls"),
        ("recordings list --since 2030-01-01", "no recordings"),
        ("recordings list --user nobody", "no recordings among the newest 100 calls"),
        ("recordings get --since 2030-01-01", "no recordings"),
        ("states nobody", "no state of nobody"),
    ],
)
def test_nothing_is_said_to_be_nothing(
    command: str, said: str, pascom: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = pascom(*command.split())
    assert ended.status == 0
    assert said in ended.err and ended.err.count("\n") == 1


@pytest.mark.parametrize("name", ["calls.xlsx", "a.b/calls.parquet", "calls.csv.gz", "calls.txt"])
def test_another_format_is_refused_before_anything_is_asked(
    name: str, pascom: Terminal, pascom_simulator: Simulator
) -> None:
    ended = pascom("cdr", "--to", name)
    assert ended.status == 2
    assert "name it .csv, .json or .ndjson, or add -o" in ended.err
    assert not pascom_simulator.requests


@pytest.mark.parametrize(("name", "begin"), [("c.JSON", "["), ("c.jsonl", "{"), ("c.ndjson", "{"), ("c", "[")])
def test_the_ending_says_the_format(name: str, begin: str, pascom: Terminal, tmp_path: Path) -> None:
    assert pascom("cdr", "-n", "2", "--to", str(tmp_path / name)).status == 0
    assert (tmp_path / name).read_text("utf-8").startswith(begin)


def test_a_dash_is_stdout(pascom: Terminal) -> None:
    assert len(pascom("cdr", "-n", "2", "--to", "-").json) == 2
    assert pascom("cdr", "-n", "2", "--to", "-", "-o", "csv").out.startswith("id,chain,started")


@WITH_CALLS
def test_a_long_export_ends_with_a_line(pascom: Terminal, tmp_path: Path) -> None:
    target = tmp_path / "calls.ndjson"
    ended = pascom("cdr", "--since", "2020-01-01", "--to", str(target))
    assert ended.err == f"pascom: 1,200 calls written to {target}\n"
    assert len(target.read_text("utf-8").splitlines()) == 1200


def test_several_users_are_any_of_them(pascom: Terminal) -> None:
    found = {}
    for users in (["mpasquay"], ["jmueller"], ["mpasquay", "jmueller"]):
        options = [part for user in users for part in ("--user", user)]
        found["+".join(users)] = {row["id"] for row in pascom("cdr", "--since", "2020-01-01", *options).json}
    assert found["mpasquay+jmueller"] == found["mpasquay"] | found["jmueller"]
    assert len(pascom("cdr", "--user", "mpasquay", "--user", "jmueller", "-n", "3").json) == 3


def test_limit_counts_what_is_listed(pascom: Terminal) -> None:
    assert len(pascom("recordings", "list", "-n", "7").json) == 7
    listed = pascom("recordings", "list")
    assert listed.err == f"pascom: {len(listed.json)} among the newest 100 calls; --since or --limit looks further\n"


def test_what_is_followed_is_written_as_it_comes(pascom: Terminal, tmp_path: Path) -> None:
    target = tmp_path / "calls.ndjson"
    with Simulator(calls=5, calls_per_second=20) as simulator:
        pascom.use(simulator)
        assert pascom("cdr", "--follow", "--every", "0.5", "-n", "3", "--to", str(target)).status == 0
    rows = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert len(rows) == 3
    assert target.stat().st_mode & 0o777 == 0o600
