"""What the standard says of requests beside its tables of styles: what is ignored, asked for, refused, or a file."""

from __future__ import annotations

import asyncio
import inspect
import sys
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest

from pascom_facade import ConfigurationError, Pascom
from pascom_facade._index import Index
from pascom_facade.explore.compose import compose
from pascom_facade.simulator import Simulator
from scripts.build import build_into
from scripts.generate.index import index

FILE = {"type": "string", "format": "binary"}
UPLOAD = {"type": "object", "properties": {"file": FILE, "more": {"type": "array", "items": FILE}}}
TEXT = {"type": "string"}
FORM, BYTES = "application/x-www-form-urlencoded", "application/octet-stream"
PET = {"type": "object", "properties": {"a": TEXT}}
# Files and texts as OpenAPI 3.1 says them.
SAID = {
    "type": "object",
    "properties": {
        "file": {**TEXT, "contentMediaType": BYTES},
        "picture": {"contentMediaType": "image/png"},
        "list": {"type": "array", "items": {**TEXT, "contentMediaType": BYTES}},
        "either": {"type": ["string", "null"], "contentMediaType": "application/pdf"},
        "rows": {**TEXT, "contentMediaType": "text/csv"},
        "json": {**TEXT, "contentMediaType": "application/json"},
        "base64": {**TEXT, "contentMediaType": "image/png", "contentEncoding": "base64"},
    },
}


def operation(name: str, *parameters: tuple[str, str], **more: Any) -> dict[str, Any]:
    listed = [{"name": one, "in": place, "required": place == "path", "schema": TEXT} for one, place in parameters]
    said = {"operationId": name, "tags": ["t"], "responses": {"200": {"description": ""}}, "parameters": listed}
    return said | more


def body(name: str, *kinds: str, schema: Any = UPLOAD, **more: Any) -> dict[str, Any]:
    return operation(name, requestBody={"content": {kind: {"schema": schema, **more} for kind in kinds}})


def answers(name: str, **kinds: list[str]) -> dict[str, Any]:
    said = {code[1:]: {"description": "", "content": {kind: {} for kind in listed}} for code, listed in kinds.items()}
    return operation(name, responses=said)


PATHS: dict[str, dict[str, Any]] = {
    "/users/{name}": {"delete": operation("user", ("name", "path"))},
    "/a/{x}{y}/b": {"get": operation("pair", ("x", "path"), ("y", "path"))},
    "/f/{name}.{ext}": {"get": operation("file", ("name", "path"), ("ext", "path"))},
    "//sessions/list": {"get": operation("sessions")},
    "/ignored": {
        "post": body("ignored", "multipart/form-data")
        | {"parameters": [{"name": name, "in": "header", "required": True, "schema": TEXT}
                          for name in ("Content-type", "ACCEPT", "Authorization", "X-Own")]}
    },
    "/ld": {"get": answers("ld", _200=["application/ld+json", "application/json"], _404=["text/html"])},
    "/two": {"get": answers("two", _200=["application/xml"], _201=["audio/x-wav"])},
    "/default": {"get": answers("default", _default=["application/xml"], _404=["text/html"])},
    "/wide": {"get": answers("wide", _200=["*/*"])},
    "/picture": {"get": answers("picture", _200=["image/*"])},
    "/weighed": {"get": answers("weighed", _200=["application/json;q=0.9"])},
    "/part#of-a-page": {"get": operation("fragment", ("q", "query"))},
    "/query": {"get": operation("query", ("q", "query"))},
    "/cookies": {
        "get": operation("cookies") | {"parameters": [{"name": "c", "in": "cookie", "style": "cookie", "schema": TEXT}]}
    },
    "/json": {"post": body("json", "application/json")},
    "/three": {"post": body("three", "application/json", "application/x-www-form-urlencoded", "multipart/form-data")},
    "/list": {"post": body("list_", "multipart/form-data", schema={"type": "array", "items": FILE})},
    "/image": {"post": body("image", "multipart/form-data", encoding={"file": {"contentType": "image/png, image/*"}})},
    "/headers": {"post": body("part_headers", "multipart/form-data", encoding={"file": {
        "contentType": "image/png",
        "headers": {
            "X-Fixed": {"schema": {"enum": ["yes"]}},
            "X-Free": {"schema": TEXT},
            "Content-Type": {"schema": {"const": "is ignored"}},
        },
    }})},
    "/wild": {"post": body("wild", "image/*", schema=FILE)},
    "/csv": {"post": body("csv", "text/csv", schema=TEXT)},
    "/pets": {"post": body("pets", "application/json", "application/xml", FORM, schema=PET)},
    "/rows": {"post": body("rows", "application/json", "text/csv", BYTES, schema={"type": "array", "items": PET})},
    "/words": {"post": body("words", "application/json", "text/plain", schema=TEXT)},
    "/kinds": {"post": body("kinds", "application/json", "text/plain", schema={"type": "string", "enum": ["a", "b"]})},
    "/pictures": {"post": body("pictures", "image/jpeg", "image/png", "image/*", schema=FILE)},
    "/joined": {"post": body("joined", "multipart/form-data", encoding={"more": {"style": "form", "explode": False}})},
    "/zip": {"post": body("zip_", "multipart/form-data", "application/zip", schema={"type": "array", "items": FILE})},
    "/said": {"post": body("said", "multipart/form-data", "application/json", schema=SAID)},
    "/xml": {"post": body("xml", "application/xml", "multipart/related")},
}  # fmt: skip


