"""What the templates give: answers that never get lost, streams, typed namespaces, models imported when needed."""

from __future__ import annotations

import datetime
import inspect
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import httpx
import pytest

from scripts.build import build_into

ANSWER = {
    "200": {
        "description": "",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Call"}}},
    }
}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "t", "version": "1"},
    "paths": {
        "/call": {
            "get": {
                "tags": ["calls"],
                "operationId": "get_call",
                "summary": "One call",
                "parameters": [
                    {"name": "limit", "in": "query", "description": "How many", "schema": {"type": "integer"}}
                ],
                "responses": ANSWER,
            }
        },
        "/untyped": {"get": {"tags": ["calls"], "operationId": "untyped", "responses": {"200": {"description": ""}}}},
        "/wav": {
            "get": {
                "tags": ["calls"],
                "operationId": "wav",
                "responses": {"200": {"description": "", "content": {"audio/x-wav": {}}}},
            }
        },
        "/send": {
            "post": {
                "tags": ["calls"],
                "operationId": "send",
                "requestBody": {
                    "required": True,
                    "content": {
                        kind: {"schema": {"$ref": "#/components/schemas/Call"}}
                        for kind in (
                            "application/xml",
                            "application/x-www-form-urlencoded",
                            "application/json",
                        )
                    },
                },
                "responses": ANSWER,
            }
        },
    },
    "components": {
        "schemas": {
            "Call": {
                "type": "object",
                "required": ["id", "at"],
                "properties": {
                    "id": {"type": "string", "format": "uuid"},
                    "at": {"type": "string", "format": "date-time"},
                    "day": {"type": "string", "format": "date", "nullable": True},
                    "state": {"type": "string", "enum": ["up", "UP", "down"]},
                    "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Part"}},
                    "owner": {"oneOf": [{"$ref": f"#/components/schemas/{n}"} for n in ("Part", "Person")]},
                    **{name: {"type": "string"} for name in ("d", "cls", "to_dict", "self", "003use_bez")},
                },
            },
            "Part": {"type": "object", "properties": {"number": {"type": "integer"}}, "required": ["number"]},
            "Person": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]},
        }
    },
}
GOOD: dict[str, Any] = {
    "id": "0b0f9c1e-6f5c-4a53-9a8e-2f3b1c4d5e6f",
    "at": "2026-11-23T10:00:00Z",
    "day": "2026-11-23",
    "state": "up",
    "parts": [{"number": 1}],
    "owner": {"name": "moby"},
    **{name: name for name in ("d", "cls", "to_dict", "self", "003use_bez")},
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("templates")
    build_into(DOCUMENT, folder / "templated_client", plain=True)
    sys.path.insert(0, str(folder))
    yield import_module("templated_client")
    sys.path.remove(str(folder))


def api(package: ModuleType, answer: httpx.Response) -> tuple[Any, list[httpx.Request]]:
    """The namespaces of a client that is always given this answer, and the requests it made."""
    asked: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        request.read()
        asked.append(request)
        return answer

    client = package.Client(base_url="http://test")
    client.set_httpx_client(httpx.Client(base_url="http://test", transport=httpx.MockTransport(respond)))
    client.set_async_httpx_client(httpx.AsyncClient(base_url="http://test", transport=httpx.MockTransport(respond)))
    return package.Api(client), asked


def test_an_answer_becomes_its_types_and_goes_back_as_it_came(package: ModuleType) -> None:
    call = api(package, httpx.Response(200, json=GOOD))[0].calls.get_call()
    assert call.id == UUID(GOOD["id"])
    assert call.at == datetime.datetime(2026, 11, 23, 10, tzinfo=datetime.UTC)
    assert call.day == datetime.date(2026, 11, 23)
    assert (call.parts[0].number, call.owner.name, type(call.owner).__name__) == (1, "moby", "Person")
    assert call.to_dict() == GOOD | {"at": "2026-11-23T10:00:00+00:00"}


@pytest.mark.parametrize(
    "odd",
    [
        {"state": "sideways"},
        {"at": "0000-00-00 00:00:00"},
        {"at": None, "parts": None},
        {"parts": {}},
        {"parts": [None, 3, {"number": "x"}]},
        {"day": ""},
        {"id": 17},
        {"owner": "nobody"},
        {"more": [1]},
    ],
)
def test_an_odd_field_loses_nothing(package: ModuleType, odd: dict[str, Any]) -> None:
    call = api(package, httpx.Response(200, json=GOOD | odd))[0].calls.get_call()
    for name, value in odd.items():
        back = call.to_dict()[name]
        assert back == value
    assert call.d == "d"


def test_a_missing_field_is_unset(package: ModuleType) -> None:
    call = api(package, httpx.Response(200, json={}))[0].calls.get_call()
    assert repr(call.id) == "UNSET"
    assert call.to_dict() == {}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (httpx.Response(200, json={"a": 1}), {"a": 1}),
        (httpx.Response(299, json={"a": 1}), {"a": 1}),
        (httpx.Response(599, text="broken"), "broken"),
        (httpx.Response(200, text="no json", headers={"content-type": "application/json"}), "no json"),
        (httpx.Response(204), None),
    ],
)
def test_answers_without_a_schema_are_read_by_what_they_are(
    package: ModuleType, answer: httpx.Response, expected: Any
) -> None:
    assert api(package, answer)[0].calls.untyped() == expected


