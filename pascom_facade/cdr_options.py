"""How an instance wants its CDR asked, which isn't published: from its document, the caller, or its answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from math import inf
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo

from ._meanings import meanings
from .errors import ConfigurationError


@dataclass(frozen=True)
class CdrOptions:
    """How this instance wants its CDR asked: names of the query parameters, and how times are written.

    The vendor publishes the names of the first two only. time_format: `ms` (since 1970), `s`, `iso`, or `text`
    (`YYYY-MM-DD hh:mm:ss` in `zone`, the server's); None: found out from the answers. Give `zone` (`Europe/Berlin`)
    if the server has text and no summer time, or another one than Germany: answers of one season don't show it, and
    calls in one hour at the ends of a range could be left out. rows: the number to request at once.
    hours, offset, page: names of parameters that some instances have instead of a range, or beside it: the hours
    back, the number of rows to skip, the number of the page (from 1). None: it has none.
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

    def __post_init__(self) -> None:
        """Raises ConfigurationError for options that no instance can have."""
        for option in ("timefrom", "timeto", "limit"):
            name = getattr(self, option)
            if not isinstance(name, str) or not name.strip():
                raise ConfigurationError(f"cdr_options: {option}={name!r} is no name of a query parameter")
        if self.time_format not in (None, *_FORMATS):
            known = ", ".join(_FORMATS)
            raise ConfigurationError(f"cdr_options: time_format={self.time_format!r} is unknown; known are {known}")
        if type(self.rows) is not int or self.rows < 1:
            raise ConfigurationError(f"cdr_options: rows={self.rows!r} is no number of rows to ask for")
        if self.zone is not None:
            _zone(self.zone)

    @property
    def ends(self) -> tuple[str, str]:
        """The names for the ends of a range."""
        return self.timefrom, self.timeto

    def with_vendors_names(self) -> CdrOptions:
        """The same with the names that the vendor documents, and that hold whatever a document says."""
        vendors = CdrOptions()
        return replace(self, timefrom=vendors.timefrom, timeto=vendors.timeto, limit=vendors.limit)

    @property
    def has_positions(self) -> bool:
        """Whether it may be asked for rows by their position."""
        return self.offset is not None or self.page is not None

    @classmethod
    def documented(cls, parameters: Iterable[Mapping[str, Any]]) -> CdrOptions:
        """From the operation's query parameters, as the instance's document describes them."""
        listed = list(parameters)
        known = meanings(listed)
        found: dict[str, Any] = {option: known[meaning] for meaning, option in _OPTIONS.items() if meaning in known}
        begins = (parameter for parameter in listed if parameter.get("name") == known.get("begin"))
        about = str(next(begins, {}).get("description") or "")
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


def _zone(name: str) -> tzinfo | None:
    """By its name, or as `+05:30`; `local`: this machine's (None)."""
    if name == "local":
        return None
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ValueError, TypeError, OSError, LookupError):
        pass
    ahead = re.fullmatch(r"([+-])(\d\d):(\d\d)", str(name))
    if ahead is None or int(ahead[2]) > 14:
        raise ConfigurationError(f"cdr_options: zone={name!r} is unknown; write it like Europe/Berlin or +02:00")
    offset = timedelta(hours=int(ahead[2]), minutes=int(ahead[3]))
    if ahead[1] == "-":
        offset = -offset
    return timezone(offset)


