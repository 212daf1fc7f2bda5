"""How the states of several users are asked for, and what is read of the answer, whatever its form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from pascom_facade import Pascom
from pascom_facade._phone_states import asking, read
from pascom_facade.answers import Answer
from pascom_facade.errors import UnexpectedAnswer
from pascom_facade.simulator import Simulator


@pytest.fixture
def pbx(pascom_simulator: Simulator) -> Iterator[Pascom]:
    with Pascom.from_env(pascom_simulator.environment) as pbx:
        yield pbx


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
    ("learned", "params"),
    [
        ("keys= twice", {"keys": ["a", "b"]}),
        ("keys[]=", {"keys[]": ["a", "b"]}),
        ("semicolons", {"keys": "a;b"}),
        ("other", {"keys": "a|b"}),
        (["commas"], {"keys": "a|b"}),
    ],
)
def test_what_an_instance_showed_counts_more_than_what_is_documented(learned: object, params: dict[str, Any]) -> None:
    documented = [{"name": "keys", "style": "pipeDelimited", "explode": False, **A}]
    assert asking(["a", "b"], documented, learned) == params
    assert asking(["a"], documented, learned) == {"keys": "a"}


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


def test_only_who_was_asked_for_where_all_are_answered(pbx: Pascom, pascom_simulator: Simulator) -> None:
    for _ in range(2):
        pascom_simulator.script("GET", "identity/states", body={"x": "Idle", "b": "InUse", "a": "Idle"})
    assert pbx.states(["a", "b"]) == {"a": "Idle", "b": "InUse"}
    assert pbx.states("b") == {"b": "InUse"}


def test_a_user_who_has_no_state_alone_either_is_not_asked_for_again(pbx: Pascom, pascom_simulator: Simulator) -> None:
    for body in ({"a": "Idle"}, {"a": "Idle"}, {}, {"a": "InUse"}):
        pascom_simulator.script("GET", "identity/states", body=body)
    assert pbx.states(["a", "nobody"]) == {"a": "Idle"}
    assert pbx.states(["a", "nobody"]) == {"a": "InUse"}
    assert len([request for request in pascom_simulator.requests if request.path.endswith("states")]) == 4
