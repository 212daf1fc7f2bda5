"""Bytes as they come: what is wrong in an answer costs at most that value."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pascom_facade import Pascom
from pascom_facade._json import DEEPEST, read
from pascom_facade.answers import Answer
from pascom_facade.cdr import read_calls
from pascom_facade.cdr_query import read_reply
from pascom_facade.errors import UnexpectedAnswer
from pascom_facade.simulator import Simulator

WARNING = b'<br />\n<b>Warning</b>:  Undefined key "[x]" in <b>/v/rest.php</b> on line <b>7</b><br />\n'
DEEP = b"[" * 3000 + b"]" * 3000  # from Python 3.13 on, this can be read
DEEPER = b"[" * 200_000 + b"]" * 200_000

READ: dict[str, tuple[bytes, Any]] = {
    "a byte that isn't UTF-8": (b'["M\xfcller", 1]', ["M�ller", 1]),
    "half a character": (b'["\\ud800x", "\\ud83d\\ude00"]', ["�x", "\N{GRINNING FACE}"]),
    "NUL as it is": (b'["a\0b"]', ["a\0b"]),
    "NUL behind": (b'{"a": 1}\0', {"a": 1}),
    "a mark in front": (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
    "NaN": (b"[NaN, -Infinity, 1]", [None, None, 1]),
    "an endless integer": (b'{"a": ' + b"9" * 5000 + b', "b": 1}', {"a": "9" * 5000, "b": 1}),
    "PHP warns": (WARNING + b'[{"a": 1}]', [{"a": 1}]),
    "PHP warns with JSON": (b'Notice: x [1] [2]\n{"a": [3]}', {"a": [3]}),
    "a log's date in front": (b"[2026-11-20 10:00] slow\n[]", []),
    "a warning behind": (b'[{"a": 1}]\n' + WARNING, [{"a": 1}]),
    "two answers": (b'{"a": 1}{"b": 22222}', {"a": 1}),
    "nothing": (b" \n", None),
}


@pytest.mark.parametrize("name", READ)
def test_what_is_around_json_or_wrong_in_it_costs_one_value(name: str) -> None:
    content, expected = READ[name]
    assert read(content) == expected


def test_what_is_nested_too_deep_is_null_and_costs_nothing_else() -> None:
    found = read(b'[{"a": ' + DEEP + b', "b": "]]["}, {"b": 2}]')
    assert found[0]["b"] == "]][" and found[1] == {"b": 2}
    assert json.dumps(found).count("[") == DEEPEST


@pytest.mark.parametrize(
    "content",
    [
        b'[{"id": 1}, {"id": 2}',
        b'[\n{"id": 1},\n{"id": 2}\n<br />\n<b>Fatal error</b>',
        WARNING + b'[{"id": 1}, {"na',
        b'["see >[1]", {"id": 1}, {"id',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'[{"name": "' + b'\\"' * 100_000,
        b"dial commited",
    ],
    ids=lambda content: content[:24].decode(),
)
def test_a_part_of_json_is_none(content: bytes) -> None:
    with pytest.raises(ValueError):
        read(content)
    with pytest.raises(UnexpectedAnswer):
        Answer(200, {}, content, "GET", "cdr/").json()


ROW = {"id": 7, "timestamp": 1732000000000, "inbound": 1, "internal": 0, "duration": 3, "connected": 2, "name": "N"}

VALUES: list[tuple[str, str, str, Any]] = [
    # column, what comes, attribute, what is read
    ("inbound", "true", "direction", "inbound"),
    ("inbound", "false", "direction", "outbound"),
    ("inbound", '"t"', "direction", "inbound"),
    ("inbound", "1.0", "direction", "inbound"),
    ("internal", "true", "direction", "internal"),
    ("internal", '"false"', "direction", "inbound"),
    ("duration", "3.0", "duration", 3),
    ("duration", "3.6", "duration", 4),
    ("duration", '"3"', "duration", 3),
    ("duration", "1e999", "duration", None),
    ("duration", "NaN", "duration", None),
    ("duration", "9" * 5000, "duration", None),
    ("duration", "[[]]", "duration", None),
    ("timestamp", "1732000000000.0", "timestamp", 1732000000000),
    ("timestamp", '"1732000000000.0"', "timestamp", 1732000000000),
    ("timestamp", "1732000000", "timestamp", 1732000000000),
    ("timestamp", "1732000000.5", "timestamp", 1732000000500),
    ("timestamp", '"2024-11-19T07:06:40Z"', "timestamp", 1732000000000),
    ("timestamp", "Infinity", "timestamp", None),
    ("timestamp", '"-"', "timestamp", None),
    ("name", "17", "name", "17"),
    ("name", "17.0", "name", "17"),
    ("name", "true", "name", None),
    ("name", '"\\ud800"', "name", "�"),
    ("name", '"a\0"', "name", "a\0"),
    ("name", '"a\x1b[2J"', "name", "a\x1b[2J"),
    ("name", DEEP.decode(), "name", None),
]


@pytest.mark.parametrize(
    ("column", "sent", "attribute", "expected"), VALUES, ids=[f"{one[0]}={one[1][:20]!a}" for one in VALUES]
)
def test_a_value_costs_no_row_and_no_other_value(column: str, sent: str, attribute: str, expected: Any) -> None:
    odd = json.dumps(ROW | {column: "@"}).replace('"@"', sent)
    others = json.dumps(ROW | {"id": 8}), json.dumps(ROW | {"id": 9})
    content = f"[{others[0]}, {odd}, {others[1]}]".encode()
    answer = Answer(200, {}, content, "GET", "cdr/")
    calls = read_calls(answer)
    assert [call.id for call in calls] == [8, 7, 9]
    assert getattr(calls[1], attribute) == expected
    assert calls[1].raw.keys() == ROW.keys() and repr(calls[1])
    assert [call.raw for call in calls if call.id != 7] == [ROW | {"id": 8}, ROW | {"id": 9}]
    assert len(read_reply(answer).stamps) == 3


def test_a_byte_that_is_not_utf_8_costs_one_character() -> None:
    rows = json.dumps([ROW | {"id": number, "name": f"N{number}"} for number in range(50)])
    answer = Answer(200, {}, rows.encode().replace(b'"N7"', b'"M\xfcller"'), "GET", "cdr/")
    calls = read_calls(answer)
    assert [call.name for call in calls if call.id in (6, 7)] == ["N6", "M�ller"]
    assert len(calls) == len(read_reply(answer).stamps) == 50


@pytest.mark.parametrize(("sent", "read_as"), [(b'"M\xfcller"', "M�ller"), (b'"a\0"', "a\0")], ids=["no UTF-8", "NUL"])
def test_generated_functions_lose_no_page_by_a_byte(pascom_simulator: Simulator, sent: bytes, read_as: str) -> None:
    pascom_simulator.script("GET", "device/", body=b'[{"010dev_bez": "x"}, {"010dev_bez": ' + sent + b"}]")
    with Pascom.from_env(pascom_simulator.environment) as pbx:
        devices: Any = pbx.services.device.list_devices()
        assert [device.to_dict()["010dev_bez"] for device in devices] == ["x", read_as]
        pascom_simulator.script("GET", "device/", body=DEEP)
        assert pbx.services.device.list_devices()
        pascom_simulator.script("GET", "device/", body=DEEPER)
        devices = pbx.services.device.list_devices()
        assert devices == DEEPER.decode()  # as text: it cannot be read as anything else
