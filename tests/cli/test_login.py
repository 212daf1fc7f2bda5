"""`pascom login`, `logout`, `status`: into a keyring of the tests' own, and without one."""

from __future__ import annotations

import io
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from pascom_facade._tls import fetch_fingerprint
from pascom_facade.settings import Address
from pascom_facade.simulator import Simulator
from tests.helpers.pascom_cli import Terminal, terminal

__all__ = ["terminal"]


class Kept(KeyringBackend):
    """In memory."""

    priority = 1

    def __init__(self) -> None:
        self.passwords: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.passwords[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.passwords[service, username]


@pytest.fixture
def kept() -> Iterator[Kept]:
    before = keyring.get_keyring()
    keyring.set_keyring(mine := Kept())
    yield mine
    keyring.set_keyring(before)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, terminal: Terminal) -> Path:
    path = tmp_path / "config" / "instances.toml"
    monkeypatch.setenv("PASCOM_CONFIG", str(path))
    return path


def types(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(line + "\n"))


def test_login_status_logout(
    terminal: Terminal, kept: Kept, config: Path, pascom_simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    up = pascom_simulator
    types(monkeypatch, up.password)
    ended = terminal("login", f"{up.server}/{up.instance}/services/apidoc/#/cdr", "--name", "acme")
    assert (ended.status, up.password in ended.err) == (0, False)
    assert up.password not in config.read_text("utf-8")
    assert [stat.S_IMODE(path.stat().st_mode) for path in (config, config.parent)] == [0o600, 0o700]
    assert [*kept.passwords.values()] == [up.password]
    assert terminal("cdr", "--limit", "1").status == 0  # the first one is the default
    assert terminal("status").json[0]["status"] == "ok"
    config.write_text("# mine\n" + config.read_text("utf-8"), "utf-8")
    assert terminal("logout", "acme").status == 0
    assert config.read_text("utf-8").startswith("# mine")
    assert not kept.passwords


def test_a_wrong_password_leaves_nothing(
    terminal: Terminal, kept: Kept, config: Path, pascom_simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, "wrong")
    assert terminal("login", pascom_simulator.server, pascom_simulator.instance).status == 3
    assert not config.exists()
    assert not kept.passwords


def test_without_a_keyring_it_says_what_else_there_is(
    terminal: Terminal, kept: Kept, config: Path, pascom_simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    up = pascom_simulator
    no_keyring: Any = NoKeyring
    keyring.set_keyring(no_keyring())
    types(monkeypatch, up.password)
    ended = terminal("login", up.server, up.instance)
    assert (ended.status, "--password-command" in ended.message, config.exists()) == (2, True, False)
    types(monkeypatch, up.password)
    assert terminal("login", up.server, up.instance, "--insecure-storage").status == 0
    assert terminal("login", up.server, up.instance, "--password-command", f"echo {up.password}").status == 0
    assert "keyring" not in config.read_text("utf-8")
    assert terminal("-i", up.instance, "cdr", "--limit", "1").status == 0


def test_an_unknown_certificate_is_shown_and_pinned(
    terminal: Terminal, kept: Kept, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Simulator(tls=True) as up:
        shown = fetch_fingerprint(Address.of(up.server, up.instance))
        types(monkeypatch, up.password)
        ended = terminal("login", up.server, up.instance, "--name", "acme")
        assert (ended.status, f"--fingerprint {shown}" in ended.err, config.exists()) == (5, True, False)
        types(monkeypatch, up.password)
        assert terminal("login", up.server, up.instance, "--name", "acme", "--fingerprint", shown).status == 0
        assert terminal("-i", "acme", "cdr", "--limit", "1").status == 0
        config.write_text(config.read_text("utf-8").replace(shown, "0" * 64), "utf-8")
        types(monkeypatch, up.password)
        changed = terminal("login", up.server, up.instance, "--name", "acme")
        assert (changed.status, "CHANGED" in changed.err, "0" * 64 in changed.err) == (5, True, True)
