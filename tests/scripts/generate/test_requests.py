"""What generated functions send is what the document asks for, as a third party's validator sees it.

Every function of a client is called with values made from its parameters' schemas; what arrives at a server on
the loopback is validated by openapi-core against the repaired document.
"""

from __future__ import annotations

import json
import os
import threading
import warnings
from collections.abc import Callable, Container, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError

from scripts.build import build_into
from scripts.download.files import read_document
from scripts.names import operation_names, own_names, parameter_names
from scripts.overlay.document import with_overlay
from scripts.tree import all_parameters, operations, resolved
from tests.helpers.request_values import value, without_ignored

ROOT = Path(__file__).parents[3]
SAMPLES = Path(os.environ.get("PASCOM_SAMPLES", ROOT.parent / "shared/samples")) / "documents"

# Everything a request can consist of, in one document.
ALL_KINDS: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Kinds", "version": "1"},
    "servers": [{"url": "/"}],
    "paths": {
        "/parts/{id}/{name}": {
            "get": {
                "tags": ["kinds"],
                "operationId": "parts",
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}},
                    {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}},
                    *[
                        {"name": name, "in": "query", "schema": {"type": kind}, "required": True}
                        for name, kind in {
                            "params": "string",
                            "headers": "integer",
                            "body": "boolean",
                        }.items()
                    ],
                    {"name": "X-Flag", "in": "header", "schema": {"type": "boolean"}},
                    {
                        "name": "X-List",
                        "in": "header",
                        "schema": {"type": "array", "items": {"type": "integer"}},
                    },
                    {"name": "session", "in": "cookie", "schema": {"type": "string"}},
                    {
                        "name": "many",
                        "in": "query",
                        "schema": {"type": "array", "items": {"type": "integer"}},
                    },
                    *[
                        {
                            "name": style,
                            "in": "query",
                            "style": style,
                            "explode": False,
                            "schema": {"type": "array", "items": {"type": "integer"}},
                        }
                        for style in ("form", "spaceDelimited", "pipeDelimited")
                    ],
                    {
                        "name": "filter",
                        "in": "query",
                        "style": "deepObject",
                        "explode": True,
                        "schema": {"type": "object", "properties": {"a": {"type": "integer"}}},
                    },
                ],
                "responses": {"200": {"description": ""}},
            }
        },
        **{
            f"/body/{number}": {
                "post": {
                    "tags": ["kinds"],
                    "requestBody": {"required": True, "content": {kind: {"schema": schema}}},
                    "responses": {"200": {"description": ""}},
                }
            }
            for number, (kind, schema) in enumerate(
                [
                    ("application/json", {"type": "array", "items": {"type": "string", "format": "date"}}),
                    ("application/json", {"type": "object", "properties": {"at": {"type": "string"}}}),
                    (
                        "application/x-www-form-urlencoded",
                        {"type": "object", "properties": {"n": {"type": "integer"}}},
                    ),
                    ("multipart/form-data", {"type": "object", "properties": {"n": {"type": "string"}}}),
                    ("text/csv", {"type": "string"}),
                ]
            )
        },
    },
}


AS_TEXT: dict[str, Callable[[bytes], Any]] = {
    "text/csv": lambda body, **_: body.decode()
}  # which openapi-core doesn't know