class Made:
    """The client made of these paths."""

    def __init__(self, folder: Path) -> None:
        final, _ = build_into({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": PATHS},
                           folder / "ruled_client", plain=True)  # fmt: skip
        self.index = Index(index(final))
        self.File = import_module("ruled_client.types").File

    def module(self, name: str) -> Any:
        return import_module(f"ruled_client.api.t.{name}")

    def sent(self, name: str, *arguments: Any, **keywords: Any) -> httpx.Request:
        kwargs = self.module(name)._get_kwargs(*arguments, **keywords)
        request = httpx.Client(base_url="http://test").build_request(**kwargs)
        request.read()
        return request

    def composed(self, name: str, *words: str) -> Any:
        return compose(self.index, self.index.operations[f"t.{name}"], words)

    def file(self, content: bytes = b"x", **more: str) -> Any:
        return self.File(BytesIO(content), **more)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("rules")
    sys.path.insert(0, str(folder))
    yield Made(folder)
    sys.path.remove(str(folder))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("user", {"name": "."}), ("user", {"name": ".."}), ("user", {"name": ""}),
        ("pair", {"x": ".", "y": "."}), ("pair", {"x": "", "y": ""}), ("pair", {"x": ".", "y": ""}),
        ("file", {"name": "", "ext": ""}), ("file", {"name": ".", "ext": ""}),
    ],
)  # fmt: skip
def test_no_value_makes_it_another_address(made: Made, name: str, values: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="would be another address"):
        made.sent(name, *values.values())
    with pytest.raises(ConfigurationError, match="would be another address"):
        made.composed(name, *(f"{key}={value}" for key, value in values.items()))


def test_a_part_of_a_segment_may_be_anything(made: Made) -> None:
    assert made.sent("pair", ".", "a").url.raw_path == b"/a/.a/b"
    assert made.sent("file", "", "txt").url.raw_path == b"/f/.txt"
    assert made.composed("file", "name=", "ext=txt").path == "f/.txt"
    assert made.sent("user", "...").url.raw_path == b"/users/..."


def test_a_verb_refuses_it_before_anything_is_sent(pascom_simulator: Simulator) -> None:
    with Pascom(pascom_simulator.server, "voipjack", password=pascom_simulator.password) as pbx:
        for name in ("", ".", ".."):
            with pytest.raises(ConfigurationError, match="would be another address"):
                pbx.hangup(name)
    assert not pascom_simulator.requests


def test_two_slashes_at_the_start_are_no_server(made: Made) -> None:
    assert made.sent("sessions").url.raw_path == b"/sessions/list"
    assert made.composed("sessions").path == "sessions/list"


def test_parameters_that_are_headers_of_the_client_are_ignored(made: Made) -> None:
    assert list(inspect.signature(made.module("ignored").sync).parameters) == ["client", "body", "x_own"]
    assert [one["name"] for one in made.index.operations["t.ignored"]["parameters"]] == ["X-Own"]
    sent = made.sent("ignored", x_own="1", body={"file": made.file()})
    assert sent.headers["content-type"].startswith("multipart/form-data; boundary=")


