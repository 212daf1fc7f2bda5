"""The meaning of a query parameter, from its name and description in German or English.

A name in the usual words is enough (`timefrom`, `zeitVon`, `maxResults`), unless the description contradicts it. A name
that says nothing (`t1`, `p3`) means what its description says.
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
"""Words that may accompany those, and mean nothing alone."""

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
"""Patterns of descriptions, the surest first."""

_TIME = re.compile(r"time|date\b|\bday|moment|range|second|\biso\b|zeit|datum|tag\b|yyyy|jjjj")
_NO_TIME = re.compile(r"phone|caller|callee|called|calling|number|nummer|extension|user|benutzer|teilnehmer|page|row")
_VENDORS = ("timefrom", "timeto", "limit")
_KNOWN = re.compile(r"inbound|internal|result|user|keys|extension|format|order|sort.*|direction|number|name")
"""The vendor's other parameters, and names that mean something else everywhere."""


def meanings(parameters: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The parameter's name for each of `MEANINGS` that the operation has."""
    by_name: dict[str, str] = {}
    by_description: dict[str, str] = {}
    for parameter in sorted(parameters, key=lambda one: one.get("name") not in _VENDORS):
        name = str(parameter.get("name"))
        about = str(parameter.get("description") or "").lower()
        named, described = _of_name(name), _of_description(about)
        speaks_of_other = described is None and _NO_TIME.search(about) and not _TIME.search(about)
        if named in ("begin", "end") and speaks_of_other:
            continue  # "from: the caller's number"
        if named in ("begin", "end", "limit") and described in ("hours", "offset", "page"):
            by_name.setdefault(described, name)  # "start: index of the first row"
        elif named:
            by_name.setdefault(named, name)
        elif described and not _KNOWN.fullmatch(name.lower()):
            by_description.setdefault(described, name)
    return {**by_description, **by_name}


def _of_name(name: str) -> str | None:
    words = _split(name)
    if words in (["per", "page"], ["pro", "seite"]):
        return "limit"
    for meaning in MEANINGS:
        certain, beside = set(_WORDS[meaning].split()), set(_BESIDE[meaning].split())
        if not certain.isdisjoint(words) and (certain | beside).issuperset(words):
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
    """The words of a compound: `timefrom`, `startdate`, `maxrows`, `pagesize`."""
    if not word:
        return []
    if word not in _EVERY_WORD and (together := _BESIDE_TIME.fullmatch(word)):
        parts = [part for part in together.groups() if part]
        if _EVERY_WORD.issuperset(parts):
            return parts
    return [word]


def _of_description(about: str) -> str | None:
    """The meaning of a description, which is in small letters."""
    found = [meaning for meaning, pattern in _DESCRIPTIONS.items() if re.search(pattern, about)]
    if not found:
        return None
    if found[0] not in ("begin", "end"):
        return found[0]
    if len(found) > 1 or not _TIME.search(about) or _NO_TIME.search(about):
        return None
    return found[0]
