"""What a query parameter is for, in German and English, whatever an instance's document calls it.

A name that says it in the usual words is enough (`timefrom`, `zeitVon`, `maxResults`), unless the description speaks of
something else. A name that says nothing (`t1`, `p3`) means what its description says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

MEANINGS = ("begin", "end", "limit", "hours", "offset", "page")
"""The ends of a time range, rows to ask for, hours back from now, rows to leave out, number of the page (from 1)."""

_WORDS: dict[str, str] = {
    "begin": "from since start begin beginning beginn von ab seit after",
    "end": "to until till end bis ende before",
    "limit": "limit max maximum count rows top size length anzahl number num amount menge",
    "hours": "hours hour stunden back",
    "offset": "offset skip",
    "page": "page pageno seite",
}
_BESIDE: dict[str, str] = {
    "begin": "time date datetime timestamp zeit zeitpunkt datum",
    "end": "time date datetime timestamp zeit zeitpunkt datum",
    "limit": "results result per page pro seite zeilen records entries items calls eintraege einträge",
    "hours": "last letzte zurück",
    "offset": "rows row index",
    "page": "number no index nummer",
}
"""Words that may stand beside, and say nothing alone."""

_ROWS = r"(?:rows?|records?|entries|entry|items?|results?|calls?|zeilen?|datens[aä]tze?|eintr[aä]ge?n?|anrufe?)"
_DESCRIPTIONS: dict[str, str] = {
    "hours": r"hours (?:back|ago)|\bhours\b|\bstunden\b",
    "page": r"(?:number|index) of (?:the|a) page|page (?:number|index)|which page|seitennummer|nummer der seite"
    r"|welche seite",
    "offset": rf"{_ROWS} to (?:skip|leave out|omit)|\b(?:skips?|offset)\b|(?:index|position) of the first|first {_ROWS}"
    rf"|überspr[iu]ng|auslassen|ausgelassen|erste[nr]? {_ROWS}|ab (?:welche[rm]|der) {_ROWS}",
    "limit": rf"(?:at most|maxim(?:um|al)|h(?:ö|oe)chstens)(?=.*\b{_ROWS})|\b{_ROWS} (?:at most|h(?:ö|oe)chstens)"
    rf"|(?:how many|number of) {_ROWS}|{_ROWS} (?:per|a|of a) page|pro seite"
    rf"|(?:anzahl|zahl) (?:der |von )?{_ROWS}|wie viele {_ROWS}",
    "begin": r"\b(?:start|begin(?:n|ning)?|from|since|after|earliest|oldest|von|ab|seit|anfang|frühester?|älteste)\b",
    "end": r"\b(?:end|until|till|to|before|latest|newest|bis|ende|spätester?|neueste[rn]?)\b|\bup to\b",
}
"""What a description says, the surest first."""

_TIME = re.compile(r"time|date\b|\bday|moment|range|second|\biso\b|zeit|datum|tag\b|yyyy|jjjj")
_NO_TIME = re.compile(r"phone|caller|callee|called|calling|number|nummer|extension|user|benutzer|teilnehmer|page|row")
_VENDORS = ("timefrom", "timeto", "limit")
_KNOWN = re.compile(r"inbound|internal|result|user|keys|extension|format|order|sort.*|direction|number|name")
"""The vendor's other parameters, and those that mean something else anywhere."""


def meanings(parameters: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The name of the parameter for each of `MEANINGS` that there is one for."""
    by_name: dict[str, str] = {}
    by_description: dict[str, str] = {}
    for parameter in sorted(parameters, key=lambda one: one.get("name") not in _VENDORS):
        name = str(parameter.get("name"))
        about = str(parameter.get("description") or "").lower()
        told, described = _of_name(name), _of_description(about)
        if told in ("begin", "end") and described is None and _NO_TIME.search(about) and not _TIME.search(about):
            continue  # the number of who called
        if told in ("begin", "end", "limit") and described in ("hours", "offset", "page"):
            by_name.setdefault(described, name)  # "start: index of the first row"
        elif told:
            by_name.setdefault(told, name)
        elif described and not _KNOWN.fullmatch(name.lower()):
            by_description.setdefault(described, name)
    return {**by_description, **by_name}


def _of_name(name: str) -> str | None:
    words = _split(name)
    if words in (["per", "page"], ["pro", "seite"]):
        return "limit"
    for meaning, known in _WORDS.items():
        telling = [word for word in words if word in known.split()]
        others = [word for word in words if word not in known.split() and word not in _BESIDE[meaning].split()]
        if telling and not others:
            return meaning
    return None


def _split(name: str) -> list[str]:
    """`timeFrom`, `time_from` and `timefrom` into their words."""
    spaced = re.sub(r"(?<=[a-zäöü])(?=[A-ZÄÖÜ])", " ", name)
    words: list[str] = []
    for word in re.split(r"[^a-zäöüß]+", spaced.lower()):
        words += _compound(word)
    return words


_BESIDE_TIME = re.compile(r"(time|date|zeit|datum)(\w+)|(\w+?)(time|date|zeit|datum)|(max|page|per)(\w+)")
_EVERY_WORD = frozenset(" ".join([*_WORDS.values(), *_BESIDE.values()]).split())


def _compound(word: str) -> list[str]:
    """A word written together with what stands beside it: `timefrom`, `startdate`, `maxrows`, `pagesize`."""
    together = _BESIDE_TIME.fullmatch(word)
    parts = [part for part in together.groups() if part] if together else []
    if word in _EVERY_WORD or not parts or not _EVERY_WORD.issuperset(parts):
        return [word] if word else []
    return parts


def _of_description(about: str) -> str | None:
    """What a description, in small letters, says."""
    found = [meaning for meaning, pattern in _DESCRIPTIONS.items() if re.search(pattern, about)]
    if not found:
        return None
    if found[0] not in ("begin", "end"):
        return found[0]
    if len(found) > 1 or not _TIME.search(about) or _NO_TIME.search(about):
        return None
    return found[0]
