"""Completion: what the shells are offered, how fast, and that a real bash takes it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pascom_facade.cli.commands import COMMANDS
from pascom_facade.cli.completion.answers import complete, unquoted
from pascom_facade.cli.completion.shells import SCRIPTS
from tests.helpers.pascom_cli import Terminal, terminal

__all__ = ["terminal"]  # fixture
PASCOM = [sys.executable, "-m", "pascom_facade.cli"]


@pytest.fixture
def offered(capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def ask(*words: str, shell: str = "zsh") -> list[str]:
        assert complete({"_PASCOM_COMPLETE": shell}, words) == 0
        return [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()]

    return ask


def test_commands_services_parameters_and_values_are_offered(offered) -> None:  # type: ignore[no-untyped-def]
    assert offered("") == list(COMMANDS)
    assert offered("reco") == ["recordings"]
    assert offered("recordings", "") == ["list", "get"]
    assert offered("services", "ide") == ["identity"]
    assert "identity.default_device_action" in offered("show", "identity.")
    assert offered("call", "cdr.list_cdr", "time") == ["timefrom=", "timeto="]
    assert offered("call", "cdr.list_cdr", "timefrom=1", "time") == ["timeto="]
    assert "destination=" in offered("call", "identity.default_device_action", "")
    assert offered("completion", "") == ["bash", "zsh", "fish"]


def test_options_and_their_values_are_clicks(offered) -> None:  # type: ignore[no-untyped-def]
    assert offered("cdr", "--sin") == ["--since"]
    assert offered("cdr", "-o", "") == ["table", "json", "ndjson", "csv"]
    assert offered("cdr", "--direction", "in") == ["inbound", "internal"]
    assert offered("recordings", "get", "--l") == ["--leg"]
    assert "--live" in offered("show", "--")


def test_bash_breaks_words_at_equal_signs_and_gets_what_follows(offered) -> None:  # type: ignore[no-untyped-def]
    assert offered("call", "cdr.list_cdr", "timefrom", "=", "7", "time", shell="bash") == ["timeto="]
    assert offered("call", "cdr.list_cdr", "limit", "=", shell="bash") == []


EVIL = [
    "$(touch x)",
    "`touch x`",
    "a;touch x",
    "* ?[a]",
    "a b",
    "~/x",
    "a'b\"c",
    "\\n",
    "a&b|c>d<e",
    "!!",
    "{a,b}",
    "#x",
    "Mü",
]


@pytest.mark.parametrize("value", EVIL)
def test_a_documents_text_is_only_text_to_bash(
    value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("pascom_facade.cli.completion.answers.candidates", lambda *_: iter([(value, "")]))
    assert complete({"_PASCOM_COMPLETE": "bash"}, ["call", ""]) == 0
    typed = capsys.readouterr().out.removesuffix("\t\n")
    run = [b"bash", b"-c", f"printf '<%s>' {typed}".encode()]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == f"<{value}>"
    assert not list(tmp_path.iterdir())
    assert unquoted(typed) == value


@pytest.mark.parametrize("value", ["a\nb", "a\x1b[2Jb", "a\u202eb", "\x07"])
def test_what_cannot_be_shown_is_not_offered(value: str, offered, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("pascom_facade.cli.completion.answers.candidates", lambda *_: iter([(value, "")]))
    assert offered("") == []


def test_a_broken_setting_offers_nothing_and_says_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert complete({"_PASCOM_COMPLETE": "zsh"}, ["show", ""]) == 1
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_scripts_are_accepted_by_their_shells(terminal: Terminal, shell: str, tmp_path: Path) -> None:
    script = terminal("completion", shell).out
    assert script == SCRIPTS[shell]
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not here")
    file = tmp_path / "script"
    file.write_text(script)
    subprocess.run([shell, "-n", str(file)], check=True)


def test_a_real_bash_completes(tmp_path: Path) -> None:
    (tmp_path / "pascom").write_text(f'#!/bin/sh\nexec {sys.executable} -m pascom_facade.cli "$@"\n')
    (tmp_path / "pascom").chmod(0o755)
    lines = SCRIPTS["bash"] + 'COMP_WORDS=(pascom show identity.def); COMP_CWORD=2; _pascom; echo "${COMPREPLY[@]}"'
    env = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", lines], capture_output=True, encoding="utf-8", env=env, check=True)
    assert done.stdout == "identity.default_device_action\n"


def spent(command: list[str], **variables: str) -> float:
    """Seconds of CPU of one run."""
    resource: Any = pytest.importorskip("resource", exc_type=ImportError)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **variables})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return float(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def cost(*arguments: str, **variables: str) -> float:
    """CPU in starts of a bare interpreter, which a busy machine slows down as well: the least of six runs each."""
    bare, ours = [], []
    for _ in range(6):
        bare.append(spent([sys.executable, "-c", "pass"]))
        ours.append(spent([*PASCOM, *arguments], **variables))
    return min(ours) / min(bare)


def test_help_lists_and_completion_cost_little_cpu() -> None:
    assert cost("--help") < 13
    assert cost("services", "-o", "table") < 25
    assert cost("show", "identity.", _PASCOM_COMPLETE="zsh") < 6
    assert cost("cdr", "--si", _PASCOM_COMPLETE="zsh") < 13
