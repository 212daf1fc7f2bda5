"""Parameters: where they stand, how they are written, what Python calls them."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.changes import Severity, compare

from .examples import COUNT, LIST, TEXT, both, document, fields, nothing, with_body, with_parameter

BREAKING = Severity.BREAKING


def found(old: Any, new: Any) -> list[tuple[Severity, str]]:
    return [(one.severity, one.finding.text) for one in compare(document(old), document(new)).all]


STYLES: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"schema": LIST}, {"schema": LIST, "explode": False}, "form, exploded to form"),
    ({"schema": LIST}, {"schema": LIST, "style": "spaceDelimited"}, "form, exploded to spaceDelimited"),
    ({"schema": fields(a=TEXT)}, {"schema": fields(a=TEXT), "style": "deepObject"}, "form, exploded to deepObject"),
    ({"schema": LIST, "in": "header"}, {"schema": LIST, "in": "header", "explode": True}, "simple to simple, exploded"),
    ({"schema": {}}, {"schema": {}, "explode": False}, "form, exploded to form"),
    (
        {"schema": LIST, "x-collectionFormat": "tsv", "explode": False},
        {"schema": LIST, "x-collectionFormat": "pipes", "explode": False},
        "tabDelimited to pipeDelimited",
    ),
]


@pytest.mark.parametrize(("old", "new", "change"), STYLES)
def test_another_style_breaks_in_both_directions(old: Any, new: Any, change: str) -> None:
    before, _, after = change.partition(" to ")
    assert found(with_parameter(**old), with_parameter(**new)) == [
        (BREAKING, f"style changed from {before} to {after}")
    ]
    assert found(with_parameter(**new), with_parameter(**old)) == [
        (BREAKING, f"style changed from {after} to {before}")
    ]


SAME_STYLES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"schema": LIST}, {"schema": LIST, "style": "form", "explode": True}),
    ({"schema": TEXT}, {"schema": TEXT, "explode": False}),
    ({"schema": COUNT}, {"schema": COUNT, "style": "pipeDelimited"}),
    ({"schema": LIST, "in": "header"}, {"schema": LIST, "in": "header", "style": "simple"}),
    ({"schema": fields(), "style": "deepObject"}, {"schema": fields(), "style": "deepObject", "explode": False}),
]


@pytest.mark.parametrize(("old", "new"), SAME_STYLES[:4])
def test_a_style_that_writes_the_same_is_no_difference(old: Any, new: Any) -> None:
    assert found(with_parameter(**old), with_parameter(**new)) == []


PLACES = [("query", "header"), ("header", "query"), ("query", "cookie"), ("cookie", "header"), ("header", "cookie")]


@pytest.mark.parametrize(("old", "new"), PLACES)
def test_another_place_breaks(old: str, new: str) -> None:
    before, after = with_parameter(**{"in": old}), with_parameter(**{"in": new})
    assert found(before, after) == [(BREAKING, f"moved from {old} to {new}")]
    retyped = with_parameter(**{"in": new}, schema={"type": "boolean"})
    assert (BREAKING, "type changed from string to boolean") in found(before, retyped)


def query(name: str) -> Any:
    return with_parameter(name=name)


def header(name: str) -> Any:
    return with_parameter(name=name, **{"in": "header"})


# What is there, what comes, and what then is called otherwise.
ARGUMENTS = [
    (query("Limit"), header("limit"), ""),  # a query keeps its name
    (header("Limit"), query("limit"), "its argument is limit_header now; limit means query parameter limit"),
    (query("Limit"), query("limit"), "its argument is limit_query now; limit means query parameter limit"),
    (query("Max-Rows"), query("max_rows"), "argument is max_rows_query now; max_rows means query parameter max_rows"),
    (query("a-b"), query("a.b"), "its argument is"),
    (query("body"), with_body(), "its argument is body_query now, was body"),
    (header("Content-type-"), nothing, ""),
    (query("content_type"), with_body(), "its argument is content_type_query now, was content_type"),
]


@pytest.mark.parametrize(("there", "arrives", "text"), ARGUMENTS)
def test_an_argument_that_means_another_parameter_breaks(there: Any, arrives: Any, text: str) -> None:
    texts = [said for severity, said in found(there, both(there, arrives)) if severity is BREAKING]
    assert len(texts) == bool(text)
    assert all(text in said for said in texts)
