"""The vendor's requests hold whatever a document says of them; what it says more stays reachable."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from scripts.changes import compare
from scripts.generate.index import index
from scripts.names import operation_names
from scripts.overlay.document import Complete, normalized, with_overlay
from scripts.overlay.overlay import load_overlay
from scripts.repair import repair
from scripts.tree import all_parameters, operations, resolved
from tests.helpers.checkouts import DIAL, REPOSITORY

Document = dict[str, Any]
Edit = Callable[[Document], None]

PROMISES = load_overlay(REPOSITORY / "openapi" / "overlay.yaml").promises
WAV = "/monitor/{recordID}/{ruleID}/{file}/wav"
AS_DOCUMENTED = "identity.default_device_action_as_documented"


def plain() -> Document:
    """The vendor's ten operations, about which nothing more is said."""
    paths: Document = {}
    for promise in PROMISES:
        paths.setdefault(promise.path, {})[promise.method] = {}
    return {"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": paths}


def parameter(place: str, name: str, **more: Any) -> Document:
    return {"name": name, "in": place, "schema": {"type": "string"}, **more}


def put(document: Document, path: str, method: str = "get", **what: Any) -> None:
    document["paths"].setdefault(path, {})[method] = what


def body(kind: str, *fields: str, **more: Any) -> Document:
    schema = {"type": "object", "properties": {field: {"type": "string"} for field in fields}, **more}
    return {"requestBody": {"content": {kind: {"schema": schema}}}}


def moves(old: str, new: str) -> Edit:
    def edit(document: Document) -> None:
        document["paths"][new] = document["paths"].pop(old)

    return edit


def says(path: str, method: str, **what: Any) -> Edit:
    return lambda document: put(document, path, method, **what)


def shared(document: Document) -> None:
    document["paths"]["/identity/{userName}"]["parameters"] = [
        parameter("path", "userName", required=True, schema={"type": "integer"}),
        parameter("header", "X-Api-Key", required=True),
    ]


def nothing_at_all(document: Document) -> None:
    document["paths"] = {"/apply/": {"get": {}}}


def generic(document: Document) -> None:
    document["paths"] = {"/{module}/": {"get": {}}, "/{module}/{key}": {"get": {}}}


def referred_to_item(document: Document) -> None:
    document["components"] = {"pathItems": {"I": document["paths"]["/device/"]}}
    document["paths"]["/device/"] = {"$ref": "#/components/pathItems/I"}
    document["paths"]["/ipdevice/"] = {"$ref": "#/components/pathItems/I"}


def same_schema_elsewhere(document: Document) -> None:
    document["components"] = {"schemas": {"DeviceAction": {"type": "object", "properties": {"door": {}}}}}
    answer = {"application/json": {"schema": {"$ref": "#/components/schemas/DeviceAction"}}}
    put(document, "/location/", responses={"200": {"description": "", "content": answer}})


