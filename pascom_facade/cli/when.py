"""Times as options."""

from __future__ import annotations

from datetime import datetime, timedelta

import click

from .. import moments
from ..errors import ConfigurationError


def moment(text: str, *, end: bool = False, now: datetime | None = None) -> datetime:
    """As `pascom_facade.moments.moment`; raises click.BadParameter for a text that is not a time."""
    try:
        return moments.moment(text, end=end, now=now)
    except ConfigurationError as wrong:
        raise click.BadParameter(str(wrong)) from None


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


class Period(click.ParamType[timedelta]):
    """A click type for `moments.period`."""

    name = "time span"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        if isinstance(value, timedelta):
            return value
        try:
            return moments.period(str(value))
        except ConfigurationError as wrong:
            self.fail(str(wrong), param, ctx)
