"""What is private of httpx and httpcore, each by its name; and that what users put around httpx sees our requests."""

from __future__ import annotations

import ast
import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpcore
import httpx
import pytest
import respx
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pytest_httpx import HTTPXMock
from respx.mocks import HTTPCoreMocker, HTTPXMocker

from pascom_facade import AsyncPascom, Pascom, TimedOut, errors
from pascom_facade._ground import LOGGERS, left_over, lend
from tests.servers.scripted_server import OK, answer, serving

ROOT = Path(__file__).parents[2]
PRIVATES = {"_pool", "_connection", "_h11_state", "_merge_url", "_transport_for_url", "_mounts"}
SERVICES = "https://pbx.example/v/services"


def test_private_httpx_main_is_not_imported() -> None:
    code = (
        "import sys, pascom_facade; pascom_facade.Pascom('https://a', 'b', password='c')._http\n"
        f"import {httpx.__name__} as httpx\n"
        "print('click' in sys.modules, 'rich' in sys.modules, callable(httpx.main))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "False False True\n"


@pytest.mark.parametrize("kind", [httpx.HTTPTransport, httpx.AsyncHTTPTransport])
def test_private_transport_pool_is_where_connections_come_from(kind: Any) -> None:
    class Pool:
        def handle_request(self, request: httpcore.Request) -> httpcore.Response:
            return httpcore.Response(299)

        async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
            return httpcore.Response(299)

    transport = kind()
    lend(transport, Pool())
    request = httpx.Request("GET", "https://a.test")
    if kind is httpx.HTTPTransport:
        assert transport.handle_request(request).status_code == 299
    else:
        assert asyncio.run(transport.handle_async_request(request)).status_code == 299


@pytest.mark.parametrize("behind", [b"", b"x"])
def test_private_h11_state_shows_what_is_left_over(behind: bytes) -> None:
    with serving(OK + behind) as server, httpcore.HTTPConnection(httpcore.URL(server.origin).origin) as connection:
        response = connection.handle_request(httpcore.Request("GET", server.origin, headers=[("Host", "a")]))
        response.read()
        assert left_over(response.stream) is bool(behind)


def test_the_loggers_are_theirs() -> None:
    """A name that they no longer use would let addresses through."""
    import logging

    known = logging.Logger.manager.loggerDict
    with serving(OK) as server, Pascom(server.origin, "v", password="x") as pbx:
        pbx.request("GET", "cdr/")
    theirs = (httpx.__name__, *(f"{httpcore.__name__}.{part}" for part in ("http11", "connection", "proxy")))
    for name in theirs:
        assert name in known and name in LOGGERS


# What users do: mock and trace.


@pytest.mark.parametrize("using", [HTTPCoreMocker.name, HTTPXMocker.name])
def test_respx_sees_our_requests(using: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "pbx.example")  # respx knows no request of a tunnel
    monkeypatch.setenv("no_proxy", "pbx.example")

    async def ask() -> dict[str, str]:
        async with AsyncPascom("pbx.example", "v", password="x", retries=0) as pbx:
            return await pbx.states("a")

    with respx.mock(using=using) as router:
        states = router.get(f"{SERVICES}/identity/states").respond(json={"a": {"state": "Idle"}})
        late = router.post(f"{SERVICES}/identity/a/defaultdevice/action").mock(side_effect=httpx.ReadTimeout)
        with Pascom("pbx.example", "v", password="x", retries=0) as pbx:
            assert pbx.states("a") == asyncio.run(ask()) == {"a": "Idle"}
            with pytest.raises(TimedOut) as caught:
                pbx.dial("a", "1")
            assert caught.value.may_have_happened
    assert states.call_count == 2 and late.call_count == 1
    assert states.calls[0].request.headers["authorization"].startswith("Basic ")


def test_pytest_httpx_sees_our_requests(httpx_mock: HTTPXMock) -> None:
    async def ask() -> dict[str, str]:
        async with AsyncPascom("pbx.example", "v", password="x") as pbx:
            return await pbx.states("a")

    httpx_mock.add_response(url=f"{SERVICES}/identity/states?keys=a", json={"a": {"state": "Idle"}}, is_reusable=True)
    httpx_mock.add_response(method="POST", json={"response": "dial commited"})
    httpx_mock.add_response(method="GET", url=f"{SERVICES}/device/", status_code=302, headers={"Location": "/login"})
    with Pascom("pbx.example", "v", password="x", retries=0) as pbx:
        assert pbx.states("a") == asyncio.run(ask()) == {"a": "Idle"}
        assert pbx.dial("a", "*100") == "dial commited"
        with pytest.raises(errors.UnexpectedAnswer):
            pbx.devices()
    sent = httpx_mock.get_requests(method="POST")[0]
    assert json.loads(sent.content) == {"action": "dial", "destination": "*100", "prefix": "auto"}


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    HTTPXClientInstrumentor().instrument(tracer_provider=provider)
    yield exporter
    HTTPXClientInstrumentor().uninstrument()


def test_opentelemetry_sees_our_requests(spans: InMemorySpanExporter) -> None:
    async def ask(origin: str) -> None:
        async with AsyncPascom(origin, "v", password="x") as pbx:
            await pbx.request("GET", "cdr/")

    with serving(OK, OK, answer("404 Not Found")) as server:
        with Pascom(server.origin, "v", password="x") as pbx:
            pbx.request("GET", "cdr/")
            asyncio.run(ask(server.origin))
            with pytest.raises(errors.NotFound):
                pbx.device("a")
        assert all(b"traceparent: " in request for request in server.requests)
    found = [dict(span.attributes or {}) for span in spans.get_finished_spans()]
    assert [one.get("http.status_code", one.get("http.response.status_code")) for one in found] == [200, 200, 404]


def test_nothing_private_of_others_is_named_elsewhere() -> None:
    """Neither as an attribute of theirs, nor imported, nor by its name as a text."""
    theirs = {"httpx", "httpcore", "anyio", "asyncio"}
    found = []
    for path in (ROOT / "pascom_facade").rglob("*.py"):
        if path.name == "_ground.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = theirs | {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in theirs
            for alias in node.names
        }
        found += [f"{path.name}:{node.lineno} {name}" for node, name in privates(tree, known, theirs)]
    assert not found


