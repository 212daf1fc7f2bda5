"""Times as people type them: `7d`, `yesterday`, `2026-11-20 14:00`; in this computer's zone unless they name one."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import click

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
DAYS_AGO = {"today": 0, "yesterday": 1}
EXAMPLES = "7d, 12h, today, yesterday, 2026-11-20, '2026-11-20 14:00'"


def moment(text: str, *, end: bool = False, now: datetime | None = None) -> datetime:
    """A zone-aware time. A day without a time is its beginning; with `end`, its end: `--until DAY` includes the day.

    Raises click.BadParameter for a text that is not a time.
    """
    now = (now or datetime.now()).astimezone()
    word = text.strip().lower()
    if ago := re.fullmatch(r"(\d{1,6})\s*([smhdw])", word):
        try:
            return now - timedelta(**{UNITS[ago[2]]: int(ago[1])})
        except OverflowError:
            raise _no_time(text) from None
    if word == "now":
        return now
    if word in DAYS_AGO:
        day = _midnight(now - timedelta(days=DAYS_AGO[word]))
    else:
        parsed = _parsed(text, now)
        if ":" in text or "T" in text:
            return parsed
        day = _midnight(parsed)
    if end:
        return _midnight(day.replace(tzinfo=None) + timedelta(days=1))
    return day


def _midnight(day: datetime) -> datetime:
    # Through the naive local time, so that the offset is that of the day, not today's (summer time).
    return day.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None).astimezone()


def _parsed(text: str, now: datetime) -> datetime:
    from dateutil import parser  # takes longer to import than the rest of this command

    if not re.search(r"\d[-./:]\d", text):
        raise _no_time(text)
    try:
        # 20.11.2026 and 20/11/2026 are the twentieth; ISO dates are not affected.
        parsed: datetime = parser.parse(
            text,
            dayfirst=not re.match(r"\d{4}[-./]", text.strip()),
            default=_midnight(now).replace(tzinfo=None),
        )
        return parsed.astimezone()
    except (ValueError, OverflowError, OSError):
        raise _no_time(text) from None


def _no_time(text: str) -> click.BadParameter:
    return click.BadParameter(f"{text!r} is no time; for example {EXAMPLES}")


class Moment(click.ParamType[datetime]):
    """A click type for `moment`."""

    name = "time"

    def __init__(self, *, end: bool = False) -> None:
        self._end = end

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            return moment(str(value), end=self._end)
        except click.BadParameter as wrong:
            self.fail(wrong.message, param, ctx)
