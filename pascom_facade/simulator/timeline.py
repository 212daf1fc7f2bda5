"""The calls' times: computed from a call's index, never stored, never decreasing.

A week has a shape (few calls at weekends) and so has a day (two humps, a lunch break), so that a chart of the
simulated calls looks like an office's.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from itertools import accumulate
from zoneinfo import ZoneInfo

SERVER_ZONE = ZoneInfo("Europe/Berlin")  # the vendor's own example is in this zone

_DAYS = (18, 18, 18, 18, 16, 8, 4)
_HOURS = (1, 1, 1, 1, 1, 1, 4, 20, 60, 90, 100, 90, 45, 60, 90, 95, 80, 50, 20, 10, 6, 4, 2, 1)
_SHARES = [0.0, *accumulate(day / sum(_DAYS) * hour / sum(_HOURS) for day in _DAYS for hour in _HOURS)]
_HOUR_MS = 3_600_000
_WEEK_MS = 168 * _HOUR_MS


class Timeline:
    """Times of `calls` calls, spread over whole weeks up to `end`; more calls make more and fuller weeks."""

    def __init__(self, calls: int, end: datetime | None, same_timestamp: int = 1) -> None:
        self.calls = calls
        self._same = max(1, same_timestamp)
        last = end or last_midnight()
        weeks = max(1, min(104, calls // 300))
        self.end = int(last.timestamp() * 1000)
        # Hours count from a Monday, so that the week's shape doesn't depend on the weekday of `end`.
        monday = (last - timedelta(days=last.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
        self._monday = int(monday.timestamp() * 1000)
        self._from = self._position(self.end) - weeks
        self._scale = weeks / max(1, calls)

    def __call__(self, index: float) -> int:
        """Milliseconds since 1970 of the call at `index` (a fraction lies between two calls)."""
        if self._same > 1:
            index = index // self._same * self._same
        position = self._from + index * self._scale
        week, share = divmod(position, 1.0)
        hour = min(bisect_right(_SHARES, share) - 1, 167)
        within = (share - _SHARES[hour]) / (_SHARES[hour + 1] - _SHARES[hour])
        return self._monday + int(week * _WEEK_MS + (hour + within) * _HOUR_MS)

    def _position(self, ms: int) -> float:
        """The inverse: weeks of calls since that Monday."""
        week, rest = divmod(ms - self._monday, _WEEK_MS)
        hour, within = divmod(rest, _HOUR_MS)
        return week + _SHARES[hour] + (_SHARES[hour + 1] - _SHARES[hour]) * within / _HOUR_MS


def last_midnight() -> datetime:
    """The last midnight on the server: the data stay the same all day, and "yesterday" has calls."""
    return datetime.now(SERVER_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)


class Clock:
    """The server's: instants as its local text, and the other way around."""

    def __init__(self, zone: str) -> None:
        self._zone = _zone(zone)
        self._minutes: dict[int, str] = {}

    def shows(self, ms: int) -> str:
        """`time` of the CDR."""
        seconds = ms // 1000
        quarter, rest = divmod(seconds, 900)  # offsets change on quarter hours only
        day = self._minutes.get(quarter)
        if day is None:
            if len(self._minutes) > 10_000:
                self._minutes.clear()
            local = datetime.fromtimestamp(quarter * 900, UTC).astimezone(self._zone)
            day = self._minutes[quarter] = local.strftime("%Y-%m-%d %H:%M")
        minute = int(day[14:]) + rest // 60
        return f"{day[:14]}{minute:02}:{rest % 60:02}"

    def reads(self, text: str, style: str) -> int | None:
        """`timefrom`/`timeto` in milliseconds; None if this server doesn't understand it."""
        if text.isdecimal():
            unit = _UNITS.get(style)
            return int(text) * unit if unit else None
        if style in ("ms", "s", "none"):
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return None
        if style in _ISO and ("T" not in text or (moment.tzinfo is None) != _ISO[style]):
            return None
        return int(moment.replace(tzinfo=moment.tzinfo or self._zone).timestamp() * 1000)


_UNITS = {"any": 1, "ms": 1, "s": 1000}
_ISO = {"iso": False, "iso-local": True}  # whether it has no zone


def _zone(name: str) -> tzinfo:
    """By its name, or as `+05:30`."""
    if name[:1] not in "+-":
        return ZoneInfo(name)
    hours, _, minutes = name[1:].partition(":")
    ahead = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(-ahead if name[0] == "-" else ahead)


BERLIN = Clock(SERVER_ZONE.key)
