"""What is sent, by the standard's tables: every style in every place, for every kind of value, and all bodies.

The expected texts are those of OpenAPI 3.1.1 (Style Examples) and Swagger 2.0 (collectionFormat), and of RFC 6570 where
these end. Each row is asked of a generated function and of `pascom call`.
"""

from __future__ import annotations

import email
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from pascom_facade._index import Index
from pascom_facade.explore.compose import compose
from scripts.build import build_into
from scripts.generate.index import index

REFUSED, NOTHING = "can't be sent: an error, before anything is sent", None

COLORS = ["blue", "black", "brown"]
RGB = {"R": 100, "G": 200, "B": 150}
VALUES: dict[str, Any] = {
    "empty": "",
    "primitive": "blue",
    "list": COLORS,
    "object": RGB,
    "reserved": "a/b?c=d&e f;g,h#i%",
    "reserved list": ["a,b", "c d|e"],
    "triples": "a%2Fb%zz%",
    "non-ASCII": "Mü",
    "boolean": True,
    "empty list": [],
    "empty object": {},
    "null": None,
    "nulls": ["a", None],
    "dots": "..",
    "dot": ".",
}
TRIPLES = "a%252Fb%25zz%25"
ESCAPED = "a%2Fb%3Fc%3Dd%26e%20f%3Bg%2Ch%23i%25"

PATH = dict.fromkeys(("empty", "empty list", "empty object", "null", "dots", "dot"), REFUSED) | {
    "primitive": "blue", "list": "blue,black,brown", "object": "R,100,G,200,B,150", "boolean": "true",
    "reserved": ESCAPED, "reserved list": "a%2Cb,c%20d%7Ce", "non-ASCII": "M%C3%BC", "nulls": "a",
    "triples": TRIPLES,
}  # fmt: skip
LABEL = PATH | {
    "primitive": ".blue", "list": ".blue,black,brown", "object": ".R,100,G,200,B,150", "boolean": ".true",
    "reserved": f".{ESCAPED}", "reserved list": ".a%2Cb,c%20d%7Ce", "non-ASCII": ".M%C3%BC", "nulls": ".a",
    "dots": "...", "dot": REFUSED, "triples": f".{TRIPLES}",
}  # fmt: skip
MATRIX = {
    "empty": ";color", "primitive": ";color=blue", "list": ";color=blue,black,brown",
    "object": ";color=R,100,G,200,B,150", "boolean": ";color=true", "reserved": f";color={ESCAPED}",
    "reserved list": ";color=a%2Cb,c%20d%7Ce", "non-ASCII": ";color=M%C3%BC", "nulls": ";color=a",
    "empty list": REFUSED, "empty object": REFUSED, "null": REFUSED, "dots": ";color=..", "dot": ";color=.",
    "triples": f";color={TRIPLES}",
}  # fmt: skip
FORM = {
    "empty": "color=", "primitive": "color=blue", "list": "color=blue,black,brown",
    "object": "color=R,100,G,200,B,150", "boolean": "color=true", "reserved": f"color={ESCAPED}",
    "reserved list": "color=a%2Cb,c%20d%7Ce", "non-ASCII": "color=M%C3%BC", "nulls": "color=a",
    "empty list": NOTHING, "empty object": NOTHING, "null": NOTHING, "dots": "color=..", "dot": "color=.",
    "triples": f"color={TRIPLES}",
}  # fmt: skip
EXPLODED = FORM | {
    "list": "color=blue&color=black&color=brown", "object": "R=100&G=200&B=150",
    "reserved list": "color=a%2Cb&color=c%20d%7Ce",
}  # fmt: skip
HEADER = {
    "empty": "", "primitive": "blue", "list": "blue,black,brown", "object": "R,100,G,200,B,150", "boolean": "true",
    "reserved": "a/b?c=d&e f;g,h#i%", "reserved list": "a,b,c d|e", "non-ASCII": REFUSED, "nulls": "a",
    "empty list": NOTHING, "empty object": NOTHING, "null": NOTHING, "dots": "..", "dot": ".", "triples": "a%2Fb%zz%",
}  # fmt: skip
IN_JSON = {
    "empty": "%22%22", "primitive": "%22blue%22", "list": "%5B%22blue%22%2C%22black%22%2C%22brown%22%5D",
    "object": "%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D", "boolean": "true", "reserved": f"%22{ESCAPED}%22",
    "reserved list": "%5B%22a%2Cb%22%2C%22c%20d%7Ce%22%5D", "non-ASCII": "%22M%5Cu00fc%22", "empty list": "%5B%5D",
    "empty object": "%7B%7D", "nulls": "%5B%22a%22%2Cnull%5D", "dots": "%22..%22", "dot": "%22.%22", "null": "null",
    "triples": f"%22{TRIPLES}%22",
}  # fmt: skip


