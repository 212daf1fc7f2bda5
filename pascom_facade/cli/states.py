"""`pascom states`: the states of users' phones, now or continuously."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from .._printable import json_text, printable
from .instance import instance_options, open_instance
from .output import at_least, chosen, output_option, write_json
from .screen import coloured, fit, minutes
from .status import say

if TYPE_CHECKING:
    from rich.table import Table

    from .._sync.client import Pascom
    from .._sync.watch import StateChange

COLOURS = {"ringing": "yellow", "inuse": "red", "idle": "green"}
SIGNS = {"ringing": "◉", "inuse": "●", "idle": "○"}


@click.command()
@click.argument("users", nargs=-1, metavar="USER…")
@click.option("--watch", is_flag=True, help="A live table, until Ctrl-C; in a pipe one line a change.")
@click.option(
    "--every",
    type=at_least(0.5),
    metavar="SECONDS",
    default=2.0,
    help="Between looks (--watch; default: 2).",
)
@output_option("table", "json")
@instance_options()
def states(users: tuple[str, ...], watch: bool, every: float, output: str | None) -> None:
    """What the phones of USERs (login names) are doing; of all users without one."""
    with open_instance() as pbx:
        selected = users or tuple(logins(pbx))
        if watch:
            show_changes(selected, pbx.watch_states(selected, every=every), chosen(output))
            return
        by_user = pbx.states(selected)
    if missing := [user for user in selected if user not in by_user]:
        say(f"no state of {', '.join(missing)}: no such user, or no phone")
    if chosen(output) == "json":
        write_json(by_user)
        return
    for user in selected:
        state = by_user.get(user, "unknown")
        colour = COLOURS.get(state.lower(), "reset")
        click.echo(f"{fit(user, 24)}{coloured(state, fg=colour)}")


def logins(pbx: Pascom) -> list[str]:
    """Login names of all users."""
    return [str(identity.login) for identity in pbx.identities() if identity.login]


def show_changes(users: Sequence[str], changes: Iterable[StateChange], form: str) -> None:
    """Until interrupted: a live table on a terminal, a line for each change in a pipe."""
    if form == "json":
        for change in changes:
            at = datetime.now().astimezone().isoformat(timespec="seconds")
            row = {"at": at, "user": change.user, "state": change.state or "unknown"}
            click.echo(json_text(row))
        return
    from rich.live import Live

    from .output import console

    known: dict[str, tuple[str, datetime]] = {}
    with Live(console=console(), get_renderable=lambda: table(users, known), refresh_per_second=1) as live:
        for change in changes:
            known[change.user] = (change.state or "unknown", datetime.now())
            live.refresh()


def table(users: Sequence[str], known: Mapping[str, tuple[str, datetime]]) -> Table:
    """Each user's state and how long it has been seen."""
    from rich.text import Text

    from .output import plain_table

    states_table = plain_table("", "User", "State", "For")
    for user in users:
        if user not in known:
            continue
        state, since = known[user]
        style = COLOURS.get(state.lower(), "dim")
        sign = SIGNS.get(state.lower(), "·")
        seconds = int((datetime.now() - since).total_seconds())
        duration = Text(minutes(seconds), "dim")
        states_table.add_row(Text(sign, style), Text(printable(user)), Text(printable(state), style), duration)
    return states_table
