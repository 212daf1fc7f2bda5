"""How an instance wants to be asked for ranges of calls and for several users, and how its document says so."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from ..exchange import Ask, Behaviour, Reply, Request
from ..world import STATES, World
from . import oddity

VENDOR = ("timefrom", "timeto", "limit")


def _documented(world: World, **described: str) -> None:
    """These parameters instead of the vendor's, each with its description."""
    world.operation("get", "/cdr/")["parameters"] = [
        {"name": name, "in": "query", "description": text, "schema": {"type": "string"}}
        for name, text in described.items()
    ]


def _of_its_own(world: World, answer: Behaviour) -> None:
    """The instance takes the CDR's question in words of its own only."""
    world.only_documented.add("cdr")
    world.behaviours.append(_only_for("cdr", answer))


def _only_for(name: str, answer: Behaviour) -> Behaviour:
    """A behaviour of one service."""

    def behaviour(request: Request, ask: Ask) -> Reply:
        mine = request.path.rstrip("/").endswith(f"/services/{name}")
        return answer(request, ask) if mine else ask(request)

    return behaviour


def _renamed(world: World, **known: str) -> None:
    """The instance knows these names (-> the vendor's), and takes no notice of others."""

    def answer(request: Request, ask: Ask) -> Reply:
        kept = [(name, value) for name, value in request.asked if name not in VENDOR and name not in known]
        return ask(request.asking([*kept, *((known[name], value) for name, value in request.asked if name in known)]))

    _of_its_own(world, answer)


@oddity("content", "cdr")
def cdr_asked_in_german(world: World) -> None:
    _documented(world, von="Beginn", bis="Ende", anzahl="Anzahl der Zeilen")
    _renamed(world, von="timefrom", bis="timeto", anzahl="limit")


@oddity("content", "cdr")
def cdr_asked_in_german_words(world: World) -> None:
    _documented(world, zeitVon="Zeitpunkt ab", zeitBis="Zeitpunkt bis", maxAnzahl="Höchstens")
    _renamed(world, zeitVon="timefrom", zeitBis="timeto", maxAnzahl="limit")


@oddity("content", "cdr")
def cdr_asked_from_to(world: World) -> None:
    described = {"from": "begin", "to": "end", "count": ""}
    _documented(world, **described)
    _renamed(world, **dict(zip(described, VENDOR, strict=True)))


@oddity("content", "cdr")
def cdr_asked_start_end(world: World) -> None:
    _documented(world, startTime="", endTime="", maxResults="")
    _renamed(world, startTime="timefrom", endTime="timeto", maxResults="limit")


@oddity("content", "cdr")
def cdr_asked_since_until(world: World) -> None:
    _documented(world, since="", until="", top="Number of rows at most")
    _renamed(world, since="timefrom", until="timeto", top="limit")


@oddity("content", "cdr")
def cdr_asked_in_camel_case(world: World) -> None:
    _documented(world, timeFrom="", timeTo="", pageSize="")
    _renamed(world, timeFrom="timefrom", timeTo="timeto", pageSize="limit")


@oddity("content", "cdr")
def cdr_names_say_nothing(world: World) -> None:
    _documented(world, t1="Start of the time range", t2="End of the time range", n="Maximum number of rows")
    _renamed(world, t1="timefrom", t2="timeto", n="limit")


@oddity("content", "cdr")
def cdr_names_say_nothing_in_german(world: World) -> None:
    _documented(world, p1="Beginn des Zeitraums", p2="Ende des Zeitraums", p3="Maximale Anzahl der Einträge")
    _renamed(world, p1="timefrom", p2="timeto", p3="limit")


@oddity("content", "cdr")
def cdr_documented_otherwise(world: World) -> None:
    """The instance takes the vendor's names all the same."""
    _documented(world, **{"from": "begin", "to": "end", "top": "Number of rows at most"})


def _converted(world: World, convert: Callable[[str], str]) -> None:
    """The instance reads times only as `convert` understands them; what it can't read it takes no notice of."""

    def answer(request: Request, ask: Ask) -> Reply:
        pairs = []
        for name, value in request.asked:
            if name not in ("timefrom", "timeto"):
                pairs.append((name, value))
                continue
            try:
                pairs.append((name, convert(value)))
            except ValueError:
                continue
        return ask(request.asking(pairs))

    world.behaviours.append(_only_for("cdr", answer))