def separated(by: str, rows: dict[str, Any]) -> dict[str, Any]:
    """The rows with this instead of the comma between the parts."""
    return {kind: text.replace(",", by) if isinstance(text, str) and text != REFUSED else text
            for kind, text in rows.items()}  # fmt: skip


def cookie(rows: dict[str, Any]) -> dict[str, Any]:
    """Each pair is a cookie: what a server reads."""
    return {kind: text.replace("&", "; ") if text else text for kind, text in rows.items()}


IN_TEXT = {
    "empty": "", "primitive": "blue", "boolean": "true", "reserved": ESCAPED, "non-ASCII": "M%C3%BC", "dots": "..",
    "dot": ".", "triples": TRIPLES, "null": NOTHING,
}  # fmt: skip
JSON: dict[str, Any] = {"content": {"application/json": {"schema": {}}}}
TEXT: dict[str, Any] = {"content": {"text/plain": {"schema": {}}}}
AS_FORM: dict[str, Any] = {"content": {"application/x-www-form-urlencoded": {"schema": {"type": "object"}}}}
# (place, what the document says) -> what is sent of each kind of value
TABLE: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("path", {}, PATH),
    ("path", {"explode": True}, PATH | {"object": "R=100,G=200,B=150"}),
    ("path", {"style": "label"}, LABEL),
    ("path", {"style": "label", "explode": True},
     LABEL | {"list": ".blue.black.brown", "object": ".R=100.G=200.B=150", "reserved list": ".a%2Cb.c%20d%7Ce"}),
    ("path", {"style": "matrix"}, MATRIX),
    ("path", {"style": "matrix", "explode": True},
     MATRIX | {"list": ";color=blue;color=black;color=brown", "object": ";R=100;G=200;B=150",
               "reserved list": ";color=a%2Cb;color=c%20d%7Ce"}),
    ("path", JSON, IN_JSON),
    ("query", {}, EXPLODED),
    ("query", {"explode": False}, FORM),
    ("query", {"style": "spaceDelimited", "explode": False}, separated("%20", FORM)),
    ("query", {"style": "pipeDelimited", "explode": False}, separated("%7C", FORM)),
    ("query", {"style": "spaceDelimited", "explode": True}, EXPLODED),
    ("query", {"style": "pipeDelimited", "explode": True}, EXPLODED),
    ("query", {"style": "deepObject", "explode": True},
     EXPLODED | {"object": "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"}),
    ("query", {"allowReserved": True},
     EXPLODED | {"reserved": "color=a/b?c=d%26e%20f;g,h%23i%25", "reserved list": "color=a,b&color=c%20d%7Ce",
                 "triples": "color=a%2Fb%25zz%25"}),
    ("query", {"allowEmptyValue": True}, EXPLODED | {"empty list": "color=", "empty object": "color="}),
    ("query", JSON, {kind: f"color={text}" for kind, text in IN_JSON.items()}),
    ("query", TEXT, {kind: text if text is NOTHING else f"color={text}" for kind, text in IN_TEXT.items()}),
    ("query", AS_FORM, {"object": "color=R%3D100%26G%3D200%26B%3D150", "empty object": "color="}),
    ("querystring", AS_FORM, {"object": "R=100&G=200&B=150"}),
    ("querystring", JSON, {kind: IN_JSON[kind] for kind in ("list", "object", "reserved list")}),
    ("querystring", TEXT, {"reserved": ESCAPED}),
    ("path", TEXT, {"primitive": "blue", "reserved": ESCAPED, "boolean": "true", "dots": REFUSED}),
    ("header", TEXT, {"primitive": "blue", "boolean": "true", "reserved": VALUES["reserved"], "null": NOTHING}),
    ("cookie", TEXT, {"primitive": "color=blue", "reserved": f"color={ESCAPED}"}),
    ("header", {}, HEADER),
    ("header", {"explode": True}, HEADER | {"object": "R=100,G=200,B=150"}),
    ("header", JSON,
     {kind: json.dumps(value, separators=(",", ":")) for kind, value in VALUES.items()}),
    ("cookie", {}, cookie(EXPLODED)),
    ("cookie", {"explode": False}, FORM),
    ("cookie", JSON, {kind: f"color={text}" for kind, text in IN_JSON.items()}),
]  # fmt: skip
SWAGGER_2: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (place, {"collectionFormat": collection} if collection else {}, rows)
    for place, usual in (("path", PATH), ("query", FORM), ("header", HEADER), ("formData", FORM))
    for collection, rows in {
        "": usual,
        "csv": usual,
        "ssv": separated(" " if place == "header" else "%20", usual),
        "tsv": separated("\t" if place == "header" else "%09", usual),
        "pipes": separated("|" if place == "header" else "%7C", usual),
        "multi": EXPLODED if place in ("query", "formData") else usual,
    }.items()
]
LISTS = ("list", "empty list", "nulls")