QUERY = [parameter("query", "format", required=True, schema={"type": "string", "default": "xml"})]
FORM = "application/x-www-form-urlencoded"
ODDITIES: dict[str, Edit] = {
    "nothing more": lambda document: None,
    "nothing at all": nothing_at_all,
    "generic paths": generic,
    "required header": says(DIAL, "post", parameters=[parameter("header", "Authorization", required=True)]),
    "required query": says("/identity/{userName}", "get", parameters=QUERY),
    "a default that would be sent": says("/device/", "get", parameters=[QUERY[0] | {"required": False}]),
    "required cookie": says("/cdr/", "get", parameters=[parameter("cookie", "PHPSESSID", required=True)]),
    "required by the path": shared,
    "a body for a GET": says("/cdr/", "get", **body("application/json", "a")),
    "the body's fields in the query": says(DIAL, "post", parameters=[parameter("query", "action", required=True)]),
    "other names of parameters": moves("/device/{name}", "/device/{serial}"),
    "an enumeration of users": says(
        "/identity/{userName}",
        "get",
        parameters=[parameter("path", "userName", required=True, schema={"enum": ["demo"]})],
    ),
    "a slash too many": moves("/device/{name}", "/device/{name}/"),
    "a slash too few": moves("/cdr/", "/cdr"),
    "a format": moves("/cdr/", "/cdr.json"),
    "any action": moves(DIAL, "/identity/{userName}/defaultdevice/{action}"),
    "any device": moves(DIAL, "/identity/{userName}/{device}/action"),
    "any format": moves(WAV, "/monitor/{recordID}/{ruleID}/{file}/{format}"),
    "another place": moves(WAV, "/recordings/{recordID}"),
    "a form": says(DIAL, "post", **body(FORM, "action", "destination", "prefix")),
    "text": says(DIAL, "post", requestBody={"content": {"text/plain": {}}}),
    "other fields": says(DIAL, "post", **body("application/json", "command", "number")),
    "fields too few": says(DIAL, "post", **body("application/json", "action")),
    "fields required": says(DIAL, "post", **body("application/json", "action", "line", required=["action", "line"])),
    "a list as body": says(DIAL, "post", requestBody={"content": {"application/json": {"schema": {"type": "array"}}}}),
    "a form for CSV": says("/connector/{profileName}/push", "post", **body("multipart/form-data", "file")),
    "sound as JSON": says(WAV, "get", responses={"200": {"description": "", "content": {"application/json": {}}}}),
    "a shared path item": referred_to_item,
    "a schema of our name": same_schema_elsewhere,
    "our name elsewhere": says("/apply/", "get", operationId="list_cdr", tags=["cdr"], **{"x-pinned": True}),
}


def complete(edit: Edit) -> tuple[Document, Complete]:
    """The document as published, and completed."""
    document = plain()
    edit(document)
    published = copy.deepcopy(document)
    return published, with_overlay(document)


@pytest.mark.parametrize("kind", ODDITIES)
def test_what_the_vendor_documents_is_there_whole(kind: str) -> None:
    _, found = complete(ODDITIES[kind])
    names = operation_names(found.document)
    for promise in PROMISES:
        item = found.document["paths"][promise.path]
        operation = item[promise.method]
        assert str(names[promise.path, promise.method]) == promise.called
        listed = all_parameters(found.document, item, operation)
        vendors = promise.operation.get("parameters", [])
        assert [(one["name"], one["schema"]) for one in listed if one["in"] == "path"] == [
            (one["name"], one["schema"]) for one in vendors if one["in"] == "path"
        ]
        for one in listed:
            assert one["in"] == "path" or not one["required"]
            assert "default" not in one["schema"]
            assert one["name"] not in ("Authorization", "Accept")
        sent = promise.operation.get("requestBody", {"content": {}})
        assert operation.get("requestBody", {}).get("required", False) is bool(sent["content"])
        if sent["content"]:
            assert operation["requestBody"]["content"] == sent["content"]
            schema = resolved(found.document, next(iter(sent["content"].values()))["schema"])
            assert schema.get("required", ["action"]) == ["action"]
        assert operation["responses"]


@pytest.mark.parametrize("kind", ODDITIES)
def test_no_operation_of_the_document_is_lost(kind: str) -> None:
    published, found = complete(ODDITIES[kind])
    repair_of_published = repair(published).document
    documented = sum(1 for _ in operations(repair_of_published))
    ours = sum(1 for _ in operations(found.document))
    with_own_form = sum("_as_documented" in str(name) for name in operation_names(found.document).values())
    assert ours >= max(documented, len(PROMISES)) + (with_own_form if documented == len(PROMISES) else 0)
    index(found.document)  # whatever refers to anything still leads somewhere
    new = normalized(published).document
    gone = {**new, "paths": {}}
    changes = compare(new, gone, PROMISES)
    removed = [change for change in changes.all if change.finding.kind == "operation-removed"]
    assert len(removed) == documented


