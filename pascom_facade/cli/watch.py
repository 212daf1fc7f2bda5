"""`pascom states --watch`: a live table on a terminal, one line a change in a pipe."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from .screen import minutes

if TYPE_CHECKING:
    from rich.table import Table

    from .._sync.client import Pascom

STYLES = {"ringing": "bold yellow", "inuse": "red", "idle": "green"}
SIGNS = {"ringing": "◉", "inuse": "●", "idle": "○"}


class Board:
    """What is known of each user, and since when."""

    def __init__(self, users: Sequence[str]) -> None:
        self._states: dict[str, tuple[str, datetime]] = {}
        self._users = users

    def update(self, found: dict[str, str]) -> list[tuple[str, str]]:
        """The users whose state is another than before."""
        now = datetime.now().astimezone()
        changed = []
        for user in self._users:
            state = found.get(user, "unknown")
            if user not in self._states or self._states[user][0] != state:
                self._states[user] = (state, now)
                changed.append((user, state))
        return changed

    def table(self) -> Table:
        """For the terminal."""
        from rich.text import Text

        from .output import plain_table

        now = datetime.now().astimezone()
        table = plain_table("", "User", "State", "For")
        for user, (state, since) in self._states.items():
            style = STYLES.get(state.lower(), "dim")
            sign = SIGNS.get(state.lower(), "·")
            seconds = int((now - since).total_seconds())
            table.add_row(Text(sign, style), Text(user), Text(state, style), Text(minutes(seconds), "dim"))
        return table


def watch_states(pbx: Pascom, users: Sequence[str], every: float, form: str) -> None:
    """Look again and again until interrupted."""
    board = Board(users)
    if form == "json":
        while True:
            for user, state in board.update(pbx.states(users)):
                at = datetime.now().astimezone().isoformat(timespec="seconds")
                click.echo(json.dumps({"at": at, "user": user, "state": state}, ensure_ascii=False))
            time.sleep(every)
    from rich.live import Live

    from .output import console

    with Live(console=console(), auto_refresh=False) as live:
        while True:
            board.update(pbx.states(users))
            live.update(board.table(), refresh=True)
            time.sleep(every)
