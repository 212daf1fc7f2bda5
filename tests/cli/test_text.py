"""What is typed and what is written: times, spreadsheet cells, columns, masked numbers; following the journal."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pascom_facade.cli.screen import bar, fit, masked, minutes
from pascom_facade.cli.spreadsheet import cell, write_csv
from pascom_facade.simulator import Simulator
from tests.helpers.pascom_cli import Terminal, pascom, terminal

__all__ = ["pascom", "terminal"]  # fixtures


@pytest.mark.parametrize(
    "text",
    [
        "+4930123",
        "0301234",
        "=1+1",
        "@SUM(A1)",
        "-2+3",
        "\t=1",
        "\r=1",
        " =1",
        "＝1",
        "12345678901234567",
        "'quoted",
        "+",
    ],
)
def test_what_a_spreadsheet_would_compute_is_marked_as_text(text: str) -> None:
    assert cell(text) == "'" + text


@pytest.mark.parametrize("value", ["104", "*100", "Müller", "", "-5", "-1.5", "0", 7, 1.5, "2026-11-20 14:00:00"])
def test_everything_else_is_written_as_it_is(value: object) -> None:
    assert cell(value) == value


def test_exact_csv_gives_every_value_back() -> None:
    rows = [{"a": "+49", "b": '=x,"y"\nz'}, {"a": "030", "b": "ü"}]
    stream = io.StringIO(newline="")
    write_csv(rows, ["a", "b"], stream, exact=True)
    assert list(csv.DictReader(io.StringIO(stream.getvalue(), newline=""))) == rows
    assert stream.getvalue().startswith("a,b\r\n")  # no byte order mark outside files


def test_the_bytes_of_a_file_for_spreadsheets(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"a": "+49 30", "b": 'Süß; "Łuk"'}, {"a": '=HYPERLINK("x")', "b": 7}]
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        write_csv(rows, ["a", "b"], file, delimiter=";")
    assert (tmp_path / "a.csv").read_bytes() == (
        b'\xef\xbb\xbfa;b\r\n\'+49 30;"S\xc3\xbc\xc3\x9f; ""\xc5\x81uk"""\r\n"\'=HYPERLINK(""x"")";7\r\n'
    )


def test_columns_are_exactly_as_wide_as_asked() -> None:
    assert fit("e\u0301e\u0301e\u0301", 2) == "e\u0301…"  # a combining character takes no column
    assert [fit("Müller", 8), fit("Müller", 4), fit("日本語", 5), fit("\x1b[31mred", 6)] == [
        "Müller  ", "Mül…", "日本…", " [31m…",
    ]  # fmt: skip
    assert [minutes(65), minutes(3723), minutes(None), bar(0.5, 4)] == ["1:05", "1:02:03", "", "██"]


def test_masked_numbers_cannot_be_called() -> None:
    assert [masked("+4930123456"), masked("104"), masked("*100"), masked("")] == [
        "+49••••••••",
        "1••",
        "*100",
        "",
    ]


def test_following_gives_each_new_call_once(pascom: Terminal) -> None:
    with Simulator(5, end=datetime.now().astimezone() - timedelta(minutes=5), calls_per_second=30) as simulator:
        pascom.use(simulator)
        ended = pascom("cdr", "--follow", "--every", "0.5", "--limit", "20", "-o", "ndjson")
    lines = ended.out.splitlines()
    assert len(lines) == len(set(lines)) == 20


def test_following_begins_with_the_calls_since(pascom: Terminal) -> None:
    newest = [row["id"] for row in pascom("cdr", "-n", "5").json]
    rows = pascom("cdr", "--follow", "--since", "3650d", "-n", "500", "-o", "ndjson").out.splitlines()
    assert [json.loads(row)["id"] for row in rows][-5:] == newest[::-1]


def test_all_rows_of_a_long_journal_are_exported(pascom: Terminal) -> None:
    with Simulator(2500) as simulator:
        pascom.use(simulator)
        rows = list(csv.DictReader(pascom("cdr", "--since", "3650d", "-o", "csv").out.splitlines()))
    assert len(rows) == len({row["id"] for row in rows}) == 2500
