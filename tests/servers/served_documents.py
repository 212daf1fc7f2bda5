"""Serves a document behind a documentation page, and judges each request by it with a third party's validator."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openapi_core import Config, OpenAPI
from openapi_core.contrib.werkzeug import WerkzeugOpenAPIRequest
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from tests.helpers.request_values import without_ignored

PAGE = """<!doctype html><div id="swagger-ui"></div>
<script src="swagger-ui-bundle.js"></script>
<script>window.onload = () => { SwaggerUIBundle({ url: "document.json", dom_id: "#swagger-ui" }) }</script>"""


PARTS = "the validator takes a number in multipart/form-data for text"
BOTH = "any value fits several of its oneOf, or none"
REFUSED = {
    "30o0mda_saaas__api-docs.json": (1, PARTS),
    "0x004d4m-bitaqty__storage_api-docs_api-docs.json": (5, PARTS),
    "8989as-staging-api__storage_api-docs_api-docs.json": (1, PARTS),
    "mailscript.com.json": (2, BOTH),
    "grocy-grocy__grocy.openapi.json": (2, BOTH),
    "openapi-generators-openapi-python-client__end_to_end_tests_baseline_openapi_3.0.json": (
        6, f"three times {BOTH}; {PARTS}; a required empty object, and null, in a query can't be told"),
    "icons8.com.json": (6, "its paths hold queries: the validator finds no such path"),
    "app34.json": (1, "the validator finds no object in a query whose fields stand for themselves"),
    "declaration-bugs-service.json": (1, "the validator can't read Atom"),
    "optional-types.json": (1, "an object as text/plain"),
    "3.1_json_schema-validation-local.json": (
        2, "a default that is no time; a dialect of JSON Schema that never was (draft 5)"),
}  # fmt: skip
"""How many requests of a sample document openapi-core refuses, and why: none of it is ours. By the name's end."""


def refusals_expected(file: Path) -> int:
    return next((count for name, (count, _) in REFUSED.items() if file.name.endswith(name)), 0)


def _text(body: bytes, **_: object) -> str:
    return body.decode()


def _json(body: bytes, **_: object) -> Any:
    return json.loads(body)


UNREAD: dict[str, Callable[[bytes], Any]] = {"text/csv": _text, "application/cbor": _text, "*/*": _json}
"""How to read what openapi-core does not know."""


@dataclass
class Judge:
    """An instance whose document can be changed while it runs."""

    document: dict[str, Any] = field(default_factory=dict)
    server: str = ""
    refused: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    _api: OpenAPI | None = None

    def serve(self, document: dict[str, Any], judged_by: dict[str, Any]) -> None:
        """`document` as published; requests are judged by its valid form, without logins and other servers."""
        self.document = document
        valid: dict[str, Any] = json.loads(json.dumps(judged_by, default=str))
        for thing in (valid, *(item for item in valid["paths"].values() if isinstance(item, dict))):
            for name in ("servers", "security"):
                thing.pop(name, None)
            for operation in thing.values():
                if isinstance(operation, dict):
                    without_ignored(valid, operation)
                    operation.pop("servers", None)
                    operation.pop("security", None)
        valid["servers"] = [{"url": f"{self.server}/voipjack/services"}]
        self._api = OpenAPI.from_dict(
            valid, config=Config(spec_validator_cls=None, extra_media_type_deserializers=UNREAD)
        )

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        request = Request(environ)
        where = request.path.removeprefix("/voipjack/services/")
        self.asked.append(f"{request.method} {where}")
        if where == "apidoc/":
            answer = Response(PAGE, content_type="text/html")
        elif where == "apidoc/document.json":
            answer = Response(json.dumps(self.document, default=str), content_type="application/json")
            answer.add_etag()
            answer.make_conditional(request)
        else:
            answer = self.judged(request)
        return answer(environ, start)

    def judged(self, request: Request) -> Response:
        """422 for what the document does not allow."""
        assert self._api is not None
        try:
            self._api.validate_request(WerkzeugOpenAPIRequest(request))
        except Exception as refusal:
            self.refused.append(f"{request.method} {request.path}: {refusal!r} {refusal.__cause__!r}")
            return Response("refused", 422)
        return Response("{}", content_type="application/json")


@contextmanager
def judging() -> Iterator[Judge]:
    """A running judge on loopback."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    judge = Judge()
    server = make_server("127.0.0.1", 0, judge, threaded=True)
    judge.server = f"http://127.0.0.1:{server.port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield judge
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
