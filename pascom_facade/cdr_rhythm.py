"""How many calls come when: by the hour of the day, working days and weekends apart, as far as seen. No I/O.

Offices sleep. So a journal isn't divided by hours, but by the calls that are to be expected in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

HOUR = 3_600_000
SLOTS = 48
"""Hours (UTC) of a working day, then of a day at the weekend."""
WEEK = 168
MOST = 6 * WEEK
"""Hours of one answer that are learnt from: more of them tell nothing new."""


class Rhythm:
    """Calls an hour, for each hour of a day; before any was seen, one is as good as another."""

    def __init__(self, rates: Sequence[float] = ()) -> None:
        """rates: what `rates` gave before; they count as a day of each slot."""
        known = len(rates) == SLOTS
        self._hours = [24.0 if known else 0.0] * SLOTS
        self._calls = [rate * 24 for rate in rates] if known else [0.0] * SLOTS
        self._rates: list[float] = []

    @property
    def rates(self) -> list[float]:
        """Calls an hour, by slot. One that was hardly seen is taken for the mean."""
        if not self._rates:
            hours, calls = sum(self._hours), sum(self._calls)
            mean = calls / hours if calls and hours else 60.0
            pairs = zip(self._calls, self._hours, strict=True)
            self._rates = [max((seen + mean / 4) / (time + 0.25), mean / 1000) for seen, time in pairs]
        return self._rates

    def rounded(self) -> list[float]:
        """To be remembered."""
        return [round(rate, 2) for rate in self.rates]

    def learn(self, times: Sequence[float], first: float, last: float) -> None:
        """From the times of all calls between two moments, in milliseconds since 1970."""
        begin = max(first, last - MOST * HOUR)
        for slot, part in _hours(begin, last):
            self._hours[slot] += part
        for time in times:
            if begin <= time <= last:
                self._calls[_slot(int(time // HOUR))] += 1
        self._rates = []

    def expected(self, first: float, last: float) -> float:
        """How many calls are to be expected between two moments."""
        weeks, rest = divmod(last - first, WEEK * HOUR)
        return weeks * self._a_week() + sum(self.rates[slot] * part for slot, part in _hours(last - rest, last))

    def after(self, moment: float, calls: float) -> float:
        """Until when so many calls are to be expected."""
        weeks, calls = divmod(calls, self._a_week())
        moment += weeks * WEEK * HOUR
        for slot, part in _hours(moment, moment + WEEK * HOUR):
            if calls <= self.rates[slot] * part:
                return moment + calls / self.rates[slot] * HOUR
            calls -= self.rates[slot] * part
            moment += part * HOUR
        return moment

    def before(self, moment: float, calls: float) -> float:
        """Since when so many calls are to be expected."""
        weeks, calls = divmod(calls, self._a_week())
        moment -= weeks * WEEK * HOUR
        for slot, part in reversed([*_hours(moment - WEEK * HOUR, moment)]):
            if calls <= self.rates[slot] * part:
                return moment - calls / self.rates[slot] * HOUR
            calls -= self.rates[slot] * part
            moment -= part * HOUR
        return moment

    def _a_week(self) -> float:
        return 5 * sum(self.rates[:24]) + 2 * sum(self.rates[24:])


def _hours(first: float, last: float) -> Iterator[tuple[int, float]]:
    """The slots between two moments, and how much of the hour of each."""
    hour = int(first // HOUR)
    while hour * HOUR < last:
        yield _slot(hour), (min(last, (hour + 1) * HOUR) - max(first, hour * HOUR)) / HOUR
        hour += 1


def _slot(hour: int) -> int:
    """Of an hour since 1970, which began on a Thursday."""
    weekend = (hour // 24 + 3) % 7 > 4
    return hour % 24 + 24 * weekend