@oddity("content", "cdr")
def cdr_asked_in_seconds(world: World) -> None:
    _documented(world, timefrom="seconds since 1970", timeto="seconds since 1970", limit="")

    def convert(text: str) -> str:
        if int(text) > 10**11:
            raise ValueError
        return str(int(text) * 1000)

    _converted(world, convert)


@oddity("content", "cdr")
def cdr_asked_in_iso(world: World) -> None:
    _documented(world, timefrom="ISO 8601", timeto="ISO 8601", limit="")

    def convert(text: str) -> str:
        if "T" not in text:
            raise ValueError
        return str(int(datetime.fromisoformat(text).timestamp() * 1000))

    _converted(world, convert)


def _paged(world: World, rows: Callable[[dict[str, str], list[Any]], list[Any]]) -> None:
    """The instance answers a part of all, as the query says in its own terms."""

    def answer(request: Request, ask: Ask) -> Reply:
        reply = ask(request.asking([("limit", "1000")]))
        return reply.saying(rows(dict(request.asked), reply.json))

    _of_its_own(world, answer)


def _number(asked: dict[str, str], name: str, otherwise: int) -> int:
    text = asked.get(name, "")
    return int(text) if text.isdecimal() else otherwise


@oddity("content", "cdr")
def cdr_asked_by_hours_and_offset(world: World) -> None:
    """As a user of the real one describes it."""
    _documented(world, hours="How many hours back", offset="Rows to leave out", limit="Rows at most")

    def rows(asked: dict[str, str], every: list[Any]) -> list[Any]:
        since = time.time() * 1000 - _number(asked, "hours", 10**6) * 3_600_000
        found = [row for row in every if row["timestamp"] >= since]
        first = _number(asked, "offset", 0)
        return found[first : first + min(_number(asked, "limit", 100), 100)]

    _paged(world, rows)


@oddity("content", "cdr")
def cdr_asked_by_pages(world: World) -> None:
    _documented(world, page="Number of the page, from 1", pageSize="Rows of a page, at most 100")

    def rows(asked: dict[str, str], every: list[Any]) -> list[Any]:
        size = min(_number(asked, "pageSize", 100), 100)
        first = (max(_number(asked, "page", 1), 1) - 1) * size
        return every[first : first + size]

    _paged(world, rows)


@oddity("content", "cdr")
def cdr_asked_by_offset_alone(world: World) -> None:
    _documented(world, start="Index of the first row", length="Number of rows (at most 100)")

    def rows(asked: dict[str, str], every: list[Any]) -> list[Any]:
        first = _number(asked, "start", 0)
        return every[first : first + min(_number(asked, "length", 100), 100)]

    _paged(world, rows)


# several users


def _keys(world: World, form: str, read: Callable[[Request], list[str]], **documented: Any) -> None:
    """The instance reads users so, and a list of them written otherwise as one user, whom it doesn't know."""
    world.keys = form
    world.operation("get", STATES)["parameters"] = [{"in": "query", **documented}]

    def answer(request: Request, ask: Ask) -> Reply:
        users = [user for user in read(request) if "," not in user]
        return ask(request.asking([("keys", ",".join(users) or "nobody")]))

    world.behaviours.append(_only_for("identity/states", answer))


def _all_of(*names: str) -> Callable[[Request], list[str]]:
    return lambda request: [value for name, value in request.asked if name in names]


LIST = {"type": "array", "items": {"type": "string"}}


@oddity("content", "states")
def states_asked_repeatedly(world: World) -> None:
    _keys(world, "multi", _all_of("keys"), name="keys", schema=LIST, explode=True)


@oddity("content", "states")
def states_asked_in_brackets(world: World) -> None:
    def read(request: Request) -> list[str]:
        several = _all_of("keys[]")(request)
        return several or _all_of("keys")(request)[-1:]  # as PHP has it

    _keys(world, "brackets", read, name="keys[]", schema=LIST)


@oddity("content", "states")
def states_asked_one_by_one(world: World) -> None:
    _keys(world, "one", lambda request: _all_of("keys")(request)[-1:], name="keys", schema={"type": "string"})


@oddity("content", "states")
def states_first_of_several_only(world: World) -> None:
    def read(request: Request) -> list[str]:
        return [user.split(",")[0] for user in _all_of("keys")(request)[:1]]

    _keys(world, "one", read, name="keys", schema={"type": "string"}, required=True)
