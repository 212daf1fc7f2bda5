"""Both structures of the CDR give the same records; odd rows cost nothing but themselves."""

from __future__ import annotations

import json
import pickle
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pascom_facade import Call, ConfigurationError, Pascom
from pascom_facade.answers import Answer
from pascom_facade.cdr import read_calls
from pascom_facade.simulator import Simulator

PUBLIC = [
    "id",
    "started",
    "ended",
    "answered",
    "duration",
    "ringing",
    "direction",
    "number",
    "name",
    "user",
    "device",
    "result",
    "labels",
    "recording",
    "cursor",
]


def calls(profile: Any) -> list[Call]:
    with (
        Simulator(400, profile=profile, end=datetime(2026, 11, 1, tzinfo=UTC)) as sim,
        Pascom(sim.server, sim.instance, password=sim.password) as pbx,
    ):
        return list(pbx.cdr())


def read(*rows: object) -> list[Call]:
    return read_calls(Answer(200, {}, json.dumps(rows).encode(), "GET", "cdr/"))


def test_both_structures_mean_the_same() -> None:
    for old, new in zip(calls(18), calls(19), strict=True):
        for name in PUBLIC:
            assert getattr(old, name) == getattr(new, name), name
        assert "userName" in old.raw and "dstusername" in new.raw
        assert new.talk == (new.connected or 0) - new.raw["holdduration"]


@pytest.mark.parametrize("profile", [18, 19])
def test_columns_more_and_fewer_cost_nothing(profile: Any) -> None:
    rows = [call.raw | {"more": {"a": [n]}} for n, call in enumerate(calls(profile))]
    for gone in ("resultdetails", "resultDetails", "duration"):
        for row in rows:
            row.pop(gone, None)
    del rows[7]["more"]
    for got in (read(*rows), read(*rows)):  # read in another way once the structure is known
        assert [list(call.raw.items()) for call in got] == [list(row.items()) for row in rows]
        assert not any(call.odd for call in got)
        assert {(call.duration, call.ended, call.result_details) for call in got} == {(None, None, None)}
        assert all(call.number and call.user and call.started for call in got)


def test_the_same_row_is_the_same_record_whatever_it_came_with() -> None:
    row = calls(18)[0].raw
    (alone,), (beside, _) = read(row), read(row, row | {"seen": 1})
    assert alone == beside and read(row | {"duration": 10**6}) != [alone] and alone != row


def test_records_go_to_other_processes() -> None:
    got = [*calls(18)[:3], *calls(19)[:3], *read({"timestamp": None, "number": 5}, "text")]
    for call, copy in zip(got, pickle.loads(pickle.dumps(got)), strict=True):
        assert (copy.raw, copy.place, copy.number, copy.user) == (
            call.raw,
            call.place,
            call.number,
            call.user,
        )


def test_columns_as_the_database_names_them() -> None:
    row = {f"phonecallrecord_{key}": value for key, value in calls(19)[0].raw.items()}
    (call,) = read(row)
    assert call.number and call.started and call.raw == row and not call.odd


def test_times_are_utc_and_add_up() -> None:
    call = next(call for call in calls(18) if call.connected)
    assert call.started and call.started.tzinfo is UTC
    assert call.answered == call.started + timedelta(seconds=call.ringing or 0)
    assert call.ended == call.answered + timedelta(seconds=call.talk or 0)
    missed = next(call for call in calls(18) if not call.connected)
    assert missed.answered is None and missed.ringing == missed.duration


@pytest.mark.parametrize(
    ("stamp", "started"),
    [
        (1562313497113, "2019-07-05T07:58:17.113+00:00"),
        ("1562313497113", "2019-07-05T07:58:17.113+00:00"),
        (1562313497, "2019-07-05T07:58:17+00:00"),
        ("2019-07-05T09:58:17.113+02:00", "2019-07-05T07:58:17.113+00:00"),
        ("2019-07-05 07:58:17", "2019-07-05T07:58:17+00:00"),
        ("yesterday", None),
        (None, None),
        (10**30, None),
        (-5, None),
    ],
)
@pytest.mark.parametrize("profile", [18, 19])
def test_times_in_other_forms(profile: Any, stamp: object, started: str | None) -> None:
    (call,) = read(calls(profile)[0].raw | {"timestamp": stamp})
    assert call.started == (datetime.fromisoformat(started) if started else None)
    assert call.raw["timestamp"] == stamp


def test_rows_of_any_kind_are_kept_in_their_place() -> None:
    good = calls(18)[0].raw
    odd: list[Any] = [
        good,
        good | {"timestamp": None, "id": None},
        {},
        "text",
        None,
        good | {"duration": "5", "labelList": {"a": 1}, "new": [1]},
    ]
    got = read(*odd)
    assert len(got) == len(odd)
    assert got[1].place.timestamp == good["timestamp"] and got[1].id is None
    assert len({call.place for call in got[:-1]}) == 5, "without an id, each has a place of its own"
    assert got[5].duration == 5 and got[5].labels == [] and got[5].raw["new"] == [1]
    assert all(repr(call).startswith("<Call ") for call in got)


def test_a_repr_tells_neither_name_nor_number() -> None:
    for call in [*calls(18), *calls(19)][:50]:
        assert not call.number or call.number not in repr(call)
        assert not call.name or call.name not in repr(call)


