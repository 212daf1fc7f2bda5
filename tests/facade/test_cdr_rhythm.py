"""When calls are to be expected, as far as those that were seen tell."""

from __future__ import annotations

import pytest

from pascom_facade.cdr_habits import Habits
from pascom_facade.cdr_rhythm import HOUR, SLOTS, Rhythm

MONDAY = 1_767_571_200_000  # 2026-01-05 00:00 UTC
DAY = 24 * HOUR


def office(days: int) -> Rhythm:
    """60 calls an hour from 8 to 16 o'clock, from a Monday on, weekends excepted."""
    rhythm = Rhythm()
    for day in range(days):
        begin = MONDAY + day * DAY
        calls = [begin + 8 * HOUR + minute * 60_000 for minute in range(480)] if day % 7 < 5 else []
        rhythm.learn(calls, begin, begin + DAY)
    return rhythm


@pytest.mark.parametrize(
    ("first", "last", "calls"),
    [
        (8 * HOUR, 10 * HOUR, 120),
        (0, DAY, 480),
        (16 * HOUR, DAY + 8 * HOUR, 0),
        (5 * DAY, 7 * DAY, 0),
        (0, 14 * DAY, 4800),
        (9.5 * HOUR, 9.75 * HOUR, 15),
    ],
)
def test_expected(first: float, last: float, calls: float) -> None:
    start = MONDAY + 35 * DAY
    assert office(28).expected(start + first, start + last) == pytest.approx(calls, rel=0.05, abs=30)


@pytest.mark.parametrize("calls", [1, 100, 700, 5000, 50_000])
def test_after_and_before_are_where_so_many_are_expected(calls: int) -> None:
    rhythm, moment = office(14), MONDAY + 9.3 * HOUR
    assert rhythm.expected(moment, rhythm.after(moment, calls)) == pytest.approx(calls)
    assert rhythm.expected(rhythm.before(moment, calls), moment) == pytest.approx(calls)


def test_a_night_is_leapt_over() -> None:
    evening = MONDAY + 35 * DAY + 15 * HOUR
    assert office(28).after(evening, 120) == pytest.approx(evening + 18 * HOUR, abs=HOUR)


def test_before_any_was_seen_one_hour_is_as_good_as_another() -> None:
    assert len({*Rhythm().rates}) == 1


def test_it_is_remembered() -> None:
    rates = office(14).rounded()
    habits = Habits.from_dict(Habits(rhythm=rates).as_dict())
    assert Rhythm(habits.rhythm).rates == pytest.approx(rates, rel=0.05, abs=0.5)


@pytest.mark.parametrize("damaged", [["x"] * SLOTS, [None], "text", 5, {"a": 1}])
def test_what_cannot_be_read_is_forgotten(damaged: object) -> None:
    known = {"rhythm": damaged, "largest": 100}
    assert Habits.from_dict(known) == Habits()


def test_another_number_of_hours_is_forgotten() -> None:
    assert Rhythm([1.0, 2.0]).rates == Rhythm().rates
