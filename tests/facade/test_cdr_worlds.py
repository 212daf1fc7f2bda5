"""Odd instances, one by one and at random: all calls, each once and in order, or an error that says what is so.

`python -m tests.long.walk` walks thousands.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pascom_facade.cdr_habits import Habits, Knowledge
from pascom_facade.cdr_options import CdrOptions, TimeFormat
from tests.long.walk import describe, walk
from tests.long.walk_world import Wanted, World, judge, random_world

OLDEST_FIRST = Wanted(newest_first=False)
ODD = {
    "local text, others refused": (World(format="text", unreadable="400"), Wanted()),
    "150 calls in one second, until before": (
        World(format="text", cap=500, bursts=((1.0, 150),), burst_ms=900),
        Wanted(until=0.96),
    ),
    "oldest first, 120 at one moment, since behind": (
        World(newest_first=False, bursts=((0.0, 120),)),
        Wanted(since=0.03),
    ),
    "imported calls have the newest ids": (World(order="id", imported=2000), Wanted()),
    "imported calls, since the others": (World(order="id", imported=2000), Wanted(since=2000 / 7000)),
    "imported calls, a few wanted": (World(order="id", imported=2000), Wanted(limit=10)),
    "151 at the newest moment, 101 wanted": (World(bursts=((1.0, 151),)), Wanted(limit=101)),
    "filters after it cut": (World(filters="after"), Wanted(filters=(("result", "transfer"),))),
    "true and false, no notice of inbound": (
        World(truth="bool", filters="ignored"),
        Wanted(filters=(("inbound", True),)),
    ),
    "refuses limit": (World(strict=frozenset({"limit"})), Wanted()),
    "refuses filters": (World(filters="400"), Wanted(filters=(("inbound", True),))),
    "ISO 8601 without a zone, in one that nobody thought of": (
        World(format="isolocal", zone="Asia/Kolkata", unreadable="empty"),
        Wanted(),
    ),
    "keeps the oldest, shows them newest first": (World(keeps_shown_last=True), Wanted()),
    "no order at all": (World(order="none", calls=1500, cap=500), Wanted()),
    "looks at the seconds of calls only": (World(unit=1000, traffic="poisson"), Wanted(since=0.3, until=0.7)),
    "many at one moment amid a page": (World(bursts=((0.5, 700),)), OLDEST_FIRST),
}
FAULTS = [(number, body) for number in (1, 2, 3, 4) for body in ("", "null", "[]", "<br>PHP died")]


def right(world: World, wanted: Wanted) -> None:
    outcome = judge(world, wanted, walk)
    assert outcome.verdict == "right", describe(world, wanted, outcome)


@pytest.mark.parametrize("name", ODD)
def test_all_calls_of_an_odd_instance(name: str) -> None:
    right(*ODD[name])


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault[0]} {fault[1]}")
def test_one_answer_that_goes_wrong_costs_nothing(fault: tuple[int, str], newest_first: bool) -> None:
    right(World(calls=2500, faults=(fault,)), Wanted(newest_first=newest_first))


@pytest.mark.parametrize("newest_first", [True, False])
def test_no_answer_where_calls_are_known_is_an_error(newest_first: bool) -> None:
    world = World(calls=2500, faults=tuple((number, "null") for number in range(3, 400)))
    outcome = judge(world, Wanted(newest_first=newest_first), walk)
    assert outcome.verdict == "refused", describe(world, Wanted(), outcome)


def test_what_an_instance_refuses_is_named() -> None:
    world = World(strict=frozenset({"timefrom", "timeto"}))
    outcome = judge(world, Wanted(), walk)
    assert outcome.verdict == "refused"
    assert "refuses the time range (timefrom and timeto" in outcome.message and "cdr_options=" in outcome.message


@pytest.mark.parametrize("seed", range(9000, 9040))
def test_any_instance(seed: int) -> None:
    world, wanted = random_world(seed, most=1500)
    outcome = judge(world, wanted, walk)
    assert outcome.verdict in ("right", "refused"), describe(world, wanted, outcome)


@pytest.mark.parametrize(
    ("world", "wanted", "most"),
    [
        (World(), Wanted(), 8),
        (World(cap=100), Wanted(), 60),
        (World(traffic="poisson", ids="end", cap=200), Wanted(), 32),
        (World(format="text", cap=200), OLDEST_FIRST, 37),
        (World(newest_first=False, cap=200), Wanted(), 40),
        (World(order="end", cap=200), Wanted(), 34),
        (World(traffic="poisson", cap=500), Wanted(), 13),
        (World(traffic="poisson", cap=500, newest_first=False, keeps_shown_last=True), Wanted(), 15),
        (World(traffic="poisson", cap=500, order="none"), Wanted(), 21),
        (World(traffic="office", cap=500), Wanted(), 28),
    ],
)
def test_a_walk_asks_little(world: World, wanted: Wanted, most: int) -> None:
    outcome = judge(world, wanted, walk)
    assert outcome.verdict == "right" and outcome.asked <= most, describe(world, wanted, outcome)


def test_habits_are_written_down_and_used_again() -> None:
    knowledge = Knowledge(CdrOptions())
    world = World(format="text", cap=200, unreadable="empty")
    first = judge(world, Wanted(), lambda *args: walk(*args, knowledge=knowledge))
    habits = Habits.from_dict(knowledge.habits.as_dict())
    assert habits == knowledge.habits
    again = Knowledge(CdrOptions(), habits)
    second = judge(world, Wanted(), lambda *args: walk(*args, knowledge=again))
    assert (first.verdict, second.verdict) == ("right", "right")
    assert second.asked < first.asked and second.asked <= 1.15 * second.ideal


@pytest.mark.parametrize(
    "now",
    [
        World(format="s", unreadable="zero"),
        World(format="s", unreadable="400"),
        World(format="text", unreadable="empty", zone="Asia/Kolkata"),
        World(cap=100),
        World(cap=500, newest_first=False),
        World(order="id", imported=500),
        World(ignored=frozenset({"limit"})),
        World(calls=0),
    ],
    ids=repr,
)
@pytest.mark.parametrize("wanted", [Wanted(), OLDEST_FIRST, Wanted(since=0.5)], ids=["newest", "oldest", "since"])
def test_an_upgraded_instance_is_noticed(now: World, wanted: Wanted) -> None:
    knowledge = Knowledge(CdrOptions())
    judge(World(calls=1500), Wanted(), lambda *args: walk(*args, knowledge=knowledge))
    again = Knowledge(CdrOptions(), Habits.from_dict(knowledge.habits.as_dict()))
    now = replace(now, calls=min(now.calls, 2500))
    outcome = judge(now, wanted if now.calls else Wanted(), lambda *args: walk(*args, knowledge=again))
    assert outcome.verdict == "right", describe(now, wanted, outcome)


def test_habits_that_cannot_be_read_are_forgotten() -> None:
    moon = {"name": "moon", "zone": "UTC", "honours": [1, 1], "unit": 1}
    unreadable: list[dict[str, Any]] = [{"format": {}}, {"format": moon}, {"x": 1}]
    for known in unreadable:
        assert Habits.from_dict(known) == Habits()
    format = TimeFormat.from_dict(TimeFormat("text", None).as_dict())
    assert format == TimeFormat("text", None)


@pytest.mark.parametrize(("traffic", "most"), [("poisson", 12), ("office", 15)])
def test_one_whose_habits_are_known_asks_less(traffic: str, most: int) -> None:
    world, knowledge = World(traffic=traffic, cap=500), Knowledge(CdrOptions())

    def knowing(*given: Any) -> list[str]:
        return walk(*given, knowledge=knowledge)

    judge(world, Wanted(), knowing)
    outcome = judge(world, Wanted(), knowing)
    assert outcome.verdict == "right" and outcome.asked <= most, describe(world, Wanted(), outcome)
