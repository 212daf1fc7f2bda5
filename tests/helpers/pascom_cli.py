"""Runs `pascom` in this process, against a simulated instance, as its console script would."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from pascom_facade.cli.app import run
from pascom_facade.simulator import Simulator


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def message(self) -> str:
        """The one line an error is."""
        (line,) = self.err.splitlines()
        return line


class Terminal:
    """Types commands; stdout is a pipe, unless said otherwise."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        for name in ("PASCOM_LIVE", "PASCOM_AUTH_STRING", "PASCOM_PASSWORD_COMMAND", "PASCOM_CA_FILE"):
            monkeypatch.delenv(name, raising=False)

        monkeypatch.setenv("PASCOM_CONFIG", "/nowhere/instances.toml")  # not the developer's own

    def use(self, simulator: Simulator) -> None:
        for name, value in simulator.environment.items():
            self._monkeypatch.setenv(name, value)

    def __call__(self, *arguments: str) -> Ended:
        self._capsys.readouterr()
        status = run(list(arguments))
        out, err = self._capsys.readouterr()
        return Ended(status, out, err)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """No settings at all."""
    for name in ("PASCOM_SERVER", "PASCOM_INSTANCE", "PASCOM_USER", "PASCOM_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    return Terminal(monkeypatch, capsys)


@pytest.fixture
def pascom(terminal: Terminal, pascom_simulator: Simulator) -> Terminal:
    """Settings that lead to a simulated instance."""
    terminal.use(pascom_simulator)
    return terminal