@pytest.mark.parametrize(
    ("name", "accept"),
    [
        ("ld", "application/json"),
        ("two", "application/xml, audio/x-wav"),
        ("default", "application/xml"),
        ("wide", "*/*"),
        ("picture", "image/*"),
        ("weighed", "application/json;q=0.9"),
        ("query", "*/*"),
    ],
)
def test_what_is_asked_for_is_what_the_annotation_promises(made: Made, name: str, accept: str) -> None:
    assert made.sent(name).headers["accept"] == accept


@pytest.mark.parametrize("value", ["Mü", "a\nb", " a", "a;b"])
def test_what_a_header_or_a_cookie_cannot_hold_fails_clearly(made: Made, value: str) -> None:
    if value != "a;b":
        with pytest.raises(ValueError, match="X-Own: a header can hold printable ASCII only"):
            made.sent("ignored", x_own=value)
    with pytest.raises(ValueError, match="cookie can"):
        made.sent("cookies", c=value)
    with pytest.raises(ConfigurationError, match="cookie can"):
        made.composed("cookies", f"c={value}")


def test_the_clients_own_query_is_sent_beside_an_operations(made: Made) -> None:
    asked: list[str] = []
    answer = httpx.MockTransport(lambda request: asked.append(str(request.url)) or httpx.Response(204))  # type: ignore[func-returns-value]
    client = import_module("ruled_client.client").Client(
        base_url="http://test", httpx_args={"params": {"key": "k"}, "transport": answer}
    )
    made.module("query").sync(client=client, q="a,b")
    assert asked == ["http://test/query?key=k&q=a%2Cb"]


def test_a_file_goes_by_multipart_where_that_is_documented(made: Made) -> None:
    assert inspect.signature(made.module("three").sync).parameters["content_type"].default == ""
    assert "multipart/form-data, application/json" in made.module("three").sync.__doc__
    sent = made.sent("three", body={"file": made.file(b"\x00\xff", file_name="a.bin")})
    assert b'name="file"; filename="a.bin"\r\nContent-Type: application/octet-stream\r\n\r\n\x00\xff' in sent.content


def test_a_file_goes_by_multipart_from_the_command_line(made: Made, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"\x00\xff")
    composed = made.composed("three", f"file@{tmp_path / 'a.bin'}")
    assert composed.headers["Content-Type"].startswith("multipart/form-data; boundary=")
    assert b"\r\n\r\n\x00\xff\r\n" in composed.content


def test_lists_of_files_are_parts(made: Made) -> None:
    sent = made.sent("list_", body=[made.file(b"1"), made.file(b"2")])
    assert sent.content.count(b'form-data; name="file"') == 2
    sent = made.sent("three", body={"more": [made.file(b"1"), made.file(b"2", mime_type="text/csv")]})
    assert sent.content.count(b'form-data; name="more"') == 2
    assert b"Content-Type: text/csv\r\n\r\n2" in sent.content


def test_files_are_never_joined_to_a_text(made: Made) -> None:
    sent = made.sent("joined", body={"more": [made.file(b"1"), made.file(b"2")]})
    assert sent.content.count(b'form-data; name="more"; filename="more"') == 2


@pytest.mark.parametrize(("content", "text"), [(b"text", '"text"'), (b"\x00\xff", '"AP8="')])
def test_a_file_in_json_is_text(made: Made, content: bytes, text: str) -> None:
    assert made.sent("json", body={"file": made.file(content)}).content.decode() == f'{{"file":{text}}}'


def test_the_media_type_of_a_file_is_its_own_or_the_documents(made: Made) -> None:
    assert b"Content-Type: image/png\r\n" in made.sent("image", body={"file": made.file()}).content
    own = made.file(mime_type="image/jpeg")
    assert b"Content-Type: image/jpeg\r\n" in made.sent("image", body={"file": own}).content
    assert made.sent("wild", body=own).headers["content-type"] == "image/jpeg"
    assert made.sent("wild", body=made.file()).headers["content-type"] == "application/octet-stream"
    assert made.sent("csv", body=made.file(mime_type="text/csv; charset=utf-8")).headers["content-type"] == (
        "text/csv; charset=utf-8"
    )
    assert made.sent("csv", body=own).headers["content-type"] == "text/csv"


