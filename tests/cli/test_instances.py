"""`-i NAME` and `pascom instances`."""

from __future__ import annotations

from pathlib import Path

import pytest

from pascom_facade.simulator import Simulator
from tests.helpers.pascom_cli import Terminal, terminal

__all__ = ["terminal"]


@pytest.fixture
def two(terminal: Terminal, pascom_simulator: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A simulated instance by name, and one that is down."""
    up = pascom_simulator
    text = (
        f'default = "up"\n[instances.up]\nserver="{up.server}/{up.instance}/services/apidoc/#/x"\n'
        f'password="{up.password}"\n[instances.down]\nserver="http://127.0.0.1:1"\ninstance="down"\npassword="x"\n'
    )
    path = tmp_path / "instances.toml"
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    monkeypatch.setenv("PASCOM_CONFIG", str(path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return terminal


RUNS = [
    ("-i up cdr --limit 1", 0),
    ("cdr --limit 1", 0),  # the default
    ("cdr --limit 1 -i up", 0),
    ("cdr --limit 1 --instance up", 0),
    ("-i down cdr --timeout 1 --limit 1", 5),
    ("-i upp cdr --limit 1", 2),
    ("-i up call cdr.list_cdr limit=1 -i", 0),  # call has an -i of its own
]


@pytest.mark.parametrize(("command", "status"), RUNS)
def test_the_instance_that_is_named(two: Terminal, command: str, status: int) -> None:
    assert two(*command.split()).status == status


def test_a_pasted_address_where_a_server_is_taken(
    terminal: Terminal, pascom_simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASCOM_PASSWORD", pascom_simulator.password)
    pasted = f"{pascom_simulator.server}/{pascom_simulator.instance}/services/apidoc/?a=b#/cdr"
    assert terminal("cdr", "--limit", "1", "--server", pasted).status == 0
    monkeypatch.setenv("PASCOM_SERVER", pasted)
    assert terminal("cdr", "--limit", "1").status == 0


def test_they_are_listed_without_a_secret(two: Terminal, pascom_simulator: Simulator) -> None:
    assert two("-i", "up", "doctor").status == 0
    ended = two("instances", "-o", "json")
    down, up = ended.json
    assert (up["name"], up["default"], up["password"]) == ("up", True, "this file")
    assert up["seen"]
    assert (down["name"], down["default"], down["seen"]) == ("down", False, None)
    assert pascom_simulator.password not in ended.out
    assert "up" in two("instances", "-o", "table").out