class Sent(NamedTuple):
    target: str
    headers: httpx.Headers
    content: bytes

    def in_place(self, place: str) -> str | None:
        """What stands where the parameter does."""
        path, _, query = self.target.partition("?")
        found: dict[str, str | None] = {
            "path": path.partition("/p/")[2],
            "query": query or None,
            "querystring": query or None,
            "header": self.headers.get("color"),
            "cookie": self.headers.get("cookie"),
            "formData": self.content.decode().replace("+", "%20") or None,
        }
        return found[place]


class Client:
    """A document as generated functions, and as `pascom call` knows it."""

    def __init__(self, document: dict[str, Any], folder: Path, name: str) -> None:
        final, _ = build_into(document, folder / name, plain=True)
        self._index = Index(index(final))
        self._name = name

    def generated(self, number: int, *path: Any, **keywords: Any) -> Sent:
        kwargs = import_module(f"{self._name}.api.t.o{number}")._get_kwargs(*path, **keywords)
        kwargs["url"] = f"http://test{kwargs['url']}"
        request = httpx.Request(**kwargs)
        return Sent(request.url.raw_path.decode(), request.headers, request.read())

    def called(self, number: int, *words: str) -> Sent:
        request = compose(self._index, self._index.operations[f"t.o{number}"], words)
        url = httpx.URL(f"http://test/{request.path}")
        return Sent(url.raw_path.decode(), httpx.Headers(request.headers), request.content or b"")


