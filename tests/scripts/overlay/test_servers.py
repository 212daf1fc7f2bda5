"""What lies on another server than the document is named, and what doesn't is not."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.overlay.document import with_overlay

BASE = "https://api.example.com/v1"
OTHER = "https://upload.example.com/api"


def warnings(own: list[str] | None, *, of_path: list[str] | None = None, of_operation: list[str] | None = None) -> str:
    def servers(urls: list[str] | None) -> dict[str, Any]:
        return {} if urls is None else {"servers": [{"url": url} for url in urls]}

    operation = {"responses": {"200": {"description": "ok"}}, **servers(of_operation)}
    plain = {"responses": {"200": {"description": "ok"}}}
    document = {
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {"/content": {"post": operation, "get": plain, **servers(of_path)}},
        **servers(own),
    }
    return "\n".join(with_overlay(document, plain=True).warnings)


@pytest.mark.parametrize(
    ("own", "others"),
    [
        ([BASE], {"of_operation": [OTHER]}),
        ([BASE], {"of_operation": ["https://api.example.com/v2"]}),
        ([BASE], {"of_operation": ["/v2"]}),
        (None, {"of_operation": [OTHER]}),
        ([BASE, "https://b.example.com"], {"of_operation": [OTHER]}),
        ([BASE], {"of_operation": ["https://{region}.example.com"]}),
        ([BASE], {"of_path": [BASE], "of_operation": [OTHER]}),
    ],
)
def test_an_operation_on_another_server_is_named(own: list[str] | None, others: Any) -> None:
    told = warnings(own, **others)
    assert "POST /content lies on another server" in told
    assert others["of_operation"][0] in told


def test_a_path_on_another_server_is_named_once() -> None:
    assert warnings([BASE], of_path=[OTHER]).count(OTHER) == 1
    assert "GET /content and 1 more lie on" in warnings([BASE], of_path=[OTHER])


@pytest.mark.parametrize(
    ("own", "others"),
    [
        ([BASE], {}),
        ([BASE], {"of_operation": [BASE + "/"]}),
        ([BASE], {"of_operation": [OTHER, BASE]}),
        (["/v1"], {"of_path": ["v1"]}),
        (None, {"of_path": ["/"]}),
    ],
)
def test_what_lies_on_the_documents_own_is_not(own: list[str] | None, others: Any) -> None:
    assert warnings(own, **others) == ""


@pytest.mark.parametrize(
    ("schemes", "of_operation", "told"),
    [
        (["https"], ["http"], "http://a.example.com/v1"),
        (None, ["http"], "http://a.example.com/v1"),
        (["http", "https"], ["wss"], "wss://a.example.com/v1"),
        (["https"], ["https"], ""),
        (["https"], ["http", "https"], ""),
        (["https"], [], ""),
    ],
)
def test_an_operation_of_swagger_2_with_another_scheme_is_named(schemes: Any, of_operation: Any, told: str) -> None:
    operation = {"responses": {"200": {"description": "ok"}}, "schemes": of_operation}
    document = {
        "swagger": "2.0",
        "info": {"title": "t", "version": "1"},
        "host": "a.example.com",
        "basePath": "/v1",
        "paths": {"/live": {"get": operation}},
        **({"schemes": schemes} if schemes else {}),
    }
    warnings = "\n".join(with_overlay(document, plain=True).warnings)
    expected = f"GET /live lies on another server, {told}:" if told else ""
    assert warnings.startswith(expected)
    assert bool(warnings) is bool(told)
