"""Output: a table on a terminal, JSON in a pipe, or the format of `-o`. Rows stream; stdout holds data only."""

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
    """The type of an option that takes a number; a whole number if `least` is one."""
    number_type: click.IntRange | click.FloatRange = click.FloatRange(least)
    if isinstance(least, int):
        number_type = click.IntRange(least)
    number_type.name = "number"  # click's own name is "integer range", even in messages about a mistyped word
    return number_type


def chosen(output: str | None) -> str:
    """The format of -o, else the one for what stdout is."""
    if output:
        return output
    if sys.stdout.isatty():
        return "table"
    return "json"


def console() -> Console:
    """stdout for a person: as wide as the terminal, without colour in a pipe or with NO_COLOR."""
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
    """Rows as they arrive. `json`: one array, a row on each line. `ndjson`: an object on each line."""
    out = stream or sys.stdout
    if output == "ndjson":
        for row in rows:
            out.write(json_text(row) + "\n")
        return
    separator = "[\n"
    for row in rows:
        out.write(separator + json_text(row))
        separator = ",\n"
    if separator == "[\n":
        out.write("[]\n")
    else:
        out.write("\n]\n")
