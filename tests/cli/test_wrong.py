"""Wrong input of every kind: one line on stderr, the right exit status, a suggestion where there is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from pascom_facade._tls import fetch_fingerprint
from pascom_facade.settings import Address
from pascom_facade.simulator import Simulator
from tests.helpers.pascom_cli import Terminal, pascom, terminal

__all__ = ["pascom", "terminal"]  # fixtures

ACTION = "identity.default_device_action"

WRONG = [
    # command, exit status, what the line says
    ("cd", 2, "did you mean 'cdr'"),
    ("dail mpasquay 104", 2, "did you mean 'dial'"),
    ("cdr --sinse 7d", 2, "--since"),
    ("dial mpasquay", 2, "DESTINATION"),
    ("dial nobody *100", 4, "404"),
    ("answer nobody", 4, "404"),
    ("cdr --since soon", 2, "'soon' is no time"),
    ("cdr --since 2026-13-45", 2, "is no time"),
    ("cdr --since 99999999d", 2, "is no time"),
    ("cdr --since today --until yesterday", 2, "--until lies before --since"),
    ("cdr --limit 0", 2, "--limit"),
    ("cdr --limit many", 2, "'many' is not a valid number (see"),
    ("cdr -o yaml", 2, "'yaml'"),
    ("cdr --direction upwards", 2, "'upwards'"),
    ("cdr --follow --summary", 2, "--follow"),
    ("cdr -o csv --delimiter ;;", 2, "one character"),
    ("cdr --to /nowhere/calls.csv", 1, "/nowhere/calls.csv: No such file or directory"),
    ("cdr --to=", 2, "--to is empty"),
    ("cdr --user=", 2, "--user is empty"),
    ("recordings get 1 --to=", 2, "--to is empty"),
    ("states --login= mpasquay", 2, "--login is empty"),
    ("services identiy", 2, "did you mean 'identity'"),
    ("services -o csv", 2, "'csv'"),
    ("show cdr.list_crd", 2, "did you mean 'cdr.list_cdr'"),
    ("show qqqqqq", 2, "see pascom services"),
    ("call device.get_device", 2, "needs name=…"),
    ("call device.get_device name=", 2, "another address"),
    ("call device.get_device name=..", 2, "another address"),
    ("call device.get_device nam=x", 2, "did you mean 'name'"),
    ("call device.get_device name=a name=b", 2, "given twice"),
    ("call device.get_device name=x @body.json", 2, "takes no body"),
    ("call device.get_device plain", 2, "neither name=value"),
    ("call device.get_device name=nothing", 4, "404"),
    ("call cdr.list_cdr limit:=[", 2, "wants JSON"),
    (f"call {ACTION} userName=mpasquay", 2, "needs action=…"),
    (f"call {ACTION} userName=mpasquay action=dial destinaton=1", 2, "did you mean 'destination'"),
    (f"call {ACTION} userName=mpasquay action=hangup", 2, "add --yes"),
    (f"call {ACTION} userName=mpasquay @/nowhere.json --yes", 2, "cannot be read"),
    (f"call {ACTION} userName=mpasquay action=explode --yes", 4, "400"),
    ("states --every 0 mpasquay", 2, "--every"),
    ("recordings", 2, "Missing command"),
    ("recordings get", 2, "ids of recordings"),
    ("recordings get 1-1_1-1 --to {tmp}", 4, "404"),
    ("push phonebook /nowhere.csv", 2, "does not exist"),
    ("completion tcsh", 2, "'tcsh'"),
    ("simulate --port x", 2, "--port"),
    ("--server http://192.0.2.1 cdr", 2, "--allow-http"),
    ("--server https://user:secret@host cdr", 2, "set PASCOM_USER"),
    ("cdr --ca-file /nowhere.pem --server https://127.0.0.1:1", 2, "certificate file"),
    ("cdr --server http://127.0.0.1:1", 5, "cannot be reached"),
    ("cdr --instance other", 4, "404"),
    ("services --live --server http://127.0.0.1:1", 5, "cannot be reached"),
    ("services --page http://127.0.0.1:1/", 5, "127.0.0.1"),
]


@pytest.fixture(scope="module")
def simulator() -> object:
    with Simulator(20) as running:
        yield running


@pytest.mark.parametrize(("command", "status", "says"), WRONG, ids=[case[0][:60] for case in WRONG])
def test_wrong_input_ends_in_one_line(
    terminal: Terminal, simulator: Simulator, tmp_path: Path, command: str, status: int, says: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    terminal.use(simulator)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    ended = terminal(*command.format(tmp=tmp_path).split())
    assert says in ended.message
    assert ended.message.startswith("pascom: ")
    assert ended.status == status
    assert ended.out in ("", "[]\n")
    assert simulator.password not in ended.err


@pytest.mark.parametrize(
    ("variable", "value", "status", "says"),
    [
        ("PASCOM_SERVER", None, 2, "PASCOM_SERVER is not set"),
        ("PASCOM_INSTANCE", None, 2, "PASCOM_INSTANCE is not set"),
        ("PASCOM_PASSWORD", None, 2, "no password"),
        ("PASCOM_PASSWORD", "wrong", 3, "401"),
        ("PASCOM_SERVER", "https://host/path", 2, "more than a host"),
        ("PASCOM_INSTANCE", "a/b", 2, "is not a name"),
    ],
)
def test_wrong_settings_end_in_one_line(
    pascom: Terminal,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str | None,
    status: int,
    says: str,
) -> None:
    if value is None:
        monkeypatch.delenv(variable)
    else:
        monkeypatch.setenv(variable, value)
    ended = pascom("cdr")
    assert (says in ended.message, ended.status) == (True, status)


@pytest.mark.parametrize(
    ("status", "body", "ends"),
    [(500, "", 5), (503, "", 5), (403, "", 4), (429, "", 4), (302, "", 1), (200, "<html>login</html>", 1)],
)
def test_what_the_instance_says_decides_the_exit_status(
    pascom: Terminal, pascom_simulator: Simulator, status: int, body: str, ends: int
) -> None:
    pascom_simulator.script("POST", "identity/*/defaultdevice/action", status=status, body=body)
    ended = pascom("dial", "mpasquay", "0301234567")
    assert (ended.status, ended.out) == (ends, "")
    assert "0301234567" not in ended.message


def test_a_certificate_that_nobody_knows_is_explained(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with Simulator(5, tls=True) as simulator:
        terminal.use(simulator)
        assert terminal("doctor").status == 0
        monkeypatch.delenv("PASCOM_CA_FILE")
        ended = terminal("doctor")
        assert ended.status == 5
        (refused,) = [finding for finding in ended.json if not finding["ok"]]
        assert "certificate" in refused["detail"] and "PASCOM_CA_FILE" in refused["detail"]
        assert terminal("cdr", "-n", "1", "--insecure").err == (
            "pascom: TLS certificates are not verified (verify=False)\n"
        )
        insecure_doctor = terminal("doctor", "--insecure")
        assert (insecure_doctor.status, len(insecure_doctor.err.splitlines())) == (0, 1)
        assert insecure_doctor.json[-2]["detail"].endswith("all in the client")
        for pinned in (False, True):  # --live trusts whom the facade trusts
            insecure = () if pinned else ("--insecure",)
            if pinned:
                where = Address.from_env(simulator.environment)
                monkeypatch.setenv("PASCOM_FINGERPRINT", fetch_fingerprint(where))
            monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / str(pinned)))
            ended = terminal("services", "--live", *insecure)
            assert len(ended.json) > 30
            assert len(ended.err.splitlines()) == len(insecure)


def test_interruption_is_clean(pascom: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pascom_facade._sync.client.Pascom.states", interrupted)
    ended = pascom("states", "mpasquay", "--watch")
    assert (ended.status, ended.message) == (130, "pascom: interrupted")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("dial", "", "*100"), "what comes after dial is empty"),
        (("dial", "mpasquay", ""), "what comes after mpasquay is empty"),
        (("cdr", "--to", ""), "what comes after --to is empty"),
        (("states", ""), "what comes after states is empty"),
    ],
)
def test_a_variable_that_is_not_set_is_refused(
    arguments: tuple[str, ...], said: str, pascom: Terminal, pascom_simulator: Simulator
) -> None:
    ended = pascom(*arguments)
    assert (ended.status, ended.err) == (2, f"pascom: {said}\n")
    assert not pascom_simulator.requests


def test_no_prefix_may_be_given(pascom: Terminal) -> None:
    assert pascom("dial", "mpasquay", "*100", "--prefix=").status == 0
