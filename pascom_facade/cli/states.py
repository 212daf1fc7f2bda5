"""`pascom states`: what the phones of users are doing, now or all the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .instance import instance_options, open_instance
from .output import chosen, output_option, write_json
from .screen import coloured, fit

if TYPE_CHECKING:
    from .._sync.client import Pascom

COLOURS = {"ringing": "yellow", "inuse": "red", "idle": "green"}


@click.command()
@click.argument("users", nargs=-1, metavar="USER…")
@click.option("--watch", is_flag=True, help="A live table, until Ctrl-C; in a pipe one line a change.")
@click.option("--every", type=click.FloatRange(min=0.5), default=2.0, help="Seconds between looks (--watch).")
@output_option("table", "json")
@instance_options()
def states(users: tuple[str, ...], watch: bool, every: float, output: str | None) -> None:
    """What the phones of USERs (login names) are doing; of all users without one."""
    with open_instance() as pbx:
        asked = users or tuple(logins(pbx))
        if watch:
            from .watch import watch_states

            watch_states(pbx, asked, every, chosen(output))
            return
        found = pbx.states(asked)
    if chosen(output) == "json":
        write_json(found)
    else:
        for user in asked:
            state = found.get(user, "unknown")
            click.echo(f"{fit(user, 24)}{coloured(state, fg=COLOURS.get(state.lower(), 'white'))}")


def logins(pbx: Pascom) -> list[str]:
    """Login names of all users."""
    return [str(one.login) for one in pbx.identities() if one.login]
