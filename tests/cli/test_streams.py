"""Streams closed or full, signals, homes: one line, the right status, and a dial that was placed says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pascom_facade.cli.commands import COMMANDS
from pascom_facade.simulator import Simulator

PASCOM = str(Path(sys.executable).with_name("pascom"))
STEPS = f"{sys.executable} -m scripts.regenerate"
DOCUMENT = str(Path(__file__).parents[2] / "openapi" / "pascom.json")
ACCEPTED = "the instance has accepted it, though: don't send it again"
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")


def run(simulator: Simulator, script: str, **environ: str) -> subprocess.CompletedProcess[str]:
    named = {"P": PASCOM, "S": STEPS, "D": DOCUMENT, "A": "identity.default_device_action"}
    environment = {"PATH": os.environ["PATH"], **named, **simulator.environment, **environ}
    return subprocess.run(
        ["bash", "-c", script], env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("script", "status", "said"),
    [
        ("$P states mpasquay >&-", 1, "pascom: stdout: Bad file descriptor\n"),
        ("$P dial mpasquay '*100' >&-", 1, f"pascom: stdout: Bad file descriptor; {ACCEPTED}\n"),
        ("$P completion bash >&-", 1, "pascom: stdout: Bad file descriptor\n"),
        ("$P --version >&-", 1, "pascom: stdout: Bad file descriptor\n"),
        ("$P push phonebook - --yes <<<$'a\n1' >&-", 1, f"pascom: stdout: Bad file descriptor; {ACCEPTED}\n"),
        ("$P call $A userName=mpasquay action=dial destination='*100' prefix=auto --yes >&-", 1,
         f"pascom: stdout: Bad file descriptor; {ACCEPTED}\n"),
        ("$P regenerate changes $D $D >&-", 1, "pascom: stdout: Bad file descriptor\n"),
        ("$S changes $D $D >&-", 1, "changes: stdout: Bad file descriptor\n"),
        ("$S --help >&-", 1, "regenerate: stdout: Bad file descriptor\n"),
        ("$P states mpasquay 2>&- >/dev/null", 0, ""),
        ("$P dial mpasquay '*100' 2>&- >/dev/null", 0, ""),
        ("$P states mpasquay <&- >/dev/null", 0, ""),
        ("$P states mpasquay <&- >&- 2>&-", 1, ""),
        ("$P cdr -n 3 | head -n 1 >/dev/null", 0, ""),
        pytest.param("$P states mpasquay >/dev/full", 1, "pascom: stdout: No space left on device\n", marks=FULL),
        pytest.param("$P dial mpasquay '*100' >/dev/full", 1,
                     f"pascom: stdout: No space left on device; {ACCEPTED}\n", marks=FULL),
        pytest.param("$P cdr -n 3 >/dev/full", 1, "pascom: stdout: No space left on device\n", marks=FULL),
        pytest.param("$P cdr -n 3 --to /dev/full", 1, "pascom: /dev/full: No space left on device\n", marks=FULL),
    ],
)  # fmt: skip
def test_streams(script: str, status: int, said: str, pascom_simulator: Simulator) -> None:
    done = run(pascom_simulator, script)
    assert (done.returncode, done.stderr) == (status, said)
    assert pascom_simulator.placed_count == ("dial" in script)


def test_every_command_says_that_its_help_went_nowhere(pascom_simulator: Simulator) -> None:
    done = run(pascom_simulator, f"for name in {' '.join(COMMANDS)}; do $P $name --help >&-; echo $? >&2; done")
    assert done.stderr == "pascom: stdout: Bad file descriptor\n1\n" * len(COMMANDS)


@pytest.mark.parametrize(
    "script",
    [
        "$P call identity.default_device_action userName=mpasquay action=hangup <&-",
        "$P push phonebook - <&-",
    ],
)
def test_what_has_to_be_read_is_missed_in_one_line(script: str, pascom_simulator: Simulator) -> None:
    done = run(pascom_simulator, script)
    assert done.returncode == 2
    assert done.stderr.startswith("pascom: ") and done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("environ", "home"),
    [
        ({}, "none"),
        ({"HOME": ""}, "empty"),
        ({"HOME": "/nonexistent"}, "elsewhere"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/nonexistent"}, "a relative cache"),
        ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "no UTF-8"),
    ],
)
def test_homes(environ: dict[str, str], home: str, pascom_simulator: Simulator, tmp_path: Path) -> None:
    script = f"cd {tmp_path}; $P services --live -o ndjson | head -n 1; $P cdr -n 2 -o csv"
    done = run(pascom_simulator, script, **environ)
    assert done.returncode == 0, home
    assert done.stderr in ("", "pascom: not cached: Permission denied\n")  # as another user than root
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_leaves_nothing_behind(name: str, pascom_simulator: Simulator, tmp_path: Path) -> None:
    number = getattr(signal, name)
    pascom_simulator.script("GET", "cdr/", delay=30.0, times=5)
    command = [PASCOM, "cdr", "--since", "7d", "--to", str(tmp_path / "calls.csv")]
    environment = {**os.environ, **pascom_simulator.environment}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, encoding="utf-8") as process:
        deadline = time.monotonic() + 30
        while not (pascom_simulator.requests and any(tmp_path.iterdir())) and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(number)
        _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (128 + number, "pascom: interrupted\n")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("printf '\\344\\366'", "printed what is no UTF-8"),
        ("yes", "printed more than 65,536 bytes"),
        ("exit 3", "failed with exit status 3"),
        ("true", "the password is empty"),
    ],
)
def test_password_commands_that_fail(command: str, said: str, pascom_simulator: Simulator) -> None:
    done = run(pascom_simulator, "unset PASCOM_PASSWORD; $P states mpasquay", PASCOM_PASSWORD_COMMAND=command)
    assert done.returncode == 2
    assert said in done.stderr and done.stderr.count("\n") == 1
    assert not pascom_simulator.requests


def test_a_password_command_that_leaves_something_running(pascom_simulator: Simulator) -> None:
    command = f"echo {pascom_simulator.password}; echo a note; sleep 30 2>/dev/null &"
    started = time.monotonic()
    done = run(pascom_simulator, "unset PASCOM_PASSWORD; $P states mpasquay", PASCOM_PASSWORD_COMMAND=command)
    assert (done.returncode, done.stderr) == (0, "")
    assert time.monotonic() - started < 25
