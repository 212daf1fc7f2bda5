"""The overlay: pins the facade's operations whatever the document calls them, and says what breaks the contract."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from scripts.errors import ContractBroken, WrongUsage
from scripts.names import operation_names
from scripts.overlay.base_path import relative_to_services
from scripts.overlay.contract import Terms, broken_promises
from scripts.overlay.overlay import apply_overlay, load_overlay
from scripts.repair import repair

OPENAPI = Path(__file__).parents[3] / "openapi"
OVERLAY = load_overlay(OPENAPI / "overlay.yaml")
DIAL = "/identity/{userName}/defaultdevice/action"
PINNED = {
    ("/cdr/", "get"): "cdr.list_cdr",
    ("/identity/", "get"): "identity.list_identities",
    ("/identity/{userName}", "get"): "identity.get_identity",
    ("/identity/states", "get"): "identity.get_identity_states",
    (DIAL, "post"): "identity.default_device_action",
    ("/device/", "get"): "device.list_devices",
    ("/device/{name}", "get"): "device.get_device",
    ("/monitor/{recordID}/{ruleID}/{file}/wav", "get"): "monitor.get_recording",
    ("/connector/{profileName}/push", "post"): "connector.push_csv",
    ("/voicemailbox/{mailbox}", "get"): "voicemailbox.get_voicemailbox",
}


@pytest.fixture
def document() -> dict[str, Any]:
    repaired: dict[str, Any] = repair(json.loads((OPENAPI / "pascom.json").read_bytes())).document
    return copy.deepcopy(repaired)


def overlaid(document: dict[str, Any], **options: Any) -> dict[str, Any]:
    return apply_overlay(document, OVERLAY, **options).document


def dial_schema(document: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = document["components"]["schemas"]["DeviceAction"]
    return schema


def test_the_facades_operations_get_their_names(document: dict[str, Any]) -> None:
    names = operation_names(overlaid(document))
    assert {key: str(names[key]) for key in PINNED} == PINNED


def test_the_document_given_is_left_as_it_is(document: dict[str, Any]) -> None:
    before = copy.deepcopy(document)
    apply_overlay(document, OVERLAY)
    assert document == before


def test_parameter_names_and_a_trailing_slash_do_not_matter(document: dict[str, Any]) -> None:
    paths = document["paths"]
    paths["/identity/{login}/defaultdevice/action/"] = paths.pop(DIAL)
    paths["/cdr"] = paths.pop("/cdr/")
    paths["/device/{it's}"] = paths.pop("/device/{name}")
    names = operation_names(overlaid(document))
    assert {key: str(names[key]) for key in PINNED} == PINNED


@pytest.mark.parametrize("start", ["/services", "/voipjack/services"])
def test_references_follow_when_paths_are_counted_from_services(start: str, document: dict[str, Any]) -> None:
    document["servers"] = [{"url": "/"}]
    document["paths"] = {f"{start}{path}": item for path, item in document["paths"].items()}
    answer = {"$ref": f"#/paths/{start.replace('/', '~1')}~1cdr~1/get/responses/200"}
    document["paths"][f"{start}/apply/"]["get"]["responses"] = {"200": answer}
    result = overlaid(relative_to_services(document)[0])
    assert str(operation_names(result)["/cdr/", "get"]) == "cdr.list_cdr"
    assert result["paths"]["/apply/"]["get"]["responses"]["200"] == {"$ref": "#/paths/~1cdr~1/get/responses/200"}


def test_the_documents_own_tags_and_names_give_way(document: dict[str, Any]) -> None:
    document["paths"]["/cdr/"]["get"] |= {"tags": ["Journal", "x"], "operationId": "whatever"}
    document["paths"]["/apply/"]["get"] |= {"tags": ["cdr"], "operationId": "list_cdr"}
    names = operation_names(overlaid(document))
    assert str(names["/cdr/", "get"]) == "cdr.list_cdr"
    assert str(names["/apply/", "get"]) != "cdr.list_cdr"


def test_a_required_filter_does_not_make_the_plain_call_impossible(document: dict[str, Any]) -> None:
    document["paths"]["/cdr/"]["get"]["parameters"] = [
        {"name": "timefrom", "in": "query", "required": True, "schema": {"type": "string"}}
    ]
    result = overlaid(document)
    assert result["paths"]["/cdr/"]["get"]["parameters"][0]["required"] is False


def test_the_body_of_a_dial_is_the_vendors_whatever_is_documented(document: dict[str, Any]) -> None:
    del document["paths"][DIAL]["post"]["requestBody"]
    del document["components"]
    result = overlaid(document)
    assert set(dial_schema(result)["properties"]) == {"action", "destination", "prefix"}
    content = result["paths"][DIAL]["post"]["requestBody"]["content"]
    assert content == {"application/json": {"schema": {"$ref": "#/components/schemas/DeviceAction"}}}


def gone(document: dict[str, Any]) -> None:
    del document["paths"][DIAL]


def moved(document: dict[str, Any]) -> None:
    document["paths"]["/user/{name}/phone/defaultdevice/action"] = document["paths"].pop(DIAL)


def other_method(document: dict[str, Any]) -> None:
    document["paths"][DIAL]["put"] = document["paths"][DIAL].pop("post")


def field_renamed(document: dict[str, Any]) -> None:
    properties = dial_schema(document)["properties"]
    properties["target"] = properties.pop("destination")


def another_media_type(document: dict[str, Any]) -> None:
    content = document["paths"][DIAL]["post"]["requestBody"]["content"]
    content["application/x-www-form-urlencoded"] = content.pop("application/json")


def another_field_required(document: dict[str, Any]) -> None:
    dial_schema(document)["required"] = ["action", "line"]


def dial_not_among_the_actions(document: dict[str, Any]) -> None:
    dial_schema(document)["properties"]["action"] = {"type": "string", "enum": ["call", "offhook", "hangup"]}


def field_renamed_in_a_part(document: dict[str, Any]) -> None:
    properties = dial_schema(document).pop("properties")
    document["components"]["schemas"]["Part"] = {"properties": {"action": properties["action"], "target": {}}}
    dial_schema(document)["allOf"] = [{"$ref": "#/components/schemas/Part"}]


GONE = {
    gone: "is no longer offered",
    moved: "has moved to POST /user/{name}/phone/defaultdevice/action",
    other_method: f"has moved to PUT {DIAL}",
}
OTHER_BODY = {
    field_renamed: "takes a body without 'destination' now (it has action, prefix, target)",
    another_media_type: "takes application/x-www-form-urlencoded now, not JSON",
    another_field_required: "requires line in its body now",
    dial_not_among_the_actions: "no longer takes dial as 'action' (it has call, offhook, hangup)",
    field_renamed_in_a_part: "takes a body without 'destination' now",
}


@pytest.mark.parametrize("change", GONE, ids=lambda change: change.__name__)
def test_a_broken_contract_names_the_verbs_that_lose_their_ground(change: Any, document: dict[str, Any]) -> None:
    before = copy.deepcopy(document)
    change(document)
    with pytest.raises(ContractBroken) as refused:
        Terms(before).not_offered(document, OVERLAY.promises)
    line = str(refused.value)
    assert GONE[change] in line
    assert "dial, answer, hangup" in line
    assert "nothing was replaced" in line
    assert "\n" not in line


@pytest.mark.parametrize("change", OTHER_BODY, ids=lambda change: change.__name__)
def test_another_body_is_said_and_the_verbs_go_on(change: Any, document: dict[str, Any]) -> None:
    before = copy.deepcopy(document)
    change(document)
    assert Terms(before).not_offered(document, OVERLAY.promises) == []
    [broken] = broken_promises(document, OVERLAY.promises)
    assert OTHER_BODY[change] in str(broken)
    result = apply_overlay(document, OVERLAY)
    said = OTHER_BODY[change].replace(" now", "").replace("no longer takes", "doesn't take")
    assert [said in warning and "dial, answer, hangup" in warning for warning in result.warnings] == [True]


@pytest.mark.parametrize("change", GONE, ids=lambda change: change.__name__)
def test_accepted_the_facade_finds_nothing_under_the_name_it_knows(change: Any, document: dict[str, Any]) -> None:
    document["paths"][DIAL]["post"]["operationId"] = "defaultDeviceAction"
    before = copy.deepcopy(document)
    change(document)
    given_up = Terms(before, accept_broken=True).not_offered(document, OVERLAY.promises)
    assert given_up == ["answer", "dial", "hangup"]
    result = overlaid(document, given_up=given_up)
    names = {str(name) for name in operation_names(result).values()}
    assert "identity.default_device_action" not in names
    assert set(PINNED.values()) - {"identity.default_device_action"} <= names
    assert len(names) == sum(len(item) for item in document["paths"].values())


def test_a_document_that_says_nothing_about_the_body_breaks_nothing(document: dict[str, Any]) -> None:
    for schema in ({}, {"type": "object"}, {"type": "object", "additionalProperties": True}):
        document["components"]["schemas"]["DeviceAction"] = schema
        assert not broken_promises(document, OVERLAY.promises)


def test_every_action_says_symptom_and_evidence() -> None:
    for action in OVERLAY.actions:
        assert "Symptom" in action.description, action.target


def write(tmp_path: Path, actions: str) -> Path:
    file = tmp_path / "overlay.yaml"
    file.write_text(f"overlay: 1.0.0\ninfo: {{title: x, version: '1'}}\nactions:\n{actions}")
    return file


def test_an_action_that_matches_nothing_is_an_error(tmp_path: Path, document: dict[str, Any]) -> None:
    overlay = load_overlay(write(tmp_path, "- {target: '$.paths.*.delete', description: x, remove: true}"))
    with pytest.raises(ContractBroken, match=r"\$\.paths\.\*\.delete matches nothing"):
        apply_overlay(document, overlay)


def test_updates_merge_and_append_and_removals_remove_as_the_standard_says(tmp_path: Path) -> None:
    actions = """
