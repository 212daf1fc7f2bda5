"""What query parameters are for, by their names and descriptions."""

from __future__ import annotations

import pytest

from pascom_facade._meanings import meanings
from pascom_facade.cdr_options import CdrOptions

MEANT: list[tuple[dict[str, str], str]] = [
    # parameters with their descriptions; begin, end, limit, hours, offset, page
    ({"timefrom": "", "timeto": "", "limit": ""}, "timefrom timeto limit - - -"),
    ({"von": "Beginn", "bis": "Ende", "anzahl": "Anzahl der Zeilen"}, "von bis anzahl - - -"),
    ({"datum_von": "", "datum_bis": "", "maxZeilen": ""}, "datum_von datum_bis maxZeilen - - -"),
    ({"zeitVon": "Zeitpunkt ab", "zeitBis": "", "maxAnzahl": "Höchstens"}, "zeitVon zeitBis maxAnzahl - - -"),
    ({"start_date": "", "end_date": "", "per_page": ""}, "start_date end_date per_page - - -"),
    ({"since": "", "until": "", "top": "Number of rows"}, "since until top - - -"),
    ({"begin": "", "end": "", "maxResults": ""}, "begin end maxResults - - -"),
    ({"from": "Earliest call", "to": "", "count": ""}, "from to count - - -"),
    ({"from": "number of who called", "to": "who was called", "a": "Begin of the time range"}, "a - - - - -"),
    ({"a": "Start of the period (date)", "b": "End of the period (date)"}, "a b - - - -"),
    ({"a": "Anfang des Zeitraums", "b": "Ende des Zeitraums", "c": "Wie viele Zeilen"}, "a b c - - -"),
    ({"hours": "How many hours back", "offset": "Rows to leave out"}, "- - - hours offset -"),
    ({"stunden": "", "seite": "", "proSeite": ""}, "- - proSeite stunden - seite"),
    ({"h": "Anrufe der letzten Stunden", "x": "Erste Zeile"}, "- - - h x -"),
    ({"start": "Index of the first row", "length": "Rows at most"}, "- - length - start -"),
    ({"start": "Offset", "limit": ""}, "- - limit - start -"),
    ({"page": "Number of the page, from 1", "pageSize": ""}, "- - pageSize - - page"),
    ({"p": "Which page", "s": "Rows of a page"}, "- - s - - p"),
    ({"inbound": "1: only from outside", "result": "at the end of the time", "user": "until when"}, "- - - - - -"),
    ({"minDuration": "at least so many seconds", "maxDuration": "at most so many seconds"}, "- - - - - -"),
    ({"fromNumber": "", "toNumber": "", "endpoint": "", "format": "iso date from"}, "- - - - - -"),
    ({"from": "", "timefrom": ""}, "timefrom - - - - -"),
]


@pytest.mark.parametrize(("parameters", "expected"), MEANT, ids=[" ".join(one[0]) for one in MEANT])
def test_parameters_are_recognised(parameters: dict[str, str], expected: str) -> None:
    found = meanings({"name": name, "description": text} for name, text in parameters.items())
    listed = ("begin", "end", "limit", "hours", "offset", "page")
    assert " ".join(found.get(meaning, "-") for meaning in listed) == expected


def test_the_options_of_a_document() -> None:
    described = {"ab": "", "von": "Beginn, Millisekunden seit 1970", "bis": "", "stunden": "", "skip": "", "seite": ""}
    told = CdrOptions.documented({"name": name, "description": text} for name, text in described.items())
    assert (told.timefrom, told.timeto, told.limit, told.time_format) == ("ab", "bis", "limit", None)
    assert (told.hours, told.offset, told.page) == ("stunden", "skip", "seite")
    assert CdrOptions.documented([{"name": "von", "description": "Sekunden seit 1970"}]).time_format == "s"
