"""Every call exactly once, whatever the instance makes of the questions: over sockets, against the simulator."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pascom_facade import AsyncPascom, Call, ConfigurationError, Pascom, TooManyCalls
from pascom_facade.cdr_options import CdrOptions
from pascom_facade.simulator import Assumed, Simulator


def client(sim: Simulator, **options: Any) -> Pascom:
    return Pascom(sim.server, sim.instance, password=sim.password, **options)


def fetch(sim: Simulator, pascom: dict[str, Any] | None = None, **query: Any) -> list[Call]:
    with client(sim, **(pascom or {})) as pbx:
        return list(pbx.cdr(**query))


def ids(calls: list[Call]) -> list[int | None]:
    return [call.id for call in calls]


def at(sim: Simulator, index: int) -> datetime:
    return datetime.fromtimestamp(sim.calls[index].timestamp / 1000, UTC)


def rows(sim: Simulator, count: int) -> list[dict[str, Any]]:
    return [json.loads(sim.calls[index].classic()) for index in range(count)]


def down(first: int, last: int) -> list[int]:
    """Ids from `first` down to `last`: what newest first gives."""
    return list(range(first, last - 1, -1))


@pytest.mark.parametrize("calls", [0, 1, 99, 100, 101, 1000, 1001, 2500])
@pytest.mark.parametrize("profile", [18, 19])
def test_all_calls_newest_first(profile: Any, calls: int) -> None:
    with Simulator(calls, profile=profile) as sim:
        assert ids(fetch(sim)) == down(calls, 1)


@pytest.mark.parametrize("newest_first", [True, False], ids=["newest first", "oldest first"])
@pytest.mark.parametrize(
    "assumed",
    [
        pytest.param(assumed, id=name)
        for name, assumed in {
            "milliseconds": Assumed(time_format="ms"),
            "milliseconds, ends excluded": Assumed(time_format="ms", from_inclusive=False, to_inclusive=False),
            "local text": Assumed(time_format="text"),
            "local text, ends excluded": Assumed(time_format="text", from_inclusive=False, to_inclusive=False),
            "oldest first": Assumed(newest_first=False),
            "another cap": Assumed(most_rows=300),
            "limit ignored": Assumed(ignored_parameters=frozenset({"limit"})),
            "limit has another name": Assumed(limit_parameter="rows"),
        }.items()
    ],
)
def test_a_window_whatever_the_instance_understands(assumed: Assumed, newest_first: bool) -> None:
    with Simulator(1500, assumed=assumed) as sim:
        got = fetch(sim, since=at(sim, 200), until=at(sim, 1300), newest_first=newest_first)
        expected = down(1300, 201)
        assert ids(got) == (expected if newest_first else expected[::-1])


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("ignored", ["timefrom", "timeto", "timefrom timeto"])
def test_ignored_ranges_cost_time_and_are_told_once(
    ignored: str, newest_first: bool, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        Simulator(500, assumed=Assumed(ignored_parameters=frozenset(ignored.split()))) as sim,
        client(sim) as pbx,
    ):
        for _ in range(2):
            got = list(pbx.cdr(since=at(sim, 100), until=at(sim, 400), newest_first=newest_first))
            assert sorted(ids(got), reverse=True) == down(400, 101)  # type: ignore[type-var]
            assert got[0].id == (400 if newest_first else 101)
    assert [record.message for record in caplog.records if "takes no notice" in record.message] == [
        "cdr: the instance takes no notice of timefrom and timeto in any known format: more is fetched than needed"
    ]


def test_ignored_ranges_never_lose_records_silently() -> None:
    ignored = Assumed(ignored_parameters=frozenset({"timefrom", "timeto"}))
    with (
        Simulator(1500, assumed=ignored) as sim,
        pytest.raises(TooManyCalls, match="no notice of the time range"),
    ):
        fetch(sim)


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("cap", [300, 150])
def test_more_calls_at_one_moment_than_the_cap_are_told(cap: int, newest_first: bool) -> None:
    with (
        Simulator(cap * 2, same_timestamp=cap + 1, assumed=Assumed(most_rows=cap)) as sim,
        pytest.raises(TooManyCalls, match="share one moment"),
    ):
        fetch(sim, newest_first=newest_first)


@pytest.mark.parametrize("newest_first", [True, False])
def test_many_calls_at_one_moment(newest_first: bool) -> None:
    with Simulator(1500, same_timestamp=70) as sim:
        got = ids(fetch(sim, newest_first=newest_first))
        assert got == (down(1500, 1) if newest_first else down(1500, 1)[::-1])


def test_an_empty_window_in_a_format_the_instance_misreads() -> None:
    with Simulator(500, assumed=Assumed(time_format="text")) as sim:
        since = at(sim, 250)
        assert ids(fetch(sim, since=since)) == down(500, 251)
        assert fetch(sim, since=at(sim, 499) + timedelta(days=1)) == []
        assert fetch(sim, until=at(sim, 0)) == []


def test_filters_hold_even_where_they_are_ignored(caplog: pytest.LogCaptureFixture) -> None:
    ignored = Assumed(ignored_parameters=frozenset({"inbound", "internal", "result"}))
    for assumed in (Assumed(), ignored):
        with Simulator(400, assumed=assumed) as sim:
            expected = [row for row in rows(sim, 400) if row["inbound"] and not row["internal"]]
            got = fetch(sim, inbound=True, internal=False, result="hangup")
            assert ids(got) == [row["id"] for row in reversed(expected) if row["result"] == "hangup"]
            assert {call.direction for call in got} == {"inbound"}
    assert "takes no notice of inbound" in caplog.text


@pytest.mark.parametrize("profile", [18, 19])
def test_one_users_calls(profile: Any) -> None:
    with Simulator(300, profile=profile) as sim:
        expected = [row["id"] for row in rows(sim, 300) if row["userName"] == "mpasquay"]
        assert ids(fetch(sim, user="mpasquay")) == expected[::-1]


def test_a_limit_asks_for_no_more_than_it_needs() -> None:
    # Calls of the last day: after a longer silence the walk makes sure that the newest come first.
    with Simulator(5000, end=datetime.now(UTC)) as sim:
        assert ids(fetch(sim, limit=10)) == down(5000, 4991)
        assert len(sim.requests) == 1
        assert ids(fetch(sim, limit=1100)) == down(5000, 3901)
        assert fetch(sim, limit=0) == []


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("same", [1, 70])
def test_resumed_after_any_record(same: int, newest_first: bool) -> None:
    with Simulator(1300, same_timestamp=same, fault_rate=0.01) as sim, client(sim, retries=4) as pbx:
        got: list[int | None] = []
        cursor = None
        for kill_after in [*range(1, 400, 40), None]:
            calls: Iterator[Call] = pbx.cdr(after=cursor, newest_first=newest_first)
            for taken, call in enumerate(calls):
                got.append(call.id)
                cursor = call.cursor
                if taken == kill_after:
                    break
        assert got == (down(1300, 1) if newest_first else down(1300, 1)[::-1])


def test_calls_that_arrive_meanwhile() -> None:
    with Simulator(5000, calls_per_second=500) as sim, client(sim) as pbx:
        newest = list(pbx.cdr(since=at(sim, 0)))
        assert ids(newest) == down(newest[0].id or 0, 1)
        oldest = list(pbx.cdr(since=at(sim, 0), newest_first=False))
        assert ids(oldest) == list(range(1, len(oldest) + 1))
        assert len(oldest) > len(newest) >= 5000


@pytest.mark.parametrize("newest_first", [True, False])
def test_one_percent_of_answers_fails(newest_first: bool) -> None:
    with Simulator(20_000, fault_rate=0.05, seed=3) as sim:
        got = fetch(sim, {"retries": 5}, since=at(sim, 0), newest_first=newest_first)
        assert ids(got) == (down(20_000, 1) if newest_first else down(20_000, 1)[::-1])
        assert sim.journal.by_fault


def test_async_gives_the_same() -> None:
    async def run(sim: Simulator) -> list[Call]:
        async with AsyncPascom(sim.server, sim.instance, password=sim.password, retries=5) as pbx:
            return [call async for call in pbx.cdr(since=at(sim, 10))]

    with Simulator(3000, fault_rate=0.05) as sim:
        assert ids(asyncio.run(run(sim))) == down(3000, 11)


def test_pages_are_fetched_while_the_caller_works() -> None:
    with Simulator(5000) as sim, client(sim) as pbx:
        calls = pbx.cdr()
        next(calls)
        deadline = datetime.now() + timedelta(seconds=10)
        while len(sim.requests) < 4 and datetime.now() < deadline:
            pass
        assert len(sim.requests) == 4  # the page in hand, one row that shows what a range is, and two pages ahead
        assert len(list(calls)) == 4999


def test_told_names_and_format() -> None:
    options = CdrOptions(limit="rows", time_format="text", zone="Europe/Berlin")
    with Simulator(1200, assumed=Assumed(limit_parameter="rows", time_format="text")) as sim:
        assert ids(fetch(sim, {"cdr_options": options})) == down(1200, 1)
        assert "rows=1000" in sim.requests[0].query and "limit" not in sim.requests[0].query


def test_names_and_format_as_the_document_says() -> None:
    parameters = [
        {"name": "start_time", "description": "Beginning, in milliseconds since 1970"},
        {"name": "until"},
        {"name": "max"},
        {"name": "inbound"},
    ]
    told = CdrOptions.documented(parameters)
    assert (told.timefrom, told.timeto, told.limit, told.time_format) == ("start_time", "until", "max", "ms")
    assert CdrOptions.documented([{"name": "timefrom", "description": "assumed: milliseconds"}]) == CdrOptions()


def test_what_cannot_be_asked_is_refused_at_once() -> None:
    with Simulator(1) as sim, client(sim) as pbx:
        with pytest.raises(ConfigurationError, match="since= has no time zone"):
            pbx.cdr(since=datetime(2026, 1, 1))
        with pytest.raises(ConfigurationError, match="no record's cursor"):
            pbx.cdr(after="yesterday")
        assert not sim.requests


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"time_format": "millis"}, "time_format='millis' is unknown; known are ms"),
        ({"zone": "Europe/Berln"}, "zone='Europe/Berln' is unknown; write it like Europe/Berlin"),
        ({"zone": "../../etc/passwd"}, "zone='../../etc/passwd' is unknown"),
        ({"rows": 0}, "rows=0 is no number of rows"),
        ({"rows": -5}, "rows=-5 is no number of rows"),
        ({"rows": 2.5}, "rows=2.5 is no number of rows"),
        ({"rows": float("nan")}, "rows=nan is no number of rows"),
        ({"rows": True}, "rows=True is no number of rows"),
        ({"limit": ""}, "limit='' is no name"),
        ({"timefrom": None}, "timefrom=None is no name"),
    ],
)
def test_options_that_cannot_work_are_refused_at_once(options: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(said)):
        CdrOptions(**options)


@pytest.mark.parametrize("limit", [-1, 2.5, float("nan"), float("inf"), True, "5"])
def test_a_limit_is_a_number(limit: Any) -> None:
    with Simulator(1) as sim, client(sim) as pbx, pytest.raises(ConfigurationError, match="limit="):
        pbx.cdr(limit=limit)


def test_told_in_the_log_without_numbers(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "pascom_facade"), Simulator(150) as sim:
        fetch(sim)
    assert caplog.records
    assert not any("time" in record.message for record in caplog.records)


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("user", ["", " "], "user= is empty"),
        ("user", [5, [], float("nan"), b"x"], "user= is no text"),
        ("result", [""], "result= is empty"),
        ("direction", [[]], "direction= is no text"),
        ("inbound", ["", "x", 5, [], float("nan")], "inbound= is neither True nor False"),
        ("internal", ["no"], "internal= is neither True nor False"),
    ],
)
def test_a_filter_that_can_match_nothing_is_refused(name: str, values: list[Any], said: str) -> None:
    pbx = Pascom("http://127.0.0.1:9", "v", password="x")
    for value in values:
        with pytest.raises(ConfigurationError, match=said):
            pbx.cdr(**{name: value})
