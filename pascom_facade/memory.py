"""What `pascom doctor --assumptions` learned of an instance, for later runs: only that command writes it.

One file for each instance and user, beside what `--live` keeps: habits of the journal and the findings, no secret,
nothing of a call but when the newest one began. It saves the requests that find out how the journal is to be asked.
What is remembered is not trusted blindly: each answer is checked against it, as always.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._cache import KeptFile
from .settings import Address

if TYPE_CHECKING:  # they cost more than this
    from .cdr_habits import Habits
    from .cdr_options import CdrOptions

FORMAT = 1
"""Raised when the file means something else."""


def memory_of(address: Address, user: str) -> KeptFile:
    """The file, whether it is there or not."""
    return KeptFile("learned", address.services, user, format=FORMAT)


def learned(options: CdrOptions, habits: Habits, findings: list[dict[str, Any]]) -> dict[str, Any]:
    """What is to be remembered."""
    return {"names": _names(options), "cdr": habits.as_dict(), "findings": findings}


def remembered_habits(address: Address, user: str, options: CdrOptions) -> Habits:
    """Nothing, where there is no memory, one that can't be read, or one of parameters with other names."""
    import msgspec

    from .cdr_habits import Habits

    known = memory_of(address, user).read() or {}
    habits = known.get("cdr")
    if not isinstance(habits, dict) or known.get("names") != _names(options):
        return Habits()
    try:
        msgspec.convert({name: value for name, value in habits.items() if name != "format"}, Habits)
    except msgspec.ValidationError:
        return Habits()
    return Habits.from_dict(habits)


def remembered(address: Address, user: str, assumption: str) -> object:
    """The value that was found; None if there is none."""
    findings = (memory_of(address, user).read() or {}).get("findings")
    rows = findings if isinstance(findings, list) else []
    return next((row.get("value") for row in rows if isinstance(row, dict) and row.get("name") == assumption), None)


def _names(options: CdrOptions) -> list[str]:
    return [options.timefrom, options.timeto, options.limit]
