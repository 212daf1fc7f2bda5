"""From bytes and addresses to a document: decoding, joining files, Swagger 1, and the commands."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts.download.download import download_document
from scripts.download.files import read_document
from scripts.errors import DocumentNotFound, DocumentUnusable
from scripts.fetch.decode import decode
from scripts.fetch.fetcher import Fetcher
from scripts.regenerate import main
from tests.servers.locate_server import DOCUMENT, document, html, script, served

YAML = b"openapi: 3.0.3\ninfo: {title: T, version: 2026-01-02}\npaths:\n  /a: {get: {responses: {200: {description: yes}}}}\n"
WARNING = b"<br />\n<b>Warning</b>: Undefined {variable} in <b>api.php</b> on line <b>3</b><br />\n"


@pytest.mark.parametrize(
    "data",
    [
        DOCUMENT.encode(),
        b"\xef\xbb\xbf" + DOCUMENT.encode(),
        DOCUMENT.encode("utf-16"),
        DOCUMENT.encode("utf-16-le"),
        gzip.compress(DOCUMENT.encode(), mtime=0),  # a part of the name, which all workers must agree on
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


SWAGGER_1_LISTING = {
    "swaggerVersion": "1.1",
    "apiVersion": "3",
    "basePath": "http://gone.invalid/ari",
    "apis": [{"path": "/api-docs/lines.{format}"}],
}
SWAGGER_1_OPERATION = {
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
SWAGGER_1_DECLARATION = {
    "swaggerVersion": "1.1",
    "basePath": "/ari",
    "resourcePath": "/lines",
    "apis": [{"path": "/lines", "operations": [SWAGGER_1_OPERATION]}],
    "models": {"Line": {"properties": {"id": {"type": "long", "required": True}, "next": {"type": "Line"}}}},
}


@pytest.fixture(scope="module")
def swagger_1() -> Any:
    """What is made of a page with a listing, and one declaration beside it."""
    routes = {
        "/docs/": script('new SwaggerUi({discoveryUrl: "listing.json"})'),
        "/docs/listing.json": json.dumps(SWAGGER_1_LISTING),
        "/docs/lines.json": json.dumps(SWAGGER_1_DECLARATION),
    }
    with served(routes) as site:
        return download_document(site.origin + "/docs/", None, None, Fetcher)


def test_a_swagger_1_listing_becomes_a_swagger_2_document_with_the_declarations_base(swagger_1: Any) -> None:
    assert (swagger_1["swagger"], swagger_1["basePath"]) == ("2.0", "/ari")


def test_a_swagger_1_nickname_becomes_the_operation_id(swagger_1: Any) -> None:
    assert swagger_1["paths"]["/lines"]["get"]["operationId"] == "lines"


def test_a_swagger_1_response_class_and_its_errors_become_responses(swagger_1: Any) -> None:
    responses = swagger_1["paths"]["/lines"]["get"]["responses"]
    assert responses["200"]["schema"] == {"type": "array", "items": {"$ref": "#/definitions/Line"}}
    assert responses["404"] == {"description": "none"}


def test_a_swagger_1_parameter_with_several_allowed_values_becomes_a_list_of_them(swagger_1: Any) -> None:
    assert swagger_1["paths"]["/lines"]["get"]["parameters"][0] == {
        "name": "state",
        "in": "query",
        "required": False,
        "type": "array",
        "items": {"type": "string", "enum": ["up"]},
        "collectionFormat": "csv",
    }


def test_a_swagger_1_model_becomes_a_definition_that_lists_what_is_required(swagger_1: Any) -> None:
    line = swagger_1["definitions"]["Line"]
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


@pytest.fixture(scope="module")
def two() -> Iterator[str]:
    with served(TWO) as site:
        yield site.origin


def test_locate_prints_all_documents_the_shown_one_first_and_their_names_on_stderr(
    two: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["locate", two + "/ui"]) == 0
    out, err = capsys.readouterr()
    assert out == f"{two}/a.json\n{two}/b.json\n"
    assert "Second: " in err


def test_locate_prints_a_document_that_stands_inside_the_page(two: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["locate", two + "/inline"]) == 0
    assert json.loads(capsys.readouterr().out) == document()


@pytest.mark.parametrize(
    ("arguments", "title"),
    [
        (["{two}/ui"], "A"),
        (["{two}/ui", "--name", "Second"], "B"),
        (["--document", "{two}/a.json"], "A"),
    ],
    ids=["the shown one", "the named one", "by its own address"],
)
def test_download_saves_the_document_and_nothing_else(
    arguments: list[str], title: str, two: str, tmp_path: Path
) -> None:
    file = tmp_path / "document.json"
    file.write_text("from before")
    assert main(["download", *(argument.format(two=two) for argument in arguments), "-o", str(file)]) == 0
    assert json.loads(file.read_text("utf-8")) == document(title)
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("arguments", "status", "problem"),
    [
        (["{two}/ui", "-o", "{folder}/document.json", "--name", "Third"], 2, "'First', 'Second'"),
        (["{two}/nothing", "-o", "{folder}/document.json"], 3, "does not exist"),
        (["-o", "{folder}/document.json"], 2, "give the address"),
        (["{two}/ui", "-o", "{folder}/no/folder"], 2, "can't be written"),
    ],
    ids=["no such name", "no document there", "no address", "no such folder"],
)
def test_a_download_that_fails_leaves_the_file_as_it_was(
    arguments: list[str], status: int, problem: str, two: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "document.json"
    file.write_bytes(b"from before")
    assert main(["download", *(argument.format(two=two, folder=tmp_path) for argument in arguments)]) == status
    assert problem in capsys.readouterr().err
    assert file.read_bytes() == b"from before"
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
