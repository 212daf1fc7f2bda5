"""`pascom regenerate` in a project: the client in a directory of its own, whole or untouched, and back again."""

from __future__ import annotations

import contextlib
import importlib
import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pascom_facade import ConfigurationError, Pascom
from pascom_facade.cli.app import run
from pascom_facade.cli.status import MISFIT
from pascom_facade.simulator import Simulator
from scripts.swap.swap import FOLDER
from tests.helpers.pascom_cli import Terminal, terminal

__all__ = ["terminal"]  # a fixture

CLIENT = "acme_client"
ADDITIONS = """\
overlay: 1.0.0
info: {title: Ours, version: "1"}
actions:
  - target: $.paths['/voicemailbox/{mailbox}'].get
    description: The vendor's summary says little.
    update: {summary: One voicemail box of ACME}
"""


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@contextlib.contextmanager
def settings(simulator: Simulator) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in simulator.environment.items():
            patch.setenv(name, value)
        yield


@dataclass(frozen=True)
class Made:
    """A project whose client was made of 18 and then of 19: made once, copied for a test that changes it."""

    root: Path
    as_of_18: dict[str, bytes]
    as_of_19: dict[str, bytes]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    root = tmp_path_factory.mktemp("project")
    (root / "pyproject.toml").write_text('[project]\nname = "acme"\n')
    (root / CLIENT).mkdir()
    (root / CLIENT / "overlay.yaml").write_text(ADDITIONS)
    states = []
    for profile in (18, 19):
        with Simulator(calls=1, profile=profile) as simulator, settings(simulator), contextlib.chdir(root):
            assert run(["regenerate", "--into", CLIENT]) == 0
        states.append(contents(root / CLIENT))
    return Made(root, *states)


