"""Instances that are asked for calls by position: all of them, each once and in order, or an error; and not in vain."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from pascom_facade import PascomError, TooManyCalls, UnexpectedAnswer
from pascom_facade._sync.cdr import calls
from pascom_facade.answers import Answer
from pascom_facade.cdr import Call
from pascom_facade.cdr_habits import Knowledge
from pascom_facade.cdr_options import CdrOptions
from pascom_facade.cdr_query import Query

HOUR = 3_600_000
NOW = int(time.time() * 1000)
Row = dict[str, Any]
BY_OFFSET = CdrOptions(offset="offset")
BY_PAGE = CdrOptions(page="page")


def journal(size: int, apart: int = HOUR // 6) -> list[Row]:
    """Newest first."""
    return [{"id": size - n, "timestamp": NOW - n * apart, "duration": 60} for n in range(size)]


@dataclass
class Instance:
    """Answers rows by position, and takes no notice of ranges."""

    rows: list[Row]
    cap: int = 100
    first_page: int = 1
    hours: int = 10**9
    """How many hours back it answers, unless it is told."""
    takes: tuple[str, ...] = ("limit", "offset", "page", "hours")
    meanwhile: Callable[[Instance], None] = lambda _: None
    """What happens between two requests."""
    asked: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, params: dict[str, Any]) -> Answer:
        self.asked.append(params)
        told = {name: int(value) for name, value in params.items() if name in self.takes}
        size = min(told.get("limit", 100), self.cap)
        start = told.get("offset", (told.get("page", self.first_page) - self.first_page) * size)
        since = NOW - told.get("hours", self.hours) * HOUR
        found = [row for row in self.rows if row["timestamp"] >= since]
        body = json.dumps(found[max(start, 0) :][:size]).encode()
        if "offset" in params or "page" in params:
            self.meanwhile(self)
        return Answer(200, {}, body, "GET", "cdr/")

    @property
    def by_position(self) -> int:
        return sum("offset" in params or "page" in params for params in self.asked)


def walked(instance: Instance, knowledge: Knowledge | CdrOptions = BY_OFFSET, **wanted: Any) -> list[int | None]:
    if isinstance(knowledge, CdrOptions):
        knowledge = Knowledge(knowledge)
    defaults = dict.fromkeys(("since", "until", "inbound", "internal", "result", "user", "limit", "after"))
    query = Query(**{**defaults, "newest_first": True, **wanted})
    found: list[Call] = list(calls(query, knowledge, instance.answer, 0))
    return [call.id for call in found]


def ago(hours: float) -> datetime:
    return datetime.fromtimestamp((NOW - hours * HOUR) / 1000, UTC)


def arrive(instance: Instance) -> None:
    newest = instance.rows[0]
    instance.rows[:0] = [{**newest, "id": newest["id"] + n, "timestamp": NOW + n} for n in range(3, 0, -1)]


def remove(instance: Instance) -> None:
    del instance.rows[:3]


IDS = list(range(1, 1001))
ORDERS = {
    "newest first": journal(1000),
    "oldest first": journal(1000)[::-1],
    "by the end of calls": sorted(journal(1000), key=lambda row: -row["timestamp"] - row["id"] * 7919 % 31 * HOUR // 3),
    "no order": sorted(journal(1000), key=lambda row: row["id"] * 7919 % 1009),
}


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("options", [BY_OFFSET, BY_PAGE], ids=["offset", "page"])
@pytest.mark.parametrize("order", ORDERS)
def test_all_calls_each_once_and_in_order(order: str, options: CdrOptions, newest_first: bool) -> None:
    instance = Instance(ORDERS[order])
    assert walked(instance, options, newest_first=newest_first) == IDS[:: -1 if newest_first else 1]
    assert instance.by_position <= 14


def test_pages_may_be_numbered_from_0() -> None:
    assert walked(Instance(journal(1000), first_page=0), BY_PAGE) == IDS[::-1]


@pytest.mark.parametrize("options", [BY_OFFSET, BY_PAGE], ids=["offset", "page"])
@pytest.mark.parametrize("size", [99, 100, 101, 109, 110, 111, 190, 200])
def test_every_size_has_an_end(size: int, options: CdrOptions) -> None:
    assert walked(Instance(journal(size)), options) == list(range(size, 0, -1))


@pytest.mark.parametrize("options", [BY_OFFSET, BY_PAGE], ids=["offset", "page"])
def test_calls_that_arrive_meanwhile_move_none_out_of_sight(options: CdrOptions) -> None:
    found = walked(Instance(journal(1000), meanwhile=arrive), options)
    assert [one for one in found if one in IDS] == IDS[::-1]


@pytest.mark.parametrize("options", [BY_OFFSET, BY_PAGE], ids=["offset", "page"])
def test_calls_that_are_removed_meanwhile_hide_none(options: CdrOptions) -> None:
    instance = Instance(journal(1000)[::-1], meanwhile=remove)
    try:
        found = walked(instance, options)
    except UnexpectedAnswer:
        return
    assert set(found) >= {row["id"] for row in instance.rows}


def test_a_range_ends_the_walk() -> None:
    instance = Instance(journal(20_000))
    assert walked(instance, since=ago(10.01), until=ago(1)) == list(range(19_993, 19_939, -1))
    assert instance.by_position <= 3


def test_what_was_found_out_is_known_the_next_time() -> None:
    knowledge, instance = Knowledge(BY_OFFSET), Instance(journal(3000))
    walked(instance, knowledge, since=ago(10))
    instance.asked.clear()
    walked(instance, knowledge, since=ago(10))
    assert len(instance.asked) <= 4


def test_imported_calls_with_the_newest_ids_hide_no_others() -> None:
    old = [{"id": 2000 - n, "timestamp": NOW - (9000 + n) * HOUR, "duration": 60} for n in range(500)]
    instance = Instance([*old, *journal(1000)])
    assert walked(instance, since=ago(1000)) == IDS[::-1]


def test_an_instance_that_answers_the_last_hours_only_is_told_how_many() -> None:
    options = CdrOptions(hours="hours", offset="offset")
    assert walked(Instance(journal(1000), hours=24), options) == IDS[::-1]
    instance = Instance(journal(1000), hours=1)
    assert len(walked(instance, options, since=ago(30.01))) == 181
    assert {params["hours"] for params in instance.asked if "timefrom" not in params} == {32}


def test_the_vendors_names_hold_whatever_names_are_documented() -> None:
    """Ranges first: as documented, as the vendor documents them; then positions, as documented."""
    documented = CdrOptions(timefrom="von", timeto="bis", limit="anzahl", offset="offset")
    instance = Instance(journal(1000), takes=("anzahl", "offset"))
    assert walked(instance, Knowledge(documented, documented=documented)) == IDS[::-1]
    ends = [name for params in instance.asked for name in params if name in ("bis", "timeto", "offset")]
    assert list(dict.fromkeys(ends)) == ["bis", "timeto", "offset"]
    told = Instance(journal(1000), takes=("anzahl", "offset"))
    assert walked(told, documented) == IDS[::-1]
    assert not any("timeto" in params for params in told.asked)


@pytest.mark.parametrize("options", [BY_OFFSET, BY_PAGE], ids=["offset", "page"])
def test_positions_that_are_taken_no_notice_of(options: CdrOptions) -> None:
    with pytest.raises(TooManyCalls, match="takes no notice of the time range"):
        walked(Instance(journal(1000), takes=("limit",)), options)


def test_calls_without_ids() -> None:
    rows = [{"timestamp": row["timestamp"], "number": str(row["id"] % 90), "duration": 1} for row in journal(300)]
    assert len(walked(Instance(rows))) == 300


def test_an_answer_that_skips_rows_is_no_end() -> None:
    instance = Instance(journal(1000))
    fetch = instance.answer

    def skipping(params: dict[str, Any]) -> Answer:
        return fetch({**params, "offset": params.get("offset", 0) * 2})

    query = Query(None, None, None, None, None, None, None, True, None)
    with pytest.raises(PascomError):
        list(calls(query, Knowledge(BY_OFFSET), skipping, 0))
