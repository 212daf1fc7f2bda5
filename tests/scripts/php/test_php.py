"""Documents as the common PHP generators write them: built, imported, called 20 times, compared with a next version.

They were written for this test after the generators' documentation and habits; their files are named after them.
"""

from __future__ import annotations

import copy
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openapi_core.exceptions import OpenAPIError

from scripts.changes import compare
from scripts.download.files import read_document
from scripts.repair import repair
from scripts.tree import operations, resolved
from tests.helpers.request_values import value
from tests.helpers.validated import Package, arguments, recording

FOLDER = Path(__file__).parent
CALLS = 20
JSON = "application/json"
Document = dict[str, Any]
Edit = Callable[[Document], object]


def parameter(document: Document, path: str, **said: Any) -> None:
    document["paths"][path]["get"].setdefault("parameters", []).append({"in": "query", **said})


def field(document: Document, schema: str) -> Document:
    """The properties of a shared schema."""
    holder: Document = document.get("definitions") or document["components"]["schemas"]
    properties: Document = holder[schema]["properties"]
    return properties


# Of each document: how many services it has, what its next version has otherwise, and what `changes` calls it.
DOCUMENTS: dict[str, tuple[int, list[tuple[Edit, str]]]] = {
    "swagger_php_attributes.yaml": (8, [
        (lambda d: d["paths"]["/contacts/{id}"].pop("delete"), "breaking operation-removed"),
        (lambda d: field(d, "ContactInput")["name"].update(maxLength=40),
         "breaking request-limit-changed, compatible response-limit-changed"),
    ]),
    "swagger_php_annotations.yaml": (8, [
        (lambda d: parameter(d, "/tickets", name="page", schema={"type": "integer"}), "compatible parameter-added"),
        (lambda d: field(d, "ErrorModel").pop("code"), "maybe response-field-removed"),
    ]),
    "nelmio.yaml": (9, [
        (lambda d: field(d, "DeviceDto").pop("mac"), "breaking request-field-removed"),
        (lambda d: parameter(d, "/api/devices", name="tenant", required=True, schema={"type": "string"}),
         "breaking parameter-added"),
    ]),
    "api_platform.yaml": (7, [
        (lambda d: field(d, "Room-room.read").update(seats={"type": "integer"}), "compatible response-field-added"),
        (lambda d: d["components"]["schemas"]["Floor"]["enum"].remove("attic"),
         "breaking request-enum-value-removed, compatible response-enum-value-removed"),
    ]),
    "scramble.yaml": (8, [
        (lambda d: field(d, "UserResource")["name"].update(type=["string", "null"]),
         "breaking response-nullability-changed"),
        (lambda d: field(d, "StoreUserRequest")["extension"].update(minimum=200), "breaking request-limit-changed"),
    ]),
    "l5_swagger.json": (8, [
        (lambda d: d["components"]["schemas"]["StoreProjectRequest"]["required"].append("author_id"),
         "breaking request-field-required"),
        (lambda d: d["paths"].pop("/auth/logout"), "breaking operation-removed"),
    ]),
    "restler.json": (8, [
        (lambda d: field(d, "AuthorModel").update(name={"type": "integer"}), "breaking request-type-changed"),
        (lambda d: d["paths"].update({"/books": {"get": {"responses": {"200": {"description": ""}}}}}),
         "compatible operation-added"),
    ]),
}  # fmt: skip


# The validator takes the bytes of a file for no text.
NOT_JUDGED = ("post /users/{user}/avatar",)


def answer(document: Document, operation: Document) -> tuple[int, str, bytes]:
    """A successful answer as documented: its status, media type and content."""
    status, listed = next((one for one in operation["responses"].items() if one[0].startswith("2")), ("200", {}))
    content = resolved(document, listed).get("content") or {}
    if JSON in content:
        made = value(document, content[JSON].get("schema", {}))
        return int(status), JSON, json.dumps(made).encode()
    media_type = next(iter(content), "text/plain")
    return int(status), media_type, b"" if status == "204" else b"as it is"


def held(package: Package, read: Any) -> Any:
    """What was read, as it arrived: bytes, or what JSON holds."""
    return bytes(read.payload.read()) if hasattr(read, "payload") else package.module.types.encoded(read)


def arrived(status: int, media_type: str, content: bytes) -> Any:
    """What was answered, in the same form."""
    if status == 204:
        return None
    if media_type == JSON:
        return json.loads(content)
    return content.decode() if media_type.startswith("text/") else content


@pytest.mark.parametrize("name", DOCUMENTS)
def test_its_services_are_called_as_documented(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = Package(read_document(FOLDER / name), tmp_path, monkeypatch)
    listed = list(operations(package.final))
    assert len(listed) == DOCUMENTS[name][0]
    calls = itertools.islice(itertools.cycle(itertools.product((False, True), listed)), CALLS)
    with recording() as server, package.talking_to(server) as api:
        for required_only, (path, method, item, operation) in calls:
            positional, keywords = arguments(package.final, item, operation, required_only=required_only)
            server.answer = answer(package.final, operation)
            read = package.call(api, path, method, positional, keywords)
            if f"{method} {path}" in NOT_JUDGED:
                with pytest.raises(OpenAPIError):
                    package.validate(server, method)
            else:
                package.validate(server, method)
            assert held(package, read) == arrived(*server.answer), (path, method)
        assert len(server.arrived) == CALLS


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name, (_, edits) in DOCUMENTS.items() for number in range(len(edits))]
)
def test_its_next_version_is_judged(name: str, number: int) -> None:
    edit, expected = DOCUMENTS[name][1][number]
    old = read_document(FOLDER / name)
    new = copy.deepcopy(old)
    edit(new)
    found = compare(repair(old).document, repair(new).document)
    assert {f"{one.severity} {one.finding.kind}" for one in found.all} == set(expected.split(", "))