def operation(number: int, place: str, said: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """A path with an operation whose only parameter is this."""
    what: dict[str, Any] = {
        "operationId": f"o{number}",
        "tags": ["t"],
        "parameters": [{"name": "color", "in": place, "required": place == "path", **said}],
        "responses": {"200": {"description": ""}},
    }
    path = f"/o{number}/p/{{color}}" if place == "path" else f"/o{number}"
    return path, {"post" if place == "formData" else "get": what}


def body(number: int, media_type: str, media: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    what = {"requestBody": {"content": {media_type: media}}, "responses": {"200": {"description": ""}}}
    return f"/o{number}", {"post": {"operationId": f"o{number}", "tags": ["t"], **what}}


def api3(paths: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {"openapi": "3.1.1", "info": {"title": "t", "version": "1"}, "paths": dict(paths)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("encoding")
    sys.path.insert(0, str(path))
    yield path
    sys.path.remove(str(path))


@pytest.fixture(scope="module")
def openapi(folder: Path) -> Client:
    paths = [operation(number, place, said) for number, (place, said, _) in enumerate(TABLE)]
    for number, (kind, encoding, *_) in enumerate(BODIES, len(TABLE)):
        paths.append(body(number, kind, {"schema": {}, "encoding": encoding}))
    return Client(api3(paths), folder, "encoding_openapi")


@pytest.fixture(scope="module")
def swagger(folder: Path) -> Client:
    several = {"type": "array", "items": {"type": "string"}}
    paths = [operation(number, place, several | said) for number, (place, said, _) in enumerate(SWAGGER_2)]
    head = {"swagger": "2.0", "info": {"title": "t", "version": "1"}}
    return Client({**head, "paths": dict(paths)}, folder, "encoding_swagger")


def ways(client: Client, number: int, place: str, value: Any) -> dict[str, Callable[[], Sent]]:
    path = [value] if place == "path" else []
    keywords: dict[str, Any] = {} if path else {"color": value}
    if place == "formData":
        keywords = {"body": keywords}
    return {
        "generated": partial(client.generated, number, *path, **keywords),
        "pascom call": partial(client.called, number, f"color:={json.dumps(value)}"),
    }


def check(client: Client, number: int, place: str, expected: dict[str, Any], kinds: Iterable[str]) -> None:
    """Both ways; all that differs is shown at once."""
    differs = []
    for kind in kinds:
        for way, send in ways(client, number, place, VALUES[kind]).items():
            try:
                sent = send().in_place(place)
            except ValueError:
                sent = REFUSED
            if sent != expected[kind]:
                differs.append(f"{way}: {kind} is {sent!r}, not {expected[kind]!r}")
    assert not differs, "\n".join(differs)


@pytest.mark.parametrize(
    ("number", "place", "expected"),
    [
        pytest.param(number, place, rows, id=f"{place} {json.dumps(said)}")
        for number, (place, said, rows) in enumerate(TABLE)
    ],
)
def test_the_tables_of_openapi(openapi: Client, number: int, place: str, expected: dict[str, Any]) -> None:
    check(openapi, number, place, expected, expected)


def test_each_style_is_asked_for_every_kind_of_value() -> None:
    for place, said, expected in TABLE:
        assert "content" in said or expected.keys() == VALUES.keys(), (place, said)


@pytest.mark.parametrize(
    ("number", "place", "expected"),
    [
        pytest.param(number, place, rows, id=f"{place} {said.get('collectionFormat')}")
        for number, (place, said, rows) in enumerate(SWAGGER_2)
    ],
)
def test_the_table_of_swagger_2(swagger: Client, number: int, place: str, expected: dict[str, Any]) -> None:
    check(swagger, number, place, expected, LISTS)


FORM_TYPE, PARTS, JSON_TYPE = "application/x-www-form-urlencoded", "multipart/form-data", "application/json"
Encoding = dict[str, dict[str, Any]]

# (media type, `encoding`, body) -> the Content-Type, and the content; of parts: name, file's name, type, content
BODIES: list[tuple[str, Encoding, Any, str, Any]] = [
    (JSON_TYPE, {}, {"a": "Mü", "b": [1, None], "c": None}, JSON_TYPE, '{"a":"Mü","b":[1,null],"c":null}'),
    (JSON_TYPE, {}, None, JSON_TYPE, "null"),
    (JSON_TYPE, {}, "text", JSON_TYPE, '"text"'),
    ("text/json", {}, {"a": 1}, "text/json", '{"a":1}'),
    ("application/vnd.api+json", {}, [], "application/vnd.api+json", "[]"),
    (FORM_TYPE, {}, {"a": "b c&d", "n": 1, "t": True, "x": None, "l": [1, 2], "o": {"k": "v"}}, FORM_TYPE,
     "a=b+c%26d&n=1&t=true&l=1&l=2&o=%7B%22k%22%3A%22v%22%7D"),
    (FORM_TYPE, {"l": {"style": "form", "explode": False}, "o": {"style": "deepObject", "explode": True}},
     {"l": [1, 2], "o": {"k": "v", "d": {"e": ["f", "g"]}}}, FORM_TYPE,
     "l=1,2&o%5Bk%5D=v&o%5Bd%5D%5Be%5D=f&o%5Bd%5D%5Be%5D=g"),
    (FORM_TYPE, {"l": {"style": "spaceDelimited"}, "p": {"style": "pipeDelimited"}, "r": {"allowReserved": True}},
     {"l": ["a", "b"], "p": ["a", "b"], "r": "a/b&c"}, FORM_TYPE, "l=a+b&p=a%7Cb&r=a/b%26c"),
    (FORM_TYPE, {"l": {"contentType": JSON_TYPE}}, {"l": [1, 2]}, FORM_TYPE, "l=%5B1%2C2%5D"),
    (FORM_TYPE, {"o": {"explode": True}}, {"o": {"R": 1, "G": 2}}, FORM_TYPE, "R=1&G=2"),
    (PARTS, {}, {"n": 1, "t": True, "l": ["a", "b"], "o": {"k": "v"}, "x": None}, PARTS,
     [("n", None, "text/plain", "1"), ("t", None, "text/plain", "true"), ("l", None, "text/plain", "a"),
      ("l", None, "text/plain", "b"), ("o", None, JSON_TYPE, '{"k":"v"}')]),
    (PARTS, {"l": {"contentType": JSON_TYPE}, "x": {"contentType": "application/xml"}},
     {"l": [1, 2], "x": "<a/>"}, PARTS,
     [("l", None, JSON_TYPE, "[1,2]"), ("x", None, "application/xml", "<a/>")]),
    (PARTS, {"l": {"style": "form", "explode": False}, "o": {"style": "deepObject", "explode": True}},
     {"l": [1, 2], "o": {"a b": "c/d"}}, PARTS,
     [("l", None, "text/plain", "1,2"), ("o[a b]", None, "text/plain", "c/d")]),
    (PARTS, {"x": {"contentType": "application/xml"}}, {"x": {"k": "v"}}, PARTS, REFUSED),
    (PARTS, {}, None, PARTS, REFUSED),
    (FORM_TYPE, {}, None, FORM_TYPE, REFUSED),
    (FORM_TYPE, {}, [1], FORM_TYPE, REFUSED),
    (FORM_TYPE, {}, {}, FORM_TYPE, ""),
    (PARTS, {}, {"x": None}, PARTS, []),
    ("application/xml", {}, "<a/>", "application/xml", "<a/>"),
    ("application/xml", {}, {"a": "b"}, "application/xml", REFUSED),
    ("multipart/related", {}, {"a": "b"}, "multipart/related", REFUSED),
    ("text/plain", {}, "Mü", "text/plain", "Mü"),
    ("text/csv", {}, [1], "text/csv", REFUSED),
    ("*/*", {}, {"a": 1}, JSON_TYPE, '{"a":1}'),
]  # fmt: skip


def parts_of(sent: Sent) -> list[tuple[str | None, str | None, str, str]]:
    head = b"Content-Type: " + sent.headers["content-type"].encode() + b"\r\n\r\n"
    message = email.message_from_bytes(head + sent.content)
    parts: Any = message.get_payload() if message.is_multipart() else []
    return [
        (
            str(part.get_param("name", header="content-disposition")),
            part.get_filename(),
            part.get_content_type(),
            part.get_payload(decode=True).decode(),
        )
        for part in parts
    ]


@pytest.mark.parametrize("number", range(len(BODIES)), ids=lambda number: f"{number} {BODIES[number][0]}")
@pytest.mark.parametrize("way", ["generated", "pascom call"])
def test_a_body_is_sent_as_its_media_type(openapi: Client, number: int, way: str) -> None:
    _, _, value, media_type, expected = BODIES[number]

    def send() -> Sent:
        if way == "generated":
            return openapi.generated(len(TABLE) + number, body=value)
        return openapi.called(len(TABLE) + number, f"body:={json.dumps(value)}")

    if expected == REFUSED:
        with pytest.raises(ValueError, match=r"is sent as (it is given|an object of fields)"):
            send()
        return
    sent = send()
    assert sent.headers["content-type"].partition("; boundary=")[0] == media_type
    assert (parts_of(sent) if media_type == PARTS else sent.content.decode()) == expected
