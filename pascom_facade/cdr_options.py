"""How an instance wants its CDR asked: what isn't published, from its document, the caller, or its answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ._meanings import meanings
from .errors import ConfigurationError
from .settings import number


@dataclass(frozen=True)
class CdrOptions:
    """How this instance wants its CDR asked: names of the query parameters, and how times are written.

    The vendor publishes the names of the first two only. time_format: `ms` (since 1970), `s`, `iso`, or `text`
    (`YYYY-MM-DD hh:mm:ss` in `zone`, the server's); None: found out from the answers. Tell `zone` (`Europe/Berlin`)
    where the server has text and no summer time, or another one than Germany: answers of one season don't show it, and
    calls in one hour at the ends of a range could be left out. rows: to ask for at once.
    hours, offset, page: names of parameters that some instances have instead of a range, or beside it: how many hours
    back, how many rows to leave out, the number of the page (from 1). None: it has none.
    """

    timefrom: str = "timefrom"
    timeto: str = "timeto"
    limit: str = "limit"
    time_format: Literal["ms", "s", "iso", "text"] | None = None
    zone: str | None = None
    rows: int = 1000
    hours: str | None = None
    offset: str | None = None
    page: str | None = None

    def check(self) -> None:
        """Raises ConfigurationError for what cannot work."""
        number("rows", self.rows, least=1, whole=True)
        if self.time_format not in (None, *_FORMATS):
            raise ConfigurationError(f"time_format= is none of {', '.join(_FORMATS)}")
        try:
            if self.zone is not None:
                ZoneInfo(self.zone)
        except (ValueError, OSError, ZoneInfoNotFoundError):  # a path, a folder, no such zone
            raise ConfigurationError("zone= is no time zone; give one such as 'Europe/Berlin'") from None
        if not all(isinstance(name, str) and name for name in (self.timefrom, self.timeto, self.limit)):
            raise ConfigurationError("timefrom=, timeto= and limit= are names of parameters")

    @classmethod
    def documented(cls, parameters: Iterable[Mapping[str, Any]]) -> CdrOptions:
        """From the operation's query parameters, as the instance's document describes them."""
        listed = list(parameters)
        known = meanings(listed)
        found: dict[str, Any] = {option: known[meaning] for meaning, option in _OPTIONS.items() if meaning in known}
        about = next((str(one.get("description") or "") for one in listed if one.get("name") == known.get("begin")), "")
        if "assumed" not in about.lower():
            found["time_format"] = next((key for key, words in _FORMATS.items() if words.search(about)), None)
        return cls(**found)


_OPTIONS = {"begin": "timefrom", "end": "timeto"} | {name: name for name in ("limit", "hours", "offset", "page")}
_FORMATS = {
    "ms": re.compile(r"millisecond|millisekund", re.IGNORECASE),
    "text": re.compile(r"(?:yyyy-mm-dd|jjjj-mm-tt) [hs]", re.IGNORECASE),
    "iso": re.compile(r"\biso[ -]?8601|yyyy-mm-dd'?t", re.IGNORECASE),
    "s": re.compile(r"seconds since|sekunden seit", re.IGNORECASE),
}


@dataclass(frozen=True)
class TimeFormat:
    """One way to write the ends of a range, a little wider than meant: they may or may not belong to it."""

    name: str
    zone: Any = UTC
    honours: tuple[bool, bool] = (True, True)
    """Whether the instance takes notice of the beginning, and of the end, when it is so written."""
    unit: int = 1000
    """How exactly the instance may look at the times of calls, in milliseconds."""

    def written(self, first: float, last: float) -> tuple[str | None, str | None]:
        """The ends of a range (milliseconds, both included; infinite: open); None: not to be sent."""
        unit, (begins, ends) = self.unit, self.honours
        return (
            self._text(int(first) // unit * unit - unit, -1) if begins and first > -inf else None,
            self._text(int(last) // unit * unit + unit, 1) if ends and last < inf else None,
        )

    def outside(self, stamps: list[int], first: float, last: float) -> tuple[bool, bool]:
        """Whether there are rows before, and behind, a range that was asked for: as exactly as it can be asked for."""
        before = first > -inf and min(stamps, default=first) < first - self.margin(int(first))
        behind = last < inf and max(stamps, default=last) > last + self.margin(int(last))
        return before and self.honours[0], behind and self.honours[1]

    def margin(self, ms: int) -> int:
        """How far off a row may be, in milliseconds, that was asked for with `ms` at an end of its range."""
        doubled = any(self._doubled(ms + side) for side in (-self.unit, self.unit))
        return 2 * self.unit - 1 + doubled * _HOUR

    def _text(self, ms: int, outwards: int) -> str:
        ms = max(ms, 0)
        if self.name in ("ms", "s"):
            return str(ms if self.name == "ms" else ms // 1000)
        moment = self._moment(ms + outwards * self._doubled(ms) * _HOUR)
        if self.name == "iso":
            return moment.isoformat(timespec="seconds")
        return moment.strftime("%Y-%m-%d %H:%M:%S")

    def _moment(self, ms: int) -> datetime:
        return datetime.fromtimestamp(max(ms, 0) / 1000, self.zone)

    def _doubled(self, ms: int) -> bool:
        """Whether text would mean two times: the zone's clock shows the hour twice that summer time ends with."""
        moment = self._moment(ms)
        other = moment.replace(fold=1 - moment.fold)
        return self.name == "text" and moment.timestamp() != other.timestamp()


_HOUR = 3_600_000


def formats(options: CdrOptions) -> list[TimeFormat]:
    """What to try, in this order: as told, else milliseconds, local text (zones assumed), ISO 8601, seconds, and
    milliseconds again, as an instance may take them that looks at the seconds of calls only.
    """
    zones = [ZoneInfo(options.zone)] if options.zone else [ZoneInfo("Europe/Berlin"), None, UTC]
    texts = [TimeFormat("text", zone) for zone in zones]  # None: this machine's zone
    every = [TimeFormat("ms", unit=1), *texts, TimeFormat("iso"), TimeFormat("s"), TimeFormat("ms")]
    return [one for one in every if options.time_format in (None, one.name)]
