"""`pascom cdr --summary`: counts of calls, with small charts of the days that are complete. One pass, little memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from .._printable import json_text
from ..moments import as_moment
from .screen import bar, coloured, fit, masked, minutes, width

if TYPE_CHECKING:
    from ..cdr import Call

MOST_DAYS = 31


class Range(NamedTuple):
    """What was asked for."""

    begins: datetime
    ends: datetime

    def complete_days(self) -> list[date]:
        """The days that lie in it from their first to their last moment."""
        day, days = self.begins.date(), []
        if _first_moment(day) < self.begins:
            day += timedelta(days=1)
        while _first_moment(day + timedelta(days=1)) <= self.ends:
            days.append(day)
            day += timedelta(days=1)
        return days

    def __str__(self) -> str:
        return f"{self.begins:%Y-%m-%d %H:%M} to {self.ends:%Y-%m-%d %H:%M}"


def _first_moment(day: date) -> datetime:
    moment = as_moment("day", day)
    assert moment is not None
    return moment


class Summary:
    """Counts of calls, by day, hour, direction, user and number, in this computer's zone."""

    def __init__(self) -> None:
        self.calls = self.answered = self.talk = 0
        self.hours: Counter[tuple[date, int]] = Counter()
        self.days: Counter[date] = Counter()
        self.answered_days: Counter[date] = Counter()
        self.directions: Counter[str] = Counter()
        self.users: Counter[str] = Counter()
        self.numbers: Counter[str] = Counter()
        self.longest: Call | None = None
        self.first: datetime | None = None
        self.last: datetime | None = None

    def add(self, call: Call) -> None:
        """Count the call."""
        self.calls += 1
        self.answered += bool(call.connected)
        self.talk += call.talk or 0
        if call.started:
            local = call.started.astimezone()
            day = local.date()
            self.hours[day, local.hour] += 1
            self.days[day] += 1
            self.answered_days[day] += bool(call.connected)
            self.first = min(self.first or local, local)
            self.last = max(self.last or local, local)
        self.directions[call.direction or "unknown"] += 1
        if call.user:
            self.users[call.user] += 1
        if call.number:
            self.numbers[call.number] += 1
        if self.longest is None or (call.talk or 0) > (self.longest.talk or 0):
            self.longest = call

    def range(self, since: datetime | None, until: datetime | None) -> Range | None:
        """What was asked for, as far as it is over; without `since` from the first call on. None without calls."""
        if self.first is None:
            return None
        now = datetime.now().astimezone()
        ends = min(until.astimezone(), now) if until else now
        return Range((since or self.first).astimezone(), ends)

    def per_hour(self, days: list[date] | None = None) -> list[int]:
        """Calls by the hour of the day: of these days, or of all."""
        wanted = set(self.days if days is None else days)
        counts = [0] * 24
        for (day, hour), count in self.hours.items():
            if day in wanted:
                counts[hour] += count
        return counts

    def as_data(self, *, numbers: bool) -> dict[str, Any]:
        """For programs; phone numbers masked unless asked for."""
        top_numbers = self.numbers.most_common(10)
        if not numbers:
            top_numbers = [(masked(number), count) for number, count in top_numbers]
        answered_share = None
        if self.calls:
            answered_share = round(self.answered / self.calls, 4)
        return {
            "from": self.first and self.first.isoformat(timespec="seconds"),
            "to": self.last and self.last.isoformat(timespec="seconds"),
            "calls": self.calls,
            "answered": self.answered,
            "answered_share": answered_share,
            "talk_seconds": self.talk,
            "directions": dict(self.directions),
            "per_hour": {f"{hour:02}": count for hour, count in enumerate(self.per_hour())},
            "per_day": {day.isoformat(): count for day, count in sorted(self.days.items())},
            "top_users": dict(self.users.most_common(10)),
            "top_numbers": [[number, count] for number, count in top_numbers],
            "longest": self._longest_as_data(),
        }

    def _longest_as_data(self) -> dict[str, Any] | None:
        if self.longest is None:
            return None
        return {"id": self.longest.id, "user": self.longest.user, "talk_seconds": self.longest.talk}


def counted(calls: Iterable[Call]) -> Summary:
    """The summary of all of them."""
    summary = Summary()
    for call in calls:
        summary.add(call)
    return summary


