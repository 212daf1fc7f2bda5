"""`pascom cdr`: the journal of calls, listed, exported, followed, summed up."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

import click

from .._files import replacing
from .instance import instance_options, open_instance
from .output import at_least, chosen, output_option, write_rows
from .screen import coloured, fit, minutes, width
from .when import Moment

if TYPE_CHECKING:
    from ..cdr import Call

DIRECTIONS = {
    "inbound": {"inbound": True, "internal": False},
    "outbound": {"inbound": False, "internal": False},
    "internal": {"internal": True},
}
ARROWS = {"inbound": "←", "outbound": "→", "internal": "↔"}
COLUMNS = ("id", "started", "zone", "user", "extension", "direction", "number", "name", "result", "details",
           "duration", "talk", "device", "recording", "labels")  # fmt: skip


@click.command()
@click.option("--since", type=Moment(), help="7d, 12h, today, yesterday, 2026-11-20, '2026-11-20 14:00'.")
@click.option("--until", type=Moment(end=True), help="The same; a day without a time is included.")
@click.option("--user", metavar="USER", help="Only this user's calls (login name).")
@click.option("--direction", type=click.Choice(list(DIRECTIONS)), help="Only these.")
@click.option("--result", metavar="RESULT", help="Only these: hangup, noanswer, …")
@click.option("-n", "--limit", type=at_least(1), metavar="N", help="At most so many (without --since: 100).")
@click.option("--oldest-first", is_flag=True, help="Default: newest first.")
@click.option("-f", "--follow", is_flag=True, help="Go on with calls that are added or change, until Ctrl-C.")
@click.option(
    "--every",
    type=at_least(0.5),
    metavar="SECONDS",
    default=3.0,
    help="Between looks (--follow; default: 3).",
)
@click.option("--summary", is_flag=True, help="Calls per hour and day, answered share, longest, top numbers.")
@click.option("--numbers", is_flag=True, help="Show the summary's phone numbers in full.")
@click.option("--to", metavar="FILE", type=click.Path(dir_okay=False), help="Write there, whole or not at all.")
@click.option("--delimiter", default=",", metavar="CHAR", help="csv: Excel in Germany wants ';'.")
@click.option("--exact", is_flag=True, help="csv: no apostrophe before +49 and 030; for programs.")
@click.option("--bom/--no-bom", default=None, help="csv: byte order mark (default: in files, not in pipes).")
@output_option("table", "json", "ndjson", "csv")
@instance_options()
def cdr(
    since: datetime | None,
    until: datetime | None,
    user: str | None,
    direction: str | None,
    limit: int | None,
    oldest_first: bool,
    follow: bool,
    every: float,
    summary: bool,
    numbers: bool,
    to: str | None,
    delimiter: str,
    exact: bool,
    bom: bool | None,
    output: str | None,
    result: str | None,
) -> None:
    """Calls: list, export, follow, sum up. Without --since or --until: the newest 100."""
    if since and until and until <= since:
        raise click.UsageError("--until lies before --since; nothing can lie between")
    if len(delimiter) != 1:
        raise click.UsageError(f"--delimiter {delimiter!r} is not one character")
    if follow and (until or summary or oldest_first):
        raise click.UsageError("--follow goes on: it has no --until, --summary or --oldest-first")
    if limit is None and since is None and until is None and not follow:
        limit = 100
    wanted: dict[str, Any] = {"user": user, "result": result, **DIRECTIONS.get(direction or "", {})}
    form = output or (_by_name(to) if to else chosen(None))
    with open_instance() as pbx:
        if follow:
            if form == "json":
                form = "ndjson"  # an array would never end
            # A call gets into the journal when it ends, under the time it began (assumed).
            added = pbx.watch_calls(since=since, every=every, look_back=timedelta(hours=2), **wanted)
            calls: Iterator[Call] = islice(added, limit)
        else:
            calls = pbx.cdr(since=since, until=until, limit=limit, newest_first=not oldest_first, **wanted)
        with replacing(to) if to else contextlib.nullcontext(sys.stdout) as stream:
            if summary:
                from .cdr_summary import summarise

                summarise(calls, stream, form, numbers=numbers)
            elif form == "table":
                _table(calls, stream)
            elif form == "csv":
                from .spreadsheet import write_csv

                if stream is sys.stdout:
                    sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]
                rows = (csv_row(call) for call in _flushing(calls, stream, follow))
                write_csv(rows, COLUMNS, stream, delimiter=delimiter, exact=exact, bom=bom)
            else:
                write_rows((call.raw for call in _flushing(calls, stream, follow)), form, stream)


def _by_name(file: str) -> str:
    ending = file.rpartition(".")[2].lower()
    return ending if ending in ("csv", "ndjson") else "json"


def csv_row(call: Call) -> dict[str, Any]:
    """What a spreadsheet shows: the local time of this computer, and which that is."""
    local = call.started.astimezone() if call.started else None
    return {
        "id": call.id,
        "started": f"{local:%Y-%m-%d %H:%M:%S}" if local else call.raw.get("time"),
        "zone": f"UTC{local.isoformat()[-6:]}" if local else None,
        "user": call.user,
        "extension": call.raw.get("extension"),
        "direction": call.direction,
        "number": call.number,
        "name": call.name,
        "result": call.result,
        "details": call.result_details,
        "duration": call.duration,
        "talk": call.talk,
        "device": call.device,
        "recording": call.recording,
        "labels": ", ".join(call.labels),
    }


def _flushing(calls: Iterable[Call], stream: IO[str], follow: bool) -> Iterator[Call]:
    """The first row, and each one of --follow, is seen at once."""
    for count, call in enumerate(calls):
        yield call
        if follow or count == 0:
            stream.flush()


def _table(calls: Iterable[Call], stream: IO[str]) -> None:
    """A line a call, as they come."""
    # 80 columns: 14 when, 1 arrow, 12 user, the rest for the other side, 10 result, 7 talk, and gaps.
    room = width()
    user, result = (12, 10) if room >= 70 else (8, 8)
    other = max(8, room - 32 - user - result)
    head = f"{'When':14}    {'User':{user}}  {fit('With', other)}  {'Result':{result}}  {'Talk':>7}"
    click.echo(coloured(head.rstrip(), bold=True), file=stream)
    for call in calls:
        click.echo(_line(call, user, other, result), file=stream)


def _line(call: Call, user: int, other: int, result: int) -> str:
    when = f"{call.started.astimezone():%m-%d %H:%M:%S}" if call.started else str(call.raw.get("time") or "")
    party = " ".join(part for part in (call.number, call.name) if part)
    answered = bool(call.connected)
    return "  ".join(
        (
            fit(when, 14) + " " + coloured(ARROWS.get(call.direction or "", "?"), fg="cyan"),
            fit(call.user or "", user),
            fit(party, other),
            coloured(fit(call.result or "", result), fg="green" if answered else "yellow"),
            fit(minutes(call.talk), 7, right=True),
        )
    )
