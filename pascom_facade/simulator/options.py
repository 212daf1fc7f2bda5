"""Options of a simulated instance: its size, its profile, and assumptions where nothing is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Profile = Literal[18, 19]
TimeFormat = Literal["any", "ms", "s", "text", "iso", "iso-local", "none"]
Separator = Literal["comma", "semicolon", "repeated", "brackets", "single"]
Slashes = Literal["strict", "redirect", "same"]
Body = Literal["json", "html", "text", "empty"]


@dataclass(frozen=True, kw_only=True)
class Assumed:
    """Guesses about what the vendor hasn't published; a real instance may differ in every one."""

    limit_parameter: str = "limit"
    default_rows: int = 100  # A: "max 100 by default"
    most_rows: int = 1000  # B: a user's report
    time_format: TimeFormat = "any"
    """How `timefrom` and `timeto` are understood: epoch milliseconds or seconds, any text (without a zone: the
    server's), ISO 8601 with or without a zone, milliseconds and text, or not at all; others are ignored."""
    refuses_times: bool = False
    """Whether a time that isn't understood is refused (400) instead."""
    zone: str = "Europe/Berlin"
    """The server's: of `time`, and of times without a zone."""
    whole_seconds: bool = False
    """Whether ranges look at the seconds of calls only."""
    from_inclusive: bool = True
    to_inclusive: bool = True
    ignored_parameters: frozenset[str] = frozenset()
    """Query parameters of `cdr/` that this server ignores."""
    refuses_unknown: bool = False
    """Whether query parameters of `cdr/` that it doesn't know are refused (400)."""
    filters_first: bool = True
    """Whether `inbound`, `internal` and `result` are applied before an answer is cut."""
    newest_first: bool = True
    keeps_newest: bool | None = None
    """Which rows are left when an answer is cut (None: those that come first)."""
    states_keys: Separator = "comma"
    """How several users of `identity/states` are told; in other ways, only the first is heard."""
    no_states: Literal[200, 204, 404] = 204
    """The answer to users without a state (C: 204; 200: an empty object)."""
    unknown_user: int = 404
    """The answer to a user whom nobody knows (200: an empty object)."""
    error_body: Body = "json"
    login_body: Body = "text"
    """What stands in a 401."""
    slashes: Slashes = "strict"
    """What a collection's address without its slash leads to: nothing, a redirect, or the same."""
    etags: bool = False
    """Whether lists and the documentation page have an ETag, and 304 answers `If-None-Match`."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """More headers of every answer."""
    server: str = ""
    """The header; empty: as the profile's."""
    json_type: str = "application/json"
    ranges: bool = True
    """Whether recordings honour Range (`accept-ranges: bytes` is announced in any case: A)."""
    heads: int = 200
    """The status of the answer to HEAD on a recording."""
    recording_rule: int = 1
    """The rule that records."""
    recording_details: bool = True
    """Whether `monitor/{recordID}` lists what was recorded."""
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
