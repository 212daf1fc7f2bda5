"""`pascom sync`: the journal of calls in a database that stays right."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from .._extras import needs
from ..errors import ConfigurationError
from .instance import instance_options, open_instance
from .when import Moment, Period

if TYPE_CHECKING:
    from ..sync import Report


@click.command()
@click.argument("url", default="sqlite:///calls.db", envvar="PASCOM_SYNC_URL")
@click.option("--since", type=Moment(), help="Where the first run begins (default: all calls).")
@click.option("--look-back", type=Period(), default="1d", help="Read again what began so long ago (default: 1d).")
@click.option("--with", "tables", metavar="TABLES", default="", help="Also these tables: users,recordings.")
@instance_options()
def sync(url: str, since: datetime | None, look_back: timedelta, tables: str) -> None:
    """Bring the table `calls` of a database up to date: sqlite:///calls.db, postgresql+psycopg://user@host/database.

    To be run again and again. A password does not belong in the address, where others see it: use ~/.pgpass or
    PGPASSWORD, or set PASCOM_SYNC_URL instead.
    """
    try:
        from ..sync import sync_calls
    except ModuleNotFoundError as missing:
        raise ConfigurationError(needs("pascom sync", missing.name, "sync")) from None
    wanted = [name.strip() for name in tables.split(",") if name.strip()]
    with open_instance() as pbx:
        report = sync_calls(pbx, url, since=since, look_back=look_back, tables=wanted, progress=_progress())
    click.echo(_closing(report))


def _progress() -> Progress | None:
    if sys.stderr.isatty():
        return Progress()
    return None


class Progress:
    """One line on a terminal, written over and over."""

    def __call__(self, report: Report) -> None:
        click.echo(f"\r{report.total:,} calls", nl=False, err=True)


def _closing(report: Report) -> str:
    if sys.stderr.isatty():
        click.echo("\r", nl=False, err=True)
    counts = f"{report.new} new, {report.changed} changed, {report.unchanged} unchanged"
    if report.taken_over:
        counts += "; another sync has begun, and goes on from here"
    return counts