def write_summary(summary: Summary, span: Range | None, stream: IO[str], form: str, *, numbers: bool) -> None:
    """As a table or JSON."""
    days = span.complete_days() if span else []
    data = summary.as_data(numbers=numbers)
    if form == "table":
        stream.writelines(f"{line.rstrip()}\n" for line in drawn(summary, data, span, days))
        return
    data["range"] = span and [moment.isoformat(timespec="seconds") for moment in span]
    data["cut_days"] = [day.isoformat() for day in sorted(summary.days.keys() - set(days))]
    stream.write(json_text(data, indent=2) + "\n")


def drawn(summary: Summary, data: dict[str, Any], span: Range | None, days: list[date]) -> Iterable[str]:
    """The summary for a terminal, in its width; `days` are the complete ones."""
    if not summary.calls:
        yield "No calls."
        return
    room = min(width(), 100)
    directions = ", ".join(f"{count:,} {direction}" for direction, count in summary.directions.most_common())
    yield f"{coloured(f'{summary.calls:,} calls', bold=True)}  {directions}"
    if span:
        yield f"from      {span}"
    share = summary.answered / summary.calls
    columns = min(30, room - 36)
    chart = coloured(fit(bar(share, columns), columns), fg="green")
    yield f"answered  {chart} {share:.0%}, {minutes(summary.talk)} of talk"
    if summary.longest and summary.longest.talk:
        yield f"longest   {minutes(summary.longest.talk)} by {summary.longest.user or 'unknown'}"
    yield ""
    yield from _hours(summary, days, 3 if room >= 72 else 2)
    yield ""
    yield coloured("Per day", bold=True)
    yield from _days(summary.days, room, days)
    yield ""
    users = list(data["top_users"].items())
    yield from _top(users[:5], data["top_numbers"][:5], room)


def _top(users: list[tuple[str, int]], numbers: list[tuple[str, int]], room: int) -> Iterable[str]:
    """Users on the left, numbers on the right."""
    half = (room - 4) // 2
    yield coloured(f"{fit('Top users', half)}    Top numbers", bold=True)
    left = [_counted(user, count, half) for user, count in users]
    right = [_counted(number, count, half) for number, count in numbers]
    for cells in zip_longest(left, right, fillvalue=" " * half):
        yield "    ".join(cells)
    if any("•" in str(number) for number, _ in numbers):
        yield coloured("(numbers are masked; --numbers shows them)", dim=True)


def _counted(name: str, count: int, columns: int) -> str:
    return f"{fit(name, columns - 8)}{count:>8,}"


def _hours(summary: Summary, days: list[date], wide: int) -> Iterable[str]:
    """Of complete days, in which no hour is cut; without one of all calls."""
    if days:
        yield coloured("Per hour", bold=True)
        yield from _columns(summary.per_hour(days), wide)
    else:
        yield coloured("Per hour, of no whole day", bold=True)
        yield from _columns(summary.per_hour(), wide)


def _columns(counts: list[int], wide: int, height: int = 4) -> Iterable[str]:
    """24 columns of `wide` characters, `height` lines high."""
    most = max(counts) or 1
    for level in range(height, 0, -1):
        blocks = (_block(count / most * height - (level - 1)) for count in counts)
        line = "".join(block * (wide - 1) + " " for block in blocks)
        yield coloured(line, fg="cyan")
    every = 1 if wide > 2 else 2  # hours that have a label
    yield "".join(f"{hour:02}".ljust(wide * every) for hour in range(0, 24, every))


def _block(share: float) -> str:
    return " ▁▂▃▄▅▆▇█"[round(max(0.0, min(share, 1.0)) * 8)]


def _days(counts: Counter[date], room: int, days: list[date]) -> Iterable[str]:
    if len(days) > MOST_DAYS:
        yield coloured(f"(the last {MOST_DAYS} of {len(days):,} complete days)", dim=True)
    shown = days[-MOST_DAYS:]
    most = max((counts[day] for day in shown), default=0) or 1
    for day in shown:
        yield f"{day:%a %Y-%m-%d} {counts[day]:>7,} {coloured(bar(counts[day] / most, room - 25), fg='cyan')}"
    if cut := sorted(counts.keys() - set(days)):
        cut_days = ", ".join(f"{day:%Y-%m-%d}" for day in cut)
        yield coloured(f"(not drawn, as not complete: {cut_days})", dim=True)
