"""Routes with several operations, answers that are not documented one by one, bodies and headers."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from scripts.changes import Severity, compare

from .examples import COUNT, TEXT, document, fields, with_body, with_responses

BREAKING, MAYBE, COMPATIBLE = Severity.BREAKING, Severity.MAYBE, Severity.COMPATIBLE


def found(old: Any, new: Any) -> list[tuple[Severity, str, str]]:
    return [(one.severity, one.finding.kind, one.path) for one in compare(old, new).all]


def routes(**names: str) -> Any:
    """Operations of one route: the name of its parameter -> the operation's."""
    whole = document()
    whole["paths"] = {f"/a/{{{name}}}": {"get": {"operationId": said, "responses": {}}} for name, said in names.items()}
    return whole


ROUTES: list[tuple[Any, Any, list[tuple[Severity, str, str]]]] = [
    (routes(v="one", w="two"), routes(w="two"), [(BREAKING, "operation-removed", "/a/{v}")]),
    (routes(v="one", w="two"), routes(v="one"), [(BREAKING, "operation-removed", "/a/{w}")]),
    (routes(w="two"), routes(v="one", w="two"), [(COMPATIBLE, "operation-added", "/a/{v}")]),
    (routes(v="one", w="two"), routes(w="two", v="one"), []),
    (routes(v="one", w="two"), routes(x="two", y="one"), []),
    (routes(v="one", w="two"), routes(x="two"), [(BREAKING, "operation-removed", "/a/{v}")]),
    (routes(v="one"), routes(x="two", y="one"), [(COMPATIBLE, "operation-added", "/a/{x}")]),
]


@pytest.mark.parametrize(("old", "new", "expected"), ROUTES)
def test_operations_of_one_route_are_paired_by_spelling_then_by_name(old: Any, new: Any, expected: Any) -> None:
    assert found(old, new) == expected


def says(schema: Any) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


A, B = says(fields(a=TEXT)), says(fields(a=COUNT))
ADDED, REMOVED = (COMPATIBLE, "response-added"), (BREAKING, "response-removed")
TYPE, TYPE_OF_ERROR = (BREAKING, "response-type-changed"), (MAYBE, "response-type-changed")
RESPONSES: list[tuple[dict[str, Any], dict[str, Any], list[tuple[Severity, str]]]] = [
    ({"default": A}, {"default": B}, [TYPE]),
    ({"_200": A, "default": A}, {"_200": A, "default": B}, [TYPE_OF_ERROR]),
    ({"_404": A, "default": A}, {"_404": A, "default": B}, [TYPE]),
    ({"default": A}, {"_200": A}, []),
    ({"default": A}, {"_200": B}, [TYPE]),
    ({"_200": A}, {"default": A}, []),
    ({"_200": A}, {"default": B}, [TYPE]),
    ({"default": A}, {"_200": A, "default": B}, [ADDED]),
    ({"_200": A, "default": B}, {"default": A}, [(COMPATIBLE, "response-removed")]),
    ({"_200": A, "default": B}, {"_200": A}, [(COMPATIBLE, "response-removed")]),
    ({"_200": A}, {"_200": A, "default": B}, [ADDED]),
    ({"_404": A}, {"_404": A, "default": B}, [ADDED]),
    ({"_404": A, "default": B}, {"_404": A}, [REMOVED]),
    ({"_2XX": A}, {"_200": A}, []),
    ({"_200": A}, {"_2XX": B}, [TYPE]),
    ({"_404": A}, {"_4XX": B}, [TYPE_OF_ERROR]),
]


@pytest.mark.parametrize(("old", "new", "expected"), RESPONSES)
def test_an_answer_is_compared_with_what_covers_it(old: Any, new: Any, expected: Any) -> None:
    changes = found(document(with_responses(**old)), document(with_responses(**new)))
    assert sorted({change[:2] for change in changes}) == sorted(expected)


def test_a_media_type_may_be_sent_where_its_range_is_taken() -> None:
    old = document(with_body({"schema": TEXT}, "image/png"))
    for kind in ("image/*", "*/*"):
        new = document(with_body({"schema": TEXT}, kind))
        assert [change[:2] for change in found(old, new)] == [(COMPATIBLE, "request-media-type-added")]
        assert (BREAKING, "request-media-type-removed") in [change[:2] for change in found(new, old)]


def test_a_header_is_the_same_however_it_is_capitalized() -> None:
    old = document(with_responses(_200={"headers": {"X-A": {"schema": TEXT}}}))
    new = copy.deepcopy(old)
    new["paths"]["/a/{id}"]["post"]["responses"]["200"]["headers"] = {"x-a": {"schema": COUNT}}
    assert [change[:2] for change in found(old, new)] == [(MAYBE, "response-type-changed")]
