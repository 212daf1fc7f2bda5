"""`check` finds each kind of drift, one by one, and none where there is none."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from scripts.check import differences
from scripts.checkout import Home
from scripts.regenerate import main
from scripts.swap import swap
from scripts.swap.provenance import hashes
from scripts.swap.swap import Workspace
from tests.helpers.checkouts import contents, make_checkout
from tests.scripts.swap.test_swap import in_a_child

Edit = Callable[[Path], object]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(make_checkout(tmp_path))
    return tmp_path


def append(name: str, text: str = "\n# x\n") -> Edit:
    def edit(root: Path) -> None:
        file = root / name
        file.write_text(file.read_text("utf-8") + text, "utf-8")

    return edit


def record(part: str, key: str, value: object) -> Edit:
    """Write something else into the record."""

    def edit(root: Path) -> None:
        file = root / "openapi" / "PROVENANCE.json"
        content = json.loads(file.read_bytes())
        assert content[part][key] != value
        content[part][key] = value
        file.write_text(json.dumps(content))

    return edit


def record_hash_of(name: str) -> Edit:
    return lambda root: record("outputs", name, hashes(root / "generated")[name])(root)


def replace(name: str, old: str, new: str) -> Edit:
    def edit(root: Path) -> None:
        file = root / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    return edit


def create(name: str) -> Edit:
    def edit(root: Path) -> None:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("x\n")

    return edit


DIAL = "generated/pascom_client/api/identity/default_device_action.py"
TEMPLATE = "templates/models_init.py.jinja"
KINDS: list[tuple[str, Edit, str]] = [
    ("a hand edit", append(DIAL), f"{DIAL}: changed by hand"),
    ("one byte", replace(DIAL, '"post"', '"Post"'), f"{DIAL}: changed by hand"),
    ("a missing file", lambda root: (root / DIAL).unlink(), f"{DIAL}: missing"),
    (
        "a stray file",
        create("generated/pascom_client/mine.py"),
        "generated/pascom_client/mine.py: not part of it",
    ),
    ("a stray package", create("generated/other/x.py"), "generated/other/x.py: not part of it"),
    (
        "another document",
        replace("openapi/pascom.json", "/voicemailbox/{mailbox}", "/mailbox/{mailbox}"),
        "openapi/pascom.json: changed since",
    ),
    ("another overlay", append("openapi/overlay.yaml"), "openapi/overlay.yaml: changed since"),
    ("another configuration", append("openapi/generator.yaml"), "openapi/generator.yaml: changed since"),
    ("another template", append(f"openapi/{TEMPLATE}"), f"openapi/{TEMPLATE}: changed since"),
    ("a new template", create("openapi/templates/new.jinja"), "openapi/templates/new.jinja: not part of it"),
    (
        "another generator",
        record("tools", "openapi-python-client", "0.28.0"),
        "openapi-python-client: made with 0.28.0, but",
    ),
    ("another formatter", record("tools", "ruff", "0.1.0"), "ruff: made with 0.1.0, but"),
]


@pytest.mark.parametrize(("edit", "line"), [kind[1:] for kind in KINDS], ids=[kind[0] for kind in KINDS])
def test_each_kind_of_drift_is_found(edit: Edit, line: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root)
    before = contents(root)
    assert main(["check"]) == 6
    said = capsys.readouterr()
    assert said.out.count("\n") == 1
    assert line in said.out
    assert "1 difference" in said.err
    assert contents(root) == before


def test_nothing_is_found_where_nothing_drifted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "generated/ follows from openapi/" in capsys.readouterr().out


def test_a_swap_that_was_killed_halfway_is_finished_first(root: Path) -> None:
    """One directory is the new one, the other the old: what a kill between the two exchanges leaves."""
    in_a_child(partial(swap_and_die, root))
    assert differences(Home(root)) != []
    assert main(["check"]) == 0
    assert (root / "generated/pascom_client/client.py").read_text("utf-8").endswith("# x\n")


def swap_and_die(root: Path) -> None:
    original = swap._exchange

    def exchange_and_die(target: Path, prepared: Path, inode: int) -> None:
        original(target, prepared, inode)
        os.kill(os.getpid(), signal.SIGKILL)

    swap._exchange = exchange_and_die
    with Workspace(root) as workspace:
        new = make_checkout(workspace.fresh)
        append("generated/pascom_client/client.py")(new)
        record_hash_of("pascom_client/client.py")(new)
        workspace.swap({root / name: new / name for name in ("openapi", "generated")})


def test_line_endings_modes_caches_and_notes_do_not_matter(root: Path) -> None:
    for path in root.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
            path.chmod(0o755)
    create("generated/pascom_client/__pycache__/x.pyc")(root)
    create("openapi/CHANGES.md")(root)
    create("openapi/previous/pascom.json")(root)
    assert differences(Home(root)) == []


@pytest.mark.parametrize("content", [None, "", "{", "[]", '{"inputs": 3}'])
def test_without_a_record_it_says_what_to_do(
    content: str | None, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = root / "openapi" / "PROVENANCE.json"
    file.unlink()
    if content is not None:
        file.write_text(content)
    assert main(["check"]) == 6
    assert "run `update --document openapi/pascom.json`" in capsys.readouterr().err


def test_the_full_check_finds_what_was_changed_together_with_its_record(root: Path) -> None:
    """A hand edit whose hash was corrected too: only regenerating tells."""
    append(DIAL)(root)
    record_hash_of(DIAL.removeprefix("generated/"))(root)
    assert differences(Home(root)) == []
    assert differences(Home(root), full=True) == [f"{DIAL}: differs from what is generated now"]


def test_the_full_check_finds_a_record_that_says_something_else(root: Path) -> None:
    record("counts", "operations", 34)(root)
    assert differences(Home(root)) == []
    assert differences(Home(root), full=True) == ["openapi/PROVENANCE.json: counts differ from what is generated now"]
