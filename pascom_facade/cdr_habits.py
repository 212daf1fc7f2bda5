"""What is known of one instance's answers to the CDR: its habits, which its own rows have shown."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from math import inf
from operator import ge, le
from typing import Any, Literal

from .answers import Answer
from .cdr import Call, read_calls
from .cdr_options import CdrOptions, TimeFormat
from .errors import TooManyCalls

logger = logging.getLogger("pascom_facade")

DEFAULT_ROWS = 100
"""Rows in an answer that was not asked for more (vendor page): a shorter one is complete."""

UNCUT = 0.98
"""An answer with less than this part of the largest one's rows was not cut, even where rows are left out after it."""

Kept = Literal["newest", "oldest", "any"]


@dataclass
class Habits:
    """One instance's; what was not seen yet is None. Can be written down, and used the next time."""

    format: TimeFormat | None = None
    """How it takes time ranges."""
    keeps: Kept | None = None
    """Which calls an answer keeps that is cut, as far as seen: what is asked is planned by it, never what is given."""
    by_start: bool = False
    """Whether rows were seen to be sorted by when calls began, and by nothing else."""
    largest: int | None = None
    """Rows of the largest answer."""
    takes_limit: bool = True
    """Whether it was not refused to be told how many rows."""
    filters: dict[str, bool] = field(default_factory=dict)
    """Whether it applies a filter, and before it cuts."""
    rhythm: list[float] = field(default_factory=list)
    """Calls an hour, as `cdr_rhythm.Rhythm` has them."""
    uneven: float = 1.0
    """How far the numbers of calls differ from what the rhythm expects: variance by mean; 1: as chance has it."""
    newest: int | None = None
    """When the newest call began that was seen."""

    def as_dict(self) -> dict[str, Any]:
        """As JSON takes it."""
        format = self.format.as_dict() if self.format else None
        return {name: value for name, value in (asdict(self) | {"format": format}).items() if value is not None}

    @classmethod
    def from_dict(cls, known: Mapping[str, Any]) -> Habits:
        """What `as_dict` gave; what cannot be read is forgotten."""
        try:
            habits = cls(**{**known, "format": None})
            habits.rhythm = [float(rate) for rate in habits.rhythm]
            if not all(0 <= rate < inf for rate in habits.rhythm):
                return cls()
            if "format" in known:
                habits.format = TimeFormat.from_dict(known["format"])
        except (TypeError, ValueError, KeyError):
            return cls()
        return habits


