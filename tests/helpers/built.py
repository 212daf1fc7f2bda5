"""Packages that are built for a test: from schemas by name, and called with the answer that is wanted."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx

from scripts.build import build_into


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def answers(**by_status: Any) -> dict[str, Any]:
    """Responses as `_200=schema`, `default=schema`; None is one without a content."""
    responses = {}
    for status, schema in by_status.items():
        content = {} if schema is None else {"content": {"application/json": {"schema": schema}}}
        responses[status.removeprefix("_")] = {"description": "", **content}
    return responses


def document(operations: Mapping[str, Mapping[str, Any]], schemas: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """One whose operations are `GET /name`, or as their `method` says."""
    paths = {}
    for name, operation in operations.items():
        rest = {key: value for key, value in operation.items() if key not in ("method", "path")}
        item = {operation.get("method", "get"): {"operationId": name, "tags": ["calls"], **rest}}
        paths[operation.get("path", f"/{name}")] = item
    return {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": paths,
        "components": {"schemas": dict(schemas or {})},
    }


class Built:
    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name

    def module(self, inside: str = "") -> Any:
        return import_module(f"{self.name}.{inside}" if inside else self.name)

    def function(self, operation: str) -> Any:
        return self.module(f"api.calls.{operation}")

    def asked(self, operation: str, answer: httpx.Response, *path: Any, **given: Any) -> tuple[Any, httpx.Request]:
        """What the function makes of an answer, and the request that it sent."""
        sent: list[httpx.Request] = []

        def respond(request: httpx.Request) -> httpx.Response:
            request.read()
            sent.append(request)
            return answer

        client = self.module().Client(base_url="http://test")
        client.set_httpx_client(httpx.Client(base_url="http://test", transport=httpx.MockTransport(respond)))
        return self.function(operation).sync(*path, client=client, **given), sent[0]

    def read(self, operation: str, json: Any, status: int = 200) -> Any:
        return self.asked(operation, httpx.Response(status, json=json))[0]


@contextmanager
def built(folder: Path, name: str, content: Mapping[str, Any]) -> Iterator[Built]:
    build_into(content, folder / name, plain=True)
    sys.path.insert(0, str(folder))
    yield Built(folder, name)
    sys.path.remove(str(folder))
    for loaded in [one for one in sys.modules if one.partition(".")[0] == name]:
        del sys.modules[loaded]
