"""`update SERVER INSTANCE` against simulated instances, over real sockets, as a person types it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pascom_facade.simulator import Simulator
from scripts.regenerate import main
from scripts.swap.provenance import kind_of
from tests.helpers.checkouts import contents, make_checkout

Said = pytest.CaptureFixture[str]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(make_checkout(tmp_path))
    for name in ("PASCOM_SERVER", "PASCOM_USER", "PASCOM_PASSWORD_COMMAND", "PASCOM_AUTH_STRING", "PASCOM_CA_FILE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def update(instance: Simulator, monkeypatch: pytest.MonkeyPatch, *more: str) -> int:
    monkeypatch.setenv("PASCOM_PASSWORD", instance.password)
    return main(["update", instance.server, instance.instance, *more])


def test_the_instance_of_the_environment_is_taken(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    assert main(["update"]) == 2
    assert "PASCOM_SERVER" in capsys.readouterr().err
    with Simulator(calls=1) as instance:
        for name, value in instance.environment.items():
            monkeypatch.setenv(name, value)
        assert main(["update"]) == 0
        assert main(["update", "--document", str(root / "nothing.json")]) == 3
    assert f"{instance.server}/voipjack/services/apidoc/" in capsys.readouterr().err


def test_an_upgrade_from_18_to_19_and_back(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    with Simulator(calls=1) as instance:
        assert update(instance, monkeypatch) == 0
        as_of_18 = contents(root)
        assert update(instance, monkeypatch) == 0
        assert contents(root) == as_of_18
    capsys.readouterr()
    with Simulator(calls=1, profile=19) as instance:
        assert update(instance, monkeypatch) == 0
    said = capsys.readouterr()
    assert [line.split()[0] for line in said.err.splitlines()] == [
        "locate",
        "download",
        "build",
        "compare",
        "swap",
    ]
    breaking = said.out.partition("## Breaking")[2].partition("\n## ")[0]
    assert "`GET /cdr/`" in breaking
    assert "`timestamp`" not in breaking  # what both structures have
    assert "`userName`" in breaking
    assert "- `cdr` still works" in said.out
    assert instance.password not in said.out + said.err
    record = (root / "openapi" / "PROVENANCE.json").read_text("utf-8")
    for told in (instance.password, "127.0.0.1", "voipjack", "moby", str(root), f"{date.today():%Y-}"):
        assert told not in record
    assert main(["check"]) == 0
    assert contents(root) != as_of_18
    assert main(["rollback"]) == 0
    assert contents(root) == as_of_18


@pytest.mark.parametrize(
    ("password", "instance_name", "problem"),
    [("wrong", None, "401"), (None, "nosuch", "404")],
)
def test_a_refused_login_or_instance_is_exit_3(
    password: str | None,
    instance_name: str | None,
    problem: str,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Said,
) -> None:
    before = contents(root)
    with Simulator(calls=1) as instance:
        monkeypatch.setenv("PASCOM_PASSWORD", password or instance.password)
        assert main(["update", instance.server, instance_name or instance.instance]) == 3
    said = [line for line in capsys.readouterr().err.splitlines() if not line.startswith(" ")]
    assert len(said) == 1
    assert problem in said[0]
    assert contents(root) == before


def test_a_document_can_be_named_by_its_address(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(root)
    with Simulator(calls=1) as instance:
        monkeypatch.setenv("PASCOM_SERVER", instance.server)
        monkeypatch.setenv("PASCOM_PASSWORD", instance.password)
        assert main(["update", "--document", f"{instance.services}apidoc/pascom.json"]) == 0
    assert contents(root) == before


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["http://pbx.example.com", "voipjack"], "unencrypted"),
        (["pascom.cloud", "a/b"], "is not a name"),
    ],
)
def test_what_cannot_be_an_address_is_exit_2(arguments: list[str], problem: str, root: Path, capsys: Said) -> None:
    assert main(["update", *arguments]) == 2
    assert problem in capsys.readouterr().err


def test_only_a_document_that_marks_what_it_assumes_is_from_public_facts() -> None:
    assumed = {"paths": {"/apply/": {"get": {"x-assumed": True}}}}
    documented: dict[str, Any] = {"paths": {"/apply/": {"get": {}, "parameters": []}, "/cdr/": None}}
    assert kind_of(assumed, otherwise="instance") == "public facts"
    assert kind_of(documented, otherwise="instance") == "instance"
    assert kind_of({"paths": []}, otherwise="document") == "document"