@pytest.fixture
def project(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = shutil.copytree(made.root, tmp_path / "copy")
    monkeypatch.chdir(root)
    return root


def test_the_client_has_the_package_its_document_additions_record_and_history(made: Made) -> None:
    assert {
        "__init__.py",
        "api/cdr/list_cdr.py",
        "pascom.json",
        "overlay.yaml",
        "PROVENANCE.json",
        "CHANGES.md",
        "py.typed",
    } <= made.as_of_18.keys()
    assert b"One voicemail box of ACME" in made.as_of_18["index.json"]
    assert made.as_of_19["CHANGES.md"].startswith(b"# What changed with each update of the document\n\n## 19, read on")
    assert made.as_of_19["previous/pascom.json"] == made.as_of_18["pascom.json"]
    assert sorted(path.name for path in made.root.iterdir()) == [FOLDER, CLIENT, "pyproject.toml"]


def test_rollback_brings_back_the_client_byte_for_byte_and_forward_again(
    made: Made, project: Path, terminal: Terminal
) -> None:
    done = terminal("regenerate", "rollback", "--into", CLIENT)
    assert done.status == 0 and "Back to version 18, byte for byte" in done.out
    assert f"pascom regenerate --into {CLIENT} rollback" in done.out
    assert contents(project / CLIENT) == made.as_of_18
    assert terminal("regenerate", "--into", CLIENT, "rollback").status == 0
    assert contents(project / CLIENT) == made.as_of_19


@pytest.mark.usefixtures("project")
def test_changes_are_those_of_the_last_update(terminal: Terminal) -> None:
    assert "40 breaking" in terminal("regenerate", "changes", "--into", CLIENT).out
    failed = terminal("regenerate", "changes", "--into", CLIENT, "--fail-on", "breaking", "--format", "json")
    assert failed.status == 1 and failed.json["counts"]["breaking"] == 40
    assert terminal("regenerate", "changes", f"{CLIENT}/pascom.json").status == 2
    alike = terminal("regenerate", "changes", f"{CLIENT}/pascom.json", f"{CLIENT}/pascom.json")
    assert "Nothing that callers notice" in alike.out


def test_check_names_what_was_edited(project: Path, terminal: Terminal) -> None:
    assert terminal("regenerate", "check", "--into", CLIENT).status == 0
    (project / CLIENT / "client.py").write_text("")
    (project / CLIENT / "overlay.yaml").write_text(ADDITIONS.replace("ACME", "us"))
    found = terminal("regenerate", "check", "--into", CLIENT)
    assert found.status == 6
    assert found.out.splitlines() == [
        f"{CLIENT}/overlay.yaml: changed since {CLIENT}/ was made",
        f"{CLIENT}/client.py: changed by hand",
    ]
    assert f"`pascom regenerate --into {CLIENT} --document {CLIENT}/pascom.json`" in found.message


def test_the_record_knows_of_our_overlay_and_templates(made: Made) -> None:
    record = json.loads(made.as_of_18["PROVENANCE.json"])
    assert {"pascom.json", "overlay.yaml", "pascom-facade/overlay.yaml"} <= record["inputs"].keys()
    assert "pascom-facade/templates/model.py.jinja" in record["inputs"]
    assert "pascom-facade" in record["tools"]
    assert "pascom.json" not in record["outputs"]


WRONG = [
    (["--into", "acme-client"], 2, "'acme-client' can't be imported"),
    (["--into", "lambda"], 2, "can't be imported"),
    (["--into", "mine"], 2, "has notes.py in it"),
    (["--into", "pyproject.toml"], 2, "can't be imported"),
    (["--into", "file"], 2, "is no directory"),
    (["check"], 2, "there is no client in"),
    (["rollback"], 2, "there is no client in"),
    (["changes"], 2, "there is no client in"),
    (["--document", "nothing.json"], 3, "nothing.json"),
    (["--document", "pyproject.toml"], 4, "pyproject.toml"),
    (["--report", "no/where", "--document", "x"], 2, "the report can't be written"),
    ([], 2, "PASCOM_SERVER is not set"),
    (["--into", CLIENT, "--document", f"{CLIENT}/pascom.json"], 5, f"delete the action from {CLIENT}/overlay.yaml"),
]


@pytest.mark.parametrize(("arguments", "status", "said"), WRONG, ids=lambda value: str(value)[:40])
def test_what_is_wrong_is_one_line_and_changes_nothing(
    arguments: list[str], status: int, said: str, project: Path, terminal: Terminal
) -> None:
    (project / "mine").mkdir()
    (project / "mine" / "notes.py").write_text("x = 1\n")
    (project / "file").write_text("")
    (project / CLIENT / "overlay.yaml").write_text(ADDITIONS.replace("/voicemailbox/{mailbox}", "/nothing"))
    before = contents(project)
    ended = terminal("regenerate", *arguments)
    assert ended.status == status
    lines = [line for line in ended.err.splitlines() if not line.startswith("  ")]  # else progress
    assert len(lines) == 1 and said in lines[0]
    assert contents(project) == before


def test_a_missing_extra_is_named_in_one_line(
    project: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pascom_facade.cli.regenerate.lacking", lambda extra: "openapi_python_client")
    ended = terminal("regenerate", "--into", CLIENT)
    assert ended.status == 2
    assert "`pascom regenerate` needs the extra 'regenerate' of pascom-facade" in ended.message
    assert "pip install" not in ended.message


def test_in_a_checkout_of_ours_it_is_the_checkouts_client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from scripts.project import home_at

    (tmp_path / "openapi").mkdir()
    (tmp_path / "openapi" / "overlay.yaml").touch()
    inside = tmp_path / "docs"
    inside.mkdir()
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "acme"\n')
    assert home_at(None, inside).parts == ("pascom_client",)
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "pascom-facade"\n')
    assert home_at(None, inside).root == tmp_path
    assert home_at(None, inside).parts == ("openapi", "generated")
    assert home_at(Path("acme"), inside).root == inside


@pytest.fixture
def both(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The two clients beside each other, importable, and in no project of the current folder."""
    for name, state in {"client_of_18": made.as_of_18, "client_of_19": made.as_of_19}.items():
        for path, content in state.items():
            file = tmp_path / "both" / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    monkeypatch.syspath_prepend(tmp_path / "both")
    monkeypatch.chdir(tmp_path)
    with imports_forgotten("client_of_18", "client_of_19"):
        yield


@contextlib.contextmanager
def imports_forgotten(*packages: str) -> Iterator[None]:
    yield
    for loaded in [name for name in sys.modules if name.partition(".")[0] in packages]:
        del sys.modules[loaded]


@pytest.mark.usefixtures("both")
def test_two_clients_in_one_process_each_have_their_own_services() -> None:
    client_of_18: Any = importlib.import_module("client_of_18")
    with Simulator(calls=2) as old, Simulator(calls=2, profile=19) as new:
        with (
            Pascom(old.server, old.instance, password=old.password, client=client_of_18) as first,
            Pascom(new.server, new.instance, password=new.password, client="client_of_19") as second,
            Pascom(old.server, old.instance, password=old.password) as built_in,
        ):
            (row, *_), (later, *_) = first.services.cdr.list_cdr(), second.services.cdr.list_cdr()
            assert type(row).__module__ == "client_of_18.models.call_record" and row.user_name
            assert type(later).__module__ == "client_of_19.models.call_record"
            assert later.additional_properties == {} and not hasattr(later, "user_name")
            assert type(built_in.services.cdr.list_cdr()[0]).__module__ == "pascom_client.models.call_record"
            assert "pascom REST API 19" in repr(second.services) and "REST API 18" in repr(first.services.cdr)
            for pbx in (first, second, built_in):
                assert len(list(pbx.cdr())) >= 2
                assert pbx.dial("mpasquay", "*100")
            assert first.api.__module__ == "client_of_18.client"


@pytest.mark.usefixtures("both")
def test_from_env_and_the_commands_take_pascom_client(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    with Simulator(calls=1, profile=19) as simulator:
        terminal.use(simulator)
        monkeypatch.setenv("PASCOM_CLIENT", "client_of_19")
        with Pascom.from_env() as pbx:
            assert type(pbx.services).__module__ == "client_of_19"
        fields = terminal("show", "cdr.list_cdr", "-o", "json").out
        assert "CallRecord" in fields
        assert "REST API 19" in terminal("services", "-o", "table").err
        assert "services of pascom REST API 19" in terminal("doctor", "-o", "table").out
        monkeypatch.setenv("PASCOM_CLIENT", "json")
        assert terminal("services").message == (
            "pascom: the client json is no generated client; `pascom regenerate --into json` makes one"
        )
        with pytest.raises(ConfigurationError, match="the client nobody is not found"):
            Pascom("pascom.cloud", "x", password="y", client="nobody")


def test_in_its_project_a_client_is_found_that_is_not_on_the_path(
    project: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [place for place in sys.path if place not in ("", str(project))])
    (project / "docs").mkdir()
    monkeypatch.chdir(project / "docs")
    monkeypatch.setenv("PASCOM_CLIENT", CLIENT)
    with Simulator(calls=1, profile=19) as simulator, imports_forgotten(CLIENT):
        terminal.use(simulator)
        assert "REST API 19" in terminal("services", "-o", "table").err
        assert terminal("dial", "mpasquay", "*100").status == 0
        assert sys.modules[CLIENT].__file__ == str(project / CLIENT / "__init__.py")


def test_doctor_and_services_know_what_fits(
    made: Made, project: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client of 18 on an instance of 19: the number is that of `changes`, and the exit status says it."""
    assert terminal("regenerate", "rollback", "--into", CLIENT).status == 0
    monkeypatch.setenv("XDG_CACHE_HOME", str(project / "cache"))
    monkeypatch.setenv("PASCOM_CLIENT", CLIENT)
    with Simulator(calls=1, profile=19) as simulator, imports_forgotten(CLIENT):
        terminal.use(simulator)
        assert terminal("services").err == ""  # nothing is known yet, and nothing asked
        doctor = terminal("doctor", "-o", "json")
        assert doctor.status == 0
        assert doctor.json[-1] == {
            "check": "fits",
            "ok": False,
            "detail": "from 18 to 19 40 breaking, 64 compatible for callers, in cdr, identity; verbs that still work: "
            "cdr, watch_calls; regenerate: `pascom regenerate --into acme_client`",
            "status": 0,
        }
        assert terminal("doctor", "--fail-on", "breaking").status == MISFIT == 6
        for command in (("services",), ("services", "--live"), ("services", "--live", "cdr")):
            assert "the client doesn't fit the instance: from 18 to 19 40 breaking" in terminal(*command).message
        monkeypatch.delenv("PASCOM_CLIENT")  # the built-in one, of public facts on 18
        assert terminal("doctor", "--fail-on", "breaking").status == MISFIT
        monkeypatch.setenv("PASCOM_CLIENT", "client_of_19")
        for path, content in made.as_of_19.items():
            (project / "client_of_19" / path).parent.mkdir(parents=True, exist_ok=True)
            (project / "client_of_19" / path).write_bytes(content)
        fits = terminal("doctor", "--fail-on", "breaking", "-o", "json")
        assert (fits.status, fits.json[-1]["ok"]) == (0, True)
        assert fits.json[-1]["detail"] == "the client's document and the instance's are the same for callers"
        assert terminal("services", "--live").err == ""
        (project / "client_of_19" / "pascom.json").unlink()
        assert terminal("doctor", "--fail-on", "breaking").status == MISFIT
