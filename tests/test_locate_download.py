"""From bytes and addresses to a document: decoding, joining files, Swagger 1, and the commands."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from scripts.download.download import download_document
from scripts.download.files import read_document
from scripts.errors import DocumentNotFound, DocumentUnusable
from scripts.fetch.decode import decode
from scripts.fetch.fetcher import Fetcher
from scripts.regenerate import main

from .locate_server import DOCUMENT, document, html, script, served

YAML = b"openapi: 3.0.3\ninfo: {title: T, version: 2026-01-02}\npaths:\n  /a: {get: {responses: {200: {description: yes}}}}\n"
WARNING = b"<br />\n<b>Warning</b>: Undefined {variable} in <b>api.php</b> on line <b>3</b><br />\n"


@pytest.mark.parametrize(
    "data",
    [
        DOCUMENT.encode(),
        b"\xef\xbb\xbf" + DOCUMENT.encode(),
        DOCUMENT.encode("utf-16"),
        DOCUMENT.encode("utf-16-le"),
        gzip.compress(DOCUMENT.encode()),
        WARNING + DOCUMENT.encode(),
        WARNING + DOCUMENT.encode() + WARNING,
        b"# comment\n" + DOCUMENT.encode(),
        DOCUMENT.encode()[:-1] + b",\n}",
    ],
)
def test_decodes_what_servers_send(data: bytes) -> None:
    assert decode(data, "text/html") == document()


def test_reads_text_with_a_tab_and_a_line_end_in_it() -> None:
    assert decode(b'{"title": "a\tb\nc"}') == {"title": "a\tb\nc"}


def test_decodes_latin_1_as_declared_and_as_not() -> None:
    text = '{"title": "Gerät"}'.encode("latin-1")
    assert decode(text, "application/json; charset=ISO-8859-1") == decode(text) == {"title": "Gerät"}
    assert decode('{"title": "Gerät"}'.encode(), "text/html; charset=latin1") == {"title": "Gerät"}


def test_yaml_makes_no_dates_and_no_booleans_of_words() -> None:
    answer = {"get": {"responses": {"200": {"description": "yes"}}}}
    assert decode(YAML) == {
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "2026-01-02"},
        "paths": {"/a": answer},
    }
    merged = decode(b"a: &a {x: 1, y: 0x10}\nb: {<<: *a, x: 2.5}\nc: [*a, ~, null, true, '1', 1e3]")
    assert merged == {
        "a": {"x": 1, "y": 16},
        "b": {"x": 2.5, "y": 16},
        "c": [{"x": 1, "y": 16}, None, None, True, "1", 1000.0],
    }


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (html("x").encode(), "page"),
        (b"just text", "plain text"),
        (b'{"a": 1,}', "broken JSON"),
        (b'{"openapi": "3.0.3", "paths": {}', "broken JSON"),
        (b"[" * 100_000, "deep"),
        (b"- " * 100_000, "deep"),
        (
            b"a: &a [x]\n"
            + b"\n".join(
                b"k%d: &k%d [%s]" % (n, n, b",".join([b"*k%d" % (n - 1) if n else b"*a"] * 9)) for n in range(30)
            ),
            "multiply",
        ),
        (b"a: &a {b: *a}", "alias"),
        (b'{"paths": NaN', "broken JSON"),
        (b"\x1f\x8b" + b"x" * 50, "compressed"),
    ],
)
def test_says_what_it_is_instead(data: bytes, problem: str) -> None:
    with pytest.raises(DocumentUnusable, match=problem):
        decode(data)


PARTS = {
    "/api/openapi.yaml": """
openapi: 3.0.3
info: {title: T, version: '1'}
paths: {/pets: {$ref: paths/pets.yaml}}
components: {schemas: {Pet: {$ref: schemas/pet.json}}}
""",
    "/api/paths/pets.yaml": """
parameters: [{$ref: '../parameters.yaml#/Limit'}]
get:
  responses:
    '200': {description: ok, content: {application/json: {schema: {$ref: ../schemas/pet.json}, example: {$ref: data}}}}
    default: {$ref: '../openapi.yaml#/components/responses/Lost'}
