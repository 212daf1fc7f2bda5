"""`pascom push`: what counts as a row, what is shown before it goes, and what isn't there is named."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pascom_facade import ConfigurationError
from pascom_facade.push_rows import counted, spooled
from pascom_facade.simulator import Simulator
from tests.helpers.pascom_cli import Terminal, pascom, terminal

__all__ = ["pascom", "terminal"]  # fixtures
EMPTY = "nothing to push"


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"a,b\r\n1,2\r\n", 1),
        (b"a,b\n1,2\n\n3,4", 2),
        (b"a;b\r1;2\r3;4\r", 2),
        (b'"a","b\n(private)"\r\n"1","two\nlines"\r\n', 1),
        (b'a;"b\n(private)"\r\n1;2\r\n', 1),
        (b'"a"x,b\n1,2\n', 1),  # quotes as people write them
        (b"\xef\xbb\xbfa,b\r\n1,2\r\n", 1),
    ],
)
def test_a_row_is_what_a_reader_finds(content: bytes, rows: int) -> None:
    with spooled(io.BytesIO(content), allow_empty=False) as file:
        assert counted(file).rows == rows
        assert file.read() == content.removeprefix(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", EMPTY),
        (b"\r\n \r\n", EMPTY),
        (b",,,\n", EMPTY),
        (b"a,b\r\n", EMPTY),
        (b'"a","b\n(private)"\r\n', EMPTY),
        (b'a;"b\n(private)"\r\n;\r\n', EMPTY),
        (b"\xef\xbb\xbfa,b\r\n", EMPTY),
        (b"a\r\nM\xc3", "line 2 of the CSV is not UTF-8"),
        (b"a\r\nM\xfcller\r\n", "line 2 of the CSV is not UTF-8"),
        ("a,b\n1,2\n".encode("utf-16"), "line 1 of the CSV is not UTF-8"),
        ("a,b\n1,2\n".encode("utf-16-le"), "NUL"),
        (b'a,b\n1,"cut', "ends within quotes"),
        (b'a,b\n1,"' + b"x" * 200_000 + b'"', "cannot be read"),
    ],
)
def test_what_is_no_row_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        spooled(io.BytesIO(content), allow_empty=False)


@pytest.fixture
def contacts(tmp_path: Path) -> str:
    file = tmp_path / "contacts.csv"
    file.write_text("displayname,phone\nKanzlei Ozan,+49991296911\nZoë,1\n", "utf-8")
    return str(file)


def test_a_dry_run_sends_nothing(pascom: Terminal, contacts: str, pascom_simulator: Simulator) -> None:
    ended = pascom("push", "phonebook", contacts, "--dry-run", "-o", "table")
    assert ended.out.splitlines()[:2] == [
        "2 rows for phonebook; nothing was sent",
        "  displayname=Kanzlei Ozan, phone=+49991296911",
    ]
    assert pascom("push", "phonebook", contacts, "--dry-run").json["rows"] == 2
    assert not pascom_simulator.requests


def on_a_terminal(simulator: Simulator, typed: str, *arguments: str) -> tuple[int, str]:
    """The exit status, and what the terminal showed."""
    ours, theirs = os.openpty()
    command = [str(Path(sys.executable).with_name("pascom")), *arguments]
    environment = {**os.environ, **simulator.environment}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        os.write(ours, typed.encode())
        shown = b""
        with contextlib.suppress(OSError):  # Linux: the other side is closed
            while piece := os.read(ours, 65_536):
                shown += piece
        os.close(ours)
    return process.returncode, shown.decode()


@pytest.mark.parametrize(("typed", "status"), [("y\n", 0), ("n\n", 1), ("\n", 1)])
def test_on_a_terminal_it_asks(typed: str, status: int, contacts: str, pascom_simulator: Simulator) -> None:
    ended, shown = on_a_terminal(pascom_simulator, typed, "push", "phonebook", contacts)
    assert ended == status
    assert "2 rows will go to phonebook: displayname, phone" in shown
    assert "removes the records that aren't among them" in shown
    assert len(pascom_simulator.pushes) == (status == 0)


def test_yes_does_not_ask(contacts: str, pascom_simulator: Simulator) -> None:
    ended, shown = on_a_terminal(pascom_simulator, "", "push", "phonebook", contacts, "--yes")
    assert (ended, "Send?" in shown) == (0, False)
    assert len(pascom_simulator.pushes) == 1


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("push nosuch FILE", "there is no connector profile 'nosuch' (404), or no instance 'voipjack'"),
        ("dial nosuch *100", "there is no user 'nosuch' (404), or no instance 'voipjack'"),
        ("hangup nosuch", "there is no user 'nosuch' (404), or no instance 'voipjack'"),
        ("answer nosuch", "there is no user 'nosuch' (404), or no instance 'voipjack'"),
    ],
)
def test_what_is_not_there_is_named(command: str, said: str, pascom: Terminal, contacts: str) -> None:
    ended = pascom(*command.replace("FILE", contacts).split())
    assert (ended.status, ended.err) == (4, f"pascom: {said}\n")


def test_errors_speak_of_options(pascom: Terminal, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("a,b\n")
    ended = pascom("push", "phonebook", str(tmp_path / "empty.csv"))
    assert ended.status == 2
    assert "--allow-empty if you mean it" in ended.err
    assert "=" not in ended.err
