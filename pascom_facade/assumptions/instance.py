"""An instance under examination: what several checks need to know of it is asked for once."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from .._phone_states import asking, read
from .._records import records
from ..errors import UnexpectedAnswer
from ..masterdata import has_columns
from .journal import Journal, Rows
from .looking import Looking, Seen
from .recorded import Recorded

NOBODY = "nobody-has-this-name"
NO_PATH = "no-service-has-this-name"
MOST_ALONE = 5


class Instance(Looking):
    """What the checks get."""

    def begin(self) -> None:
        """The first request, whose answer checks need anyway. Raises what an instance raises that can't be asked."""
        answer = self.pbx.request("GET", "cdr/")
        self.journal.plain = Rows(Seen(answer.status, answer.headers, answer.content))

    @cached_property
    def journal(self) -> Journal:
        return Journal(self)

    @cached_property
    def recorded(self) -> Recorded:
        return Recorded(self, self.journal)

    @cached_property
    def nobody(self) -> Seen:
        """A user whom nobody knows."""
        return self.ask(f"identity/{NOBODY}")

    @cached_property
    def users(self) -> Seen:
        """The list of users."""
        return self.ask("identity/")

    @cached_property
    def anonymous(self) -> Seen:
        """A request without a login, as browsers begin."""
        return self.ask("identity/", login=False)

    @cached_property
    def missing(self) -> Seen:
        """A path that isn't there."""
        return self.ask(NO_PATH)

    @cached_property
    def states(self) -> dict[str, str]:
        """Two users that have a state, asked for alone."""
        found: dict[str, str] = {}
        for name in self.names[:MOST_ALONE]:
            state = self.states_by(asking([name])).get(name)
            if state is not None:
                found[name] = state
            if len(found) == 2:
                break
        return found

    def states_by(self, params: dict[str, Any]) -> dict[str, str | None]:
        """Those that an answer tells; none if it can't be read."""
        seen = self.ask("identity/states", params=params)
        try:
            return read(seen.answer, self.names) if seen.status < 300 else {}
        except UnexpectedAnswer:
            return {}

    @cached_property
    def user_rows(self) -> list[dict[str, Any]]:
        """The list of users, whatever it is wrapped in."""
        if self.users.status >= 300:
            return []
        return [row for row in records(self.users.json, has_columns) or [] if isinstance(row, dict)]

    @cached_property
    def names(self) -> list[str]:
        """Login names, of the list and of the newest calls."""
        listed = [row.get("003use_name") for row in self.user_rows]
        every = [*listed, *(call.user for call in self.journal.plain.calls)]
        return list(dict.fromkeys(name for name in every if isinstance(name, str) and name))
