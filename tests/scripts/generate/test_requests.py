"""What generated functions send is what the document asks for, as a third party's validator sees it.

Every function of a client is called with values made from its parameters' schemas; what arrives at a server on
the loopback is validated by openapi-core against the repaired document.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts.download.files import read_document
from scripts.names import operation_names
from scripts.overlay.document import with_overlay
from tests.helpers.validated import Recorder, prove, recording

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


@pytest.fixture
def server() -> Iterator[Recorder]:
    with recording() as recorder:
        yield recorder


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
