"""`pascom cdr --summary`: its range, and the days that are drawn."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest

from tests.helpers.pascom_cli import Terminal, pascom, terminal

__all__ = ["pascom", "terminal"]  # fixtures


@pytest.mark.parametrize("output", ["csv", "ndjson"])
def test_a_summary_is_no_list(output: str, pascom: Terminal) -> None:
    ended = pascom("cdr", "--summary", "-o", output)
    assert (ended.status, f"not {output}" in ended.err) == (2, True)


def test_a_summary_says_its_range_and_the_days_that_are_cut(pascom: Terminal) -> None:
    summary = pascom("cdr", "-n", "50", "--summary").json
    assert summary["range"][0] == summary["from"] < summary["to"] < summary["range"][1]
    assert summary["cut_days"] == sorted({min(summary["per_day"]), *not_over(summary)})
    whole = pascom("cdr", "--since", min(summary["per_day"]), "--summary").json
    assert whole["cut_days"] == not_over(whole)


def test_a_limit_cuts_days_whatever_the_range(pascom: Terminal) -> None:
    newest = pascom("cdr", "-n", "150", "--since", "30d", "--summary").json
    assert min(newest["per_day"]) in newest["cut_days"]
    oldest = pascom("cdr", "-n", "150", "--since", "30d", "--oldest-first", "--summary").json
    assert max(oldest["per_day"]) in oldest["cut_days"]


def test_complete_days_alone_are_drawn(pascom: Terminal) -> None:
    summary = pascom("cdr", "-n", "150", "--summary").json
    lines = pascom("cdr", "-n", "150", "--summary", "-o", "table").out.splitlines()
    begins = datetime.fromisoformat(summary["range"][0])
    assert any(line.startswith(f"from      {begins:%Y-%m-%d %H:%M} to ") for line in lines)
    drawn = [line.split()[1] for line in lines if re.match(r"\w{3} \d{4}-\d\d-\d\d ", line)]
    assert drawn and drawn == sorted(summary["per_day"].keys() - set(summary["cut_days"]))
    assert any(line == f"(not drawn, as not complete: {', '.join(summary['cut_days'])})" for line in lines)


def not_over(summary: dict[str, Any]) -> list[str]:
    """Today, if calls are of it: in the simulated instance's zone it may be over, an hour before it is here."""
    return [day for day in summary["per_day"] if day == date.today().isoformat()]
