"""`pascom push`: sends a CSV file to a connector profile, whole, once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from .._printable import paragraphs, printable
from .instance import instance_options, naming, open_instance
from .output import chosen, output_option, write_json
from .streams import accepted

if TYPE_CHECKING:
    from ..push_rows import Contents


@click.command()
@click.argument("profile")
@click.argument("file", metavar="FILE.csv", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--allow-empty", is_flag=True, help="Push a file without rows: the profile may then delete all.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent; send nothing.")
@click.option("-y", "--yes", is_flag=True, help="Don't ask on a terminal.")
@output_option("table", "json")
@instance_options()
def push(profile: str, file: str, allow_empty: bool, dry_run: bool, yes: bool, output: str | None) -> None:
    """Import FILE.csv (header first; - is stdin) with the connector profile PROFILE.

    A profile's default mode removes records that are missing in the push: send all rows, always. On a terminal it
    says how many there are, and asks.
    """
    from ..push_rows import counted, spooled

    source = sys.stdin.buffer if file == "-" else file
    with spooled(source, allow_empty=allow_empty) as rows:
        contents = counted(rows)
        if dry_run:
            _show(profile, contents, chosen(output))
            return
        if not yes and sys.stdin.isatty() and sys.stderr.isatty():
            _ask(profile, contents)
        with open_instance() as pbx, naming("connector profile", profile):
            response = pbx.push(profile, rows, allow_empty=allow_empty)
    with accepted():
        if chosen(output) == "table":
            click.echo(paragraphs(response.strip() or f"{profile}: accepted"))
        else:
            write_json({"profile": profile, "response": response})


def _show(profile: str, contents: Contents, form: str) -> None:
    if form == "json":
        write_json({"profile": profile, "rows": contents.rows, "columns": contents.columns, "first": contents.first})
        return
    click.echo(printable(f"{_rows(contents)} for {profile}; nothing was sent"))
    for row in contents.first:
        pairs = zip(contents.columns, row, strict=False)
        click.echo(printable("  " + ", ".join(f"{name}={cell}" for name, cell in pairs)))


def _ask(profile: str, contents: Contents) -> None:
    click.echo(printable(f"{_rows(contents)} will go to {profile}: {', '.join(contents.columns)}"), err=True)
    click.echo("A profile's default mode removes the records that aren't among them.", err=True)
    if not click.confirm("Send?", err=True):
        raise click.ClickException("not sent")


def _rows(contents: Contents) -> str:
    return "1 row" if contents.rows == 1 else f"{contents.rows:,} rows"
