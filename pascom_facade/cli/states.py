"""`pascom states`: what the phones of users are doing, now or all the time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from .._printable import json_text, printable
from .instance import instance_options, open_instance
from .output import at_least, chosen, output_option, write_json
from .screen import coloured, fit, minutes

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
        asked = users or tuple(logins(pbx))
        if watch:
            show_changes(asked, pbx.watch_states(asked, every=every), chosen(output))
            return
        found = pbx.states(asked)
    if chosen(output) == "json":
        write_json(found)
    else:
        for user in asked:
            state = found.get(user, "unknown")
            click.echo(f"{fit(user, 24)}{coloured(state, fg=COLOURS.get(state.lower(), 'reset'))}")


def logins(pbx: Pascom) -> list[str]:
    """Login names of all users."""
    return [str(one.login) for one in pbx.identities() if one.login]


def show_changes(users: Sequence[str], changes: Iterable[StateChange], form: str) -> None:
    """Until interrupted: a live table on a terminal, a line a change in a pipe."""
    if form == "json":
        for change in changes:
            at = datetime.now().astimezone().isoformat(timespec="seconds")
            click.echo(json_text({"at": at, "user": change.user, "state": change.state or "unknown"}))
        return
    from rich.live import Live

    from .output import console

    known: dict[str, tuple[str, datetime]] = {}
    with Live(console=console(), get_renderable=lambda: table(users, known), refresh_per_second=1) as live:
        for change in changes:
            known[change.user] = (change.state or "unknown", datetime.now())
            live.refresh()


def table(users: Sequence[str], known: Mapping[str, tuple[str, datetime]]) -> Table:
    """What each user's phone does, and since when it is seen to."""
    from rich.text import Text

    from .output import plain_table

    shown = plain_table("", "User", "State", "For")
    for user in users:
        if user in known:
            state, since = known[user]
            style, sign = COLOURS.get(state.lower(), "dim"), SIGNS.get(state.lower(), "·")
            seconds = int((datetime.now() - since).total_seconds())
            shown.add_row(
                Text(sign, style), Text(printable(user)), Text(printable(state), style), Text(minutes(seconds), "dim")
            )
    return shown
