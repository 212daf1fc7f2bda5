"""Plans against journals of every shape, without sockets: whatever comes, it is all of it, once, or an error."""

from __future__ import annotations

import json
import random
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from math import inf
from typing import Any

import pytest

from pascom_facade import TooManyCalls, UnexpectedAnswer
from pascom_facade._sync.cdr import Walk, calls
from pascom_facade.answers import Answer
from pascom_facade.cdr_habits import Knowledge
from pascom_facade.cdr_options import CdrOptions, TimeFormat
from pascom_facade.cdr_query import Query
from tests.long.fuzz_cdr import BEGINNING, Journal, World, moment, run, walk


@pytest.mark.parametrize("seed", range(50))
def test_all_or_an_error(seed: int) -> None:
    run(seed)


def test_a_world_that_fails_prints_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.long.fuzz_cdr.walk", lambda *_: [-1])
    with pytest.raises(AssertionError) as failed:
        run(3)
    [note] = failed.value.__notes__
    how, literal = note.splitlines()
    assert "--seed 3 --runs 1" in how
    assert eval(literal.removesuffix(".judge()")) == World.of(3)  # noqa: S307


def test_an_instance_that_counts_in_seconds_loses_no_row_between_two_segments() -> None:
    class Seconds(Journal):
        def answer(self, params: dict[str, Any]) -> Answer:
            cut = {key: f"{text[:10]}000" if key.startswith("time") else text for key, text in params.items()}
            return super().answer(cut)

    chance = random.Random(7)
    journal = Seconds(sorted(BEGINNING + chance.randrange(10**9) for _ in range(9000)), 1000, True, True, frozenset())
    query = Query(None, None, None, None, None, None, None, True, None)
    assert walk(journal, query, []) == list(range(9000, 0, -1))


@pytest.mark.parametrize(("limit", "since", "most_asked"), [(None, None, 26), (2500, None, 7), (None, BEGINNING, 26)])
def test_two_requests_at_a_time_and_few_more(limit: int | None, since: int | None, most_asked: int) -> None:
    journal = Journal([BEGINNING + n * 1000 for n in range(20_000)], 1000, True, True, frozenset())
    asked, running, most, lock = 0, 0, 0, threading.Lock()

    def fetch(params: dict[str, Any]) -> Answer:
        nonlocal asked, running, most
        with lock:
            asked, running = asked + 1, running + 1
            most = max(most, running)
        answer = journal.answer(params)
        time.sleep(0.01)
        with lock:
            running -= 1
        return answer

    query = Query(moment(since) if since else None, None, None, None, None, None, limit, True, None)
    found = [call.id for call in calls(query, Knowledge(CdrOptions()), fetch, retries=0)]
    assert found == list(range(20_000, 20_000 - len(found), -1)) and len(found) == (limit or 20_000)
    assert most == 2
    assert asked <= most_asked  # a walk needs 21, and 3


def all_ids(journal: Journal, newest_first: bool = True, first: int | None = None) -> list[int | None]:
    since = None if first is None else moment(journal.stamps[first])
    return walk(journal, Query(since, None, None, None, None, None, None, newest_first, None), [])


@pytest.mark.parametrize("newest_first", [True, False])
def test_a_range_in_a_format_it_misreads_is_not_taken_for_all_there_is(newest_first: bool) -> None:
    """None of the known formats: what it cannot read is a range without calls for it."""

    class Unreadable(Journal):
        def answer(self, params: dict[str, Any]) -> Answer:
            if params.keys() & {"timefrom", "timeto"}:
                return Answer(200, {}, b"[]", "GET", "cdr/")
            return super().answer(params)

    journal = Unreadable([BEGINNING + n * 1000 for n in range(700)], 1000, True, True, frozenset())
    expected = list(range(301, 701))
    assert all_ids(journal, newest_first, 300) == (expected[::-1] if newest_first else expected)
    journal.stamps += [BEGINNING + n * 1000 for n in range(700, 1500)]
    with pytest.raises(TooManyCalls, match="tell names and format"):
        all_ids(journal, newest_first)


@dataclass
class Local(Journal):
    """Text is taken for the time of a clock that is never put forward, so many hours before UTC's."""

    hours: int = 0

    def answer(self, params: dict[str, Any]) -> Answer:
        read = {}
        for name, value in params.items():
            if name.startswith("time"):
                if str(value).isdecimal():
                    continue
                there = datetime.fromisoformat(str(value)).replace(tzinfo=timezone(timedelta(hours=self.hours)))
                value = int(there.timestamp() * 1000)
            read[name] = value
        return super().answer(read)


@pytest.mark.parametrize("hours", [0, 1, 2, 3])
@pytest.mark.parametrize("newest_first", [True, False])
def test_local_times_of_another_zone_lose_nothing(hours: int, newest_first: bool) -> None:
    """A server whose clock is never put forward agrees with a zone that is known for half of the year, or never."""

    half_a_year = 182 * 86_400_000
    stamps = [BEGINNING + half_a_year + n * 7_000_000 for n in range(-1500, 1500)]
    journal = Local(stamps, 1000, True, True, frozenset(), hours=hours)
    try:
        got = all_ids(journal, newest_first)
    except (TooManyCalls, UnexpectedAnswer):
        assert hours, "UTC is known"
    else:
        assert got == (list(range(3000, 0, -1)) if newest_first else list(range(1, 3001)))


