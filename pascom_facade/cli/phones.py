"""`pascom dial`, `answer`, `hangup`: commands to a user's phone."""

from __future__ import annotations

import click

from .._printable import printable
from .instance import instance_options, naming, open_instance
from .output import chosen, output_option, write_json
from .streams import accepted


@click.command()
@click.argument("user")
@click.argument("destination")
@click.option("--prefix", default="auto", metavar="DIGITS", help="Dialled first (default: auto, the instance's).")
@output_option("table", "json")
@instance_options()
def dial(user: str, destination: str, prefix: str, output: str | None) -> None:
    """Let the phone of USER (login name) call DESTINATION: an extension, a number, a service code such as '*100'.

    Sent at most once: if it is not sure that it arrived, the error says so, and nothing is repeated.
    """
    with open_instance() as pbx, naming("user", user):
        _report(user, pbx.dial(user, destination, prefix=prefix), output)


@click.command()
@click.argument("user")
@output_option("table", "json")
@instance_options()
def answer(user: str, output: str | None) -> None:
    """Pick up the call that rings at the phone of USER."""
    with open_instance() as pbx, naming("user", user):
        _report(user, pbx.answer(user), output)


@click.command()
@click.argument("user")
@output_option("table", "json")
@instance_options()
def hangup(user: str, output: str | None) -> None:
    """End the call at the phone of USER."""
    with open_instance() as pbx, naming("user", user):
        _report(user, pbx.hangup(user), output)


def _report(user: str, response: str, output: str | None) -> None:
    with accepted():
        if chosen(output) == "table":
            # An instance that accepts may say nothing.
            click.echo(printable(f"{user}: {' '.join(response.split()) or 'accepted'}"))
        else:
            write_json({"user": user, "response": response})
