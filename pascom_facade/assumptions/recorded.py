"""What the checks of recordings share: one recording that is there."""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from urllib.parse import quote

from .journal import Journal
from .looking import Looking, Seen

RULES = (1, 2, 3)
CANDIDATES = 2


class Recorded:
    """One of the newest recordings: older ones may be deleted."""

    def __init__(self, look: Looking, journal: Journal) -> None:
        self._look = look
        self._journal = journal

    @cached_property
    def ids(self) -> list[str]:
        """Of the newest recorded calls."""
        calls = sorted(self._journal.many.calls, key=lambda call: call.place, reverse=True)
        return list(islice((call.recording for call in calls if call.recording), CANDIDATES))

    @cached_property
    def found(self) -> tuple[str, int, Seen] | None:
        """The recording, the rule that made it, and the answer to a request for its first byte."""
        for record in self.ids:
            for rule in RULES:
                seen = self._look.beginning(self.path(record, rule), Range="bytes=0-0")
                if seen.status < 300:
                    return record, rule, seen
        return None

    @staticmethod
    def path(record: str, rule: int) -> str:
        return f"monitor/{quote(record, safe='')}/{rule}/1/wav"
