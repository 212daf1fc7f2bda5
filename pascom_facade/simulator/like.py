"""`--like FILE`: options that play an instance of the kind that `pascom doctor --report FILE` has found."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from .options import Assumed, Profile
from .timeline import Clock

KIND = "pascom-facade: assumptions about one instance"


class NotAReport(Exception):
    """A file that is no report of `pascom doctor`."""


@dataclass(frozen=True)
class Likeness:
    """How an instance of that kind is played, and which findings can't be."""

    profile: Profile
    assumed: Assumed
    keep_alive: Mapping[str, Any]
    not_played: tuple[str, ...]


def read(file: str) -> Likeness:
    """Raises NotAReport."""
    try:
        found = json.loads(Path(file).read_bytes())
        rows = [(one["name"], one["value"]) for one in found["findings"] if "value" in one]
        if found["kind"] == KIND:
            return like(dict(rows))
    except OSError as error:
        raise NotAReport(f"{file}: {error.strerror}") from None
    except (ValueError, TypeError, LookupError, AttributeError):
        pass
    raise NotAReport(f"{file}: no report of `pascom doctor --report`")


def like(values: Mapping[str, Any]) -> Likeness:
    """From what was found. What was not told is as it is by default. Raises for values that no report has."""
    options: dict[str, Any] = {}
    not_played = []
    for name, value in values.items():
        played = _PLAYED.get(name, {})
        if callable(played):
            options |= _merged(options, played(value))
        elif value in played:
            options |= played[value]
        else:
            not_played.append(f"{name}: {value}")
    profile = options.pop("profile", 18)
    keep_alive: dict[str, Any] = {
        name: options.pop(name) for name in ("keep_alive_seconds", "keep_alive_requests") if name in options
    }
    options["ignored_parameters"] = frozenset(_ignored(values))
    return Likeness(cast(Profile, profile), Assumed(**options), keep_alive, tuple(not_played))


def _ignored(values: Mapping[str, Any]) -> Iterator[str]:
    for name in ("limit", "inbound", "internal", "result"):
        if values.get(f"cdr.{name}") == "ignored":
            yield name
    ends = {"only the beginning": ["timeto"], "only the end": ["timefrom"]}
    yield from ends.get(values.get("cdr.range", ""), [])


def _number(option: str) -> Callable[[Any], dict[str, Any]]:
    """The value itself is an option's; a word in its place says that there is none."""
    return lambda value: {} if isinstance(value, str) else {option: int(value)}


def _words(option: str, *words: str) -> dict[Any, dict[str, Any]]:
    return {word: {option: word} for word in words}


def _zone(value: str) -> dict[str, Any]:
    if value == "local":
        return {}
    Clock(value)
    return {"zone": value}


def _status(option: str) -> Callable[[Any], dict[str, Any]]:
    """A status in words, as `200 {}`."""
    return lambda value: {option: int(str(value)[:3])}


def _headers(value: str) -> dict[str, Any]:
    names = [] if value == "none" else value.split(", ")
    if not all(re.fullmatch("[a-z-]+", name) for name in names):
        raise ValueError(value)
    return {"headers": dict.fromkeys(names, "1")}


