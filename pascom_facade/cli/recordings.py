"""`pascom recordings`: the recorded calls and their WAV files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .._printable import printable
from ..errors import PascomError
from .commands import RECORDINGS
from .instance import instance_options, open_instance
from .output import at_least, chosen, output_option, write_rows
from .screen import coloured, fit, minutes, width
from .status import say, status_of
from .when import Moment

if TYPE_CHECKING:
    from .._sync.client import Pascom
    from ..cdr import Call
    from ..recordings import Leg, Progress

NEWEST = 100  # calls that are looked at, without a time or a limit
LEGS = ("whole", "caller", "callee")


@click.group(no_args_is_help=False)
def recordings() -> None:
    """Recordings: list calls that were recorded, download them."""


@recordings.command("list", help=RECORDINGS["list"])
@click.option("--since", type=Moment(), help="7d, yesterday, 2026-11-20, … (default: the newest calls).")
@click.option("--until", type=Moment(end=True), help="The same; a day without a time is included.")
@click.option("--user", metavar="USER", help="Only this user's calls (login name).")
@click.option(
    "-n",
    "--limit",
    type=at_least(1),
    metavar="N",
    help="List at most so many (without: those of the newest 100 calls).",
)
@output_option("table", "json", "ndjson")
@instance_options()
def list_(
    since: datetime | None, until: datetime | None, user: str | None, limit: int | None, output: str | None
) -> None:
    with open_instance() as pbx:
        looked_at = NEWEST if limit is None and since is None and until is None else None
        calls = _reported(islice(recorded(pbx, since, until, user, looked_at), limit), looked_at)
        if chosen(output) == "table":
            wide = width() >= 80
            click.echo(coloured(_head(wide), bold=True))
            for call in calls:
                click.echo(_line(call, wide))
        else:
            write_rows(map(_row, calls), chosen(output))


@recordings.command(help=RECORDINGS["get"])
@click.argument("ids", nargs=-1, metavar="[RECORDING]…")
@click.option("--since", type=Moment(), help="Instead of ids: all recordings since then.")
@click.option("--until", type=Moment(end=True), help="And until then.")
@click.option("--user", metavar="USER", help="Only this user's calls (with --since).")
@click.option("--to", metavar="FOLDER", default=".", type=click.Path(file_okay=False), help="Default: here.")
@click.option("--leg", type=click.Choice(LEGS), default="whole", help="One voice only, where recorded apart.")
@instance_options()
@click.pass_context
def get(
    context: click.Context,
    ids: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    user: str | None,
    to: str,
    leg: Leg,
) -> None:
    if bool(ids) == bool(since):
        raise click.UsageError("give the ids of recordings (see pascom recordings list), or --since")
    folder = Path(to)
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    saved: list[Path] = []
    with open_instance() as pbx:
        record_ids = list(ids)
        if not ids:
            record_ids = [str(call.recording) for call in recorded(pbx, since, until, user, None)]
            if not record_ids:
                say("no recordings")
        with bars() as bar:
            for record_id in record_ids:
                try:
                    path = pbx.recordings.download(record_id, folder, leg=leg, progress=bar(record_id))
                except PascomError as error:  # the others may still succeed
                    say(str(error))
                    failed = failed or status_of(error)
                    continue
                if sys.stderr.isatty():  # lines would break the bars
                    saved.append(path)
                else:
                    click.echo(str(path))
    for path in saved:
        click.echo(str(path))
    context.exit(failed)


def recorded(
    pbx: Pascom, since: datetime | None, until: datetime | None, user: str | None, limit: int | None
) -> Iterator[Call]:
    """The calls that have a recording, newest first, among `limit` calls."""
    calls = pbx.cdr(since=since, until=until, user=user, limit=limit)
    return (call for call in calls if call.recording)


def _reported(calls: Iterable[Call], looked_at: int | None) -> Iterator[Call]:
    """The calls; then, on stderr, that there were none, and how few calls were looked at."""
    count = 0
    for call in calls:
        count += 1
        yield call
    if looked_at and count:
        say(f"{count} among the newest {looked_at} calls; --since or --limit looks further")
    elif looked_at:
        say(f"no recordings among the newest {looked_at} calls; --since or --limit looks further")
    elif not count:
        say("no recordings")


@contextmanager
def bars() -> Iterator[Callable[[str], Progress | None]]:
    """Yields `bar(name)`, which returns a download's progress function: a bar on a terminal, None elsewhere."""
    if not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TransferSpeedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as progress:

        def bar(name: str) -> Progress:
            task = progress.add_task(printable(name), total=None)
            return lambda done, total: progress.update(task, completed=done, total=total)

        yield bar


def _row(call: Call) -> dict[str, Any]:
    started = None
    if call.started:
        started = call.started.astimezone().isoformat()
    return {
        "recording": call.recording,
        "started": started,
        "user": call.user,
        "number": call.number,
        "talk": call.talk,
        "call": call.id,
    }


def _head(wide: bool) -> str:
    if wide:
        return f"{fit('When', 18)}{fit('User', 16)}   Talk  Recording"
    return f"{fit('When', 13)}{fit('User', 10)}Recording"


def _line(call: Call, wide: bool) -> str:
    started = ""
    if call.started:
        started = f"{call.started.astimezone():%Y-%m-%d %H:%M}"
    user = call.user or ""
    record_id = printable(call.recording or "")
    if wide:
        return f"{fit(started, 18)}{fit(user, 16)}{fit(minutes(call.talk), 7, right=True)}  {record_id}"
    return f"{fit(started[5:], 13)}{fit(user, 9)} {record_id}"  # for 60 columns
