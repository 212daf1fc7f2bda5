"""`pascom cdr`: the journal of calls, listed, exported, followed, summed up."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import click

from .._printable import json_text
from .cdr_chart import chart_format, check_charts, write_chart
from .export import format_of, reported, stream
from .instance import instance_options, open_instance
from .output import at_least, output_option, write_rows
from .screen import coloured, fit, minutes, width
from .when import Moment

if TYPE_CHECKING:
    from .._sync.client import Pascom
    from ..cdr import Call

DEFAULT_LIMIT = 100  # without --since or --until
# A call gets into the journal when it ends, under the time it began (assumed): how far back --follow looks.
LONGEST_CALL = timedelta(hours=2)
ARROWS = {"inbound": "←", "outbound": "→", "internal": "↔"}


@click.command()
@click.option("--since", type=Moment(), help="7d, 12h, today, yesterday, 2026-11-20, '2026-11-20 14:00'.")
@click.option("--until", type=Moment(end=True), help="The same; a day without a time is included.")
@click.option("--user", "users", metavar="USER", multiple=True, help="Only this user's calls (login name); repeatable.")
@click.option("--direction", type=click.Choice(list(ARROWS)), help="Only these.")
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
@click.option(
    "--summary",
    is_flag=True,
    help="Calls per hour and day, answered share, longest, top numbers; --to week.svg (.png): a chart.",
)
@click.option("--numbers", is_flag=True, help="Show the summary's phone numbers in full.")
@click.option(
    "--to", metavar="FILE", type=click.Path(dir_okay=False), help="Write there, whole or not at all; - is stdout."
)
@click.option("--delimiter", default=",", metavar="CHAR", help="csv: Excel in Germany wants ';'.")
@click.option("--exact", is_flag=True, help="csv: no apostrophe before +49 and 030; for programs.")
@click.option("--bom/--no-bom", default=None, help="csv: byte order mark (default: in files, not in pipes).")
@click.option("--raw", is_flag=True, help="The instance's own rows: other columns for other versions of pascom.")
@output_option("table", "json", "ndjson", "csv")
@instance_options()
def cdr(**options: Any) -> None:
    """Calls: list, export, follow, sum up. Without --since or --until: the newest 100."""
    given = Options(**options)
    given.check()
    with open_instance() as pbx:
        calls = given.calls(pbx)
        if given.summary:
            _summarise(calls, given)
            return
        with stream(given.to, endless=given.follow) as file:
            _write(calls, given, file)


class Options(NamedTuple):  # no dataclass: importing `dataclasses` takes 5 ms, also when options are completed
    """The command's options: first those that select calls, then those that say how they are written."""

    since: datetime | None
    until: datetime | None
    users: tuple[str, ...]
    direction: str | None
    result: str | None
    limit: int | None
    oldest_first: bool
    follow: bool
    every: float

    output: str | None
    to: str | None
    summary: bool
    numbers: bool
    raw: bool
    delimiter: str
    exact: bool
    bom: bool | None

    def check(self) -> None:
        """Raises click.UsageError for options that contradict each other."""
        if self.since and self.until and self.until <= self.since:
            raise click.UsageError("--until lies before --since; nothing can lie between")
        if len(self.delimiter) != 1:
            raise click.UsageError(f"--delimiter {self.delimiter!r} is not one character")
        if self.follow and (self.until or self.summary or self.oldest_first):
            raise click.UsageError("--follow goes on: it has no --until, --summary or --oldest-first")
        if self.summary and self.draws:
            check_charts()
        elif (form := self.format) in ("csv", "ndjson") and self.summary:
            raise click.UsageError(f"--summary is a table, JSON or a chart (.svg, .png), not {form}; add -o json")

    def calls(self, pbx: Pascom) -> Iterable[Call]:
        """The selected calls; with --follow those that are added or change, without end."""
        criteria: dict[str, Any] = {"result": self.result, "direction": self.direction}
        if len(self.users) == 1:
            criteria["user"] = self.users[0]
        if self.follow:
            added = pbx.watch_calls(since=self.since, every=self.every, look_back=LONGEST_CALL, **criteria)
            return islice(self._of_users(added), self.limit)
        limit = self.most
        newest_first = not self.oldest_first
        asked = None if len(self.users) > 1 else limit
        calls = pbx.cdr(since=self.since, until=self.until, limit=asked, newest_first=newest_first, **criteria)
        to = None if self.summary else self.to
        return reported(islice(self._of_users(calls), limit), "calls", to)

    @property
    def most(self) -> int | None:
        """How many calls are wanted."""
        if self.limit is None and self.since is None and self.until is None:
            return DEFAULT_LIMIT
        return self.limit

    def _of_users(self, calls: Iterable[Call]) -> Iterable[Call]:
        """Those of any of several users; one is asked of the instance."""
        if len(self.users) < 2:
            return calls
        return (call for call in calls if any(map(call.involves, self.users)))

    @property
    def draws(self) -> bool:
        """Whether the file is to hold a chart."""
        return self.output is None and chart_format(self.to) is not None

    @property
    def format(self) -> str:
        """-o; else by the file's ending; else table on a terminal, json in a pipe."""
        form = format_of(self.output, self.to)
        if self.follow and form == "json":
            return "ndjson"  # an array would never end
        return form


