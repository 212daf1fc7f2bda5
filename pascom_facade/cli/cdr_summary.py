"""`pascom cdr --summary`: what the calls of a time amount to, with small charts. One pass, little memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
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

    def add(self, call: Call) -> None:
        """Count one more."""
        self.calls += 1
        self.answered += bool(call.connected)
        self.talk += call.talk or 0
        if call.started:
            local = call.started.astimezone()
            self.hours[local.hour] += 1
            self.days[local.date()] += 1
        self.directions[call.direction or "unknown"] += 1
        if call.user:
            self.users[call.user] += 1
        if call.number:
            self.numbers[call.number] += 1
        if self.longest is None or (call.talk or 0) > (self.longest.talk or 0):
            self.longest = call

    def as_data(self, *, numbers: bool) -> dict[str, Any]:
        """For programs; phone numbers masked unless asked for."""
        shown = (lambda number: number) if numbers else masked
        longest = self.longest
        return {
            "calls": self.calls,
            "answered": self.answered,
            "answered_share": round(self.answered / self.calls, 4) if self.calls else None,
            "talk_seconds": self.talk,
            "directions": dict(self.directions),
            "per_hour": {f"{hour:02}": self.hours[hour] for hour in range(24)},
            "per_day": {day.isoformat(): count for day, count in sorted(self.days.items())},
            "top_users": dict(self.users.most_common(10)),
            "top_numbers": [[shown(number), count] for number, count in self.numbers.most_common(10)],
            "longest": None
            if longest is None
            else {"id": longest.id, "user": longest.user, "talk_seconds": longest.talk},
        }


def summarise(calls: Iterable[Call], stream: IO[str], form: str, *, numbers: bool) -> None:
    """Read all calls, then write the summary."""
    summary = Summary()
    for call in calls:
        summary.add(call)
    data = summary.as_data(numbers=numbers)
    if form == "table":
        stream.writelines(f"{line.rstrip()}\n" for line in drawn(summary, data))
    else:
        stream.write(json_text(data, indent=2) + "\n")


def drawn(summary: Summary, data: dict[str, Any]) -> Iterable[str]:
    """The summary for a terminal, in its width."""
    if not summary.calls:
        yield "No calls."
        return
    room = min(width(), 100)
    share = summary.answered / summary.calls
    most = min(30, room - 36)
    ways = ", ".join(f"{count:,} {way}" for way, count in summary.directions.most_common())
    yield f"{coloured(f'{summary.calls:,} calls', bold=True)}  {ways}"
    yield f"answered  {coloured(fit(bar(share, most), most), fg='green')} {share:.0%}, {minutes(summary.talk)} of talk"
    if summary.longest and summary.longest.talk:
        yield f"longest   {minutes(summary.longest.talk)} by {summary.longest.user or 'unknown'}"
    yield ""
    yield coloured("Per hour", bold=True)
    yield from _columns(summary.hours, 3 if room >= 72 else 2)
    yield ""
    yield coloured("Per day", bold=True)
    yield from _days(summary.days, room)
    half = (room - 4) // 2
    yield ""
    yield coloured(f"{fit('Top users', half)}    Top numbers", bold=True)
    users: list[tuple[str, int]] = list(data["top_users"].items())[:5]
    top: list[tuple[str, int]] = data["top_numbers"][:5]
    for index in range(max(len(users), len(top))):
        left = _counted(*users[index], half) if index < len(users) else " " * half
        right = _counted(*top[index], half) if index < len(top) else ""
        yield f"{left}    {right}"
    if any("•" in str(number) for number, _ in top):
        yield coloured("(numbers are masked; --numbers shows them)", dim=True)


def _counted(name: str, count: int, columns: int) -> str:
    return f"{fit(name, columns - 8)}{count:>8,}"


def _columns(hours: Counter[int], wide: int, height: int = 4) -> Iterable[str]:
    """24 columns of `wide` characters."""
    most = max(hours.values(), default=0) or 1
    for level in range(height, 0, -1):
        cells = (hours[hour] / most * height - (level - 1) for hour in range(24))
        yield coloured("".join(_block(part) * (wide - 1) + " " for part in cells), fg="cyan")
    every = 1 if wide > 2 else 2
    yield "".join(f"{hour:02}".ljust(wide * every) for hour in range(0, 24, every))


def _block(part: float) -> str:
    return " ▁▂▃▄▅▆▇█"[round(max(0.0, min(part, 1.0)) * 8)]


def _days(days: Counter[date], room: int) -> Iterable[str]:
    last = max(days)
    first = max(min(days), last - timedelta(days=MOST_DAYS - 1))
    if first > min(days):
        yield coloured(f"(the last {MOST_DAYS} days)", dim=True)
    most = max(days.values())
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        yield f"{day:%a %m-%d} {days[day]:>7,} {coloured(bar(days[day] / most, room - 20), fg='cyan')}"
