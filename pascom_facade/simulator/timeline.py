"""The calls' times: computed from a call's index, never stored, never decreasing.

A week has a shape (few calls at weekends) and so has a day (two humps, a lunch break), so that a chart of the
simulated calls looks like an office's.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime, timedelta
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


_QUARTERS: dict[int, str] = {}  # local time of their beginning, which is slow to compute


def server_time(ms: int) -> str:
    """`time` of the CDR: the instant as text in the server's zone."""
    seconds = ms // 1000
    quarter, rest = divmod(seconds, 900)  # offsets change on quarter hours only
    begin = _QUARTERS.get(quarter)
    if begin is None:
        if len(_QUARTERS) > 10_000:
            _QUARTERS.clear()
        local = datetime.fromtimestamp(quarter * 900, UTC).astimezone(SERVER_ZONE)
        begin = _QUARTERS[quarter] = local.strftime("%Y-%m-%d %H:%M")
    minute = int(begin[14:]) + rest // 60
    return f"{begin[:14]}{minute:02}:{rest % 60:02}"


def parse_time(text: str, style: str) -> int | None:
    """`timefrom`/`timeto` in milliseconds; None if this server doesn't understand it."""
    if text.isdecimal():
        if style == "text":
            return None
        return int(text)
    if style == "ms":
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return int(moment.replace(tzinfo=moment.tzinfo or SERVER_ZONE).timestamp() * 1000)