""",
    "/api/parameters.yaml": "Limit: {name: limit, in: query, schema: {type: integer}}",
    "/api/schemas/pet.json": '{"type": "object", "properties": {"owner": {"$ref": "owner.json"}, "kin": {"$ref": "#"}}}',
    "/api/schemas/owner.json": '{"properties": {"pets": {"items": {"$ref": "pet.json"}}, "gone": {"$ref": "gone.json"}}}',
}


def check_joined(joined: dict[str, object]) -> None:
    text = json.dumps(joined)
    assert "../" not in text
    pets = joined["paths"]["/pets"]  # type: ignore[index]
    assert pets["parameters"] == [{"$ref": "#/components/parameters/Limit"}]
    content = pets["get"]["responses"]["200"]["content"]["application/json"]
    assert content == {"schema": {"$ref": "#/components/schemas/Pet"}, "example": {"$ref": "data"}}
    assert pets["get"]["responses"]["default"] == {"$ref": "#/components/responses/Lost"}
    schemas = joined["components"]["schemas"]  # type: ignore[index]
    assert schemas["Pet"]["properties"] == {
        "owner": {"$ref": "#/components/schemas/owner"},
        "kin": {"$ref": "#/components/schemas/Pet"},
    }
    assert schemas["owner"]["properties"]["pets"] == {"items": {"$ref": "#/components/schemas/Pet"}}
    assert schemas["owner"]["properties"]["gone"] == {"$ref": "gone.json"}


def test_joins_files_that_refer_to_each_other_over_http() -> None:
    with served(PARTS) as site:
        check_joined(download_document(None, site.origin + "/api/openapi.yaml", None, Fetcher))


def test_joins_files_that_refer_to_each_other_on_disk(tmp_path: Path) -> None:
    for path, text in PARTS.items():
        (tmp_path / path[1:]).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path[1:]).write_text(text)
    check_joined(read_document(tmp_path / "api/openapi.yaml"))


def test_makes_one_document_of_a_swagger_1_listing() -> None:
    listing = {
        "swaggerVersion": "1.1",
        "apiVersion": "3",
        "basePath": "http://gone.invalid/ari",
        "apis": [{"path": "/api-docs/lines.{format}"}],
    }
    operation = {
        "httpMethod": "GET",
        "nickname": "lines",
        "responseClass": "List[Line]",
        "parameters": [
            {
                "name": "state",
                "paramType": "query",
                "dataType": "string",
                "allowMultiple": True,
                "allowableValues": {"values": ["up"]},
            }
        ],
        "errorResponses": [{"code": 404, "reason": "none"}],
    }
    declaration = {
        "swaggerVersion": "1.1",
        "basePath": "/ari",
        "resourcePath": "/lines",
        "apis": [{"path": "/lines", "operations": [operation]}],
        "models": {"Line": {"properties": {"id": {"type": "long", "required": True}, "next": {"type": "Line"}}}},
    }
    routes = {
        "/docs/": script('new SwaggerUi({discoveryUrl: "listing.json"})'),
        "/docs/listing.json": json.dumps(listing),
        "/docs/lines.json": json.dumps(declaration),
    }
    with served(routes) as site:
        found = download_document(site.origin + "/docs/", None, None, Fetcher)
    get = found["paths"]["/lines"]["get"]
    assert (found["swagger"], found["basePath"], get["operationId"]) == ("2.0", "/ari", "lines")
    assert get["responses"]["200"]["schema"] == {"type": "array", "items": {"$ref": "#/definitions/Line"}}
    assert get["responses"]["404"] == {"description": "none"}
    assert get["parameters"][0] == {
        "name": "state",
        "in": "query",
        "required": False,
        "type": "array",
        "items": {"type": "string", "enum": ["up"]},
        "collectionFormat": "csv",
    }
    line = found["definitions"]["Line"]
    assert line["required"] == ["id"]
    assert line["properties"] == {
        "id": {"type": "integer", "format": "int64"},
        "next": {"$ref": "#/definitions/Line"},
    }


TWO = {
    "/ui": script('SwaggerUIBundle({urls: [{url: "/a.json", name: "First"}, {url: "/b.json", name: "Second"}]})'),
    "/a.json": json.dumps(document("A")),
    "/b.json": json.dumps(document("B")),
    "/inline": script(f"SwaggerUIBundle({{spec: {DOCUMENT}}})"),
}


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "document.json"
    with served(TWO) as site:
        assert main(["locate", site.origin + "/ui"]) == 0
        out, err = capsys.readouterr()
        assert out == f"{site.origin}/a.json\n{site.origin}/b.json\n"
        assert "Second: " in err
        assert main(["locate", site.origin + "/inline"]) == 0
        assert json.loads(capsys.readouterr().out) == document()
        assert main(["download", site.origin + "/ui", "-o", str(file)]) == 0
        assert json.loads(file.read_text()) == document("A")
        assert main(["download", site.origin + "/ui", "-o", str(file), "--name", "Second"]) == 0
        assert json.loads(file.read_text()) == document("B")
        assert main(["download", "--document", site.origin + "/a.json", "-o", str(file)]) == 0
        before = file.read_bytes()
        capsys.readouterr()
        assert main(["download", site.origin + "/ui", "-o", str(file), "--name", "Third"]) == 2
        assert "'First', 'Second'" in capsys.readouterr().err
        assert main(["download", site.origin + "/nothing", "-o", str(file)]) == 3
        assert main(["download", "-o", str(file)]) == 2
        assert main(["download", site.origin + "/ui", "-o", str(tmp_path / "no" / "folder")]) == 2
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_the_login_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASCOM_PASSWORD", "Geheim-7:x")
    with served(TWO) as site:
        assert main(["locate", site.origin + "/ui"]) == 0
        assert site.authorized == site.requests
    monkeypatch.setenv("PASCOM_PASSWORD", "")
    monkeypatch.setenv("PASCOM_PASSWORD_COMMAND", "exit 3")
    with served(TWO) as site:
        assert main(["locate", site.origin + "/ui"]) == 2


def test_a_missing_file_and_a_file_of_another_kind(tmp_path: Path) -> None:
    with pytest.raises(DocumentNotFound, match=r"gone\.json"):
        download_document(None, str(tmp_path / "gone.json"), None, Fetcher)
    (tmp_path / "page.html").write_text(html("x"))
    with pytest.raises(DocumentUnusable, match="page"):
        download_document(None, str(tmp_path / "page.html"), None, Fetcher)
