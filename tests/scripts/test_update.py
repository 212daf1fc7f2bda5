"""`update` and `rollback`: the new client is in place, or nothing has changed; and back, byte for byte."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scripts.checkout import DOCUMENT, PREVIOUS, PROVENANCE
from scripts.regenerate import main
from scripts.swap.swap import FOLDER, Workspace
from tests.helpers.checkouts import (
    DIAL,
    REPOSITORY,
    changed_document,
    contents,
    instances_document,
    make_checkout,
    write,
)

Said = pytest.CaptureFixture[str]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(make_checkout(tmp_path))
    return tmp_path


def update(root: Path, given: dict[str, Any], *more: str) -> int:
    return main(["update", "--document", str(write(given, root / "given.json")), *more])


@dataclass(frozen=True)
class Updated:
    """A checkout after one update: made once, copied for a test that changes it."""

    root: Path
    before: dict[str, bytes]
    after: dict[str, bytes]
    said: str
    report: dict[str, Any]


@pytest.fixture(scope="module")
def updated(tmp_path_factory: pytest.TempPathFactory) -> Updated:
    root = make_checkout(tmp_path_factory.mktemp("updated"))
    before = contents(root)
    with contextlib.chdir(root), contextlib.redirect_stdout(io.StringIO()) as said:
        assert update(root, changed_document(), "--report", "report.json") == 0
    return Updated(root, before, contents(root), said.getvalue(), json.loads((root / "report.json").read_bytes()))


@pytest.fixture
def updated_root(updated: Updated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = shutil.copytree(updated.root, tmp_path / "copy")
    monkeypatch.chdir(root)
    return root


def test_an_update_says_what_changed_and_which_verbs_still_work(updated: Updated) -> None:
    assert "99" in updated.said
    assert "`GET /cdr/`" in updated.said
    assert "`cdr` still works" in updated.said


def test_an_update_keeps_the_previous_document_and_its_provenance(updated: Updated) -> None:
    for name in (DOCUMENT, PROVENANCE):
        assert updated.after[f"openapi/{PREVIOUS}/{name}"] == updated.before[f"openapi/{name}"]


def test_an_update_adds_one_entry_to_the_history(updated: Updated) -> None:
    history = updated.after["openapi/CHANGES.md"].decode()
    assert history.count("\n## ") == 1
    assert "\n## 99, read on " in history


def test_an_update_reports_operations_and_changes_as_json(updated: Updated) -> None:
    report = updated.report
    assert report["operations_documented"] == report["operations_generated"] == 35
    assert report["changes"]["counts"]["breaking"] == 2
    assert report["changes"]["facade"]["cdr"]["works"] is True


@pytest.mark.usefixtures("updated_root")
def test_after_an_update_the_client_follows_from_the_document() -> None:
    assert main(["check"]) == 0


def test_an_update_to_the_same_document_touches_nothing(updated: Updated, updated_root: Path, capsys: Said) -> None:
    assert update(updated_root, changed_document()) == 0
    assert contents(updated_root) == updated.after
    assert "nothing was replaced" in capsys.readouterr().out


def test_rollback_brings_back_what_was_replaced_byte_for_byte(
    updated: Updated, updated_root: Path, capsys: Said
) -> None:
    assert main(["rollback"]) == 0
    assert contents(updated_root) == updated.before
    assert "byte for byte" in capsys.readouterr().out


def test_a_second_rollback_undoes_the_first(updated: Updated, updated_root: Path) -> None:
    assert main(["rollback"]) == main(["rollback"]) == 0
    assert contents(updated_root) == updated.after


def test_rollback_keeps_what_was_edited_since_and_makes_the_client_anew(
    updated: Updated, updated_root: Path, capsys: Said
) -> None:
    """As it is in a fresh clone, where nothing but openapi/previous/ is left of the time before."""
    before, root = updated.before, updated_root
    overlay = root / "openapi" / "overlay.yaml"
    overlay.write_text(overlay.read_text("utf-8") + "\n# mine\n", "utf-8")
    assert main(["rollback"]) == 0
    assert "made from it anew" in capsys.readouterr().out
    after = contents(root)
    assert overlay.read_text("utf-8").endswith("# mine\n")
    made_from_the_edited = {"openapi/overlay.yaml", f"openapi/{PROVENANCE}"}
    assert {name: after[name] for name in before.keys() - made_from_the_edited} == {
        name: before[name] for name in before.keys() - made_from_the_edited
    }
    assert json.loads(after[f"openapi/{PREVIOUS}/{DOCUMENT}"])["info"]["version"] == "99"
    assert main(["check"]) == 0


def test_with_nothing_to_go_back_to_rollback_says_so(root: Path, capsys: Said) -> None:
    before = contents(root)
    assert main(["rollback"]) == 2
    assert "nothing to go back to" in capsys.readouterr().err
    assert contents(root) == before


def no_dial(given: dict[str, Any]) -> None:
    del given["paths"][DIAL]


def dial_moved(given: dict[str, Any]) -> None:
    given["paths"]["/user/{name}/defaultdevice/action"] = given["paths"].pop(DIAL)


def body_renamed(given: dict[str, Any]) -> None:
    properties = given["components"]["schemas"]["DeviceAction"]["properties"]
    properties["target"] = properties.pop("destination")


TAKEN = [
    (no_dial, "is no longer offered"),
    (dial_moved, "has moved to POST /user/{name}/defaultdevice/action"),
]
OTHERWISE = [*TAKEN, (body_renamed, "takes a body without 'destination' now")]


@pytest.mark.parametrize(("edit", "problem"), TAKEN)
def test_an_upgrade_that_breaks_the_contract_replaces_nothing(
    edit: Callable[[dict[str, Any]], None], problem: str, root: Path, capsys: Said
) -> None:
    given = instances_document()
    assert update(root, given) == 0
    capsys.readouterr()
    before, kept = contents(root), sorted((root / FOLDER).rglob("*"))
    edit(given)
    assert update(root, given) == 5
    said = [line for line in capsys.readouterr().err.splitlines() if not line.startswith(" ")]
    assert len(said) == 1
    assert problem in said[0]
    assert "dial, answer, hangup would lose" in said[0]
    assert contents(root) == before
    assert sorted((root / FOLDER).rglob("*")) == kept


@pytest.mark.parametrize(("edit", "problem"), OTHERWISE)
def test_at_first_contact_the_verbs_send_what_the_vendor_documents(
    edit: Callable[[dict[str, Any]], None], problem: str, root: Path, capsys: Said
) -> None:
    given = instances_document()
    edit(given)
    assert update(root, given, "--report", "report.json") == 0
    report = json.loads((root / "report.json").read_bytes())
    [warning] = report["warnings"]
    assert DIAL in warning
    assert "dial, answer, hangup" in warning
    said = capsys.readouterr().out
    assert f"Warning: {warning}\n" in said
    assert f"`dial` sends what the vendor documents, although POST {DIAL} {problem}" in said
    assert report["changes"]["facade"]["dial"]["works"] is True
    assert main(["check"]) == 0
    assert use(root, "pbx.dial('mpasquay', '*100')").startswith("ConnectionFailed: ")

    given["info"]["version"] = "100"
    assert update(root, given) == 0  # what was never offered, no upgrade takes away


def test_an_upgrade_with_another_body_is_said_and_the_verbs_go_on(root: Path, capsys: Said) -> None:
    given = instances_document()
    assert update(root, given) == 0
    body_renamed(given)
    assert update(root, given) == 0
    said = capsys.readouterr().out
    assert f"Warning: POST {DIAL} takes a body without 'destination'" in said
    assert "`dial` sends what the vendor documents, although" in said


def test_another_instances_document_is_no_upgrade(root: Path) -> None:
    given = instances_document()
    given["servers"] = [{"url": "https://one.example/voipjack/services"}]
    assert update(root, given) == 0
    no_dial(given)
    given["servers"] = [{"url": "https://two.example/voipjack/services"}]
    assert update(root, given) == 0


def test_accepted_the_verbs_say_that_they_are_not_offered(root: Path, capsys: Said) -> None:
    given = instances_document()
    given["paths"][DIAL]["post"]["operationId"] = "default_device_action"
    assert update(root, given) == 0
    dial_moved(given)
    assert update(root, given, "--accept-broken") == 0
    assert "Given up: answer, dial, hangup" in capsys.readouterr().out
    assert main(["check"]) == 0
    said = use(root, "pbx.dial('mpasquay', '*100')")
    assert said.startswith("NotOffered: ")
    assert "identity.default_device_action" in said
    assert use(root, "pbx.states('mpasquay')").startswith("ConnectionFailed: ")

    given["info"]["version"] = "100"
    assert update(root, given) == 0  # given up once, given up until it is offered again
    assert "Given up: answer, dial, hangup" in capsys.readouterr().out


def use(root: Path, call: str) -> str:
    program = (
        "from pascom_facade import Pascom, PascomError\n"
        "pbx = Pascom('http://127.0.0.1:9', 'voipjack', password='x')\n"
        f"try: print({call})\n"
        "except PascomError as error: print(f'{type(error).__name__}: {error}')"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(root / "generated"), str(REPOSITORY)])}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=root, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def test_a_second_run_at_once_says_so(root: Path, capsys: Said) -> None:
    before = contents(root)
    with Workspace(root):
        assert update(root, changed_document()) == 1
    assert "another regenerate is at work" in capsys.readouterr().err
    assert contents(root) == before


@pytest.mark.parametrize(
    ("arguments", "status", "problem"),
    [
        ([], 2, "SERVER and INSTANCE"),
        (["pascom.cloud"], 2, "SERVER and INSTANCE"),
        (["--document", "missing.json"], 3, "missing.json"),
        (["--document", "openapi/overlay.yaml"], 4, "no API description"),
    ],
)
def test_what_cannot_be_updated_from_is_one_clear_line(
    arguments: list[str], status: int, problem: str, root: Path, capsys: Said
) -> None:
    before = contents(root)
    assert main(["update", *arguments]) == status
    said = [line for line in capsys.readouterr().err.splitlines() if not line.startswith(" ")]
    assert len(said) == 1
    assert problem in said[0]
    assert contents(root) == before


def test_outside_a_checkout_it_says_where_to_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 2
    assert "repository's root" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_full_is_one_clear_line(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    before = contents(root)
    monkeypatch.setattr("scripts.update.build_for", full)
    assert update(root, changed_document()) == 1
    said = capsys.readouterr().err
    assert "No space left on device" in said
    assert "Traceback" not in said
    assert contents(root) == before
    assert not (root / FOLDER).exists()