- {target: $.paths.*.get, description: x, update: {summary: new, tags: [b], responses: {'200': {x: 1}}}}
- {target: "$.paths['/a'].get.parameters[?@.in == 'cookie']", description: x, remove: true}
"""
    parameters = [{"in": "cookie", "name": "a"}, {"in": "query", "name": "b"}, {"in": "cookie", "name": "c"}]
    get = {"summary": "old", "tags": ["a"], "responses": {"200": {"y": 2}}, "parameters": parameters}
    result = apply_overlay({"paths": {"/a": {"get": get}}}, load_overlay(write(tmp_path, actions)))
    assert result.document["paths"]["/a"]["get"] == {
        "summary": "new",
        "tags": ["a", "b"],
        "responses": {"200": {"x": 1, "y": 2}},
        "parameters": [{"in": "query", "name": "b"}],
    }


@pytest.mark.parametrize(
    ("actions", "problem"),
    [
        ("- {description: x, remove: true}", "action 1: it has no target"),
        ("- {target: '$.paths[', description: x, remove: true}", "is not a JSONPath"),
        ("- {target: $.info, remove: true}", "no description"),
        ("- {target: $.info, description: x}", "either update or remove"),
        ("- {target: $.info, description: x, remove: true, update: {}}", "either update or remove"),
        ("- {target: $, description: x, remove: true}", "only be updated with an object"),
        ("- {target: $.info, description: x, update: {}, x-facade-verbs: [dial]}", "target is an operation"),
        ("- [", "cannot be read"),
        ("- {target: $.info, description: x, update: {a: 1}, update: {b: 2}}", "the key 'update' twice"),
    ],
)
def test_an_overlay_that_cannot_be_understood_says_where(tmp_path: Path, actions: str, problem: str) -> None:
    with pytest.raises(WrongUsage) as refused:
        load_overlay(write(tmp_path, actions))
    assert problem in str(refused.value)
    assert "\n" not in str(refused.value)


OTHERS = ["/identity/{identityId}/defaultdevice/action", "/identity/{id}/defaultdevice/action/"]


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    ("pinned", "method", "others"),
    [
        (DIAL, "post", OTHERS[:1]),
        (DIAL, "post", OTHERS),
        ("/cdr/", "get", ["/cdr"]),
        ("/identity/{userName}", "get", ["/identity/{id}"]),
        ("/device/{name}", "get", ["/device/{deviceId}", "/device/{id}/"]),
        ("/voicemailbox/{mailbox}", "get", ["/voicemailbox/{number}"]),
    ],
)
def test_of_several_operations_of_one_route_the_vendors_own_is_pinned(
    document: dict[str, Any], pinned: str, method: str, others: list[str], first: bool
) -> None:
    own = document["paths"].get(pinned) or {method: {"responses": {"200": {"description": "ok"}}}}
    twins = {}
    for number, path in enumerate(others):
        twins[path] = {method: {**copy.deepcopy(own[method]), "operationId": f"other{number}"}}
    both = {**twins, pinned: own} if first else {pinned: own, **twins}
    document["paths"] = {**both, **{path: item for path, item in document["paths"].items() if path != pinned}}
    names = operation_names(overlaid(document))
    assert str(names[pinned, method]) == PINNED[pinned, method]
    assert [names[path, method].function for path in others] == [f"other{number}" for number in range(len(others))]


@pytest.mark.parametrize("path", ["/queue/{queueName}", "/queue/{id}"])
def test_an_action_is_on_the_operation_that_is_written_as_its_target(tmp_path: Path, path: str) -> None:
    action = {"target": f"$.paths['{path}'].get", "description": "d", "update": {"summary": "ours"}}
    (tmp_path / "overlay.yaml").write_text(json.dumps({"overlay": "1.0.0", "actions": [action]}))
    paths: dict[str, Any] = {
        one: {"get": {"responses": {}}} for one in ("/queue/{id}", "/queue/{name}/", "/queue/{queueName}")
    }
    found = apply_overlay({"paths": paths}, load_overlay(tmp_path / "overlay.yaml")).document["paths"]
    assert [one for one, item in found.items() if "summary" in item["get"]] == [path]
