"""What an assumption is, what its check may tell, and all that may be said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

Grade = Literal["A", "B", "C", "D", "?"]
"""A: the vendor says so; B: others report it; C: a release note mentions it; D: concluded; ?: nothing is known."""

Verdict = Literal["confirmed", "refuted", "not told"]
Value = str | int


class Why(StrEnum):
    """Why an instance does not tell."""

    FEW_CALLS = "too few calls"
    ALL_FIT = "one answer has all calls"
    NO_DIFFERENCE = "the calls seen are alike in it"
    NO_RANGES = "time ranges are not understood"
    TO_THE_SECOND = "times are written to the second"
    NO_FULL_SECOND = "no call began at a full second"
    NO_LOCAL_TIME = "calls have no local time"
    NO_RECORDING = "no recording among the newest calls"
    NO_USERS = "no two users with a state are known"
    OTHER_ANSWER = "the answer is not what is documented"
    REFUSED = "the instance refused the request"
    FAILED = "the instance failed"
    NO_ANSWER = "no answer came"
    ENOUGH = "enough requests were made"


@dataclass(frozen=True)
class Told:
    """What a check found: a value, or why there is none."""

    value: Value | None = None
    why: Why | None = None


@dataclass(frozen=True)
class Assumption:
    """What is taken for granted until an instance says otherwise, and how it is asked without changing anything."""

    name: str
    grade: Grade
    assumed: tuple[Value, ...]
    """Values that confirm it."""
    otherwise: tuple[str, ...]
    """Other words that its check may find: nothing else gets into a report."""
    about: str
    hangs: str
    """What goes wrong, or takes longer, where it isn't so."""
    check: Callable[[Any], Told]
    """Gets an `Instance`."""
    most: int = 0
    """Numbers up to here may be found, too."""
    several: bool = False
    """Whether several words may be found, with `, ` between."""

    def allows(self, value: object) -> bool:
        """Whether a value may be told to others: one of the words above, or a number of that size."""
        if isinstance(value, int) and not isinstance(value, bool):
            return value in self.assumed or 0 <= value <= self.most
        if not isinstance(value, str):
            return False
        words = value.split(", ") if self.several else [value]
        return all(word in self.assumed or word in self.otherwise for word in words)

    def finding(self, told: Told) -> Finding:
        """The verdict on what was told."""
        if told.value is None:
            return Finding(self, "not told", None, told.why or Why.OTHER_ANSWER)
        if not self.allows(told.value):
            return Finding(self, "refuted", "other", None)
        return Finding(self, "confirmed" if told.value in self.assumed else "refuted", told.value, None)


@dataclass(frozen=True)
class Finding:
    """What became of an assumption at one instance."""

    assumption: Assumption
    verdict: Verdict
    value: Value | None
    why: Why | None

    def as_dict(self) -> dict[str, Any]:
        """All that may be told to others."""
        told = {"name": self.assumption.name, "verdict": self.verdict}
        if self.why is not None:
            return {**told, "why": str(self.why)}
        return {**told, "value": self.value}

    @property
    def said(self) -> str:
        """For people."""
        if self.why is not None:
            return f"not told: {self.why}"
        if self.verdict == "confirmed":
            return str(self.value)
        return f"{self.value}, not {shown(self.assumption.assumed)}"


def shown(values: tuple[Value, ...]) -> str:
    """`18 or 19`."""
    return " or ".join(map(str, values))
