"""Checks of the journal: how calls are asked for, which come, and what they look like."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from urllib.parse import quote

from ..cdr import Call
from ..cdr_habits import Kept
from .instance import Instance
from .journal import LOCAL, MANY, Rows
from .looking import Seen
from .words import Told, Why

_CLASSIC = """id timestamp time userId userName extension inbound internal duration connected deviceId deviceName
    locationId locationName recordId voicemailId name number prefix phonebookEntryId result resultDetails via viaDetails
    phonecallRecordId chain labelList"""
_SINCE_19 = """id timestamp parentid chain result resultdetails via viadetails recordid duration connected srcinternal
    srcuserid srcusername srcname srcdeviceid srcdevicename srclocationid srclocationname srcprefix srcnumber
    srcextension dstinternal dstuserid dstusername dstname dstdeviceid dstdevicename dstlocationid dstlocationname
    dstprefix dstnumber dstextension srcphonebookentryid dstphonebookentryid data holdcount holdduration
    phonecallid"""
CLASSIC, SINCE_19 = _CLASSIC.split(), _SINCE_19.split()
COLUMNS = {"18": CLASSIC, "19": SINCE_19}
KEPT: dict[tuple[bool | None, bool | None], Kept] = {
    (True, False): "newest",
    (False, True): "oldest",
    (True, True): "any",
}
"""Which calls an answer has, by whether there are older ones, and newer ones."""
FILTERS = {"inbound": 1, "internal": 1, "result": "hangup"}


# What an answer is


def listed(look: Instance) -> Told:
    """What a list of calls is in."""
    seen = look.journal.plain.seen
    if seen.status >= 500:
        return Told(why=Why.FAILED)
    if seen.status >= 300:
        return Told(why=Why.REFUSED)
    return Told(seen.shape)


def default_rows(look: Instance) -> Told:
    journal = look.journal
    if not journal.plain.calls:
        return Told(why=Why.FEW_CALLS)
    if len(journal.plain) < len(journal.many) or journal.cut:
        return Told(len(journal.plain))
    return Told(why=Why.ALL_FIT)


def limit(look: Instance) -> Told:
    few = look.journal.few
    if few.seen.status >= 400:
        return Told("refused")
    if len(look.journal.plain) <= len(few):
        return Told(why=Why.FEW_CALLS) if len(few) <= 5 else Told("ignored")
    return Told("honoured")


def most_rows(look: Instance) -> Told:
    journal, many = look.journal, look.journal.many
    if not many.calls:
        return Told(why=Why.FEW_CALLS)
    if len(many) >= MANY:
        return Told("more")
    if journal.cut:
        return Told(len(many))
    return Told(why=Why.ALL_FIT if journal.cut is False else journal.no_ranges)


def order(look: Instance) -> Told:
    """Of the rows of an answer."""
    stamps = look.journal.plain.stamps
    if len(set(stamps)) < 3:
        return Told(why=Why.FEW_CALLS)
    falls = sum(later < earlier for earlier, later in pairwise(stamps))
    rises = sum(later > earlier for earlier, later in pairwise(stamps))
    if not rises:
        return Told("newest first")
    if not falls:
        return Told("oldest first")
    if falls > 9 * rises:
        return Told("nearly newest first")
    return Told("nearly oldest first" if rises > 9 * falls else "none")


def kept(look: Instance) -> Told:
    """Which calls an answer has that doesn't have all."""
    journal = look.journal
    kept = KEPT.get(journal.beyond)
    if kept is None:
        return Told(why=Why.ALL_FIT if journal.cut is False else journal.no_ranges)
    journal.habits.keeps = kept
    return Told(kept)


# Ranges


def time_format(look: Instance) -> Told:
    journal = look.journal
    if len(set(journal.many.stamps)) < 4:
        return Told(why=Why.FEW_CALLS)
    format = journal.format
    if format is not None:
        return Told(format.name)
    return Told("none known") if len(journal.many) >= 100 else Told(why=Why.FEW_CALLS)


def ranges(look: Instance) -> Told:
    """Which ends of a range are taken notice of."""
    journal = look.journal
    if journal.format is None:
        return time_format(look)
    words = {(True, True): "both ends", (True, False): "only the beginning", (False, True): "only the end"}
    return Told(words[journal.format.honours])


def begin_included(look: Instance) -> Told:
    return _included(look, end=False)


def end_included(look: Instance) -> Told:
    return _included(look, end=True)


def _included(look: Instance, *, end: bool) -> Told:
    """Whether a call comes that began just when the range begins, or ends."""
    journal, format = look.journal, look.journal.format
    if format is None or not format.honours[end]:
        return Told(why=journal.no_ranges)
    coarse = format.unit > 1 or journal.whole_seconds
    stamp = journal.alone(-1 if coarse else 0)
    exact = stamp is not None
    if stamp is None:
        stamp = journal.alone()
    if stamp is None:
        return Told(why=Why.FEW_CALLS)
    edge = stamp // 1000 * 1000 if coarse else stamp
    span = (edge - 60_000, edge) if end else (edge, edge + 60_000)
    comes = stamp in journal.exactly(format, *span).stamps
    if exact or comes == end:  # between two full seconds, the other answer says nothing
        return Told("included" if comes else "left out")
    return Told(why=Why.NO_FULL_SECOND)


def resolution(look: Instance) -> Told:
    """How exactly the instance looks at the times of calls."""
    journal, format = look.journal, look.journal.format
    if format is None or not format.honours[0]:
        return Told(why=journal.no_ranges)
    if format.name != "ms":
        return Told(why=Why.TO_THE_SECOND)
    if journal.alone(1) is None:
        return Told(why=Why.FEW_CALLS)
    return Told("seconds" if journal.whole_seconds else "milliseconds")


