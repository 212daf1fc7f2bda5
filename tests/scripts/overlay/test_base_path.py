"""Wherever a document puts the border between server and path, pascom's paths end up relative to `…/services`."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.overlay.base_path import may_be_of_one_instance, relative_to_services

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
        ("/", ["/cdr/", "/lift/", "/lift/{id}/services"]),  # a module's own services
        ("/voip/services", ["/cdr/", "/lift/services/{id}"]),
        ("../../services", ["/cdr/"]),  # counted from the document
        ("..", ["/cdr/"]),
        ("/services/services", ["/cdr/"]),
        ("{scheme}://{server}/{instance}/services/", ["/cdr/"]),
        ("https://p.example/voip/services/apidoc/api-docs", ["/cdr/"]),  # where the document lies
        ("/", []),
    ],
)
def test_it_stays_where_it_is(server: str, paths: list[str]) -> None:
    given = document(server, *paths)
    assert relative_to_services(given) == (given, [])


MIXTURES = {
    "some with the prefix, some without": ("/", ["/voip/services/cdr/", "/identity/"], ["/cdr/", "/identity/"]),
    "one outside of services": (
        None,
        ["/services/cdr/", "/chat/status", "/services"],
        ["/cdr/", "/chat/status", "/"],
    ),
    "one beside services": ("/", ["/voip/services/cdr/", "/voip/login"], ["/cdr/", "/login"]),
    "a front controller in the server": (
        "/voip/services/index.php",
        ["/cdr/", "/lift/"],
        ["/cdr/", "/index.php/lift/"],  # only the vendor's modules are known to be there without
    ),
    "a front controller in paths": ("/voip/services", ["/app_dev.php/cdr/", "/index.php"], ["/cdr/", "/index.php"]),
    "the prefix twice": ("/voip/services", ["/voip/services/cdr/", "/services/device/"], ["/cdr/", "/device/"]),
    "twice in the path": ("/", ["/voip/services/voip/services/cdr/"], ["/cdr/"]),
    "another instance": ("/voip/services", ["/demo/services/cdr/", "/demo/services/lift/"], ["/cdr/", "/lift/"]),
    "the instance as a parameter": (
        None,
        ["/{instance}/services/cdr/", "/{instance}/services/lift/{id}"],
        ["/cdr/", "/lift/{id}"],
    ),
    "the instance, without services": ("https://p.example/voip", ["/voip/cdr/", "/voip/lift/"], ["/cdr/", "/lift/"]),
    "all behind an instance": ("/", ["/voip/cdr/", "/voip/lift/"], ["/cdr/", "/lift/"]),
    "a parameter, without services": ("/", ["/{tenant}/cdr/", "/{tenant}/lift/"], ["/cdr/", "/lift/"]),
    "behind a proxy": ("/", ["/pbx/1/services/cdr/", "/pbx/1/services/lift"], ["/cdr/", "/lift"]),
    "a server for a module": ("/voip/services/queue", ["/states", "/queue/"], ["/queue/states", "/queue/"]),
    "doubled slashes amid": ("/voip/services", ["/device//{name}"], ["/device/{name}"]),
    "doubled slashes": ("/voip/services", ["//cdr/", "//device/{name}"], ["/cdr/", "/device/{name}"]),
    "parameters as routers write them": (
        "/voip/services",
        ["/device/:name", "/queue/<name>", "/trunk/<string:name>", "/skill/${name}", "/prompt/%7Bname%7D"],
        ["/device/{name}", "/queue/{name}", "/trunk/{name}", "/skill/{name}", "/prompt/{name}"],
    ),
    "a query in the path": ("/voip/services", ["/cdr/?limit={rows}&csv=1", "/device?"], ["/cdr/", "/device"]),
    "a fragment": ("/voip/services", ["/cdr/#list"], ["/cdr/"]),
    "two of one address": (
        "/voip/services",
        ["/cdr/", "/services/cdr/", "/cdr/?csv=1"],
        ["/cdr/", "/cdr/#2", "/cdr/?csv=1"],
    ),
}


@pytest.mark.parametrize("kind", MIXTURES)
def test_each_path_is_brought_to_one_form_by_itself(kind: str) -> None:
    server, paths, relative = MIXTURES[kind]
    moved, repairs = relative_to_services(document(server, *paths))
    assert list(moved["paths"]) == relative
    assert repairs
    assert relative_to_services(moved) == (moved, [])


def in_path(*names: str) -> list[dict[str, Any]]:
    return [{"name": name, "in": "path", "required": True, "schema": {}} for name in names]


def test_parameters_that_the_path_has_no_more_go_and_those_of_its_query_stay() -> None:
    item = {"parameters": in_path("instance"), "get": {"parameters": in_path("rows", "user")}}
    given = {"paths": {"/{instance}/services/identity/{user}/cdr?limit={rows}&csv=1": item}}
    moved, _ = relative_to_services(given)
    found = moved["paths"]["/identity/{user}/cdr"]
    assert found["parameters"] == []
    assert found["get"]["parameters"] == [
        {"name": "limit", "in": "query", "schema": {}},
        *in_path("user"),
        {"name": "csv", "in": "query", "schema": {"type": "string", "default": "1"}},
    ]


def test_operations_of_one_address_come_together() -> None:
    given = document("/voip/services", "/cdr/")
    given["paths"]["/services/cdr/"] = {"post": {}, "parameters": [PARAMETER]}
    moved, _ = relative_to_services(given)
    assert moved["paths"] == {"/cdr/": {"get": {}, "post": {"parameters": [PARAMETER]}}}


def test_a_paths_own_server_counts() -> None:
    given = document("/voip/services", "/cdr/")
    given["paths"]["/states"] = {"get": {}, "servers": [{"url": "/voip/services/identity"}]}
    moved, _ = relative_to_services(given)
    assert moved["paths"] == {"/cdr/": {"get": {}}, "/identity/states": {"get": {}}}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            {"host": "a.example", "basePath": "/x/services"},
            {"servers": [{"url": "https://a.example/x/services"}]},
            True,
        ),
        ({"servers": [{"url": "/x/services"}]}, {"servers": [{"url": "https://a.example/x/services"}]}, True),
        ({"servers": [{"url": "https://b.example"}]}, {"servers": [{"url": "https://a.example"}]}, False),
        ({"servers": [{"url": "/x/services"}]}, {"servers": [{"url": "/y/services"}]}, False),
        ({"servers": [{"url": "/{i}/services"}]}, {"servers": [{"url": "/y/services"}]}, True),
        ({}, {"servers": "damaged"}, True),
    ],
)
def test_two_documents_are_one_instances_unless_they_name_two(one: Any, other: Any, same: bool) -> None:
    assert may_be_of_one_instance(one, other) is same


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
