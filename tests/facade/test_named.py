"""Instances by name: which settings win, and which files are refused."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from pascom_facade import AsyncPascom, Pascom
from pascom_facade._named import config_path, effective, read
from pascom_facade.errors import ConfigurationError
from pascom_facade.simulator import Simulator

FILE = """
default = "acme"
[instances.acme]
server = "pascom.cloud"
instance = "acme"
password-command = "vault acme"
fingerprint = "{pin}"
[instances.globex]
server = "https://pbx.globex.example:8443/globex/services/apidoc/#/cdr"
user = "rest"
keyring = true
""".format(pin="ab" * 32)
ELSEWHERE = {"PASCOM_SERVER": "other.example", "PASCOM_INSTANCE": "other", "PASCOM_PASSWORD": "theirs"}


def written(folder: Path, text: str = FILE, mode: int = 0o600) -> Path:
    path = folder / "instances.toml"
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return path


WINS = [
    # environment, the name asked for, what comes of it (None: isn't set)
    ({}, "acme", {"PASCOM_SERVER": "pascom.cloud", "PASCOM_PASSWORD_COMMAND": "vault acme"}),
    ({"PASCOM_PROFILE": "acme"}, None, {"PASCOM_INSTANCE": "acme"}),
    ({"PASCOM_PROFILE": "acme"}, "globex", {"PASCOM_INSTANCE": "globex", "PASCOM_KEYRING": "1"}),
    ({}, "globex", {"PASCOM_SERVER": "https://pbx.globex.example:8443", "PASCOM_USER": "rest"}),
    ({"PASCOM_USER": "me"}, "globex", {"PASCOM_USER": "me"}),
    ({"PASCOM_PASSWORD": "mine"}, "acme", {"PASCOM_PASSWORD": "mine", "PASCOM_PASSWORD_COMMAND": None}),
    ({"PASCOM_CA_FILE": "own.pem"}, "acme", {"PASCOM_CA_FILE": "own.pem", "PASCOM_FINGERPRINT": None}),
    ({"PASCOM_SERVER": ""}, "acme", {"PASCOM_SERVER": "pascom.cloud"}),
    (ELSEWHERE, "acme", {"PASCOM_SERVER": "pascom.cloud", "PASCOM_PASSWORD": None}),
    (ELSEWHERE | {"PASCOM_PROFILE": "acme"}, None, {"PASCOM_SERVER": "other.example", "PASCOM_PASSWORD_COMMAND": None}),
    (ELSEWHERE, None, {"PASCOM_SERVER": "other.example", "PASCOM_PASSWORD": "theirs"}),
]


@pytest.mark.parametrize(("environ", "name", "expected"), WINS)
def test_arguments_then_environment_then_the_named_one(
    environ: dict[str, str], name: str | None, expected: dict[str, str | None], tmp_path: Path
) -> None:
    found = effective({**environ, "PASCOM_CONFIG": str(written(tmp_path))}, name)
    assert {key: found.get(key) for key in expected} == expected


REFUSED = [
    ("x = [", 0o600, "is no TOML"),
    (FILE, 0o644, "can be read by others; run: chmod 600"),
    (FILE, 0o640, "can be read by others"),
    (FILE, 0o622, "can be changed by others"),
    ("colour = 1", 0o600, "has a key 'colour' that means nothing; known: default, instances"),
    ('[instances.a]\nserver="a"\ninstance="a"\npasword="x"', 0o600, "'pasword' that means nothing"),
    ('[instances.a]\nserver="a"', 0o600, "instance 'a' has no instance"),
    ('[instances.a]\ninstance="a"', 0o600, "instance 'a' has no server"),
    ("[instances.a]\nserver=1", 0o600, "server is no text in quotes"),
    ('[instances.a]\nserver="a"\ninstance="a"\nkeyring="yes"', 0o600, "keyring is neither true nor false"),
    ("instances = 1", 0o600, "instances is no table"),
    ("instances.a = 1", 0o600, "instance 'a' is no table"),
    ('default = "b"', 0o600, "the default 'b' is no instance"),
]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="modes are POSIX's")
@pytest.mark.parametrize(("text", "mode", "line"), REFUSED)
def test_a_file_that_cannot_be_trusted_is_named(text: str, mode: int, line: str, tmp_path: Path) -> None:
    path = written(tmp_path, text, mode)
    with pytest.raises(ConfigurationError) as refused:
        read({"PASCOM_CONFIG": str(path)})
    assert str(path) in str(refused.value)
    assert line in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="modes are POSIX's")
def test_a_file_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path)
    another = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: another)
    with pytest.raises(ConfigurationError, match="belongs to another user"):
        read({"PASCOM_CONFIG": str(path)})


def test_unknown_names_are_told_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="there are: acme, globex"):
        Pascom._from_env({"PASCOM_CONFIG": str(written(tmp_path))}, {}, "acmee")
    with pytest.raises(ConfigurationError, match="`pascom login` adds one"):
        Pascom._from_env({"PASCOM_CONFIG": str(tmp_path / "none.toml")}, {}, "acme")


def test_where_the_file_is() -> None:
    assert config_path({"PASCOM_CONFIG": "/x.toml"}) == Path("/x.toml")
    assert config_path({"XDG_CONFIG_HOME": "/c"}, "linux") == Path("/c/pascom-facade/instances.toml")
    assert config_path({}, "linux") == Path.home() / ".config/pascom-facade/instances.toml"
    assert config_path({"XDG_CONFIG_HOME": "c"}, "linux") == Path.home() / ".config/pascom-facade/instances.toml"
    assert config_path({}, "darwin") == Path.home() / "Library/Application Support/pascom-facade/instances.toml"
    assert config_path({"LOCALAPPDATA": "/l"}, "win32") == Path("/l/pascom-facade/instances.toml")


def test_named_ones_answer_in_both_colours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Simulator(calls=3) as simulator:
        table = f'[instances.acme]\nserver="{simulator.server}"\ninstance="{simulator.instance}"\n'
        path = written(tmp_path, table + f'password="{simulator.password}"\n')
        monkeypatch.setenv("PASCOM_CONFIG", str(path))
        for variable in ("PASCOM_SERVER", "PASCOM_INSTANCE", "PASCOM_PASSWORD"):
            monkeypatch.delenv(variable, raising=False)
        with Pascom.named("acme") as pbx:
            assert len(list(pbx.cdr())) == 3

        async def answers() -> int:
            async with AsyncPascom.named("acme") as apbx:
                return len([call async for call in apbx.cdr()])

        assert asyncio.run(answers()) == 3