def test_a_file_is_sent_by_an_asynchronous_client_too(made: Made) -> None:
    arrived: list[tuple[str | None, bytes]] = []

    async def answer(request: httpx.Request) -> httpx.Response:
        arrived.append((request.headers.get("content-length"), await request.aread()))
        return httpx.Response(204)

    client = import_module("ruled_client.client").Client(base_url="http://test")
    client.set_async_httpx_client(httpx.AsyncClient(base_url="http://test", transport=httpx.MockTransport(answer)))
    for name, body in (("csv", made.file(b"a;b")), ("image", {"file": made.file(b"a;b")})):
        asyncio.run(made.module(name).asyncio(client=client, body=body))
    assert arrived[0] == ("3", b"a;b")
    assert b"\r\n\r\na;b\r\n" in arrived[1][1]


def test_xml_and_other_multipart_are_given_as_they_are(made: Made) -> None:
    assert made.module("xml").sync.__annotations__["body"] == "File | str | Unset"
    related = "multipart/related; boundary=b"
    sent = made.sent("xml", body=made.file(b"--b--", mime_type=related), content_type="multipart/related")
    assert (sent.headers["content-type"], sent.content) == (related, b"--b--")


def test_a_part_has_the_headers_of_its_file_and_the_documents(made: Made) -> None:
    file = made.File(BytesIO(b"x"), headers={"X-Own": "2"})
    sent = made.sent("part_headers", body={"file": file, "note": "n"})
    first, second = sent.content.split(b"\r\n--")[:2]
    assert b"X-Fixed: yes\r\n" in first and b"X-Own: 2\r\n" in first
    assert b"X-Fixed" not in second
    assert sent.content.count(b"Content-Type: image/png") == 1


@pytest.mark.parametrize(
    ("name", "given", "media_type", "content"),
    [
        ("pets", {"a": "x"}, "application/json", b'{"a":"x"}'),
        ("pets", "<a/>", "application/xml", b"<a/>"),
        ("pets", b"<a/>", "application/xml", b"<a/>"),
        ("rows", [{"a": "x"}], "application/json", b'[{"a":"x"}]'),
        ("rows", "a;b", "text/csv", b"a;b"),
        ("rows", b"a;b", BYTES, b"a;b"),
        ("words", "x", "application/json", b'"x"'),
        ("kinds", "a", "application/json", b'"a"'),
        ("zip_", b"PK", "application/zip", b"PK"),
    ],
)
def test_of_several_media_types_it_is_one_that_holds_the_body(
    made: Made, name: str, given: Any, media_type: str, content: bytes
) -> None:
    sent = made.sent(name, body=made.file(given) if isinstance(given, bytes) else given)
    assert (sent.headers["content-type"], sent.content) == (media_type, content)


@pytest.mark.parametrize(
    ("file", "media_type"),
    [
        ({"mime_type": "image/png"}, "image/png"),
        ({"mime_type": "image/gif"}, "image/gif"),
        ({"file_name": "a.gif"}, "image/gif"),
        ({"file_name": "a.unknown"}, BYTES),
        ({}, BYTES),
    ],
)
def test_of_several_media_types_it_is_the_files_own(made: Made, file: dict[str, str], media_type: str) -> None:
    content_type = "" if "mime_type" in file else "image/*"
    sent = made.sent("pictures", body=made.file(b"x", **file), content_type=content_type)
    assert sent.headers["content-type"] == media_type


def test_files_of_openapi_3_1_are_files(made: Made) -> None:
    model = import_module("ruled_client.models").SaidBody
    types = {name: kind.removesuffix(" | Unset") for name, kind in model.__annotations__.items()}
    assert [types[name] for name in ("file", "picture", "list_", "either")] == [
        "File", "File", "list[File]", "File | None",
    ]  # fmt: skip
    assert [types[name] for name in ("rows", "json", "base64")] == ["str"] * 3
    sent = made.sent("said", body=model(picture=made.file(), rows="a;b", json="{}"))
    assert b'name="picture"; filename="picture"\r\nContent-Type: image/png\r\n\r\nx\r\n' in sent.content
    assert b'name="rows"\r\nContent-Type: text/csv\r\n\r\na;b\r\n' in sent.content
    assert b'name="json"\r\nContent-Type: text/plain\r\n\r\n{}\r\n' in sent.content


def test_a_fragment_is_no_part_of_the_address(made: Made) -> None:
    assert made.sent("fragment", q="1").url.raw_path == b"/part?q=1"
    assert made.composed("fragment", "q=1").path == "part?q=1"