@pytest.mark.parametrize("kind", ["a form", "text", "other fields", "the body's fields in the query"])
def test_another_form_stays_reachable_and_a_warning_names_the_verbs(kind: str) -> None:
    published, found = complete(ODDITIES[kind])
    [(path, method)] = [key for key, name in operation_names(found.document).items() if str(name) == AS_DOCUMENTED]
    assert path == f"{DIAL}#as-documented"  # a fragment isn't sent
    documented = published["paths"][DIAL]["post"]
    operation = found.document["paths"][path][method]
    if "requestBody" in documented:
        assert set(operation["requestBody"]["content"]) == set(documented["requestBody"]["content"])
    else:
        assert operation["parameters"][0]["required"] is True
    [warning] = found.warnings
    assert "dial, answer, hangup" in warning
    assert DIAL in warning


@pytest.mark.parametrize("kind", ["nothing at all", "another place"])
def test_what_is_added_is_said_with_its_verbs(kind: str) -> None:
    _, found = complete(ODDITIES[kind])
    added = [promise for promise in PROMISES if any(f"{promise} isn't in" in warning for warning in found.warnings)]
    assert len(added) == len(found.warnings) == {"nothing at all": 10, "another place": 1}[kind]
    for promise, warning in zip(added, found.warnings, strict=True):
        assert ", ".join(promise.verbs) in warning


def test_of_several_templates_the_one_with_the_vendors_body_is_meant() -> None:
    document = plain()
    del document["paths"][DIAL]
    put(document, "/identity/{userName}/defaultdevice/{what}", "post", summary="ring", **body(FORM, "a"))
    put(document, "/identity/{u}/{device}/action", "post", summary="do", **body("application/json", "action"))
    found = with_overlay(document).document
    assert found["paths"][DIAL]["post"]["summary"] == "do"
    put(document, DIAL, "post", summary="exactly")
    assert with_overlay(document).document["paths"][DIAL]["post"]["summary"] == "exactly"


def test_a_users_address_is_not_where_the_states_are_documented() -> None:
    document = plain()
    del document["paths"]["/identity/states"]
    document["paths"]["/identity/{userName}"]["get"] = {"summary": "One user"}
    found = with_overlay(document)
    assert found.document["paths"]["/identity/states"]["get"]["summary"] == "Telephone states of users"
    assert any("states, watch_states" in warning for warning in found.warnings)


def test_what_a_document_says_more_is_kept() -> None:
    document = plain()
    answer = {"application/json": {"schema": {"type": "array", "items": {"type": "integer"}}}}
    document["paths"]["/cdr"] = {
        "get": {
            "description": "The journal",
            "deprecated": True,
            "security": [],
            "parameters": [parameter("query", "von", description="From", required=True)],
            "responses": {"200": {"description": "Calls", "content": answer}, "418": {"description": "Tea"}},
        }
    }
    del document["paths"]["/cdr/"]
    put(document, DIAL, "post", **body("application/json", "action", "destination", "prefix", "line"))
    found = with_overlay(document).document
    operation = found["paths"]["/cdr/"]["get"]
    assert operation["description"] == "The journal"
    assert operation["deprecated"] is True
    assert operation["security"] == []
    assert operation["parameters"] == [parameter("query", "von", description="From", required=False)]
    assert operation["responses"]["200"]["content"] == answer
    assert operation["responses"]["418"] == {"description": "Tea"}
    assert found["components"]["schemas"]["DeviceAction"]["properties"]["line"] == {"type": "string"}


def test_what_refers_to_a_replaced_part_means_what_it_meant() -> None:
    document = plain()
    documented = body(FORM, "action", "destination", "prefix")
    put(document, DIAL, "post", **documented)
    reference = "#/paths/~1identity~1{userName}~1defaultdevice~1action/post/requestBody"
    put(document, "/location/{name}/action", "post", requestBody={"$ref": reference})
    found = with_overlay(document).document
    meant = resolved(found, found["paths"]["/location/{name}/action"]["post"]["requestBody"])
    assert set(meant["content"]) == {FORM}
