"""The simulated journal itself: any size without storing it, times that never fall, windows without gaps."""

from __future__ import annotations

import time
import tracemalloc
from datetime import UTC, datetime

import httpx
import pytest

from pascom_facade.simulator import Simulator
from pascom_facade.simulator.calls import CallLog
from pascom_facade.simulator.options import Options
from pascom_facade.simulator.people import PEOPLE
from tests.helpers import direct

END = datetime(2026, 10, 25, 22, 30, tzinfo=UTC)  # the day that summer time ends


def log(calls: int, seed: int = 1, same_timestamp: int = 1, calls_per_second: float = 0.0) -> CallLog:
    options = Options(calls=calls, seed=seed, end=END, same_timestamp=same_timestamp, calls_per_second=calls_per_second)
    return CallLog(options)


@pytest.mark.parametrize("calls", [0, 1, 3, 500, 20_000])
@pytest.mark.parametrize("seed", [1, 2, 99])
def test_times_never_fall_and_end_before_the_end(calls: int, seed: int) -> None:
    made = log(calls, seed)
    times = [made.timestamp(index) for index in range(calls)]
    assert times == sorted(times)
    assert len(made) == calls
    assert all(moment <= END.timestamp() * 1000 for moment in times)
    if calls > 1:
        assert len(set(times)) > calls * 0.99


def test_rows_can_share_a_time() -> None:
    made = log(1000, same_timestamp=50)
    times = [made.timestamp(index) for index in range(1000)]
    assert len(set(times)) == 20
    assert len(made.window(times[100], times[100])) == 50


@pytest.mark.parametrize(("after", "before"), [(False, False), (True, False), (False, True), (True, True)])
def test_a_window_is_what_a_scan_finds(after: bool, before: bool) -> None:
    made = log(300, same_timestamp=3)
    times = [made.timestamp(index) for index in range(300)]
    for low in range(0, 300, 17):
        for high in range(low, 300, 41):
            start, stop = times[low], times[high]
            found = made.window(start, stop, after=after, before=before)
            begun = {index for index, moment in enumerate(times) if moment > start or (moment == start and not after)}
            not_over = {index for index, moment in enumerate(times) if moment < stop or (moment == stop and not before)}
            wanted = sorted(begun & not_over)
            assert list(found) == wanted


def test_an_office_sleeps_at_night_and_rests_at_weekends() -> None:
    made = log(20_000)
    moments = [datetime.fromtimestamp(made.timestamp(index) / 1000, UTC) for index in range(20_000)]
    assert sum(moment.hour < 4 for moment in moments) < 600
    assert sum(moment.weekday() == 6 for moment in moments) < 20_000 / 14


def test_a_million_calls_need_neither_time_nor_memory() -> None:
    tracemalloc.start()
    begin = time.process_time()
    made = log(1_000_000)
    for index in range(0, 1_000_000, 5000):
        assert made[made.window(None, made.timestamp(index)).stop - 1].id >= index + 1
    spent, peak = time.process_time() - begin, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert spent < 3
    assert peak < 3_000_000


def test_a_recording_leads_back_to_its_call() -> None:
    made = log(2000)
    recorded = [made[index] for index in range(2000) if made[index].record_id]
    assert 50 < len(recorded) < 500
    for call in recorded:
        found = made.recorded(call.record_id)
        assert found is not None
        assert found.id == call.id
    for odd in ("", "x", "1-1_2-2", recorded[0].record_id[1:], "9" * 5000):
        assert made.recorded(odd) is None


def test_calls_arrive_and_are_placed_behind_the_history() -> None:
    made = log(100, calls_per_second=1000)
    placed = made.place(PEOPLE[0], "*100")
    while len(made) < 150:
        time.sleep(0.001)
    times = [made.timestamp(index) for index in range(150)]
    assert times == sorted(times)
    assert made[placed].kind.number == "*100"
    assert [made[index].id for index in range(150)] == list(range(1, 151))


def test_paging_by_windows_meets_every_row_while_calls_arrive_and_answers_fail() -> None:
    """What the vendor's users do: newest page, then up to its oldest time, again and again."""
    with (
        Simulator(calls=5000, calls_per_second=50, same_timestamp=3, fault_rate=0.1) as sim,
        direct.Client(base_url=sim.services, auth=(sim.user, sim.password)) as http,
    ):
        seen: set[int] = set()
        query = {"limit": "1000"}
        for _ in range(100):
            try:
                page = http.get("cdr/", params=query).raise_for_status().json()
            except (httpx.HTTPError, ValueError):
                continue
            if {row["id"] for row in page} <= seen:
                break
            seen |= {row["id"] for row in page}
            query["timeto"] = str(page[-1]["timestamp"])
        assert seen >= set(range(1, 5001))
