"""How many calls are asked for at once, and where they are looked for."""

from __future__ import annotations

from math import inf

import pytest

from pascom_facade.cdr_pace import LEAST, Pace

NOW = 1_767_571_200_000
MINUTE = 60_000


def pace(newest_first: bool = True, uneven: float = 1.0) -> Pace:
    return Pace([60.0] * 48, uneven, newest_first)


@pytest.mark.parametrize(("uneven", "rows"), [(0.0, 976), (1.0, 903), (4.0, 830), (1000.0, LEAST * 1000)])
def test_the_more_unevenly_calls_come_the_fewer_are_asked_for(uneven: float, rows: float) -> None:
    assert pace(uneven=uneven).rows(1000) == pytest.approx(rows, abs=1)


@pytest.mark.parametrize(("newest_first", "start"), [(True, -NOW), (False, NOW)])
def test_times_are_the_walks_own(newest_first: bool, start: float) -> None:
    walk = pace(newest_first)
    assert walk.on(start, 30) == pytest.approx(start + 30 * MINUTE)
    assert walk.on(start, -30) == pytest.approx(start - 30 * MINUTE)
    assert walk.width(start, start + 90 * MINUTE) == pytest.approx(90)
    assert (walk.on(start, inf), walk.on(start, -inf), walk.width(start, start)) == (inf, -inf, 0)


@pytest.mark.parametrize(("times", "uneven"), [([n * MINUTE for n in range(600)], 0.0), ([0] * 599 + [600_000], 599.0)])
def test_unevenness(times: list[float], uneven: float) -> None:
    walk = pace(newest_first=False)
    walk.see([NOW + time for time in times])
    assert walk.uneven == pytest.approx(uneven, abs=5)


def test_answers_correct_the_span() -> None:
    walk = pace()
    walk.span = 900.0
    walk.adapt(450, expected=900, ideal=1800, part=1.0, sure=True)
    assert walk.span == pytest.approx(1350)
    walk.adapt(3, expected=9, ideal=2700, part=0.01, sure=True)
    assert walk.span == pytest.approx(1350, rel=0.01), "a few calls tell little"


def test_a_guess_is_corrected_at_once() -> None:
    walk = pace()
    walk.guess(100)
    walk.adapt(400, expected=400, ideal=120, part=0.5, sure=False)
    assert (walk.span, walk.guessing) == (120, False)


def test_where_few_came_twice_all_the_rest_is_asked_for() -> None:
    walk = pace()
    walk.span = 900.0
    walk.adapt(10, expected=900, ideal=9000, part=1.0, sure=True)
    assert walk.span < inf
    walk.adapt(10, expected=900, ideal=9000, part=1.0, sure=True)
    assert walk.span == inf
