"""Nothing that an instance or a document says is obeyed by a terminal, and JSON stays the same data."""

from __future__ import annotations

import io
import json
import re
import sys
from typing import Any

import pytest

from pascom_facade._index import Index, built_in
from pascom_facade._printable import json_text, paragraphs, printable
from pascom_facade.cli import document, screen
from pascom_facade.simulator import Simulator
from scripts.progress import Progress, say
from tests.helpers.pascom_cli import Terminal, pascom, terminal

__all__ = ["pascom", "terminal"]  # fixtures

EVIL = "\x1b]0;x\x07\x1b[2J\r\x9b31m\u202e\u2066\u2028[bold]x\x7f"
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
ROW = {"id": 1, "timestamp": 1732000000000, "inbound": 1, "internal": 0, "duration": 3, "connected": 2}

COMMANDS: list[tuple[str, str, str, Any]] = [
    # what is typed, what the instance is asked for, and what it says
    ("states a", "GET identity/states", "", {"a": {"state": EVIL}}),
    ("states", "GET identity/", "", [{"003use_name": EVIL}]),
    ("dial a *1", "POST identity/a/defaultdevice/action", "", {"response": EVIL}),
    ("hangup a", "POST identity/a/defaultdevice/action", "", EVIL),
    ("recordings list", "GET cdr/", "", [ROW | {"recordId": EVIL, "userName": EVIL}]),
    ("cdr -n 1 --numbers", "GET cdr/", "", [ROW | {"name": EVIL, "number": EVIL, "result": EVIL, "userName": EVIL}]),
    ("cdr -n 1 -o csv", "GET cdr/", "", [ROW | {"name": EVIL, "number": EVIL, "userName": EVIL}]),
    ("cdr -n 1 -o ndjson", "GET cdr/", "", [ROW | {"name": EVIL, "number": EVIL, "userName": EVIL}]),
    ("call device.list_devices", "GET device/", "", [{EVIL: EVIL, "x": [EVIL]}]),
    ("call device.list_devices", "GET device/", "", {EVIL: EVIL}),
    ("call device.list_devices -o csv", "GET device/", "", [{"y": EVIL, "x": [EVIL]}]),
    ("call device.list_devices -o json", "GET device/", "", [{EVIL: EVIL}]),
    ("call device.list_devices -o ndjson", "GET device/", "", {EVIL: EVIL}),
    ("call device.list_devices -o raw", "GET device/", "", [{EVIL: EVIL}]),
    ("call device.list_devices", "GET device/", "text/plain", EVIL),
]


def obeyed(text: str) -> list[str]:
    """What a terminal would obey, apart from our own bold and dim, and the ends of CSV's lines."""
    return OBEYED.findall(re.sub(r"\x1b\[[0-9;]*m|\r\n", "", text))


@pytest.fixture
def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True)


@pytest.mark.parametrize(
    ("typed", "asked", "kind", "says"), COMMANDS, ids=[f"{at}-{one[0]}" for at, one in enumerate(COMMANDS)]
)
def test_on_a_terminal_nothing_of_the_instance_is_obeyed(
    pascom: Terminal,
    pascom_simulator: Simulator,
    on_a_terminal: None,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    asked: str,
    kind: str,
    says: Any,
) -> None:
    method, path = asked.split()
    text = says if isinstance(says, str) else json.dumps(says, ensure_ascii=False)
    headers = {"Content-Type": kind or "application/json", "X-Odd": "a\x9bb"}
    pascom_simulator.script(method, path, times=9, body=text.encode(), headers=headers)
    ended = pascom(*typed.split(), *(["-i"] if typed.startswith("call") else []))
    assert ended.status == 0, ended.err
    assert not obeyed(ended.out + ended.err)
    assert "x" in ended.out


def test_on_a_terminal_nothing_of_a_document_is_obeyed(
    terminal: Terminal, on_a_terminal: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    data: dict[str, Any] = {"title": EVIL, "version": EVIL, "schemas": {}}
    entry = json.loads(json.dumps(built_in().operations["cdr.list_cdr"]))
    entry["summary"] = entry["description"] = entry["parameters"][0]["description"] = EVIL
    entry["path"] += EVIL
    entry["parameters"][0]["name"] += EVIL
    entry["parameters"][0]["schema"] = {"type": "string", "enum": [EVIL], "format": EVIL}
    entry["responses"][0]["description"] = EVIL
    entry["responses"][0]["content"] = {EVIL: {"type": "object", "properties": {EVIL: {"type": "string"}}}}
    tagged = dict(entry, tag="cdr" + EVIL, name="cdr" + EVIL + ".list", operation="list")
    index = Index({**data, "operations": [entry, tagged]})
    monkeypatch.setattr(document, "client_index", lambda environ: index)
    for typed in (
        ["services"],
        ["show", "cdr.list_cdr"],
        ["show", "cdr.list_cdr", "-o", "json"],
        ["services", "-o", "json"],
    ):
        ended = terminal(*typed)
        assert ended.status == 0, ended.err
        assert not obeyed(ended.out + ended.err), typed


def test_data_in_a_pipe_stays_the_same_data(pascom: Terminal, pascom_simulator: Simulator) -> None:
    says = [{EVIL: [EVIL, "\N{GRINNING FACE} ü\xa0", 1]}]
    pascom_simulator.script("GET", "device/", times=3, body=says)
    for form in ("json", "ndjson", "raw"):
        assert json.loads(pascom("call", "device.list_devices", "-o", form).out) in (says, says[0])


def test_the_words_of_regenerate_are_no_commands() -> None:
    stream = io.StringIO()
    say(f"title: {EVIL}\nnext", file=stream)
    with Progress(stream).step("download") as note:
        note(EVIL)
    assert not obeyed(stream.getvalue())
    assert stream.getvalue().count("\n") == 3


def test_half_a_character_and_colour() -> None:
    assert printable("a\ud800b") == "a b" and paragraphs("a\tb\nc\r") == "a\tb\nc "
    assert json.loads(json_text("\ud800\x9b")) == "\ud800\x9b" and json_text("ü\xa0") == '"ü\xa0"'
    assert screen.coloured(EVIL) == printable(EVIL)


def test_what_is_nested_deep_ends_in_one_line(pascom: Terminal, pascom_simulator: Simulator) -> None:
    for depth in (90, 300, 900, 50_000):
        body = f'{{"a": {"[" * depth}{"]" * depth}}}'.encode()
        pascom_simulator.script("GET", "device/", body=body)
        ended = pascom("call", "device.list_devices")
        assert ended.status == 0 and ended.out.count("[") == min(depth, 99)


DOUBTS = [
    ("limit=ten", "limit: 'ten' is no integer; sent as it is", "limit=ten"),
    ("inbound=2.5", "inbound: '2.5' is none of", "inbound=2.5"),
    ('limit:="ten"', "limit is not as documented (integer); sent as it is", "limit=ten"),
    ("limit=10", "", "limit=10"),
]


@pytest.mark.parametrize(("word", "said", "sent"), DOUBTS)
def test_a_value_of_another_type_is_sent_with_a_warning(
    pascom: Terminal, pascom_simulator: Simulator, word: str, said: str, sent: str
) -> None:
    ended = pascom("call", "cdr.list_cdr", word)
    assert ended.status == 0
    assert said in ended.err and bool(said) == bool(ended.err)
    assert pascom_simulator.requests[-1].query == sent