def _summarise(calls: Iterable[Call], options: Options) -> None:
    from .cdr_summary import counted, write_summary

    summary = counted(calls)
    since, until = options.since, options.until
    if summary.calls == options.most:  # there may be more of the first day, or of the last
        if options.oldest_first:
            until = summary.last
        else:
            since = None
    span = summary.range(since, until)
    if options.to and options.draws:
        write_chart(summary, span, options.to)
        return
    with stream(options.to) as file:
        write_summary(summary, span, file, options.format, numbers=options.numbers)


def _write(calls: Iterable[Call], options: Options, file: IO[str]) -> None:
    form = options.format
    if form == "table":
        _table(calls, file)
        return
    flushing = _flushing(calls, file, options.follow)
    rows = _rows(flushing, options)
    if form == "csv":
        _csv(rows, options, file)
    else:
        write_rows(rows, form, file)


def _rows(calls: Iterable[Call], options: Options) -> Iterator[dict[str, Any]]:
    for call in calls:
        yield call.raw if options.raw else call.as_dict()


def _csv(rows: Iterator[dict[str, Any]], options: Options, file: IO[str]) -> None:
    from .spreadsheet import write_csv

    if file is sys.stdout:
        sys.stdout.reconfigure(newline="")  # type: ignore[attr-defined]
    columns, rows = _columns(rows, options)
    cells = ({name: _cell(value) for name, value in row.items()} for row in rows)
    write_csv(cells, columns, file, delimiter=options.delimiter, exact=options.exact, bom=options.bom)


def _columns(rows: Iterator[dict[str, Any]], options: Options) -> tuple[list[str], Iterator[dict[str, Any]]]:
    """The columns, and all rows. --raw: those of any row, which all have to be read for it."""
    if not options.raw:
        from ..cdr_row import FIELDS

        return [field.name for field in FIELDS], rows
    if options.follow:
        first = next(rows, {})
        return list(first), chain([first], rows)
    everything = list(rows)
    return list(dict.fromkeys(name for row in everything for name in row)), iter(everything)


def _cell(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return ", ".join(value)
    if isinstance(value, list | dict):
        return json_text(value)
    if isinstance(value, bool):
        return str(value).lower()
    return value


def _flushing(calls: Iterable[Call], stream: IO[str], follow: bool) -> Iterator[Call]:
    """The calls; the first row, and with --follow each, is written out at once."""
    for count, call in enumerate(calls):
        yield call
        if follow or count == 0:
            stream.flush()


def _table(calls: Iterable[Call], stream: IO[str]) -> None:
    """Each call's line as it arrives."""
    widths = _Widths.in_terminal(width())
    user, other, result = widths.user, widths.other, widths.result
    head = f"{'When':16}    {'User':{user}}  {fit('With', other)}  {'Result':{result}}  {'Talk':>7}"
    click.echo(coloured(head.rstrip(), bold=True), file=stream)
    for call in calls:
        click.echo(_line(call, widths), file=stream)


class _Widths(NamedTuple):
    """Columns of the terminal for what varies; the time has 16, the arrow 1, the talk time 7, and there are gaps."""

    user: int
    other: int
    result: int

    @classmethod
    def in_terminal(cls, columns: int) -> _Widths:
        user, result = 12, 10
        if columns < 70:
            user, result = 8, 8
        return cls(user, max(8, columns - 34 - user - result), result)


def _line(call: Call, widths: _Widths) -> str:
    when = str(call.raw.get("time") or "")
    if call.started:
        local = call.started.astimezone()
        is_this_year = local.year == datetime.now().year
        when = f"{local:%m-%d %H:%M:%S}" if is_this_year else f"{local:%Y-%m-%d %H:%M}"
    arrow = ARROWS.get(call.direction or "", "?")
    other = " ".join(filter(None, (call.number, call.name)))
    colour = "green" if call.connected else "yellow"
    return "  ".join(
        (
            fit(when, 16) + " " + coloured(arrow, fg="cyan"),
            fit(call.user or "", widths.user),
            fit(other, widths.other),
            coloured(fit(call.result or "", widths.result), fg=colour),
            fit(minutes(call.talk), 7, right=True),
        )
    )
