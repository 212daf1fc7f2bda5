"""How data leaves: a table on a terminal, JSON in a pipe, or as `-o` says. Rows stream; nothing else is on stdout."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from .._printable import json_text, printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

Row = Mapping[str, Any]
Function = TypeVar("Function", bound=Callable[..., Any])
FORMATS = ("table", "json", "ndjson", "csv")


def output_option(*formats: str) -> Callable[[Function], Function]:
    """`-o FORMAT`."""
    return click.option(
        "-o",
        "--output",
        type=click.Choice(formats or FORMATS),
        help="Default: table on a terminal, else json.",
    )


def at_least(least: float) -> click.IntRange | click.FloatRange:
    """A number for an option; a whole one if `least` is."""
    kind = click.IntRange(least) if isinstance(least, int) else click.FloatRange(least)
    kind.name = "number"  # click calls it "integer range", also where somebody typed a word
    return kind


def chosen(output: str | None) -> str:
    """The format to write."""
    return output or ("table" if sys.stdout.isatty() else "json")


def console() -> Console:
    """stdout for people: as wide as the terminal, without colour in a pipe or with NO_COLOR."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


def plain_table(*columns: str, **settings: Any) -> Table:
    """An empty table in the one style of this command line."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", **settings)
    for column in columns:
        table.add_column(Text(printable(column)))
    return table


def write_json(value: Any) -> None:
    """One document, readable."""
    click.echo(json_text(value, indent=2))


def write_rows(rows: Iterable[Row], output: str, stream: IO[str] | None = None) -> None:
    """`json`: one array, one row a line, as they come. `ndjson`: one object a line."""
    out = stream or sys.stdout
    if output == "ndjson":
        for row in rows:
            out.write(json_text(row) + "\n")
        return
    before = "[\n"
    for row in rows:
        out.write(before + json_text(row))
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")
