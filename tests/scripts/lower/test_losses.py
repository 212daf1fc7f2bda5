"""What code can't say is told by its place in the document; what would be dropped fails the build, by name."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openapi_python_client.config import Config, ConfigFile, MetaType

from scripts.build import build_into
from scripts.checkout import CONFIGURATION
from scripts.errors import DocumentUnusable, StepFailed
from scripts.generate.generator import parsed
from scripts.lower import Generatable, lower
from scripts.lower.losses import LONGEST_TEXT
from scripts.lower.schemas import MOST_MEMBERS
from scripts.repair import Repair
from scripts.verify import verify
from scripts.worker.worker import Worker

MODEL = {"type": "object", "properties": {"a": {"type": "string"}}}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "t", "version": "1"},
    "paths": {
        "/a/b": {
            "get": {
                "operationId": "list_ab",
                "tags": ["ab"],
                "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}],
                "responses": {
                    "200": {
                        "description": "",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/M"}}},
                    }
                },
            }
        }
    },
    "components": {"schemas": {"M": MODEL}},
}


def config(folder: Path) -> Config:
    return Config.from_sources(
        ConfigFile.load_from_path(CONFIGURATION / "generator.yaml"),
        MetaType.NONE,
        document_source=folder,
        file_encoding="utf-8",
        overwrite=False,
        output_path=folder / "client",
    )


def lowered() -> Generatable:
    return lower(DOCUMENT)


def test_a_wide_union_is_told(tmp_path: Path) -> None:
    wide = {"oneOf": [{"type": "object", "properties": {f"p{n}": {"type": "string"}}} for n in range(MOST_MEMBERS + 1)]}
    document = {**DOCUMENT, "components": {"schemas": {"M": {"allOf": [MODEL, {"properties": {"w": wide}}]}}}}
    _, report = build_into(document, tmp_path / "client", plain=True)
    place = "#/components/schemas/M/allOf/1/properties/w/oneOf"
    assert report.repairs == [Repair(place, f"a union of more than {MOST_MEMBERS} types", "any value")]


def test_refused_types_are_told(tmp_path: Path) -> None:
    generatable = lowered()
    generatable.document["components"]["schemas"]["M"]["properties"]["a"] = {"type": "array"}  # of what?
    operation = generatable.document["paths"]["/0"]["get"]
    operation["parameters"][0]["schema"] = {"type": "integer", "default": "no number"}
    data = parsed(generatable, config(tmp_path))
    assert [str(model.class_info.name) for model in data.models] == ["M"]
    (collection,) = data.endpoint_collections_by_tag.values()
    assert [str(one.name) for one in collection.endpoints] == ["list_ab"]
    assert generatable.losses.as_repairs(DOCUMENT) == [
        Repair("#/components/schemas/M", "a type that the generator refuses, of M", "any object"),
        Repair("#/paths/~1a~1b/get", "a type that the generator refuses, of ab.list_ab", "any value"),
    ]


def test_an_operation_that_would_be_dropped_fails_by_name(tmp_path: Path) -> None:
    generatable = lowered()
    generatable.document["paths"]["/0"]["get"]["parameters"][0]["name"] = "/"  # no name whatever its type
    generatable.document["paths"]["/0"]["get"]["parameters"].append(
        generatable.document["paths"]["/0"]["get"]["parameters"][0]
    )
    with pytest.raises(SystemExit, match=r"drop ab\.list_ab"):
        parsed(generatable, config(tmp_path))


def test_what_a_job_leaves_undone_is_an_error_with_its_reason(worker: Worker, tmp_path: Path) -> None:
    with pytest.raises(DocumentUnusable, match="can't make a client"):
        worker.does("generate", {"paths": 1}, str(tmp_path / "client"), str(CONFIGURATION))
    assert worker.does("generate", DOCUMENT, str(tmp_path / "client"), str(CONFIGURATION)) == []


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """DOCUMENT as it is generated from, and its client."""
    package = tmp_path_factory.mktemp("made") / "client"
    final, _ = build_into(DOCUMENT, package, plain=True)
    return final, package


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as worker:
        yield worker


@pytest.mark.parametrize(
    "code",
    [
        "from ..types import UNSET\n\nfirst = UNSET.nothing",  # every line of it is allowed
        "from .. import models\n\nfirst = models.other",  # there only if something else has brought it along
        "from .. import types\n\ntypes.first = 1",  # so that another module could need it
    ],
)
def test_modules_are_imported_on_their_own(
    code: str, made: tuple[dict[str, Any], Path], worker: Worker, tmp_path: Path
) -> None:
    final, clean = made
    package = shutil.copytree(clean, tmp_path / "client")
    model = package / "models" / "m.py"
    model.write_text(f"{model.read_text('utf-8')}\n\n{code}\n", "utf-8")
    with pytest.raises(StepFailed, match=r"models/m\.py"):
        verify(worker.does, final, package)


def test_methods_of_openapi_32_are_generated(tmp_path: Path) -> None:
    get = {"operationId": "one", "responses": {"200": {"description": ""}}}
    others = {
        "COPY": {**get, "operationId": "copy_all"},
        "move": {"responses": {}},
        "Get": get,
        "put": get,
        'C"+x+"': get,
    }
    item = {
        "put": {"responses": {"200": {"description": ""}}},
        "query": {"responses": {"200": {"description": ""}}},
        "additionalOperations": others,
    }
    document = {**DOCUMENT, "openapi": "3.2.0", "paths": {"/a/b": item, "/c": {"$ref": "#/paths/~1a~1b"}}}
    final, report = build_into(document, tmp_path / "client", plain=True)
    assert report.operations_documented == report.operations_generated == 10
    assert sorted(final["paths"]["/a/b"]["additionalOperations"]) == ["COPY", "MOVE"]
    at = "#/paths/~1a~1b/additionalOperations"
    places = {repair.pointer for repair in report.repairs}
    assert places >= {f"{at}/move", f"{at}/Get", f'{at}/C"+x+"', f"{at}/MOVE/responses"}
    assert Repair(f"{at}/put", "a method that is there twice", "kept the first one") in report.repairs
    assert f"{at}/COPY/responses/200" in report.untyped_responses
    code = "".join(file.read_text("utf-8") for file in (tmp_path / "client/api").rglob("*.py"))
    assert set(re.findall(r'"method": "(.*?)"', code)) == {"copy", "move", "get", "put", "query"}


def test_a_text_too_long_for_code_is_cut_short(tmp_path: Path) -> None:
    text = "y " * LONGEST_TEXT
    item = {"get": {**DOCUMENT["paths"]["/a/b"]["get"], "description": text}}
    document = {
        **DOCUMENT,
        "paths": {"/a/b": item},
        "components": {"schemas": {"M": {**MODEL, "description": text}}},
    }
    final, report = build_into(document, tmp_path / "client", plain=True)
    assert final["paths"]["/a/b"]["get"]["description"] == text
    problem = f"a description of more than {LONGEST_TEXT:,} characters"
    assert sorted(report.repairs) == [
        Repair(place, problem, "cut short in the code") for place in ("#/components/schemas/M", "#/paths/~1a~1b/get")
    ]
    assert max(file.stat().st_size for file in (tmp_path / "client").rglob("*.py")) < 20 * LONGEST_TEXT
