"""How an instance may want its times written: the format of `timefrom` and `timeto` is not published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from .cdr_options import CdrOptions


@dataclass
class TimeFormat:
    """One way to write a time."""

    name: str
    zone: Any = UTC

    def margin(self, ms: int) -> int:
        """How far off a row may be, in milliseconds, that was asked for with `ms` at an end of its range."""
        if self.name == "ms":
            return 1
        ends = ms // 1000 * 1000 - 1000, ms // 1000 * 1000 + 1000
        return 3_602_000 if self.name == "text" and any(map(self._doubled, ends)) else 2000

    def first(self, ms: int) -> str:
        """For the beginning of a range: a moment before `ms`, as its end may or may not belong to it."""
        return self._text(ms - 1 if self.name == "ms" else ms // 1000 * 1000 - 1000, -1)

    def last(self, ms: int) -> str:
        """For the end of a range: a moment after `ms`."""
        return self._text(ms + 1 if self.name == "ms" else ms // 1000 * 1000 + 1000, 1)

    def _text(self, ms: int, outwards: int) -> str:
        ms = max(ms, 0)
        if self.name in ("ms", "s"):
            return str(ms if self.name == "ms" else ms // 1000)
        if self.name == "iso":
            return self._moment(ms).isoformat(timespec="seconds")
        if self._doubled(ms):
            ms += outwards * 3_600_000
        return self._moment(ms).strftime("%Y-%m-%d %H:%M:%S")

    def _moment(self, ms: int) -> datetime:
        return datetime.fromtimestamp(max(ms, 0) / 1000, self.zone)

    def _doubled(self, ms: int) -> bool:
        """Whether the zone's clock shows this time twice: in the hour that summer time ends with."""
        moment = self._moment(ms)
        return moment.utcoffset() != moment.replace(fold=1 - moment.fold).utcoffset()


def formats(options: CdrOptions) -> list[TimeFormat]:
    """What to try, in this order: as told, else milliseconds, local text (zones assumed), ISO 8601, seconds."""
    zones = [ZoneInfo(options.zone)] if options.zone else [ZoneInfo("Europe/Berlin"), None, UTC]
    texts = [TimeFormat("text", zone) for zone in zones]  # None: this machine's zone
    every = [TimeFormat("ms"), *texts, TimeFormat("iso"), TimeFormat("s")]
    return [one for one in every if one.name == options.time_format] if options.time_format else every
