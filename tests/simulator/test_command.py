"""The simulator as its users start it: as a command, with TLS, and as a pytest fixture."""

from __future__ import annotations

import json
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from pascom_facade.simulator import Simulator
from tests.helpers import direct

COMMAND = [sys.executable, "-m", "pascom_facade.simulator"]


@contextmanager
def started(*options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command, and the first line that it printed."""
    with subprocess.Popen(
        [*COMMAND, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline()
        finally:
            process.kill()


def rest(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Exit status and what was printed after the first line."""
    assert process.stdout is not None
    assert process.stderr is not None
    return process.wait(timeout=10), process.stdout.read(), process.stderr.read()


def test_one_json_line_says_where_it_is_and_sigint_ends_it() -> None:
    with started("--json", "--calls", "7", "--instance", "other", "--profile", "19", "--tls") as (
        process,
        line,
    ):
        where: dict[str, Any] = json.loads(line)
        assert set(where) == {"server", "instance", "user", "password", "services", "apidoc", "ca_file"}
        assert where["services"] == f"{where['server']}/other/services/"
        assert where["apidoc"] == f"{where['services']}apidoc/"
        trusting = ssl.create_default_context(cafile=where["ca_file"])
        answer = direct.get(f"{where['services']}cdr/", auth=("moby", where["password"]), verify=trusting)
        assert len(answer.json()) == 7
        assert "srcnumber" in answer.json()[0]
        process.send_signal(signal.SIGINT)
        assert rest(process) == (0, "", "")
        assert not Path(where["ca_file"]).exists()


def test_it_serves_in_the_background_until_the_shell_ends() -> None:
    commands = f"""
        eval "$({" ".join(COMMAND)} --calls 7 --until-exit $$)"
        echo "$PASCOM_SERVER"
        read -r _
    """
    with subprocess.Popen(
        ["bash", "-c", commands], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as shell:
        assert shell.stdout is not None
        assert shell.stdin is not None
        server = shell.stdout.readline().strip()
        assert direct.get(f"{server}/voipjack/services/cdr/").status_code == 401
        shell.stdin.close()
    deadline = time.monotonic() + 20
    with pytest.raises(httpx.TransportError):
        while time.monotonic() < deadline:
            direct.get(server)


def test_a_process_that_is_not_there_is_refused() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    done = subprocess.run([*COMMAND, "--until-exit", str(gone.pid)], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"--until-exit {gone.pid}: no such process; $$ is the shell's\n"


def test_people_are_told_how_to_reach_it_and_sigterm_ends_it() -> None:
    with started() as (process, line):
        assert line == "A simulated pascom instance with 500 calls; Ctrl-C ends it.\n"
        process.terminate()
        status, out, err = rest(process)
        assert (status, err) == (0, "")
        assert "export PASCOM_SERVER=http://127.0.0.1:" in out


@pytest.mark.parametrize("option", ["--port=no", "--profile=17", "--calls=-1", "--end=soon"])
def test_wrong_usage_is_status_2(option: str) -> None:
    done = subprocess.run([*COMMAND, option], capture_output=True, encoding="utf-8", timeout=30, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_one_clear_line() -> None:
    with Simulator(calls=0) as sim:
        port = sim.server.rpartition(":")[2]
        done = subprocess.run(
            [*COMMAND, "--port", port], capture_output=True, encoding="utf-8", timeout=30, check=False
        )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert port in done.stderr


def test_it_comes_back_on_its_port_and_without_trust_nobody_comes_in() -> None:
    sim = Simulator(calls=0, tls=True)
    with sim:
        address, first = sim.services, sim.ca_file
        with pytest.raises(httpx.TransportError):
            direct.get(address)
    with pytest.raises(httpx.TransportError):
        direct.get(address)
    with sim:
        assert sim.services == address
        assert sim.ca_file != first


USER_TEST = """
import sys
import pytest

def test_cheap(request):
    assert not {"starlette", "uvicorn", "httpx", "pascom_facade.simulator.server"} & set(sys.modules)

def test_dials(pascom_simulator):
    import urllib.request
    assert "starlette" in sys.modules
    assert not pascom_simulator.placed_calls
    sim = pascom_simulator
    manager = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    manager.add_password(None, sim.server, sim.user, sim.password)
    direct = urllib.request.ProxyHandler({})
    opener = urllib.request.build_opener(direct, urllib.request.HTTPBasicAuthHandler(manager))
    body = b'{"action": "dial","destination": "*100","prefix": "auto"}'
    url = sim.services + "identity/mpasquay/defaultdevice/action"
    sent = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    assert opener.open(sent).read() == b'{"response":"dial commited"}'
    assert [request.status for request in sim.requests] == [401, 200]
    assert sim.placed_count == 1

@pytest.mark.pascom_simulator(calls=7, instance="mine")
def test_options(pascom_simulator):
    assert (len(pascom_simulator.calls), pascom_simulator.instance) == (7, "mine")
"""


def test_users_tests_get_a_fixture_that_costs_nothing_unused(tmp_path: Path) -> None:
    """In a project of its own, by the vendor's own way in: a client that waits for the challenge."""
    (tmp_path / "pytest.ini").write_text("[pytest]\n")  # else it is part of a checkout around it
    (tmp_path / "test_user.py").write_text(USER_TEST)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-p",
        "no:pytest_httpx",  # they bring httpx along
        "-p",
        "no:respx",
        str(tmp_path),
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 passed" in done.stdout