def unreadable_time(look: Instance) -> Told:
    options = look.journal.options
    rows = look.journal.ask(**{options.timefrom: "some-time", options.limit: 5})
    return _taken(rows.seen)


def unknown_parameter(look: Instance) -> Told:
    rows = look.journal.ask(**{"x-unknown": 1, look.journal.options.limit: 5})
    return _taken(rows.seen)


def _taken(seen: Seen) -> Told:
    if seen.status >= 500:
        return Told("fails")
    return Told("refused" if seen.status >= 400 else "ignored")


# Filters


def filter_inbound(look: Instance) -> Told:
    return _filter(look, "inbound")


def filter_internal(look: Instance) -> Told:
    return _filter(look, "internal")


def filter_result(look: Instance) -> Told:
    return _filter(look, "result")


def _filter(look: Instance, name: str) -> Told:
    """Whether it is applied, and before an answer is cut: then calls come that were not among those without it."""
    journal = look.journal
    wanted = FILTERS[name]
    every = journal.plain.calls
    if len({_is(call, name, wanted) for call in every} - {None}) < 2:
        return Told(why=Why.NO_DIFFERENCE if every else Why.FEW_CALLS)
    rows = journal.ask(**{name: wanted})
    if rows.seen.status >= 400:
        return Told("refused")
    if any(_is(call, name, wanted) is False for call in rows.calls):
        journal.habits.filters[name] = False
        return Told("ignored")
    matching = sum(_is(call, name, wanted) is True for call in every)
    before = len(rows) > matching
    cut = journal.cut or len(every) < len(journal.many)
    if not before and not cut:
        return Told("honoured") if journal.cut is False else Told(why=journal.no_ranges)
    journal.habits.filters[name] = before
    return Told("honoured" if before else "honoured after the cut")


def _is(call: Call, name: str, wanted: object) -> bool | None:
    value = getattr(call, name)
    return None if value is None else value == wanted


# Rows


def structure(look: Instance) -> Told:
    rows = _objects(look.journal.plain)
    if not rows:
        return Told(why=Why.FEW_CALLS)
    keys = {_plain(key) for key in rows[0]}
    fitting = {name: len(keys & {_plain(one) for one in columns}) for name, columns in COLUMNS.items()}
    best = max(fitting, key=lambda name: fitting[name])
    return Told(best if fitting[best] >= 5 else "other")


def missing_columns(look: Instance) -> Told:
    known = COLUMNS.get(str(structure(look).value))
    if known is None:
        return Told(why=Why.FEW_CALLS)
    keys = {_plain(key) for row in _objects(look.journal.plain) for key in row}
    return Told(", ".join(name for name in known if _plain(name) not in keys) or "none")


def unknown_columns(look: Instance) -> Told:
    """How many there are; their names are the instance's."""
    known = COLUMNS.get(str(structure(look).value))
    if known is None:
        return Told(why=Why.FEW_CALLS)
    keys = {_plain(key) for row in _objects(look.journal.plain) for key in row}
    return Told(len(keys - {_plain(name) for name in known}))


def _objects(rows: Rows) -> list[dict[str, Any]]:
    return [row for row in rows.raw if len(row) > 1]


def _plain(column: str) -> str:
    return column.removeprefix("phonecallrecord_").replace("_", "").lower()


def timestamps(look: Instance) -> Told:
    values = _values(look, "timestamp")
    if not values:
        return Told(why=Why.FEW_CALLS)
    if all(type(value) is int for value in values):
        return Told("ms" if min(values) >= 10**11 else "s")
    return Told("text" if all(isinstance(value, str) for value in values) else "other")


def flags(look: Instance) -> Told:
    """How yes and no are written."""
    values = _values(look, "inbound") or _values(look, "srcinternal")
    if not values:
        return Told(why=Why.FEW_CALLS)
    for words, form in (((False, True), "true/false"), ((0, 1), "0/1"), (("f", "t"), "t/f"), (("0", "1"), '"0"/"1"')):
        if all(type(value) is type(words[0]) and value in words for value in values):
            return Told(form)
    return Told("other")


def _values(look: Instance, column: str) -> list[Any]:
    rows = look.journal.plain.raw
    return [value for row in rows for key, value in row.items() if _plain(key) == column]


def zone(look: Instance) -> Told:
    """Of the server's clock, which `time` shows, and times without a zone."""
    journal = look.journal
    if journal.zone is not None:
        return Told(journal.zone)
    if journal.format is not None and journal.format.name in LOCAL:
        return Told(journal.format.as_dict()["zone"])
    return Told(why=Why.NO_LOCAL_TIME)


# Beside the list


def raw_data(look: Instance) -> Told:
    journal = look.journal
    rows = journal.ask(**{"rawdata": 1, journal.options.limit: 5})
    if rows.seen.status >= 400:
        return Told("refused")
    if not rows.calls or not journal.plain.calls:
        return Told(why=Why.FEW_CALLS)
    same = rows.raw[0].keys() == journal.plain.raw[0].keys()
    if same and structure(look).value == "19":
        return Told(why=Why.NO_DIFFERENCE)
    return Told("the same columns" if same else "other columns")


def of_user(look: Instance) -> Told:
    user = next((call.user for call in look.journal.plain.calls if call.user), None)
    if user is None:
        return Told(why=Why.FEW_CALLS)
    seen = look.ask(f"identity/{quote(user, safe='')}/cdr", params={look.journal.options.limit: 5})
    if seen.status >= 300:
        return Told(str(seen.status))
    rows = Rows(seen)
    return Told("their calls" if all(call.involves(user) for call in rows.calls) else "all calls")
