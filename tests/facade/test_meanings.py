"""What query parameters are for, by their names and descriptions; and how several users are asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from pascom_facade import Pascom
from pascom_facade._meanings import meanings
from pascom_facade._phone_states import asking, read
from pascom_facade.answers import Answer
from pascom_facade.cdr_options import CdrOptions
from pascom_facade.errors import UnexpectedAnswer
from pascom_facade.simulator import Simulator


@pytest.fixture
def pbx(pascom_simulator: Simulator) -> Iterator[Pascom]:
    with Pascom.from_env(pascom_simulator.environment) as pbx:
        yield pbx


MEANT: list[tuple[dict[str, str], str]] = [
    # parameters with their descriptions; begin, end, limit, hours, offset, page
    ({"timefrom": "", "timeto": "", "limit": ""}, "timefrom timeto limit - - -"),
    ({"von": "Beginn", "bis": "Ende", "anzahl": "Anzahl der Zeilen"}, "von bis anzahl - - -"),
    ({"datum_von": "", "datum_bis": "", "maxZeilen": ""}, "datum_von datum_bis maxZeilen - - -"),
    ({"zeitVon": "Zeitpunkt ab", "zeitBis": "", "maxAnzahl": "Höchstens"}, "zeitVon zeitBis maxAnzahl - - -"),
    ({"start_date": "", "end_date": "", "per_page": ""}, "start_date end_date per_page - - -"),
    ({"since": "", "until": "", "top": "Number of rows"}, "since until top - - -"),
    ({"begin": "", "end": "", "maxResults": ""}, "begin end maxResults - - -"),
    ({"from": "Earliest call", "to": "", "count": ""}, "from to count - - -"),
    ({"from": "number of who called", "to": "who was called", "a": "Begin of the time range"}, "a - - - - -"),
    ({"a": "Start of the period (date)", "b": "End of the period (date)"}, "a b - - - -"),
    ({"a": "Anfang des Zeitraums", "b": "Ende des Zeitraums", "c": "Wie viele Zeilen"}, "a b c - - -"),
    ({"hours": "How many hours back", "offset": "Rows to leave out"}, "- - - hours offset -"),
    ({"stunden": "", "seite": "", "proSeite": ""}, "- - proSeite stunden - seite"),
    ({"h": "Anrufe der letzten Stunden", "x": "Erste Zeile"}, "- - - h x -"),
    ({"start": "Index of the first row", "length": "Rows at most"}, "- - length - start -"),
    ({"start": "Offset", "limit": ""}, "- - limit - start -"),
    ({"page": "Number of the page, from 1", "pageSize": ""}, "- - pageSize - - page"),
    ({"p": "Which page", "s": "Rows of a page"}, "- - s - - p"),
    ({"inbound": "1: only from outside", "result": "at the end of the time", "user": "until when"}, "- - - - - -"),
    ({"minDuration": "at least so many seconds", "maxDuration": "at most so many seconds"}, "- - - - - -"),
    ({"fromNumber": "", "toNumber": "", "endpoint": "", "format": "iso date from"}, "- - - - - -"),
    ({"from": "", "timefrom": ""}, "timefrom - - - - -"),
]


@pytest.mark.parametrize(("parameters", "expected"), MEANT, ids=[" ".join(one[0]) for one in MEANT])
def test_parameters_are_recognised(parameters: dict[str, str], expected: str) -> None:
    found = meanings({"name": name, "description": text} for name, text in parameters.items())
    listed = ("begin", "end", "limit", "hours", "offset", "page")
    assert " ".join(found.get(meaning, "-") for meaning in listed) == expected


def test_the_options_of_a_document() -> None:
    described = {"ab": "", "von": "Beginn, Millisekunden seit 1970", "bis": "", "stunden": "", "skip": "", "seite": ""}
    told = CdrOptions.documented({"name": name, "description": text} for name, text in described.items())
    assert (told.timefrom, told.timeto, told.limit, told.time_format) == ("ab", "bis", "limit", None)
    assert (told.hours, told.offset, told.page) == ("stunden", "skip", "seite")
    assert CdrOptions.documented([{"name": "von", "description": "Sekunden seit 1970"}]).time_format == "s"


A = {"in": "query", "type": "array"}


@pytest.mark.parametrize(
    ("documented", "params"),
    [
        ([], {"keys": "a,b"}),
        ([{"name": "keys", "type": "string"}], {"keys": "a,b"}),
        ([{"name": "keys", "explode": False, **A}], {"keys": "a,b"}),
        ([{"name": "keys", "explode": True, **A}], {"keys": ["a", "b"]}),
        ([{"name": "keys", **A}], {"keys": ["a", "b"]}),
        ([{"name": "keys", "style": "pipeDelimited", "explode": False, **A}], {"keys": "a|b"}),
        ([{"name": "keys", "style": "spaceDelimited", "explode": False, **A}], {"keys": "a b"}),
        ([{"name": "keys[]", **A}], {"keys[]": ["a", "b"]}),
    ],
)
def test_several_users_are_asked_for_as_documented(documented: list[dict[str, Any]], params: dict[str, Any]) -> None:
    assert asking(["a", "b"], documented) == params
    assert asking(["a"], documented) == {"keys": "a"}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"a": {"state": "Idle"}, "b": {"state": "InUse"}}, {"a": "Idle", "b": "InUse"}),
        ({"a": "Idle", "b": None}, {"a": "Idle", "b": None}),
        ({"a": {"state": None}, "b": {}}, {"a": None, "b": None}),
        ({"a": {"status": "Idle"}, "b": 3}, {"a": "Idle", "b": "3"}),
        ({"success": True, "data": {"a": {"state": "Idle"}}}, {"a": "Idle"}),
        ([{"user": "a", "state": "Idle"}, {"user": "b", "state": "InUse"}], {"a": "Idle", "b": "InUse"}),
        ([{"a": {"state": "Idle"}}, {"b": {"state": "InUse"}}], {"a": "Idle", "b": "InUse"}),
        ({"states": [{"userName": "b", "state": "Idle"}]}, {"b": "Idle"}),
        ({"user": "a", "state": "Idle"}, {"a": "Idle"}),
        (None, {}),
        ([], {}),
        ({}, {}),
    ],
)
def test_states_are_read_in_any_form(body: Any, found: dict[str, str | None]) -> None:
    assert read(Answer(200, {}, json.dumps(body).encode(), "GET", "identity/states"), ["a", "b"]) == found


def test_the_state_of_the_only_user_needs_no_name() -> None:
    assert read(Answer(200, {}, b'{"state": "Idle"}', "GET", "identity/states"), ["a"]) == {"a": "Idle"}
    for body in (b"[1]", b'"Idle"', b'{"success": false}', b'{"error": "x"}', b'{"a": 7, "error": []}'):
        answer = Answer(200, {}, body, "GET", "identity/states")
        if body.startswith(b'{"a"'):
            assert read(answer, ["a"])["a"] == "7"
            continue
        with pytest.raises(UnexpectedAnswer):
            read(answer, ["a"])


def test_one_by_one_where_several_bring_fewer_and_that_is_remembered(pbx: Pascom, pascom_simulator: Simulator) -> None:
    answers = [{"a": "Idle"}, {"a": "Idle"}, {"b": "InUse"}, {"a": "Idle"}, {"b": "Idle"}]
    for body in answers:
        pascom_simulator.script("GET", "identity/states", body=body)
    assert pbx.states(["a", "b"]) == {"a": "Idle", "b": "InUse"}
    assert pbx.states(["a", "b"]) == {"a": "Idle", "b": "Idle"}
    asked = [request.query for request in pascom_simulator.requests if request.path.endswith("states")]
    assert len(asked) == 5 and "keys=b" in asked[4]


def test_a_user_who_has_no_state_alone_either_is_not_asked_for_again(pbx: Pascom, pascom_simulator: Simulator) -> None:
    for body in ({"a": "Idle"}, {"a": "Idle"}, {}, {"a": "InUse"}):
        pascom_simulator.script("GET", "identity/states", body=body)
    assert pbx.states(["a", "nobody"]) == {"a": "Idle"}
    assert pbx.states(["a", "nobody"]) == {"a": "InUse"}
    assert len([request for request in pascom_simulator.requests if request.path.endswith("states")]) == 4
