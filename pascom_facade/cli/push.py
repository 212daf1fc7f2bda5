"""`pascom push`: sends a CSV file to a connector profile, whole, once."""

from __future__ import annotations

import sys

import click

from .._printable import paragraphs
from .instance import instance_options, open_instance
from .output import chosen, output_option, write_json


@click.command()
@click.argument("profile")
@click.argument("file", metavar="FILE.csv", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--allow-empty", is_flag=True, help="Push a file without rows: the profile may then delete all.")
@output_option("table", "json")
@instance_options()
def push(profile: str, file: str, allow_empty: bool, output: str | None) -> None:
    """Import FILE.csv (header first; - is stdin) with the connector profile PROFILE.

    A profile's default mode removes records that are missing in the push: send all rows, always.
    """
    rows = sys.stdin.buffer if file == "-" else file
    with open_instance() as pbx:
        response = pbx.push(profile, rows, allow_empty=allow_empty)
    if chosen(output) == "table":
        click.echo(paragraphs(response.strip() or f"{profile}: accepted"))
    else:
        write_json({"profile": profile, "response": response})
