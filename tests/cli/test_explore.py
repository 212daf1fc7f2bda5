"""`pascom services`, `show`, `call`, `--live`: every documented service, of our document and of others."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request as HttpRequest

from pascom_facade import ConfigurationError, Pascom
from pascom_facade._index import Index, built_in
from pascom_facade.cli.show import page
from pascom_facade.explore.compose import Request, compose
from pascom_facade.explore.curl import curl
from pascom_facade.explore.usage import example_words
from pascom_facade.simulator import Simulator
from scripts.download.files import read_document
from scripts.generate.index import index
from scripts.live import index_of
from scripts.repair import repair
from tests.helpers.pascom_cli import Terminal, pascom, terminal
from tests.servers.served_documents import Judge, judging, refusals_expected

__all__ = ["pascom", "terminal"]  # fixtures
ACTION = "identity.default_device_action"
SAMPLES = Path(os.environ.get("PASCOM_SAMPLES", Path(__file__).parents[3] / "shared/samples"), "documents")


@pytest.fixture
def judge(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Judge]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PASCOM_INSTANCE", "voipjack")
    monkeypatch.setenv("PASCOM_PASSWORD", "secret-word")
    with judging() as judge:
        monkeypatch.setenv("PASCOM_SERVER", judge.server)
        yield judge


def explore_all(terminal: Terminal, known: Index, *options: str) -> int:
    """Show, dry-run and send each operation; how many there were."""
    for name, operation in known.operations.items():
        words = example_words(known, operation)
        shown = terminal("show", name, *options).json
        assert (shown["name"], shown["path"]) == (name, operation["path"])
        dry = terminal("call", name, *words, "--dry-run", "-o", "json", *options)
        assert (dry.status, dry.err) == (0, "")
        assert dry.json["method"] == operation["method"].upper()
        assert terminal("call", name, *words, "--yes", *options).status in (0, 4), (name, words)
    return len(known.operations)


def test_every_service_of_our_document_is_shown_and_what_is_sent_is_valid(terminal: Terminal, judge: Judge) -> None:
    document: dict[str, Any] = json.loads(Path("openapi/pascom.json").read_bytes())
    judge.serve(document, document)
    assert explore_all(terminal, built_in()) == len(terminal("services").json) >= 30
    assert judge.refused == []


FILES = [file for file in sorted(SAMPLES.rglob("*")) if file.suffix in (".json", ".yaml", ".yml")]


@pytest.mark.skipif(not FILES, reason="the sample documents are not here (PASCOM_SAMPLES)")
@pytest.mark.parametrize("file", sorted(FILES, key=lambda file: file.name)[:20], ids=lambda file: file.name[:30])
def test_another_document_is_explored_live(file: Path, terminal: Terminal, judge: Judge) -> None:
    """The first twenty by name."""
    document = read_document(file)
    judge.serve(document, repair(document).document)
    names = [entry["name"] for entry in terminal("services", "--live").json]
    known = Index(index_of(document))
    assert set(names) == set(known.operations)
    assert explore_all(terminal, known, "--live") == len(names)
    assert len(judge.refused) == refusals_expected(file), judge.refused


@pytest.mark.skipif(not FILES, reason="the sample documents are not here (PASCOM_SAMPLES)")
def test_what_is_composed_for_every_other_document_is_valid() -> None:
    """All sample documents, without sockets; what openapi-core refuses is counted and explained by name."""
    composed = refused = 0
    for file in FILES:
        repaired = repair(read_document(file)).document
        known, judge = Index(index(repaired)), Judge(server="http://127.0.0.1")
        judge.serve({}, repaired)
        for operation in known.operations.values():
            assert all(isinstance(line, str) for line in page(known, operation, {}))
            request = compose(known, operation, example_words(known, operation))
            path, _, query = request.path.partition("?")
            built = EnvironBuilder(
                path=f"/voipjack/services/{path}", base_url="http://127.0.0.1", query_string=query,
                method=request.method, headers=[*request.headers.items()], data=request.content,
            )  # fmt: skip
            judge.judged(HttpRequest(built.get_environ()))
            composed += 1
        assert len(judge.refused) == refusals_expected(file), (file.name, judge.refused)
        refused += len(judge.refused)
    assert composed > 2900 and refused / composed < 0.01


def test_live_is_cached_privately_and_asked_for_anew(terminal: Terminal, judge: Judge, tmp_path: Path) -> None:
    document: dict[str, Any] = json.loads(Path("openapi/pascom.json").read_bytes())
    judge.serve(document, document)
    first = terminal("services", "--live").json
    assert first == terminal("services").json
    cached = sorted((tmp_path / "pascom-facade").iterdir())
    assert [file.name.partition("-")[0] for file in cached] == ["document", "fit", "live"]
    for file in cached:
        assert file.stat().st_mode & 0o077 == 0
        assert "secret-word" not in file.read_text("utf-8")
    judge.asked.clear()
    assert terminal("services", "--live").json == first
    assert judge.asked == ["GET apidoc/document.json"]  # answered with 304
    del document["paths"]["/trunk/"]
    judge.serve(document, document)
    assert "trunk.get_trunk" not in [entry["name"] for entry in terminal("services", "--live").json]


def test_without_a_connection_the_cached_document_serves_and_says_so(
    terminal: Terminal, judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    document: dict[str, Any] = json.loads(Path("openapi/pascom.json").read_bytes())
    judge.serve(document, document)
    monkeypatch.setenv("PASCOM_LIVE", "1")
    first = terminal("services").json
    monkeypatch.setattr(Judge, "__call__", lambda self, environ, start: (start("503 Gone", []), [b""])[1])
    ended = terminal("services")
    assert (ended.status, ended.json) == (0, first)
    assert "showing what was there" in ended.message


def test_a_dry_run_is_curl_with_the_secret_left_out(pascom: Terminal, pascom_simulator: Simulator) -> None:
    ended = pascom("call", ACTION, "userName=a b/c", "action=dial", "destination=+49 30", "--dry-run")
    words = shlex.split(ended.out)
    assert words[:3] == ["curl", "-X", "POST"]
    assert words[-1].endswith("/voipjack/services/identity/a%20b%2Fc/defaultdevice/action")
    assert json.loads(words[words.index("--data-raw") + 1]) == {"action": "dial", "destination": "+49 30"}
    assert pascom_simulator.password not in ended.out
    assert not pascom_simulator.requests


def test_only_the_encoder_refuses_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the encoder raises is the caller's mistake; what our own code raises is a bug, and shown as one."""
    known = built_in()
    operation = known.operations[ACTION]
    with pytest.raises(ConfigurationError, match="would be another address"):
        compose(known, operation, ["userName=..", "action=dial"])
    with pytest.raises(ConfigurationError, match="not JSON compliant"):
        compose(known, operation, ["userName=a", 'body:={"action": NaN}'])
    monkeypatch.setattr("pascom_facade.explore.compose._filled", lambda template, values: template + 1)
    with pytest.raises(TypeError):
        compose(known, operation, ["userName=a", "action=dial"])


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (b"", "''"),
        ("a=ü".encode(), "'a=ü'"),
        (b"{\n}", "'{\n}'"),
        (b"\0\1", "'(2 bytes)'"),
        (b"\xff" * 1500, "'(1,500 bytes)'"),
    ],
)
def test_curl_shows_the_body_or_its_size(content: bytes, shown: str) -> None:
    assert f"--data-raw {shown} " in curl(Request("POST", "x", {}, content), {})


