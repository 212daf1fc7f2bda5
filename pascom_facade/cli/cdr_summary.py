"""`pascom cdr --summary`: counts of calls, with small charts. One pass, little memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import IO, TYPE_CHECKING, Any

from .._printable import json_text
from .screen import bar, coloured, fit, masked, minutes, width

if TYPE_CHECKING:
    from ..cdr import Call

MOST_DAYS = 31


class Summary:
    """Counts of calls, by hour, day, direction, user and number, in this computer's zone."""

    def __init__(self) -> None:
        self.calls = self.answered = self.talk = 0
        self.hours: Counter[int] = Counter()
        self.days: Counter[date] = Counter()
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
            self.hours[local.hour] += 1
            self.days[local.date()] += 1
            self.first = min(self.first or local, local)
            self.last = max(self.last or local, local)
        self.directions[call.direction or "unknown"] += 1
        if call.user:
            self.users[call.user] += 1
        if call.number:
            self.numbers[call.number] += 1
        if self.longest is None or (call.talk or 0) > (self.longest.talk or 0):
            self.longest = call

    def cut_days(self, since: datetime | None, until: datetime | None) -> list[date]:
        """Days that aren't whole in it: where the range begins or ends amid one, the newest calls alone were asked for,
        or the day isn't over.
        """
        if self.first is None or self.last is None:
            return []
        now = datetime.now().astimezone()
        begins = (since or self.first).astimezone()
        ends = min(until.astimezone(), now) if until else now
        cut = {moment.date() for moment in (begins, ends) if (moment.hour, moment.minute, moment.second) != (0, 0, 0)}
        return sorted(cut & self.days.keys())

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
            "per_hour": {f"{hour:02}": self.hours[hour] for hour in range(24)},
            "per_day": {day.isoformat(): count for day, count in sorted(self.days.items())},
            "top_users": dict(self.users.most_common(10)),
            "top_numbers": [[number, count] for number, count in top_numbers],
            "longest": self._longest_as_data(),
        }

    def _longest_as_data(self) -> dict[str, Any] | None:
        if self.longest is None:
            return None
        return {"id": self.longest.id, "user": self.longest.user, "talk_seconds": self.longest.talk}


def summarise(
    calls: Iterable[Call],
    stream: IO[str],
    form: str,
    *,
    numbers: bool,
    since: datetime | None = None,
    until: datetime | None = None,
) -> None:
    """Read all calls, then write the summary."""
    summary = Summary()
    for call in calls:
        summary.add(call)
    cut = summary.cut_days(since, until)
    data = summary.as_data(numbers=numbers) | {"cut_days": [day.isoformat() for day in cut]}
    if form == "table":
        stream.writelines(f"{line.rstrip()}\n" for line in drawn(summary, data, cut))
    else:
        stream.write(json_text(data, indent=2) + "\n")


def drawn(summary: Summary, data: dict[str, Any], cut: Collection[date] = ()) -> Iterable[str]:
    """The summary for a terminal, in its width."""
    if not summary.calls:
        yield "No calls."
        return
    room = min(width(), 100)
    directions = ", ".join(f"{count:,} {direction}" for direction, count in summary.directions.most_common())
    yield f"{coloured(f'{summary.calls:,} calls', bold=True)}  {directions}"
    if summary.first and summary.last:
        yield f"from      {summary.first:%Y-%m-%d %H:%M} to {summary.last:%Y-%m-%d %H:%M}"
    share = summary.answered / summary.calls
    columns = min(30, room - 36)
    chart = coloured(fit(bar(share, columns), columns), fg="green")
    yield f"answered  {chart} {share:.0%}, {minutes(summary.talk)} of talk"
    if summary.longest and summary.longest.talk:
        yield f"longest   {minutes(summary.longest.talk)} by {summary.longest.user or 'unknown'}"
    yield ""
    yield coloured("Per hour", bold=True)
    yield from _columns(summary.hours, 3 if room >= 72 else 2)
    yield ""
    yield coloured("Per day", bold=True)
    yield from _days(summary.days, room, cut)
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


def _columns(hours: Counter[int], wide: int, height: int = 4) -> Iterable[str]:
    """24 columns of `wide` characters, `height` lines high."""
    most = max(hours.values(), default=0) or 1
    for level in range(height, 0, -1):
        blocks = (_block(hours[hour] / most * height - (level - 1)) for hour in range(24))
        line = "".join(block * (wide - 1) + " " for block in blocks)
        yield coloured(line, fg="cyan")
    every = 1 if wide > 2 else 2  # hours that have a label
    yield "".join(f"{hour:02}".ljust(wide * every) for hour in range(0, 24, every))


def _block(share: float) -> str:
    return " ▁▂▃▄▅▆▇█"[round(max(0.0, min(share, 1.0)) * 8)]


def _days(days: Counter[date], room: int, cut: Collection[date]) -> Iterable[str]:
    last = max(days)
    first = max(min(days), last - timedelta(days=MOST_DAYS - 1))
    if first > min(days):
        yield coloured(f"(the last {MOST_DAYS} days)", dim=True)
    most = max(days.values())
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        mark = "…" if day in cut else " "
        yield f"{day:%a %Y-%m-%d}{mark} {days[day]:>7,} {coloured(bar(days[day] / most, room - 26), fg='cyan')}"
    if cut:
        yield coloured("(… not the whole day)", dim=True)