def test_a_zone_that_turns_out_to_be_another_after_pages_were_given_is_an_error() -> None:
    """Winter is as in Berlin; where summer begins to be asked for, calls of an hour are missing."""
    end_of_summer = int(datetime(2026, 10, 25, 1, tzinfo=UTC).timestamp() * 1000)
    stamps = [end_of_summer + n * 600_000 for n in range(-2000, 1000)]
    got: list[int | None] = []
    query = Query(None, None, None, None, None, None, None, True, None)
    with pytest.raises(UnexpectedAnswer, match="time zone"):
        for call in calls(
            query, Knowledge(CdrOptions()), Local(stamps, 100, True, True, frozenset(), hours=1).answer, retries=0
        ):
            got.append(call.id)
    assert got[:900] == list(range(3000, 2100, -1))


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("first", [None, 40])
def test_the_newest_sorted_oldest_first_are_not_taken_for_the_oldest(newest_first: bool, first: int | None) -> None:
    class Sorted(Journal):
        def answer(self, params: dict[str, Any]) -> Answer:
            rows = json.loads(super().answer(params).content)
            return Answer(200, {}, json.dumps(rows[::-1]).encode(), "GET", "cdr/")

    journal = Sorted([BEGINNING + n * 1000 for n in range(2500)], 1000, True, True, frozenset())
    expected = list(range((first or 0) + 1, 2501))
    assert all_ids(journal, newest_first, first) == (expected[::-1] if newest_first else expected)


@dataclass
class Counted(Journal):
    asked: int = 0

    def answer(self, params: dict[str, Any]) -> Answer:
        self.asked += 1
        return super().answer(params)


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("server_newest_first", [True, False])
@pytest.mark.parametrize("meanwhile", [1, 3, 40])
def test_rows_in_the_order_in_which_calls_ended(newest_first: bool, server_newest_first: bool, meanwhile: int) -> None:
    """What such an answer leaves out may have begun amid the rows that it has, as one long call at its end did."""
    for begun in (*range(965, 1004, 6), *range(1965, 2004, 6)):  # about where answers are cut
        stamps = [BEGINNING + n * 60_000 for n in range(3000)]
        ended = begun + meanwhile
        stamps[begun : ended + 1] = [*stamps[begun + 1 : ended + 1], stamps[begun]]
        journal = Counted(stamps, 1000, server_newest_first, True, frozenset(), by_id=True)
        expected = [n for _, n in sorted((t, n) for n, t in enumerate(stamps, 1))]
        assert all_ids(journal, newest_first) == (expected[::-1] if newest_first else expected), f"{begun=}"
        assert journal.asked < 80, f"{begun=}"


def test_many_calls_at_one_moment_don_t_make_steps_small_for_ever() -> None:
    stamps = sorted([BEGINNING + n * 1000 for n in range(3000)] + [BEGINNING + 1_500_000] * 900)
    journal = Counted(stamps, 1000, True, True, frozenset())
    assert all_ids(journal, newest_first=False) == list(range(1, 3901))
    assert journal.asked < 120


def test_oldest_first_too_few_requests_more() -> None:
    journal = Counted([BEGINNING + n * 1000 for n in range(20_000)], 1000, True, True, frozenset())
    assert all_ids(journal, newest_first=False) == list(range(1, 20_001))
    assert journal.asked <= 110  # a walk the other way needs 21; the first calls are to be found, by halves of all time


@pytest.mark.parametrize("newest_first", [True, False])
def test_nothing_lies_between_a_time_and_itself_or_an_earlier_one(newest_first: bool) -> None:
    journal = Journal([BEGINNING + n * 1000 for n in range(50)], 1000, True, True, frozenset())
    for until in (20, 10):
        ends = (moment(journal.stamps[20]), moment(journal.stamps[until]))
        assert walk(journal, Query(*ends, None, None, None, None, None, newest_first, None), []) == [], f"{until=}"


@pytest.mark.parametrize(("name", "unit"), [("ms", 1), ("ms", 1000), ("s", 1000), ("iso", 1000), ("text", 1000)])
def test_ranges_are_written_wide_enough(name: str, unit: int) -> None:
    from zoneinfo import ZoneInfo

    written = TimeFormat(name, ZoneInfo("Europe/Berlin"), unit=unit)
    for hour in range(-3, 4):  # around the hour that comes twice
        at = int(datetime(2026, 10, 25, 1, tzinfo=UTC).timestamp() * 1000) + hour * 1_800_000 + 123
        first, last = (read(text or "", name) for text in written.written(at, at))
        assert at - written.margin(at) <= first < at < last <= at + written.margin(at), f"{hour=}"


def read(text: str, name: str) -> int:
    """As a server in Berlin may: an ambiguous time is the earlier one."""
    from zoneinfo import ZoneInfo

    if text.isdecimal():
        return int(text) * (1 if name == "ms" else 1000)
    moment = datetime.fromisoformat(text)
    return int(moment.replace(tzinfo=moment.tzinfo or ZoneInfo("Europe/Berlin")).timestamp() * 1000)


def test_each_page_has_milliseconds_of_its_own() -> None:
    journal = Journal([BEGINNING + n // 7 for n in range(3000)], 1000, True, True, frozenset())
    query = Query(None, None, None, None, None, None, None, True, None)
    walk = Walk(query, Knowledge(CdrOptions()), journal.answer, 0)
    pages = [(page.first, page.last) for page in walk.pages()]
    assert len(pages) > 2
    assert all(newer[0] == older[1] + 1 for newer, older in pairwise(pages))
    assert pages[0][1] == inf and pages[-1][0] == -inf