@dataclass
class Knowledge:
    """An instance's options and habits; kept by the client for the next time."""

    options: CdrOptions
    habits: Habits = field(default_factory=Habits)
    confirmed: bool = False
    """Whether the format was shown by an answer to this client, not only remembered."""
    by_start: bool = False
    """Whether rows were seen to be sorted by when calls began, and by nothing else, by this client."""
    kept_whole: bool = False
    """Whether all calls were there that a cut answer had shown, and no others between: if it is sorted by start, too, a
    cut answer has all calls between its first and its last."""
    documented: CdrOptions | None = None
    """The options, if their names are only what a document says: the vendor's are tried, too."""
    by_position: bool = False
    """Whether it takes no notice of ranges, but may be asked by position."""
    in_order: bool = False
    """Whether all its calls were seen, and came in order."""
    already_said: set[str] = field(default_factory=set)

    @property
    def proven(self) -> bool:
        """Whether time ranges can be relied on."""
        return self.habits.format is not None and all(self.habits.format.honours)

    @property
    def unit(self) -> int:
        """How exactly it can be asked, in milliseconds."""
        return self.habits.format.unit if self.habits.format else 1

    def tell(self, what: str) -> None:
        """Say something about the instance, once."""
        if what not in self.already_said:
            self.already_said.add(what)
            logger.warning("cdr: %s", what)

    def other_way(self) -> bool:
        """Ask otherwise from now on, if there is a way that wasn't tried: with the vendor's names, then by position."""
        if self.by_position:
            return False
        documented = self.documented or self.options
        vendors = documented.with_vendors_names()
        if self.documented and self.options is documented and vendors.ends != documented.ends:
            self.options, self.habits.takes_limit = vendors, True
            return True
        self.options = documented
        self.by_position = documented.has_positions
        return self.by_position

    def forget(self) -> None:
        """The instance does not do as it did."""
        self.habits = Habits(takes_limit=self.habits.takes_limit)
        self.confirmed = self.by_start = self.kept_whole = self.by_position = self.in_order = False

    def whole(self, size: int, rows: int, largest: int) -> bool:
        """Whether an answer of `size` rows, asked for `rows`, cannot have been cut. largest: the largest of this walk.

        A remembered size counts, but for round numbers: an instance may have been told to answer less since.
        """
        if size < min(DEFAULT_ROWS, rows):
            return True
        remembered = self.habits.largest or 0
        return size < UNCUT * largest or (size % 50 > 0 and size < UNCUT * remembered)

    def learn(self, stamps: list[int], rows: int) -> None:
        """From any answer that was not filtered."""
        if not stamps:
            return
        habits, size = self.habits, len(stamps)
        habits.newest = max([*stamps, habits.newest or 0])
        habits.largest = max(size, habits.largest or 0)
        if size == habits.largest == DEFAULT_ROWS < rows:
            limit = self.options.limit
            self.tell(f"the instance answers {size} calls at most, whatever {limit} says: more pages are needed")

    def learn_order(self, calls: list[Call]) -> None:
        """From the rows of an answer that was cut."""
        stamps = [call.place.timestamp for call in calls]
        if self.habits.keeps is None:
            self.habits.keeps = _trend(stamps)
        sorted_by_start = _in_order(stamps)
        ids = [call.id or 0 for call in calls]
        ends = [stamp + 1000 * (call.duration or 0) for stamp, call in zip(stamps, calls, strict=True)]
        self.by_start |= sorted_by_start and not _in_order(ids) and not _in_order(ends)
        self.habits.by_start = self.by_start

    def range_error(self, size: int, refused: bool) -> TooManyCalls:
        """The error where ranges would be needed, but aren't to be had."""
        options = self.options
        names = f"{options.timefrom} and {options.timeto}"
        seen = f"takes no notice of the time range ({names} in all known formats)"
        if refused:
            seen = f"refuses the time range ({names} in all known formats)"
        return TooManyCalls(
            f"cdr: the instance answers {size} calls and {seen}, so others cannot be reached; "
            "tell names and format with cdr_options="
        )


TOO_MANY = (
    "cdr: more calls share one moment than the instance answers at once: some of them cannot be reached; "
    "narrow it down with inbound=, internal= or result="
)

UNCLEAR = (
    "cdr: so many of the calls that were seen share one moment that they don't show how the instance takes time "
    "ranges; tell names and format with cdr_options="
)


def _trend(stamps: list[int]) -> Kept:
    """Which calls are likely to be kept: those that come first. Neighbours may be the wrong way around."""
    far = len(stamps) // 3
    older = sum(later < earlier for earlier, later in zip(stamps, stamps[far:], strict=False))
    newer = sum(later > earlier for earlier, later in zip(stamps, stamps[far:], strict=False))
    if older > 9 * newer:
        return "newest"
    return "oldest" if newer > 9 * older else "any"


def _in_order(numbers: list[int]) -> bool:
    """Either way."""
    pairs = list(pairwise(numbers))
    return all(le(*pair) for pair in pairs) or all(ge(*pair) for pair in pairs)


def calls_left(answer: Answer) -> float:
    """About how many calls are older than the last row's, or the first's, if rows come oldest first: its id, where the
    first call's was 1. Only a hint.
    """
    pattern = rb'"(?:phonecallrecord_)?id"\s*:\s*"?(\d+)'
    ids = re.findall(pattern, answer.content[:3000])[:1] + re.findall(pattern, answer.content[-3000:])[-1:]
    return min(map(int, ids)) - 1 if ids else inf


def calls_among(answer: Answer) -> float:
    """About how many calls lie between those of an answer that was cut anywhere: by their ids. Only a hint."""
    ids = [call.id for call in read_calls(answer) if call.id is not None]
    return max(max(ids) - min(ids) + 1, len(ids)) if ids else 4.0 * DEFAULT_ROWS


def clock_offset(calls: list[Call]) -> int | None:
    """How many minutes the server's clock was ahead of UTC, if rows have both times and all say the same."""
    found = set()
    for call in calls[:: len(calls) // 10 + 1]:
        text, started = call.raw.get("time"), call.started
        if not isinstance(text, str) or started is None:
            return None
        try:
            ahead = datetime.fromisoformat(text).replace(tzinfo=UTC) - started
        except ValueError:
            return None
        found.add(round(ahead.total_seconds() / 60))
    return found.pop() if len(found) == 1 else None
