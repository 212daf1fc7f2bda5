"""The cookbook's recipes do what they say: each run as a program, with an instance that has what it is about."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pascom_facade import Pascom
from pascom_facade.simulator import Simulator
from pascom_facade.simulator.people import PEOPLE
from tests.helpers.mailbox import Mailbox, mailbox

from .examples import Example, examples

PAGE = Path(__file__).parents[2] / "docs" / "cookbook-calls.md"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as running:
        yield running


def recipe(name: str) -> str:
    """The program that begins with its name, and what it takes from the others."""
    programs = [example.text for example in examples(PAGE) if example.language == "python"]
    (program,) = [text for text in programs if text.startswith(f'"""{name}:')]
    if name == "silence.py":
        mails = next(text for text in programs if "def mail(" in text)
        program = mails.partition("def mail_missed_calls")[0] + program
    return program


def run(folder: Path, box: Mailbox, environment: dict[str, str], *arguments: str) -> None:
    """Python with these arguments."""
    path = os.pathsep.join(sys.path)
    subprocess.run(
        [sys.executable, *map(str.encode, arguments)],
        cwd=folder,
        env={**os.environ, **environment, "PYTHONPATH": path, "PYTHONUTF8": "1", "SMTP_SERVER": box.address},
        check=True,
        timeout=60,
    )


def test_each_missed_call_is_mailed_once(tmp_path: Path, box: Mailbox) -> None:
    from pascom_facade.sync import sync_calls

    with Simulator(400) as sim, Pascom(sim.server, sim.instance, password=sim.password) as pbx:
        sync_calls(pbx, f"sqlite:///{tmp_path}/calls.db")
        newest = list(pbx.cdr(since="1d"))
        for _ in range(2):
            run(tmp_path, box, {}, "-c", recipe("missed.py"))
        answered = {call.chain for call in newest if call.answered_by}
        missed = {call.chain for call in newest if call.missed} - answered
        assert missed and box.subjects == ["Missed call"] * len(missed)
        numbers = {call.number for call in newest if call.chain in missed}
        assert {mail.get_content().split()[2] for mail in box.mails} <= numbers | {"no"}


def test_silence_is_told_and_so_is_an_instance_that_does_not_answer(tmp_path: Path, box: Mailbox) -> None:
    with Simulator(0) as sim:
        run(tmp_path, box, sim.environment, "-c", recipe("silence.py"))
        assert box.subjects == ["No calls"]
        sim.script("GET", "cdr/", times=99, status=403)
        run(tmp_path, box, sim.environment, "-c", recipe("silence.py"))
        assert box.subjects == ["No calls", "No answer from the phone system"]


def test_calls_are_no_silence(tmp_path: Path, box: Mailbox) -> None:
    with Simulator(300) as sim:
        sim.calls.finish(sim.calls.place(PEOPLE[0], "0049991296910"), connected_since=None)
        run(tmp_path, box, sim.environment, "-c", recipe("silence.py").replace('"inbound"', '"outbound"'))
        assert box.subjects == []


def test_the_report_has_complete_weeks(tmp_path: Path, box: Mailbox) -> None:
    pytest.importorskip("duckdb")
    pytest.importorskip("matplotlib")
    with Simulator(1500) as sim:
        export = "cdr", "--since", "9w", "--to", "calls.ndjson"
        run(tmp_path, box, sim.environment, "-m", "pascom_facade.cli", *export)
    run(tmp_path, box, {}, "-c", recipe("report.py"))
    assert (tmp_path / "weeks.svg").read_text("utf-8").startswith("<?xml")


UNITS = [example for example in examples(PAGE) if example.language == "ini"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    files = [_unit(example, tmp_path) for example in UNITS]
    subprocess.run(["systemd-analyze", "verify", *files], check=True, capture_output=True, text=True)


def _unit(example: Example, folder: Path) -> Path:
    name = example.text.partition("\n")[0].rpartition("/")[2]
    program = "ExecStart=/bin/true"  # the file that it names isn't there
    lines = [program if line.startswith("ExecStart=") else line for line in example.text.splitlines()]
    file = folder / name
    file.write_text("\n".join(lines), "utf-8")
    return file