ODD_BYTES = {
    "a byte that is no UTF-8": (b'"name":"x"', b'"name":"M\xfc"', ("name", "M\ufffd")),
    "half a character": (b'"name":"x"', b'"name":"\\ud800"', ("name", "\ufffd")),
    "a control character as it is": (b'"name":"x"', b'"name":"a\x00b"', ("name", "a\x00b")),
    "a float": (b'"duration":3', b'"duration":3.0', ("duration", 3)),
    "a part of a second": (b'"duration":3', b'"duration":3.4', ("duration", 3)),
    "no number": (b'"duration":3', b'"duration":NaN', ("duration", None)),
    "true": (b'"inbound":1', b'"inbound":true', ("direction", "inbound")),
    "a time as a float": (b"1732000000000", b"1732000000000.0", ("timestamp", 1_732_000_000_000)),
    "no time": (b"1732000000000", b"1e999", ("timestamp", None)),
    "deeply nested": (b'"name":"x"', b'"name":"x","more":' + b"[" * 50_000 + b"]" * 50_000, ("name", "x")),
    "text behind": (b"]", b"]<br>PHP Notice: [x]", ("name", "x")),
}


@pytest.mark.parametrize("name", ODD_BYTES)
def test_bytes_as_they_come_cost_one_value_at_most(name: str) -> None:
    old, new, (field, value) = ODD_BYTES[name]
    row = b'{"id":%d,"timestamp":1732000000000,"inbound":1,"internal":0,"duration":3,"connected":2,"name":"x"}'
    content = b"[" + b",".join([row % 1, row % 2, row % 3]) + b"]"
    calls = read_calls(Answer(200, {}, content.replace(old, new, 1), "GET", "cdr/"))
    assert [call.id for call in calls] == [1, 2, 3]
    assert getattr(calls[0], field) == value
    assert [(call.name, call.duration, call.direction) for call in calls[1:]] == [("x", 3, "inbound")] * 2
    assert all(call.cursor for call in calls)


def test_one_row_for_both_structures() -> None:
    """All but what only one has: time on hold, the voicemail, a team's extension (in the simulator)."""
    classic, since_19 = ([call.as_dict() for call in calls(profile)] for profile in (18, 19))
    for rows in (classic, since_19):
        for row in rows:
            del row["extension"], row["voicemail"], row["talk"]
    assert len(classic) == 400
    assert classic == since_19


@pytest.mark.parametrize("profile", [18, 19])
def test_a_row_is_as_its_schema_says(profile: Any) -> None:
    names = [field.name for field in Call.FIELDS]
    seen = set()
    for call in calls(profile):
        row = call.as_dict()
        assert list(row) == names
        json.dumps(row)
        for field in Call.FIELDS:
            value = row[field.name]
            if field.type is datetime and value is not None:
                assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", value)
                value = datetime.fromisoformat(value)
                assert value == getattr(call, field.name)
            assert value is None or type(value) is field.type
            if value is not None:
                seen.add(field.name)
    assert seen == set(names) - ({"voicemail"} if profile == 19 else set())


_TAKEN: dict[str, Any] = {"inbound": 1, "internal": 0, "userName": "anna", "result": "hangup", "connected": 20}


@pytest.mark.parametrize(
    ("row", "missed", "answered_by"),
    [
        pytest.param({}, False, "anna", id="taken"),
        pytest.param({"result": "noanswer", "connected": 0, "resultDetails": "timeout"}, True, None, id="rang out"),
        pytest.param({"result": "noanswer", "connected": 0, "resultDetails": "abandon"}, True, None, id="gave up"),
        pytest.param({"result": "hangup", "connected": 0, "resultDetails": "voicemail"}, True, None, id="box"),
        pytest.param({"resultDetails": "voicemail"}, True, None, id="spoke to the box"),
        pytest.param({"result": "noanswer", "connected": 0, "resultDetails": "elsewhere"}, False, None, id="elsewhere"),
        pytest.param({"result": "noanswer", "connected": 0, "resultDetails": "picked"}, False, None, id="picked"),
        pytest.param({"result": "transfer", "connected": 0}, False, None, id="passed on by a menu"),
        pytest.param({"result": "noanswer", "connected": 0, "via": "transfer"}, False, None, id="transferred"),
        pytest.param({"result": "noanswer", "connected": 0, "internal": 1}, False, None, id="a colleague's"),
        pytest.param({"result": "noanswer", "connected": 0, "inbound": 0}, False, None, id="outbound"),
        pytest.param({"result": "", "connected": 0}, False, None, id="still ringing"),
    ],
)
def test_who_took_a_call(row: dict[str, Any], missed: bool, answered_by: str | None) -> None:
    (call,) = read({"id": 1, "timestamp": 1562313497113, **_TAKEN, **row})
    assert (call.missed, call.answered_by) == (missed, answered_by)


def test_a_direction_is_both_filters_in_one_word() -> None:
    with Simulator(300) as sim, Pascom(sim.server, sim.instance, password=sim.password) as pbx:
        for direction in ("inbound", "outbound", "internal"):
            found = list(pbx.cdr(direction=direction))
            assert found and {call.direction for call in found} == {direction}
        with pytest.raises(ConfigurationError, match="direction= is none of inbound, outbound, internal"):
            pbx.cdr(direction="in")  # type: ignore[arg-type]
        with pytest.raises(ConfigurationError, match="pass either"):
            pbx.cdr(direction="inbound", internal=True)
