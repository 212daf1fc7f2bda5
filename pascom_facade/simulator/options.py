"""Options of a simulated instance: its size, its profile, and assumptions where nothing is published."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Profile = Literal[18, 19]


@dataclass(frozen=True, kw_only=True)
class Assumed:
    """Guesses about what the vendor hasn't published; a real instance may differ in every one."""

    limit_parameter: str = "limit"
    default_rows: int = 100  # A: "max 100 by default"
    most_rows: int = 1000  # B: a user's report
    time_format: Literal["any", "ms", "text"] = "any"
    """How `timefrom` and `timeto` are understood: epoch milliseconds, local text, or both; others are ignored."""
    from_inclusive: bool = True
    to_inclusive: bool = True
    ignored_parameters: frozenset[str] = frozenset()
    """Query parameters of `cdr/` that this server ignores."""
    newest_first: bool = True
    ranges: bool = True
    """Whether recordings honour Range (`accept-ranges: bytes` is announced in any case: A)."""
    separate_legs: bool = True
    """Whether recordings were made with separate streams for caller and callee (`r_`, `t_`)."""
    connectors: frozenset[str] = frozenset({"CSV-Import", "phonebook", "users"})
    """Names of the connector profiles that exist; with `*` among them every name does."""
    realm: str = "pascom REST API"


@dataclass(frozen=True, kw_only=True)
class Options:
    """Everything that makes one simulated instance."""

    calls: int = 500
    seed: int = 1
    profile: Profile = 18
    instance: str = "voipjack"
    user: str = "moby"
    password: str = field(default="", repr=False)
    end: datetime | None = None
    calls_per_second: float = 0.0
    same_timestamp: int = 1
    recording_size: int | None = None
    keep_alive_seconds: int = 5
    keep_alive_requests: int = 100
    authenticate: bool = True
    assumed: Assumed = field(default_factory=Assumed)