def test_lists_are_written_as_the_document_says(pascom: Terminal, pascom_simulator: Simulator) -> None:
    expected = {"mpasquay": {"state": "Idle"}, "jmueller": {"state": "Idle"}}
    for words in (
        ["keys=mpasquay,jmueller"],
        ["keys=mpasquay", "keys=jmueller"],
        ['keys:=["mpasquay","jmueller"]'],
    ):
        assert pascom("call", "identity.get_identity_states", *words).json == expected
        assert pascom_simulator.requests[-1].query == "keys=mpasquay,jmueller"


def test_a_body_comes_from_fields_or_a_file(pascom: Terminal, pascom_simulator: Simulator, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("name;number\nMüller;030\n", encoding="utf-8")
    assert pascom("call", "connector.push_csv", "profileName=phonebook", f"@{file}", "--yes").status == 0
    assert pascom_simulator.pushes[0].body == file.read_bytes()
    assert pascom_simulator.requests[-1].headers["content-type"] == "text/csv"


def test_answers_are_written_as_asked(pascom: Terminal, tmp_path: Path) -> None:
    name = ("call", "cdr.list_cdr", "limit=2")
    rows = pascom(*name).json
    assert [json.loads(line) for line in pascom(*name, "-o", "ndjson").out.splitlines()] == rows
    assert pascom(*name, "-o", "csv").out.splitlines()[0].startswith("id,timestamp")
    assert json.loads(pascom(*name, "-o", "raw").out) == rows
    with_head = pascom(*name, "-i")
    assert with_head.json == rows
    assert with_head.err.startswith("200\n") and "content-type: application/json" in with_head.err
    assert pascom(*name, "--to", str(tmp_path / "calls.json")).out == ""
    assert json.loads((tmp_path / "calls.json").read_bytes()) == rows


def test_a_large_answer_is_saved_as_it_comes_and_whole(
    pascom: Terminal, pascom_simulator: Simulator, tmp_path: Path
) -> None:
    target, size = tmp_path / "call.wav", 80_000_000
    with Simulator(50, recording_size=size) as simulator:
        pascom.use(simulator)
        recorded = next(call.record_id for call in (simulator.calls[at] for at in range(50)) if call.record_id)
        words = [f"recordID={recorded}", "ruleID=1", "file=1"]
        code = (
            "import sys; from pascom_facade.cli.app import run; from tests.long.cdr import peak_memory;"
            "status = run(sys.argv[1:]); print(peak_memory()); sys.exit(status)"
        )
        command = [sys.executable, "-c", code, "call", "monitor.get_recording", *words, "--to", str(target)]
        ended = subprocess.run(command, capture_output=True, encoding="utf-8", env=dict(os.environ))
        assert (ended.returncode, ended.stderr) == (0, f"{target}: {size:,} bytes\n")
        assert target.stat().st_size == size
        assert float(ended.stdout) < 80  # MB, the interpreter's included
        target.write_bytes(b"before")
        simulator.script("GET", "monitor/*", times=9, cut_after=1_000_000)
        broken = pascom("call", "monitor.get_recording", *words, "--to", str(target))
        assert broken.status == 5 and "broke" in broken.message
        assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"before"]


