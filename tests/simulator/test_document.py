"""The reconstructed document: what it claims, where from, and that the simulator shows it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import pascom_facade.simulator
from pascom_facade.simulator import Simulator
from pascom_facade.simulator.document import document
from pascom_facade.simulator.options import Profile
from scripts.tree import canonical
from tests.helpers import direct

ROOT = Path(__file__).parents[2]
OWN = Path(pascom_facade.simulator.__file__).parent / "pascom.json"

# What the vendor documents (A), or what independent code used on a real instance (B); everything else is assumed.
DOCUMENTED = {
    ("get", "/cdr/"),
    ("get", "/identity/"),
    ("get", "/identity/states"),
    ("get", "/identity/{userName}"),
    ("post", "/identity/{userName}/defaultdevice/action"),
    ("get", "/device/"),
    ("get", "/device/{name}"),
    ("get", "/monitor/{recordID}/{ruleID}/{file}/wav"),
    ("post", "/connector/{profileName}/push"),
    ("get", "/voicemailbox/{mailbox}"),
}


@pytest.fixture(scope="module")
def shown() -> dict[str, Any]:
    return document()


def operations(shown: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in shown["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def test_the_repositorys_document_is_the_simulators_until_an_instances_replaces_it() -> None:
    provenance = ROOT / "openapi" / "PROVENANCE.json"
    if provenance.exists() and json.loads(provenance.read_text("utf-8"))["document"]["kind"] != "public facts":
        pytest.skip("openapi/pascom.json is an instance's own")
    assert (ROOT / "openapi" / "pascom.json").read_bytes() == OWN.read_bytes()


def test_it_is_canonical(shown: dict[str, Any]) -> None:
    assert OWN.read_bytes() == canonical(shown)


def test_it_says_that_it_is_reconstructed(shown: dict[str, Any]) -> None:
    assert shown["info"]["title"] == "pascom REST API"
    assert shown["info"]["description"].startswith("Reconstructed from public facts")
    assert shown["openapi"].startswith("3.0.")


def test_what_is_not_documented_is_marked_assumed(shown: dict[str, Any]) -> None:
    certain = {(method, path) for method, path, operation in operations(shown) if "x-assumed" not in operation}
    assert certain == DOCUMENTED
    assert all(operation.get("x-assumed", True) is True for _, _, operation in operations(shown))


def test_every_operation_names_its_source_and_has_a_tag_of_the_page(shown: dict[str, Any]) -> None:
    tags = [tag["name"] for tag in shown["tags"]]
    assert tags == sorted(set(tags))
    assert {"/apply", "/astdb", "/berofix", "/cdr", "/connector"} <= set(tags)  # those of the vendor's screenshot
    for method, path, operation in operations(shown):
        assert operation["summary"], (method, path)
        assert "\n\nSource: " in operation["description"], (method, path)
        assert "(confidence " in operation["description"], (method, path)
        assert operation["tags"] == ["/" + path.split("/")[1]]
    assert {operation["tags"][0] for _, _, operation in operations(shown)} == set(tags)


def test_it_holds_for_any_instance(shown: dict[str, Any]) -> None:
    """The document lies in …/services/apidoc/, the services one level up."""
    assert [server["url"] for server in shown["servers"]] == [".."]
    assert shown["components"]["securitySchemes"]["basic"]["scheme"] == "basic"


def test_the_example_is_the_vendors_dial(shown: dict[str, Any]) -> None:
    dial = shown["paths"]["/identity/{userName}/defaultdevice/action"]["post"]
    body = dial["requestBody"]["content"]["application/json"]["example"]
    assert body == {"action": "dial", "destination": "*100", "prefix": "auto"}
    assert dial["responses"]["200"]["content"]["application/json"]["example"] == {"response": "dial commited"}


def test_every_reference_leads_somewhere(shown: dict[str, Any]) -> None:
    def references(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            yield from (value for key, value in node.items() if key == "$ref")
            for value in node.values():
                yield from references(value)
        elif isinstance(node, list):
            for value in node:
                yield from references(value)

    used = set(references(shown))
    for reference in used:
        _, kind, name = reference.removeprefix("#/").split("/")
        assert name in shown["components"][kind]
    assert used >= {f"#/components/schemas/{name}" for name in shown["components"]["schemas"]}  # and none is unused


_TYPES: dict[str, type] = {"integer": int, "string": str, "array": list, "boolean": bool, "object": dict}


@pytest.mark.parametrize("profile", [18, 19])
def test_what_the_simulator_shows_and_serves_agree(profile: Profile) -> None:
    with Simulator(calls=300, profile=profile) as sim, direct.Client(auth=(sim.user, sim.password)) as http:
        published = http.get(f"{sim.apidoc}pascom.json").json()
        assert published == document(profile)
        fields = published["components"]["schemas"]["CallRecord"]["properties"]
        for row in http.get(f"{sim.services}cdr/").json():
            assert set(row) == set(fields)
            assert all(type(value) is _TYPES[fields[key]["type"]] for key, value in row.items())
        for path, schema in (("identity/mpasquay", "Identity"), ("voicemailbox/101", "Voicemailbox")):
            found = http.get(sim.services + path).json()
            assert set(found) == set(published["components"]["schemas"][schema]["properties"])


def test_every_field_of_a_record_is_described(shown: dict[str, Any]) -> None:
    record = shown["components"]["schemas"]["CallRecord"]
    assert len(record["properties"]) == len(record["example"]) == 27
    assert set(record["properties"]) == set(record["example"])
    assert all(field["description"].endswith(".") for field in record["properties"].values())
    assert "milliseconds" in record["properties"]["timestamp"]["description"]
    assert "Seconds" in record["properties"]["duration"]["description"]


def test_profile_19_differs_in_the_record_only() -> None:
    classic, new = document(18), document(19)
    assert new["components"]["schemas"]["CallRecord"]["x-assumed"] is True
    for shown in (classic, new):
        del shown["components"]["schemas"]["CallRecord"], shown["info"]["version"]
    assert classic == new