def _merged(options: Mapping[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Headers come from several findings."""
    return {**more, "headers": {**options.get("headers", {}), **more["headers"]}} if "headers" in more else more


_FILTER: dict[Any, dict[str, Any]] = {"honoured": {}, "ignored": {}, "honoured after the cut": {"filters_first": False}}
_NOTHING: dict[Any, dict[str, Any]] = {}
# By finding: the options of each value, or how they are made of it.
_PLAYED: dict[str, Mapping[Any, dict[str, Any]] | Callable[[Any], dict[str, Any]]] = {
    "cdr.list": {"array": _NOTHING},
    "cdr.structure": {"18": {"profile": 18}, "19": {"profile": 19}},
    "cdr.default-rows": _number("default_rows"),
    "cdr.limit": {"honoured": _NOTHING, "ignored": _NOTHING},
    "cdr.most-rows": lambda value: {"most_rows": 10_000 if value == "more" else int(value)},
    "cdr.order": {"newest first": {"newest_first": True}, "oldest first": {"newest_first": False}},
    "cdr.kept": {"newest": {"keeps_newest": True}, "oldest": {"keeps_newest": False}},
    "cdr.time-format": {
        **_words("time_format", "ms", "s", "text", "iso", "iso-local"),
        "none known": {"time_format": "none"},
    },
    "cdr.range": dict.fromkeys(("both ends", "only the beginning", "only the end", "none known"), _NOTHING),
    "cdr.zone": _zone,
    "cdr.inbound": _FILTER,
    "cdr.internal": _FILTER,
    "cdr.result": _FILTER,
    "cdr.resolution": {"milliseconds": _NOTHING, "seconds": {"whole_seconds": True}},
    "cdr.begin": {"included": {"from_inclusive": True}, "left out": {"from_inclusive": False}},
    "cdr.end": {"included": {"to_inclusive": True}, "left out": {"to_inclusive": False}},
    "cdr.unreadable-time": {"ignored": _NOTHING, "refused": {"refuses_times": True}},
    "cdr.unknown-parameter": {"ignored": _NOTHING, "refused": {"refuses_unknown": True}},
    "cdr.missing-columns": {"none": _NOTHING},
    "cdr.unknown-columns": {0: _NOTHING},
    "cdr.timestamp": {"ms": _NOTHING},
    "cdr.flags": {"0/1": _NOTHING, "true/false": _NOTHING},
    "cdr.rawdata": {"other columns": _NOTHING},
    "cdr.of-user": {"their calls": _NOTHING},
    "users.list": {"array": _NOTHING},
    "users.columns": {"those of the database": _NOTHING},
    "users.unknown": _status("unknown_user"),
    "states.several": {
        "commas": {"states_keys": "comma"},
        "semicolons": {"states_keys": "semicolon"},
        "keys= twice": {"states_keys": "repeated"},
        "keys[]=": {"states_keys": "brackets"},
        "one by one": {"states_keys": "single"},
    },
    "states.unknown": {one: {"no_states": int(one[:3])} for one in ("204", "404", "200 {}")},
    "states.words": {"known ones": _NOTHING},
    "recordings.rule": _number("recording_rule"),
    "recordings.range": {"honoured": {"ranges": True}, "ignored": {"ranges": False}},
    "recordings.media-type": {"audio/x-wav": _NOTHING},
    "recordings.head": lambda value: {"heads": int(value)} if value.isdecimal() else {},
    "recordings.legs": {"both": {"separate_legs": True}, "none": {"separate_legs": False}},
    "recordings.details": {"array": _NOTHING, "404": {"recording_details": False}},
    "recordings.unknown": {"404": _NOTHING},
    "http.challenge": {"401 basic": _NOTHING},
    "http.login-body": _words("login_body", "json", "html", "text", "empty"),
    "http.not-found": {"404": _NOTHING},
    "http.error-body": _words("error_body", "json", "html", "text", "empty"),
    "http.slash": {
        "404": {"slashes": "strict"},
        "the same": {"slashes": "same"},
        "redirected to it": {"slashes": "redirect"},
    },
    "http.etag": {"none": _NOTHING, "honoured": {"etags": True}},
    "http.server": {"apache": {"server": "Apache"}, "nginx": {"server": "nginx"}},
    "http.cookies": {"none": _NOTHING},
    "http.json": _words("json_type", "application/json", "text/json", "text/html", "text/plain", "text/javascript"),
    "http.compression": {"none": _NOTHING},
    "http.rate-limit": _headers,
    "http.version": _headers,
    "http.idle-seconds": _number("keep_alive_seconds"),
    "http.requests-each": _number("keep_alive_requests"),
}
