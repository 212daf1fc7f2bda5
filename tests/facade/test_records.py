"""Lists and objects as they may come: wrapped, keyed, in pages, alone; and what is said of something accepted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from pascom_facade import Pascom
from pascom_facade._records import Gathered, records
from pascom_facade.answers import Answer
from pascom_facade.cdr import is_call, read_calls
from pascom_facade.errors import UnexpectedAnswer
from pascom_facade.masterdata import Device, has_columns
from pascom_facade.simulator import Simulator


@pytest.fixture
def pbx(pascom_simulator: Simulator) -> Iterator[Pascom]:
    with Pascom.from_env(pascom_simulator.environment) as pbx:
        yield pbx


ONE, TWO = {"010dev_id": "1", "010dev_bez": "Tür"}, {"010dev_id": "2", "010dev_bez": "Hof"}
ROWS = [ONE, TWO]

WRAPPED: dict[str, Any] = {
    "a list": ROWS,
    "data": {"data": ROWS},
    "named": {"status": "ok", "devices": ROWS, "messages": [{"level": "info", "text": "x"}, {}, {}]},
    "two envelopes": {"response": {"device": ROWS, "count": 2}},
    "by id": {"1": ONE, "2": TWO},
    "by id, with a count": {"1": ONE, "2": TWO, "total": 2},
    "by id, within": {"device": {"1": ONE, "2": TWO}},
    "each in an object": [{"Device": ONE}, {"Device": TWO}],
    "a list of one envelope": [{"data": ROWS}],
    "a list in a list": [ROWS],
    "a page": {"page": 1, "pages": 1, "total": 2, "items": ROWS},
    "HAL": {"_links": {"self": {"href": "/device/"}}, "_embedded": {"device": ROWS}},
}


@pytest.mark.parametrize("name", WRAPPED)
def test_records_are_found_in_any_wrapping(name: str) -> None:
    assert records(WRAPPED[name], has_columns) == ROWS


CALL = {"id": 1, "timestamp": 1732000000000, "duration": 5, "number": "0049", "name": "N", "result": "hangup"}


@pytest.mark.parametrize("name", WRAPPED)
def test_so_are_calls(name: str) -> None:
    text = json.dumps(WRAPPED[name]).replace(json.dumps(ONE), json.dumps(CALL))
    text = text.replace(json.dumps(TWO), json.dumps(CALL | {"id": 2}))
    assert [call.raw for call in read_calls(Answer(200, {}, text.encode(), "GET", "cdr/"))] == [CALL, CALL | {"id": 2}]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (ONE, [ONE]),
        ({"device": ONE}, [ONE]),
        ({"success": True, "data": ONE}, [ONE]),
        (ONE | {"lines": [{"011acc_id": "7"}, {"011acc_id": "8"}]}, None),  # itself, not what is in it
        ([], []),
        (None, []),
        ({}, []),
        ({"data": [], "total": 0}, []),
        ({"data": None, "total": 0}, []),
        ({"total": 0}, []),
        ([ONE, None, TWO], [ONE, None, TWO]),
        ({"message": "moved"}, "no list"),
        ({"success": True, "message": None}, "no list"),
        ("text", "no list"),
        (7, "no list"),
    ],
)
def test_one_none_and_no_list(value: Any, found: Any) -> None:
    expected = {"no list": None, None: [value]}.get(found, found) if not isinstance(found, list) else found
    assert records(value, has_columns) == expected


def test_an_envelope_with_columns_of_calls_is_no_call() -> None:
    assert not is_call({"id": 7, "name": "cdr", "result": [CALL]})
    assert is_call({"id": 1, "timestamp": 5}) and is_call(CALL)


@pytest.mark.parametrize("body", [[ONE], {"device": ONE}, {"success": True, "data": ONE}, {"1": ONE}, ONE, [[ONE]]])
def test_one_object_in_any_wrapping(body: Any) -> None:
    assert dict(Device.read(Answer(200, {}, json.dumps(body).encode(), "GET", "device/x"))) == ONE


@pytest.mark.parametrize("body", [ROWS, {"success": False, "data": ONE}, {"error": "gone"}, [], "x"])
def test_what_is_not_one_object_is_said(body: Any) -> None:
    with pytest.raises(UnexpectedAnswer):
        Device.read(Answer(200, {}, json.dumps(body).encode(), "GET", "device/x"))


PAGES: dict[str, tuple[list[Any], list[dict[str, Any] | None], dict[str, str]]] = {
    # pages, what is asked for behind each, names of parameters as documented
    "number": (
        [{"page": 1, "pages": 2, "items": [ONE]}, {"page": 2, "pages": 2, "items": [TWO]}],
        [{"page": 2}, None],
        {},
    ),
    "number, as documented": (
        [{"seite": "1", "seiten": "2", "items": [ONE]}, {"seite": "2", "seiten": "2", "items": [TWO]}],
        [{"s": 2}, None],
        {"page": "s"},
    ),
    "offset": ([{"offset": 0, "total": 2, "rows": [ONE]}, {"offset": 1, "total": 2, "rows": [TWO]}],
               [{"offset": 1}, None], {}),
    "total alone, offset documented": ([{"total": 2, "rows": [ONE]}, {"total": 2, "rows": [TWO]}],
                                       [{"ab": 1}, None], {"offset": "ab"}),
    "next": ([{"next": "https://pbx/a/services/device/?page=2&size=1", "data": [ONE]}, {"next": None, "data": [TWO]}],
             [{"page": "2", "size": "1"}, None], {}),
    "HAL": ([{"_links": {"next": {"href": "?p=2"}}, "_embedded": {"d": [ONE]}}, {"_links": {}, "d": [TWO]}],
            [{"p": "2"}, None], {}),
    "next is a number": ([{"meta": {"next_page": 2}, "data": [ONE]}, {"meta": {"next_page": None}, "data": [TWO]}],
                         [{"page": 2}, None], {}),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_followed_to_the_end(name: str) -> None:
    pages, asked, names = PAGES[name]
    gathered = Gathered(has_columns, lambda: names)
    assert [gathered.take(_answer(page)) for page in pages] == asked
    assert gathered.rows == ROWS


@pytest.mark.parametrize(
    "pages",
    [
        [{"total": 5, "rows": [ONE]}],
        [{"page": 1, "pages": 9, "rows": [ONE]}, {"page": 1, "pages": 9, "rows": [ONE]}],
    ],
    ids=["nobody says how", "the same page again"],
)
def test_what_cannot_be_followed_is_said_and_ends(pages: list[Any], caplog: pytest.LogCaptureFixture) -> None:
    gathered = Gathered(has_columns, dict)
    asked = [gathered.take(_answer(page)) for page in pages]
    assert asked[-1] is None and gathered.rows == [ONE]
    assert "says that there are more" in caplog.text


def _answer(value: Any) -> Answer:
    return Answer(200, {}, json.dumps(value).encode(), "GET", "device/")


def test_the_verbs_follow_pages(pbx: Pascom, pascom_simulator: Simulator) -> None:
    pascom_simulator.script("GET", "device/", body={"page": 1, "pages": 2, "items": [ONE]})
    pascom_simulator.script("GET", "device/", body={"page": 2, "pages": 2, "items": [TWO]})
    assert [device.display_name for device in pbx.devices()] == ["Tür", "Hof"]
    rows = [CALL | {"id": number} for number in range(30)]
    for at in range(0, 30, 10):
        pascom_simulator.script("GET", "cdr/", body={"offset": at, "total": 30, "result": rows[at : at + 10]})
    assert [call.id for call in pbx.cdr(newest_first=False)] == list(range(30))


ACCEPTED: list[tuple[int, bytes, str]] = [
    (204, b"", ""),
    (202, b"{}", ""),
    (200, b"", ""),
    (200, b"dial commited\n", "dial commited"),
    (200, b'{"response": "dial commited"}', "dial commited"),
    (200, b'{"response": {"message": "dial commited"}}', "dial commited"),
    (200, b'{"response": 1}', ""),
    (200, b'{"success": true, "data": null}', ""),
    (200, b'{"id": 7, "said": "ok"}', "ok"),
    (200, b'["ok"]', "ok"),
    (200, b"[]", ""),
    (200, b"true", ""),
    (200, b'"ok"', "ok"),
    (200, b'Notice: x\n{"response": "dial commited"}', "dial commited"),
    (200, b'{"response": "dial', '{"response": "dial'),
]


@pytest.mark.parametrize(("status", "body", "said"), ACCEPTED)
def test_accepted_is_accepted(pbx: Pascom, pascom_simulator: Simulator, status: int, body: bytes, said: str) -> None:
    pascom_simulator.script("POST", "identity/mpasquay/defaultdevice/action", times=3, status=status, body=body)
    assert [pbx.dial("mpasquay", "*100"), pbx.answer("mpasquay"), pbx.hangup("mpasquay")] == [said] * 3


def test_a_login_page_is_no_push(pbx: Pascom, pascom_simulator: Simulator) -> None:
    pascom_simulator.script("POST", "connector/p/push", body=b"<!DOCTYPE html><title>Login</title>")
    with pytest.raises(UnexpectedAnswer, match="login page") as failed:
        pbx.push("p", [{"a": "1"}])
    assert failed.value.may_have_happened
    pascom_simulator.script("POST", "connector/p/push", status=204)
    assert pbx.push("p", [{"a": "1"}]) == ""
