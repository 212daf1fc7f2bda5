"""Whom the facade trusts, and where a password comes from."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from pascom_facade import AsyncPascom, CertificateRefused, ConfigurationError, ConnectionFailed, Pascom
from pascom_facade._tls import fetch_fingerprint
from pascom_facade.settings import Address
from pascom_facade.simulator import Simulator
from tests.servers.scripted_server import serving

ADDRESS = ("pascom.cloud", "voipjack")


@pytest.fixture(scope="module")
def secure() -> Iterator[Simulator]:
    with Simulator(5, tls=True) as sim:
        yield sim


def ask(sim: Simulator, colour: str, **options: Any) -> int:
    async def run() -> int:
        async with AsyncPascom(sim.server, sim.instance, password=sim.password, **options) as pbx:
            return len([call async for call in pbx.cdr()])

    if colour == "async":
        return asyncio.run(run())
    with Pascom(sim.server, sim.instance, password=sim.password, **options) as pbx:
        return len(list(pbx.cdr()))


@pytest.mark.parametrize("colour", ["sync", "async"])
class TestOnSiteCertificate:
    def test_is_refused_with_what_to_do(self, secure: Simulator, colour: str) -> None:
        with pytest.raises(CertificateRefused, match=r"ca_file=.*fingerprint"):
            ask(secure, colour)

    def test_its_file_is_trusted(self, secure: Simulator, colour: str) -> None:
        assert ask(secure, colour, ca_file=secure.ca_file) == 5

    def test_its_fingerprint_is_trusted(self, secure: Simulator, colour: str) -> None:
        shown = fetch_fingerprint(Address.of(secure.server, secure.instance))
        colons = ":".join(shown[i : i + 2] for i in range(0, 64, 2)).upper()
        assert ask(secure, colour, fingerprint=shown) == ask(secure, colour, fingerprint=f"SHA256:{colons}") == 5

    def test_another_fingerprint_sends_nothing(self, secure: Simulator, colour: str) -> None:
        before = len(secure.requests)
        with pytest.raises(CertificateRefused, match="not the certificate that was pinned"):
            ask(secure, colour, fingerprint="0" * 64)
        assert len(secure.requests) == before


def test_the_environment_pins(secure: Simulator) -> None:
    environ = {k: v for k, v in secure.environment.items() if k != "PASCOM_CA_FILE"}
    shown = fetch_fingerprint(Address.of(secure.server, secure.instance))
    with Pascom.from_env({**environ, "PASCOM_FINGERPRINT": shown}) as pbx:
        assert len(list(pbx.cdr())) == 5


def test_what_is_no_fingerprint_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="64 hexadecimal digits"):
        Pascom(*ADDRESS, password="x", fingerprint="ab:cd")


def test_no_certificate_to_show() -> None:
    with serving() as server, pytest.raises(ConnectionFailed, match="shows no certificate"):
        fetch_fingerprint(Address.of(server.origin.replace("http", "https"), "voipjack"), timeout=0.3)


def test_a_password_function_is_called_once_and_blocks_no_other_task(pascom_simulator: Simulator) -> None:
    sim, calls, ticks = pascom_simulator, [], []

    def vault() -> str:
        calls.append(threading.current_thread())
        time.sleep(0.3)
        return sim.password

    async def run() -> None:
        async def tick() -> None:
            while True:
                ticks.append(1)
                await asyncio.sleep(0.01)

        ticking = asyncio.create_task(tick())
        async with AsyncPascom(sim.server, sim.instance, password=vault) as pbx:
            await asyncio.gather(*(pbx.states("mpasquay") for _ in range(5)))
        ticking.cancel()

    asyncio.run(run())
    assert len(calls) == 1 and calls[0] is not threading.main_thread()
    assert len(ticks) > 5


def test_a_password_command(pascom_simulator: Simulator) -> None:
    sim = pascom_simulator
    environ = {
        **sim.environment,
        "PASCOM_PASSWORD_COMMAND": f"{sys.executable} -c \"print('{sim.password}')\"",
    }
    del environ["PASCOM_PASSWORD"]
    with Pascom.from_env(environ) as pbx:
        assert pbx.states("mpasquay") == {"mpasquay": "Idle"}
    with (
        Pascom.from_env({**environ, "PASCOM_PASSWORD_COMMAND": "exit 7"}) as pbx,
        pytest.raises(ConfigurationError, match="exit status 7"),
    ):
        pbx.states("mpasquay")


def test_doctor_explains_the_certificate_and_shows_what_to_pin(secure: Simulator) -> None:
    environ = {k: v for k, v in secure.environment.items() if k != "PASCOM_CA_FILE"}
    command = [sys.executable, "-m", "pascom_facade.cli", "doctor"]
    refused = subprocess.run(command, env=os.environ | environ, capture_output=True, encoding="utf-8")
    shown = fetch_fingerprint(Address.of(secure.server, secure.instance))
    assert refused.returncode == 5
    assert "certificate" in refused.stdout and f"PASCOM_FINGERPRINT={shown}" in refused.stdout
    pinned = {**os.environ, **environ, "PASCOM_FINGERPRINT": shown}
    findings = json.loads(subprocess.run(command, env=pinned, capture_output=True, encoding="utf-8").stdout)
    assert {"check": "login", "ok": True, "detail": "accepted", "status": 0} in findings
