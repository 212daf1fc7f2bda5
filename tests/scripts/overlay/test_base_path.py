"""Wherever a document puts the border between server and path, pascom's paths end up relative to `…/services`."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.overlay.base_path import relative_to_services

PARAMETER = {"name": "n", "in": "query", "schema": {}}


def document(server: str | None, *paths: str) -> dict[str, Any]:
    found: dict[str, Any] = {"paths": {path: {"get": {}} for path in paths}}
    return found if server is None else {**found, "servers": [{"url": server, "description": "d"}, {"url": "/2"}]}


@pytest.mark.parametrize(
    ("server", "paths", "expected", "relative"),
    [
        (None, ["/voip/services/cdr/", "/voip/services/a/{b}"], "/voip/services", ["/cdr/", "/a/{b}"]),
        ("/", ["/voip/services/cdr/"], "/voip/services", ["/cdr/"]),
        ("https://p.example/voip", ["/services/cdr/"], "https://p.example/voip/services", ["/cdr/"]),
        ("https://p.example/v/services/rest/", ["/cdr/"], "https://p.example/v/services", ["/rest/cdr/"]),
        (
            "https://p.example/{i}",
            ["/services/a/services/b"],
            "https://p.example/{i}/services",
            ["/a/services/b"],
        ),
    ],
)
def test_the_border_is_moved(server: str | None, paths: list[str], expected: str, relative: list[str]) -> None:
    moved, repairs = relative_to_services(document(server, *paths))
    assert (moved["servers"][0]["url"], list(moved["paths"])) == (expected, relative)
    assert moved["servers"][1:] == ([] if server is None else [{"url": "/2"}])
    assert [repair.pointer for repair in repairs] == ["#/servers/0/url"]
    assert relative_to_services(moved) == (moved, [])


@pytest.mark.parametrize(
    ("server", "paths"),
    [
        ("https://p.example/voip/services", ["/cdr/"]),  # as it should be
        ("https://p.example/api", ["/cdr/"]),  # no pascom
        ("/", ["/voip/services/cdr/", "/voip/login"]),  # not all of them
        ("/", ["/voip/services/cdr/", "/other/services/cdr/"]),  # two instances
        ("/", []),
    ],
)
def test_it_stays_where_it_is(server: str, paths: list[str]) -> None:
    given = document(server, *paths)
    assert relative_to_services(given) == (given, [])


def test_references_into_paths_follow_and_notes_stay() -> None:
    given = document("/", "/v/services/a", "/v/services/b")
    given["paths"]["/v/services/a"]["get"] = {"parameters": [PARAMETER]}
    listed = {"$ref": "#/paths/~1v~1services~1a/get/parameters/0"}
    given["paths"] |= {
        "/v/services/b": {"get": {"parameters": [listed]}},
        "x-note": {"about": "/v/services/a"},
    }
    moved, _ = relative_to_services(given)
    assert moved["paths"]["/b"]["get"]["parameters"] == [{"$ref": "#/paths/~1a/get/parameters/0"}]
    assert moved["paths"]["x-note"] == {"about": "/v/services/a"}