def test_a_service_is_found_without_its_tag(terminal: Terminal) -> None:
    assert terminal("show", "default_device_action").json["name"] == ACTION


def test_the_page_of_a_service_fits_80_columns_and_shows_three_ways_to_call(terminal: Terminal) -> None:
    text = terminal("show", ACTION, "-o", "table").out
    assert "pascom call identity.default_device_action userName=" in text
    assert 'curl -X POST -u moby:"$PASCOM_PASSWORD"' in text
    assert "with Pascom.from_env() as pbx:" in text
    assert max(len(line) for line in text.split("In a terminal")[0].splitlines()) <= 80


def test_services_show_themselves_at_a_prompt_and_in_a_notebook(pascom: Terminal) -> None:
    with Pascom.from_env() as pbx:
        text, page = repr(pbx.services), pbx.services._repr_html_()  # type: ignore[attr-defined]
        assert "default_device_action(user_name, body=)" in text
        for name, operation in built_in().operations.items():
            assert f"{operation['operation']}(" in text
            assert f"pbx.services.{name}(" in page
        assert "limit" in (pbx.services.cdr.list_cdr.__doc__ or "")
        one, folded = repr(pbx.services.device), pbx.services.device._repr_html_()  # type: ignore[attr-defined]
        assert "get_device(name)" in one and "list_cdr" not in one
        assert "pbx.services.device.list_devices()" in folded and "list_cdr" not in folded
        assert "limit" in signature(pbx.services.cdr.list_cdr).parameters


def test_python_examples_run(pascom: Terminal) -> None:
    known = built_in()
    for name in ("cdr.list_cdr", "device.list_devices", "identity.list_identities"):
        code = terminal_example(pascom, name)
        exec(compile(code, name, "exec"), {"Pascom": Pascom})  # noqa: S102
    assert all(compile(terminal_example(pascom, name), name, "exec") for name in known.operations)


def terminal_example(pascom: Terminal, name: str) -> str:
    return str(pascom("show", name).json["examples"]["python"])