class Recorder(ThreadingHTTPServer):
    """A server that answers anything with `{}` and remembers what arrived."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Recording)
        self.arrived: list[tuple[str, str, dict[str, str], bytes]] = []


class _Recording(BaseHTTPRequestHandler):
    server: Recorder

    def _record(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): text for name, text in self.headers.items()}
        self.server.arrived.append((self.command.lower(), self.path, headers, body))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}" if self.command != "HEAD" else b"")

    do_GET = do_PUT = do_POST = do_DELETE = do_OPTIONS = do_HEAD = do_PATCH = do_TRACE = _record

    def log_message(self, format: str, *args: object) -> None:
        pass


class Arrived:
    """One request as openapi-core wants to see it."""

    def __init__(self, method: str, target: str, headers: dict[str, str], body: bytes) -> None:
        from urllib.parse import parse_qsl, urlsplit

        from werkzeug.datastructures import Headers, ImmutableMultiDict

        split = urlsplit(target)
        cookies = dict(pair.split("=", 1) for pair in headers.get("cookie", "").split("; ") if "=" in pair)
        self.method = method
        self.path = split.path
        self.host_url = "http://127.0.0.1"
        self.body = body or None
        self.content_type = headers.get("content-type", "")
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(parse_qsl(split.query, keep_blank_values=True)),
            header=Headers(headers),
            cookie=ImmutableMultiDict(cookies),
            path={},
        )


@pytest.fixture
def server() -> Iterator[Recorder]:
    with Recorder() as recorder:
        thread = threading.Thread(target=recorder.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield recorder
        recorder.shutdown()
        thread.join()


def arguments(
    document: dict[str, Any], item: Any, operation: Any, package: ModuleType
) -> tuple[list[Any], dict[str, Any]]:
    """Positional and keyword arguments for an operation, from its schemas."""
    listed = all_parameters(document, item, operation)
    names = parameter_names(((one["in"], one["name"]) for one in listed), taken=own_names("requestBody" in operation))
    in_path: dict[str, Any] = {}
    keywords: dict[str, Any] = {}
    for one in listed:
        made = value(document, one.get("schema", {}))
        (in_path if one["in"] == "path" else keywords)[names[one["in"], one["name"]]] = made
    if "requestBody" in operation:
        content = resolved(document, operation["requestBody"])["content"]
        kind = "application/json" if "application/json" in content else next(iter(content))
        keywords["body"] = value(document, content[kind].get("schema", {}))
        if not ("json" in kind or "form" in kind or "*" in kind) and isinstance(keywords["body"], (dict, list)):
            keywords["body"] = "as it is given"
    return list(in_path.values()), keywords


def prove(
    document: dict[str, Any],
    server: Recorder,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    refused: Container[str] = (),
    unsendable: Container[str] = (),
) -> int:
    """Call everything; returns how many operations were proven, `refused` being those that can't be valid."""
    name = f"proven_{folder.name}"
    final, _ = build_into(document, folder / name, plain=True)
    for holder in (final, *final["paths"].values(), *(operation for *_, operation in operations(final))):
        holder.pop("security", None)  # logging in is the facade's business
        holder.pop("servers", None)  # and so is the address
        without_ignored(final, holder)
    final["servers"] = [{"url": "/"}]
    monkeypatch.syspath_prepend(str(folder))
    package = import_module(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        openapi = OpenAPI.from_dict(final, config=Config(extra_media_type_deserializers=AS_TEXT))
    proven = 0
    client = package.Client(base_url=f"http://127.0.0.1:{server.server_port}")
    api = package.Api(client)
    for path, method, item, operation in operations(final):
        called = operation_names(final)[path, method]
        positional, keywords = arguments(final, item, operation, package)
        order = [part.strip("{}") for part in path.split("/") if part.startswith("{") and part.endswith("}")]
        assert len(order) == len(positional) or "{" in path.replace("/{", "/")
        call = getattr(getattr(api, called.tag), called.function)
        if f"{method} {path}" in unsendable:
            with pytest.raises(ValueError, match="as it is given"):
                call(*positional, **keywords)
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # httpx's, of cookies for a single request
            call(*positional, **keywords)
        sent = Arrived(*server.arrived[-1])
        assert sent.method == method
        if f"{method} {path}" in refused:
            with pytest.raises(OpenAPIError):  # one that is accepted by now is no exception any more
                openapi.validate_request(sent)
        else:
            openapi.validate_request(sent)
        proven += 1
    client.get_httpx_client().close()
    return proven


def test_every_kind_of_parameter_and_body(server: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert prove(ALL_KINDS, server, tmp_path, monkeypatch) == 6


def test_our_own_document(server: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = json.loads((ROOT / "openapi/pascom.json").read_bytes())
    final = with_overlay(document).document
    assert prove(final, server, tmp_path, monkeypatch) == len(operation_names(final))


# Of 495 requests of 50 sample documents 6 were refused: these. None of it is the client's.
TEXT_PLAIN = "an object as text/plain"
REFUSED: dict[str, dict[str, str]] = {
    "l5swagger/4l1son_emp__api-docs.json": {},
    "php/97emily-jobportal__storage_api-docs_api-docs.json": {},
    "apisguru/testfire.net.json": {"post /admin/changePassword": "it requires a field that it misspells"},
    "fixtures/smallrye-smallrye-open-api__extension-jaxrs_src_test_resources_io_smallrye_openapi_runtime_scanner_"
    "params.optional-types.json": {"post /optional/n4": TEXT_PLAIN, "post /optional/n8": TEXT_PLAIN},
    "fixtures/springdoc-springdoc-openapi__springdoc-openapi-tests_springdoc-openapi-data-rest-tests_src_test_resources_"
    "results_3.0.1_app34.json": {
        "get /accounts/search/findByCustomer": "the validator finds no object whose fields stand for themselves"
    },
    "fixtures/zaproxy-zap-extensions__addOns_openapi_src_test_resources_org_zaproxy_zap_extension_openapi_v2_"
    "PetStore_defn_loop.yaml": {},
    "fixtures/zircote-swagger-php__tests_Fixtures_Scratch_Encoding3.1.0.yaml": {
    },
    "readme/3.1_json_petstore.json": {"post /pet/{petId}/uploadImage": "the validator takes bytes for no text"},
}  # fmt: skip


UNSENDABLE = ("post /endpoint/multipart-form-data-ref",)  # an object as image/png


@pytest.mark.parametrize("sample", REFUSED)
def test_samples(sample: str, server: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not (SAMPLES / sample).exists():
        pytest.skip(f"no sample documents at {SAMPLES}")
    assert prove(read_document(SAMPLES / sample), server, tmp_path, monkeypatch, REFUSED[sample], UNSENDABLE) > 1
