"""Times as people write them: understood, or refused with examples; the same words in the shell and in Python."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pascom_facade import ConfigurationError, Pascom
from pascom_facade.cli.when import moment as typed
from pascom_facade.moments import as_moment, moment
from pascom_facade.simulator import Simulator


@pytest.fixture(autouse=True)
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def now() -> datetime:
    return datetime(2026, 11, 26, 15, 30).astimezone()


UNDERSTOOD = {
    "now": "2026-11-26T14:30Z",
    "7d": "2026-11-19T14:30Z",
    "90 m": "2026-11-26T13:00Z",
    "30w": "2026-04-30T14:30Z",  # so long ago, also where summer time lies between
    "0s": "2026-11-26T14:30Z",
    "today": "2026-11-25T23:00Z",
    " Yesterday ": "2026-11-24T23:00Z",
    "thursday": "2026-11-25T23:00Z",
    "Friday": "2026-11-19T23:00Z",
    "2026-11-05": "2026-11-04T23:00Z",
    "2026/11/5": "2026-11-04T23:00Z",
    "5.11.2026": "2026-11-04T23:00Z",
    "2026-07-01": "2026-06-30T22:00Z",
    "14:05": "2026-11-26T13:05Z",
    "2026-11-20 14:05": "2026-11-20T13:05Z",
    "20.11.2026  9:05:07": "2026-11-20T08:05:07Z",
    "2026-11-20T14:05:00.250": "2026-11-20T13:05:00.250Z",
    "2026-11-20T14:05Z": "2026-11-20T14:05Z",
    "2026-11-20 14:05 UTC": "2026-11-20T14:05Z",
    "2026-11-20 14:05 +0530": "2026-11-20T08:35Z",
    "2026-11-20 14:05+02": "2026-11-20T12:05Z",
    "2026-11-20 14:05 America/New_York": "2026-11-20T19:05Z",
    "2026-10-25 02:30+01:00": "2026-10-25T01:30Z",
    "2026-10-25 02:30 Asia/Tokyo": "2026-10-24T17:30Z",
}
REFUSED = [
    "", "   ", "soon", "7", "d7", "-7d", "+7d", "7.5d", "1e9d", "7d8h", "٧d", "7d\0", "2026", "2026-10", "2026-02-30",
    "2026-13-01", "10/11/2026", "20/11/2026", "12.10.26", "2026-W47-1", "20261120", "1732000000", "24:00", "14", "2pm",
    "2026-11-20 14h", "14:60", "23:59:60", "14:00 CET", "14:00 EST", "2026-11-20 14:00 UTC+1", "UTC+1",
    "2026-11-20 14:00 GMT+1",
    "2026-11-20 14:00+25:00", "2026-11-20 14:00 or so", "2026-11-20;", "Z", "+01:00", "2026-11-20 Europe/Berlin",
]  # fmt: skip


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_understood(text: str) -> None:
    found = moment(text, now=now())
    assert found == datetime.fromisoformat(UNDERSTOOD[text])
    assert found.tzinfo is not None
    assert typed(text, now=now()) == found


@pytest.mark.parametrize("text", REFUSED)
def test_refused_with_examples(text: str) -> None:
    with pytest.raises(ConfigurationError, match=r"is no time; for example 7d, 12h, today, yesterday, monday, 2026-"):
        moment(text, now=now())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2026-10-25 02:30", "shows? 2026-10-25 02:30 twice.*'2026-10-25 02:30.02:00' or '2026-10-25 02:30.01:00'"),
        ("2026-11-01 01:30 America/New_York", "twice.*-04:00' or .*-05:00'"),
        ("2026-03-29 02:30", "no clock shows 2026-03-29 02:30"),
        ("9999-12-31", "not between 1970 and 2100"),
        ("0001-01-01", "not between 1970 and 2100"),
        ("999999w", "before 1970"),
        ("2026-11-20 14:00 Europe/Berln", "no time zone 'Europe/Berln'"),
        ("2026-11-20 14:00 Etc/../passwd", "is no time"),
    ],
)
def test_refused_with_its_reason(text: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        moment(text, now=now())


def test_a_day_ends_with_the_next() -> None:
    assert moment("2026-11-20", end=True) == datetime(2026, 11, 20, 23, tzinfo=UTC)
    assert moment("yesterday", end=True, now=now()) == datetime(2026, 11, 25, 23, tzinfo=UTC)
    assert moment("2026-10-25", end=True) == datetime(2026, 10, 25, 23, tzinfo=UTC)  # 25 hours after it began
    assert moment("14:05", end=True, now=now()) == moment("14:05", now=now())


def test_what_python_has_for_times() -> None:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    assert as_moment("since", None) is None
    assert as_moment("since", at) is at
    assert as_moment("since", date(2026, 11, 20)) == datetime(2026, 11, 19, 23, tzinfo=UTC)
    assert as_moment("until", date(2026, 11, 20), end=True) == datetime(2026, 11, 20, 23, tzinfo=UTC)
    assert as_moment("since", "2026-11-20") == datetime(2026, 11, 19, 23, tzinfo=UTC)
    ago = as_moment("since", timedelta(days=1))
    assert ago is not None and abs(datetime.now(UTC) - ago - timedelta(days=1)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (datetime(2026, 11, 20), "since= has no time zone"),
        (timedelta(days=-1), "since= is less than nothing ago"),
        (timedelta(days=40_000), "before 1970"),
        (date(1, 1, 1), "not between 1970 and 2100"),
        ("soon", "since= 'soon' is no time"),
        (7, "since= is no time; pass a datetime"),
        (1732000000.0, "since= is no time"),
        (True, "since= is no time"),
        (b"7d", "since= is no time"),
    ],
)
def test_what_is_no_time_in_python(value: Any, message: str, pascom_simulator: Simulator) -> None:
    with Pascom.from_env(pascom_simulator.environment) as pbx:
        with pytest.raises(ConfigurationError, match=message):
            next(iter(pbx.cdr(since=value)))
        with pytest.raises(ConfigurationError, match=message):
            next(iter(pbx.watch_calls(since=value)))
    assert not pascom_simulator.requests


def test_calls_since_yesterday(pascom_simulator: Simulator) -> None:
    with Pascom.from_env(pascom_simulator.environment) as pbx:
        newest = next(iter(pbx.cdr())).started
        assert newest is not None
        day = newest.astimezone().date()
        by_date = [call.id for call in pbx.cdr(since=day, until=day)]
        assert by_date
        assert by_date == [call.id for call in pbx.cdr(since=str(day), until=str(day))]