def privates(tree: ast.AST, known: set[str], theirs: set[str]) -> Iterator[tuple[Any, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr) and rooted(node) in known:
            yield node, node.attr
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in theirs:
            names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
            yield from ((node, name) for name in names if is_private(name))
        elif isinstance(node, ast.Constant) and node.value in PRIVATES:
            yield node, str(node.value)
        elif isinstance(node, ast.Attribute) and node.attr in PRIVATES and rooted(node) != "self":
            yield node, node.attr


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def rooted(node: ast.expr) -> str:
    while isinstance(node, (ast.Attribute, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def test_what_is_private_would_be_seen() -> None:
    code = (
        "httpx.Client()._merge_url\nimport asyncio\nasyncio.events._x\nfrom httpcore._async import pool\nx._h11_state"
    )
    tree = ast.parse(code)
    names = [name for _, name in privates(tree, {"httpx", "asyncio"}, {"httpcore"})]
    assert sorted(names) == ["_async", "_h11_state", "_merge_url", "_x"]


def test_each_private_has_its_contract() -> None:
    """By the name of the module, in the text of which each is told with what it buys."""
    text = (ROOT / "pascom_facade" / "_ground.py").read_text(encoding="utf-8")
    tests = Path(__file__).read_text(encoding="utf-8")
    for private, contract in {"_main": "httpx_main", "_pool": "transport_pool", "_h11_state": "h11_state"}.items():
        assert f".{private}" in text and f"def test_private_{contract}" in tests
    used = {
        node.attr for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Attribute) and is_private(node.attr)
    }
    assert used <= {"_pool"}