def test_a_recording_can_be_read_whole_or_streamed(package: ModuleType) -> None:
    answer = httpx.Response(200, content=b"RIFF", headers={"content-type": "audio/x-wav"})
    assert api(package, answer)[0].calls.wav().payload.read() == b"RIFF"
    client = package.Client(base_url="http://test")
    pieces = httpx.MockTransport(lambda _: httpx.Response(200, content=iter([b"RI", b"FF"])))
    client.set_httpx_client(httpx.Client(base_url="http://test", transport=pieces))
    with import_module("templated_client.api.calls.wav").stream(client=client) as arriving:
        assert list(arriving.iter_raw()) == [b"RI", b"FF"]


def test_a_body_is_sent_as_the_media_type_asked_for(package: ModuleType) -> None:
    body = import_module("templated_client.models").Call.from_dict({"id": "1", "state": "up"})
    calls, asked = api(package, httpx.Response(200, json={}))
    calls.calls.send(body=body)
    calls.calls.send(body=body, content_type="application/x-www-form-urlencoded")
    sent = [(one.headers["content-type"], one.content) for one in asked]
    assert sent == [
        ("application/json", b'{"id":"1","state":"up"}'),
        ("application/x-www-form-urlencoded", b"id=1&state=up"),
    ]


async def _awaited(package: ModuleType) -> Any:
    sync, _ = api(package, httpx.Response(200, json=GOOD))
    return await package.AsyncApi(sync._client).calls.get_call(limit=5)


def test_namespaces_are_typed_documented_and_awaitable(package: ModuleType) -> None:
    import asyncio

    assert asyncio.run(_awaited(package)).state == "up"
    calls = import_module("templated_client.api.calls")
    for namespace in (calls.CallsApi, calls.AsyncCallsApi):
        signature = inspect.signature(namespace.get_call)
        assert str(signature.parameters["limit"].annotation) == "int | Unset"
        assert "Call" in str(signature.return_annotation)
        assert "One call" in namespace.get_call.__doc__
        assert "limit (int | Unset): How many" in namespace.get_call.__doc__


def test_importing_one_service_imports_no_model_and_no_httpx(package: ModuleType) -> None:
    loaded = "[name for name in sys.modules if name == 'httpx' or 'models' in name]"
    code = f"import sys, templated_client.api.calls.get_call\nprint({loaded})"
    folder = Path(str(package.__file__)).parent.parent
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"
