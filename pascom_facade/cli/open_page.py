"""`pascom open`: the instance's documentation page in the browser."""

from __future__ import annotations

import webbrowser

import click

from .instance import instance_options, open_instance
from .status import FAILURE, say


@click.command("open")
@instance_options()
def open_page() -> None:
    """Open the instance's documentation page in the browser, and print its address."""
    with open_instance() as pbx:
        page = pbx._address.apidoc
    click.echo(page)
    if not webbrowser.open(page):
        say("no browser could be started; the address is above")
        raise click.exceptions.Exit(FAILURE)
