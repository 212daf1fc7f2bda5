"""Times as people write them, on the command line and in Python: `7d`, `yesterday`, `2026-11-20 14:00`.

Without a zone they are this computer's. What isn't surely understood is refused: no names of zones that mean several
(`CET`), no months for days (`2026-10`), nothing that summer time has twice or not at all.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

from .errors import ConfigurationError

When = datetime | date | timedelta | str
"""A time with a zone, a day, how long ago, or a text such as "7d", "yesterday" or "2026-11-20 14:00"."""

EXAMPLES = "7d, 12h, today, yesterday, monday, 2026-11-20, '2026-11-20 14:00', 2026-11-20T14:00:00+01:00"
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FIRST_YEAR, _LAST_YEAR = 1970, 2100

_AGO = re.compile(r"(\d{1,6}) ?([smhdw])", re.ASCII)
_DAY = r"(?:(?P<y>\d{4})([-/])(?P<m>\d\d?)\2(?P<d>\d\d?)|(?P<dd>\d\d?)\.(?P<mm>\d\d?)\.(?P<yyyy>\d{4}))"
_TIME = r"(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,6}))?)?"
_ZONE = r"(?:Z|UTC|[+-]\d\d(?::?\d\d)?|[A-Z][A-Za-z_]+/[A-Za-z_+/-]+)"
_WRITTEN = re.compile(rf"(?:{_DAY})?(?:(?:^|[ T]){_TIME}(?: ?(?P<zone>{_ZONE}))?)?", re.ASCII)


def moment(text: str, *, end: bool = False, now: datetime | None = None) -> datetime:
    """The time that a text means, with a zone. A day is its beginning; with `end` its end: until a day includes it.

    Raises ConfigurationError for what is no time, or not surely one.
    """
    now = (now or datetime.now()).astimezone()
    word = " ".join(text.split()).lower()
    if ago := _AGO.fullmatch(word):
        return _ago(text, timedelta(**{_UNITS[ago[2]]: int(ago[1])}), now)
    if word == "now":
        return now
    if (days := _days_ago(word, now)) is not None:
        return _day(text, (now - timedelta(days=days)).date(), end)
    written = _WRITTEN.fullmatch(" ".join(text.split()))
    if not written or not word:
        raise _no_time(text)
    day = _date(text, written) or now.date()
    if written["hour"] is None:
        return _day(text, day, end)
    return _at(text, day, written)


def period(text: str) -> timedelta:
    """How long: `15m`, `12h`, `1d`, `2w`. Raises ConfigurationError."""
    if ago := _AGO.fullmatch(text.strip().lower()):
        return timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    raise ConfigurationError(f"{text!r} is no time span; for example 15m, 12h, 1d, 2w")


def as_moment(name: str, value: When | None, *, end: bool = False) -> datetime | None:
    """An argument as a time with a zone; None stays. `name` is the argument's, for the error.

    Raises ConfigurationError for a time without a zone, and for what isn't surely a time.
    """
    if value is None:
        return None
    if isinstance(value, str):
        try:
            return moment(value, end=end)
        except ConfigurationError as wrong:
            raise ConfigurationError(f"{name}= {wrong}") from None
    if isinstance(value, timedelta):
        if value < timedelta(0):
            raise ConfigurationError(f"{name}= is less than nothing ago: {value}")
        return _ago(str(value), value, datetime.now().astimezone())
    if isinstance(value, datetime):
        if value.tzinfo is None or value.utcoffset() is None:
            raise ConfigurationError(f"{name}= has no time zone; pass datetime(…, tzinfo=UTC) or moment.astimezone()")
        return value
    if isinstance(value, date):
        return _day(str(value), value, end)
    raise ConfigurationError(
        f"{name}= is no time; pass a datetime with a zone, a date, a timedelta, or a text: {EXAMPLES}"
    )


def _no_time(text: str) -> ConfigurationError:
    return ConfigurationError(f"{text!r} is no time; for example {EXAMPLES}")


def _ago(text: str, ago: timedelta, now: datetime) -> datetime:
    try:
        found = now.astimezone(UTC) - ago
        if found.year >= _FIRST_YEAR:
            return found.astimezone()
    except OverflowError:
        pass
    raise ConfigurationError(f"{text!r} ago is before {_FIRST_YEAR}")


def _days_ago(word: str, now: datetime) -> int | None:
    """The days since today, yesterday, or the last Monday."""
    if word in _WEEKDAYS:
        return (now.weekday() - _WEEKDAYS.index(word)) % 7
    return {"today": 0, "yesterday": 1}.get(word)


def _date(text: str, written: re.Match[str]) -> date | None:
    year, month, day = (written[a] or written[b] for a, b in (("y", "yyyy"), ("m", "mm"), ("d", "dd")))
    if year is None:
        return None
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise _no_time(text) from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ConfigurationError(f"{text!r} is not between {_FIRST_YEAR} and {_LAST_YEAR}")
    return found


def _day(text: str, day: date, end: bool) -> datetime:
    """Its first moment in this computer's zone, also where midnight is skipped; with `end` that of the next day."""
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ConfigurationError(f"{text!r} is not between {_FIRST_YEAR} and {_LAST_YEAR}")
    if end:
        day += timedelta(days=1)
    return datetime(day.year, day.month, day.day).astimezone()


def _at(text: str, day: date, written: re.Match[str]) -> datetime:
    hour, minute, second = (int(written[part] or 0) for part in ("hour", "minute", "second"))
    fraction = int((written["fraction"] or "0").ljust(6, "0"))
    try:
        local = datetime(day.year, day.month, day.day, hour, minute, second, fraction)
    except ValueError:
        raise _no_time(text) from None
    zone = written["zone"]
    if zone and zone[0] in "+-ZU":
        return local.replace(tzinfo=_offset(text, zone)).astimezone()
    return _in_zone(text, local, _named(text, zone) if zone else None)


def _offset(text: str, zone: str) -> tzinfo:
    if zone in ("Z", "UTC"):
        return UTC
    try:
        found = datetime.strptime(zone if len(zone) > 3 else f"{zone}00", "%z").tzinfo
    except ValueError:
        raise _no_time(text) from None
    return found or UTC


def _named(text: str, zone: str) -> tzinfo:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(zone)
    except (ValueError, OSError, LookupError):
        raise ConfigurationError(f"{text!r}: there is no time zone {zone!r}; write it like Europe/Berlin") from None


def _in_zone(text: str, local: datetime, zone: tzinfo | None) -> datetime:
    """The one moment that a clock shows this; without a zone this computer's clock."""
    first, second = (_as_shown(local.replace(fold=fold), zone) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone()
    shown = local.isoformat(" ", "minutes")
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) != local:
        raise ConfigurationError(f"{text!r}: no clock shows {shown} that day, when summer time begins")
    either = " or ".join(f"'{shown}{one.isoformat()[-6:]}'" for one in (first, second))
    raise ConfigurationError(f"{text!r}: clocks show {shown} twice that day; say which: {either}")


def _as_shown(local: datetime, zone: tzinfo | None) -> datetime:
    return local.replace(tzinfo=zone) if zone else local.astimezone()
