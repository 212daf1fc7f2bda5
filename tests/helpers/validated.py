"""Generated functions called over a socket, and what arrives validated by a third party, openapi-core."""

from __future__ import annotations

import json
import threading
import warnings
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError

from scripts.build import build_into
from scripts.names import operation_names, own_names, parameter_names
from scripts.tree import all_parameters, operations, resolved

from .request_values import value, without_ignored

# What openapi-core doesn't know.
DESERIALIZERS: dict[str, Callable[..., Any]] = {
    "text/csv": lambda body, **_: body.decode(),
    "application/merge-patch+json": lambda body, **_: json.loads(body),
}


class Recorder(ThreadingHTTPServer):
    """A server that answers anything with `{}`, or as told, and remembers what arrived."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Recording)
        self.arrived: list[tuple[str, str, dict[str, str], bytes]] = []
        self.answer = (200, "application/json", b"{}")


class _Recording(BaseHTTPRequestHandler):
    server: Recorder

    def _record(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): text for name, text in self.headers.items()}
        self.server.arrived.append((self.command.lower(), self.path, headers, body))
        status, media_type, content = self.server.answer
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content if self.command != "HEAD" else b"")

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


@contextmanager
def recording() -> Iterator[Recorder]:
    with Recorder() as recorder:
        thread = threading.Thread(target=recorder.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield recorder
        recorder.shutdown()
        thread.join()


def arguments(
    document: dict[str, Any], item: Any, operation: Any, *, required_only: bool = False
) -> tuple[list[Any], dict[str, Any]]:
    """Positional and keyword arguments for an operation, from its schemas."""
    listed = all_parameters(document, item, operation)
    names = parameter_names(((one["in"], one["name"]) for one in listed), taken=own_names("requestBody" in operation))
    in_path: dict[str, Any] = {}
    keywords: dict[str, Any] = {}
    for one in listed:
        if required_only and not one.get("required"):
            continue
        made = value(document, one.get("schema", {}))
        (in_path if one["in"] == "path" else keywords)[names[one["in"], one["name"]]] = made
    if "requestBody" in operation and not (required_only and not _needs_body(document, operation)):
        content = resolved(document, operation["requestBody"])["content"]
        kind = "application/json" if "application/json" in content else next(iter(content))
        keywords["body"] = value(document, content[kind].get("schema", {}))
        if not ("json" in kind or "form" in kind or "*" in kind) and isinstance(keywords["body"], (dict, list)):
            keywords["body"] = "as it is given"
    return list(in_path.values()), keywords


def _needs_body(document: dict[str, Any], operation: Any) -> bool:
    return bool(resolved(document, operation["requestBody"]).get("required"))


class Package:
    """A client that was built and imported, and a validator of its document."""

    def __init__(self, document: dict[str, Any], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        name = f"proven_{folder.name}"
        self.final, _ = build_into(document, folder / name, plain=True)
        for holder in (
            self.final,
            *self.final["paths"].values(),
            *(operation for *_, operation in operations(self.final)),
        ):
            holder.pop("security", None)  # logging in is the facade's business
            holder.pop("servers", None)  # and so is the address
            without_ignored(self.final, holder)
        self.final["servers"] = [{"url": "/"}]
        self.names = operation_names(self.final)
        monkeypatch.syspath_prepend(str(folder))
        self.module = import_module(name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            config = Config(spec_validator_cls=None, extra_media_type_deserializers=DESERIALIZERS)
            self._validator = OpenAPI.from_dict(self.final, config=config)

    @contextmanager
    def talking_to(self, server: Recorder) -> Iterator[Any]:
        """The client's services."""
        direct = {"trust_env": False}  # not through the proxy of whoever runs this
        client = self.module.Client(base_url=f"http://127.0.0.1:{server.server_port}", httpx_args=direct)
        yield self.module.Api(client)
        client.get_httpx_client().close()

    def call(self, api: Any, path: str, method: str, positional: list[Any], keywords: dict[str, Any]) -> Any:
        called = self.names[path, method]
        return getattr(getattr(api, called.tag), called.function)(*positional, **keywords)

    def validate(self, server: Recorder, method: str) -> None:
        """Raises OpenAPIError if what arrived last isn't what the document asks for."""
        sent = Arrived(*server.arrived[-1])
        assert sent.method == method
        with warnings.catch_warnings():
            # openapi-core's own view of documents that are as people have them.
            warnings.filterwarnings("ignore", "Use of allowEmptyValue property is deprecated", DeprecationWarning)
            self._validator.validate_request(sent)


def prove(
    document: dict[str, Any],
    server: Recorder,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    refused: Container[str] = (),
    unsendable: Container[str] = (),
) -> int:
    """Call everything; returns how many operations were proven, `refused` being those that can't be valid."""
    package = Package(document, folder, monkeypatch)
    proven = 0
    with package.talking_to(server) as api:
        for path, method, item, operation in operations(package.final):
            positional, keywords = arguments(package.final, item, operation)
            order = [part.strip("{}") for part in path.split("/") if part.startswith("{") and part.endswith("}")]
            assert len(order) == len(positional) or "{" in path.replace("/{", "/")
            if f"{method} {path}" in unsendable:
                with pytest.raises(ValueError, match="as it is given"):
                    package.call(api, path, method, positional, keywords)
                continue
            package.call(api, path, method, positional, keywords)
            if f"{method} {path}" in refused:
                with pytest.raises(OpenAPIError):  # one that is accepted by now is no exception any more
                    package.validate(server, method)
            else:
                package.validate(server, method)
            proven += 1
    return proven
