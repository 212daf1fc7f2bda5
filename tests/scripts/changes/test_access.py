"""Logins and base paths: what operations take from their document."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.changes import Severity, compare

from .examples import KEY, OAUTH, document, with_login

BASIC = {"type": "http", "scheme": "basic"}
OPENID = {"type": "openIdConnect", "openIdConnectUrl": "https://a.test/1"}
ELSEWHERE = {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://b.test/t", "scopes": {}}}}

REDEFINED: list[tuple[Any, Any]] = [
    (KEY, {**KEY, "in": "query"}),
    (KEY, {**KEY, "in": "cookie"}),
    (KEY, {**KEY, "name": "X-Token"}),
    (KEY, BASIC),
    (BASIC, {**BASIC, "scheme": "bearer"}),
    (BASIC, OAUTH),
    (OAUTH, ELSEWHERE),
    (OPENID, {**OPENID, "openIdConnectUrl": "https://a.test/2"}),
]


@pytest.mark.parametrize("pair", REDEFINED)
def test_a_login_that_is_another_now_breaks_in_both_directions(pair: tuple[Any, Any]) -> None:
    old, new = (document(with_login({"k": []}, **scheme)) for scheme in pair)
    for there, back in ((old, new), (new, old)):
        assert [(one.severity, one.finding.kind) for one in compare(there, back).all] == [
            (Severity.BREAKING, "login-scheme-changed")
        ]


SAME_LOGIN = [
    (KEY, {**KEY, "description": "x"}),
    (KEY, {**KEY, "name": "x-KEY"}),
    (BASIC, {**BASIC, "scheme": "Basic"}),
    (BASIC, {**BASIC, "bearerFormat": "JWT"}),
    (OAUTH, {**OAUTH, "flows": {"clientCredentials": {"tokenUrl": "https://a.test/t", "scopes": {"read": "x"}}}}),
]


@pytest.mark.parametrize("pair", SAME_LOGIN)
def test_what_only_describes_a_login_is_no_difference(pair: tuple[Any, Any]) -> None:
    old, new = (document(with_login({"k": []}, **scheme)) for scheme in pair)
    assert compare(old, new).all == ()


def test_a_login_that_isnt_asked_for_any_more_may_be_anything() -> None:
    old = document(with_login({"k": []}, **KEY))
    new = document(with_login({"k": []}, {}, **BASIC))
    assert {one.severity for one in compare(old, new).all} == {Severity.COMPATIBLE}


def with_servers(*urls: str, **where: Any) -> Any:
    def edit(whole: Any) -> None:
        holder = {"document": whole, "path": whole["paths"]["/a/{id}"], "operation": whole["paths"]["/a/{id}"]["post"]}
        holder[where.get("at", "document")]["servers"] = [{"url": url, **where.get("more", {})} for url in urls]

    return edit


MOVED = [
    ((), ("https://a.test/v2",)),
    (("https://a.test/v1",), ("https://a.test/v2",)),
    (("/v1",), ("/v1/api",)),
    (("https://a.test/v1/",), ("https://a.test",)),
    (("//a.test/v1",), ("//a.test/v2?x=1",)),
    (("/v1", "/v2"), ("/v2", "/v3")),
]


@pytest.mark.parametrize("at", ["document", "path", "operation"])
@pytest.mark.parametrize(("old", "new"), MOVED)
def test_another_base_path_breaks(old: Any, new: Any, at: str) -> None:
    changes = compare(document(with_servers(*old, at=at)), document(with_servers(*new, at=at))).all
    assert [(one.severity, one.finding.kind) for one in changes] == [(Severity.BREAKING, "base-path-changed")]


SAME_BASE = [
    (("https://a.test/v1",), ("http://b.test:8080/v1/",)),
    (("/",), ()),
    (("/v1",), ("/v1", "/v2")),
    (("/v1", "/v2"), ("/v2", "/v1")),
    (("https://a.test/cs/services",), ("https://b.test/other/services",)),
]


@pytest.mark.parametrize(("old", "new"), SAME_BASE)
def test_another_host_or_one_more_base_path_is_no_difference(old: Any, new: Any) -> None:
    assert compare(document(with_servers(*old)), document(with_servers(*new))).all == ()


def test_a_variable_of_a_base_path_has_its_default() -> None:
    variable = {"variables": {"v": {"default": "v1"}}}
    old, new = document(with_servers("/{v}", more=variable)), document(with_servers("/v1"))
    assert compare(old, new).all == ()