@dataclass(frozen=True)
class TimeFormat:
    """One way to write the ends of a range, a little wider than wanted: an instance may exclude them."""

    name: str
    zone: Any = UTC
    honours: tuple[bool, bool] = (True, True)
    """Whether the instance filters by the beginning, and by the end, in this format."""
    unit: int = 1000
    """The instance's precision when it compares times, in milliseconds."""

    def as_dict(self) -> dict[str, Any]:
        """In types that JSON has."""
        zone = "local"
        if self.zone is not None:
            zone = str(self.zone).removeprefix("UTC") or "UTC"
        return {"name": self.name, "zone": zone, "honours": list(self.honours), "unit": self.unit}

    @classmethod
    def from_dict(cls, known: Mapping[str, Any]) -> Self:
        """The inverse of `as_dict`. Raises ValueError, TypeError or KeyError for anything else."""
        begins, ends = map(bool, known["honours"])
        if known["name"] not in _FORMATS and known["name"] != "iso-local":
            raise ValueError("an unknown format")
        return cls(known["name"], _zone(known["zone"]), (begins, ends), int(known["unit"]))

    def written(self, first: float, last: float) -> tuple[str | None, str | None]:
        """The ends of a range (milliseconds, both included; infinite: open); None: not sent."""
        unit, (begins, ends) = self.unit, self.honours
        begin = end = None
        if begins and first > -inf:
            begin = self._text(int(first) // unit * unit - unit, -1)
        if ends and last < inf:
            end = self._text(int(last) // unit * unit + unit, 1)
        return begin, end

    def outside(self, stamps: list[int], first: float, last: float) -> tuple[bool, bool]:
        """Whether there are rows before, and after, a requested range, as precisely as it can be requested."""
        before = first > -inf and min(stamps, default=first) < first - self.margin(int(first))
        behind = last < inf and max(stamps, default=last) > last + self.margin(int(last))
        return before and self.honours[0], behind and self.honours[1]

    def may_be_off(self, stamps: list[int], first: float, last: float) -> bool:
        """Whether rows are outside a range by so little that the instance may have read it in another zone."""
        before, behind = first - min(stamps, default=first), max(stamps, default=last) - last
        return self.name in _LOCAL and all(off < 26 * _HOUR for off in (before, behind) if off < inf)

    def margin(self, ms: int) -> int:
        """How far outside a range that ends at `ms` a row may be, in milliseconds."""
        doubled = any(self._doubled(ms + side) for side in (-self.unit, self.unit))
        return 2 * self.unit - 1 + doubled * _HOUR

    def _text(self, ms: int, outwards: int) -> str:
        ms = max(ms, 0)
        if self.name == "ms":
            return str(ms)
        if self.name == "s":
            return str(ms // 1000)
        moment = self._moment(ms + outwards * self._doubled(ms) * _HOUR)
        if self.name == "text":
            return moment.strftime("%Y-%m-%d %H:%M:%S")
        if self.name == "iso-local":
            moment = moment.replace(tzinfo=None)
        return moment.isoformat(timespec="seconds")

    def _moment(self, ms: int) -> datetime:
        return datetime.fromtimestamp(max(ms, 0) / 1000, self.zone)

    def _doubled(self, ms: int) -> bool:
        """Whether the text is ambiguous: the zone's clock shows the last hour of summer time twice."""
        moment = self._moment(ms)
        other = moment.replace(fold=1 - moment.fold)
        return self.name in _LOCAL and moment.timestamp() != other.timestamp()


_HOUR = 3_600_000
_LOCAL = ("text", "iso-local")  # in a zone that isn't written
_SUMMERS = ("Europe/Berlin", "UTC", "Europe/London", "Europe/Helsinki", "America/New_York", "America/Los_Angeles")


def formats(options: CdrOptions, offset: int | None = None, at: int = 0) -> list[TimeFormat]:
    """The formats to try: the caller's, else milliseconds, local text, seconds, ISO 8601 with a zone and without.

    offset: the minutes that the server's clock is ahead of UTC at `at`, if its rows show it: limits the zones to these.
    """
    zones = [_zone(options.zone)] if options.zone else _zones(offset, at)
    texts, isos = ([TimeFormat(name, zone) for zone in zones] for name in _LOCAL)
    every = [TimeFormat("ms", unit=1), *texts, TimeFormat("s"), TimeFormat("iso"), *isos]
    if options.time_format is None:
        return every
    return [known for known in every if known.name.removesuffix("-local") == options.time_format]


def _zones(offset: int | None, at: int, *, all: bool = False) -> list[tzinfo | None]:
    if offset is None:
        return [ZoneInfo("Europe/Berlin"), None, UTC]
    moment, ahead = datetime.fromtimestamp(at / 1000, UTC), timedelta(minutes=offset)
    known: list[tzinfo | None] = [
        zone for zone in map(ZoneInfo, _SUMMERS) if moment.astimezone(zone).utcoffset() == ahead
    ]
    return [*known, timezone(ahead)][: None if all else 1]


def zone_of(seen: Mapping[int, int]) -> str:
    """A zone whose clock was so many minutes ahead of UTC at each of the moments (milliseconds)."""
    every = [[str(zone) for zone in _zones(minutes, at, all=True)] for at, minutes in seen.items()]
    fitting = [name for name in every[0] if all(name in names for names in every[1:])]
    return (fitting or every[0])[0].removeprefix("UTC") or "UTC"


def zone_names() -> tuple[str, ...]:
    """Every zone that a format may be found to have."""
    quarters = [f"{sign}{hours:02}:{minutes:02}" for sign in "+-" for hours in range(15) for minutes in (0, 15, 30, 45)]
    return (*_SUMMERS, "local", *quarters)
