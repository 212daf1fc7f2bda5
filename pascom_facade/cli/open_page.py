"""`pascom open`: the instance's documentation page in the browser."""

from __future__ import annotations

import webbrowser

import click

from ..settings import Address
from .instance import environment, given, instance_options
from .status import FAILURE, say


@click.command("open")
@instance_options()
def open_page() -> None:
    """Open the instance's documentation page in the browser, and print its address."""
    page = Address.from_env(environment(), allow_http=given().get("allow_http", False)).apidoc  # no login is needed
    click.echo(page)
    if not webbrowser.open(page):
        say("no browser could be started; the address is above")
        raise click.exceptions.Exit(FAILURE)
