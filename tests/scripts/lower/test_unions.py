"""Which class an answer becomes where there are several, and that recursive and nullable types keep theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.helpers.built import Built, answers, built, document, ref


def thing(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


def list_of(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": schema}


TEXT, INT = {"type": "string"}, {"type": "integer"}
BUSY_OR_FREE = {"type": "string", "enum": ["busy", "free"]}
SCHEMAS: dict[str, Any] = {
    # Told apart by one value, by several, by a number, a boolean; said by reference, in allOf, with null.
    "Cat": thing("kind", "purrs", kind={"enum": ["cat"]}, purrs=INT, lives=INT),
    "Dog": thing("kind", kind={"const": "dog"}, lives=INT),
    "Animal": thing("kind", kind=TEXT),
    "User": thing("id", "state", id=INT, state=BUSY_OR_FREE),
    "Line": thing("state", state={"type": "string", "enum": ["up", "down"]}, id=INT, name=TEXT),
    "Old": thing("version", version={"const": 1}, a=INT),
    "New": thing("version", version={"const": 2}, a=INT),
    "Off": thing("on", on={"const": False}, a=INT),
    "On": thing("on", on={"const": True}, a=INT),
    "Kind": {"type": "string", "enum": ["phone"]},
    "Phone": thing("kind", kind=ref("Kind"), name=TEXT),
    "Trunk": {"allOf": [thing("kind", kind={"enum": ["trunk"]}), thing(name=TEXT)]},
    "Maybe": thing("kind", kind={"type": ["string", "null"], "enum": ["maybe", None]}, name=TEXT),
    # Told apart by a discriminator alone.
    "Sip": thing("type", type=TEXT, name=TEXT),
    "Iax": thing("type", type=TEXT, name=TEXT),
    "Fax/Box": thing("type", type=TEXT, name=TEXT),
    # Inherited: whoever says the parent may get an heir.
    "Pet": thing("type", type=TEXT, name=TEXT) | {"discriminator": {"propertyName": "type", "mapping": {"k": "Kitty"}}},
    "Kitty": {"allOf": [ref("Pet"), thing(purrs=INT)]},
    "Kitten": {"allOf": [ref("Kitty"), thing(days=INT)]},
    "Puppy": {"allOf": [ref("Pet"), thing(litter=list_of(ref("Pet")))]},
    "Alias": {"allOf": [ref("Pet")]},
    "Base": {
        **thing(type=TEXT, a=TEXT),
        "discriminator": {"propertyName": "type"},
        "oneOf": [ref("First"), ref("Second")],
    },
    "First": {"allOf": [ref("Base"), thing(first=INT)]},
    "Second": {"allOf": [ref("Base"), thing(second=INT)]},
    # Recursive and nullable.
    "Node": {**thing(id=INT, parent=ref("Node"), children={"type": "array", "items": ref("Node")}), "nullable": True},
    "Node31": {"type": ["object", "null"], "properties": {"next": ref("Node31")}},
    "Leaf": thing("leaf", leaf=INT),
    "Tree": {"oneOf": [ref("Leaf"), thing("branches", branches={"type": "array", "items": ref("Tree")})]},
    "Chain": {"anyOf": [thing("next", next=ref("Chain")), {"type": "null"}]},
    "Folder": thing(holds=ref("Content")),
    "Content": {"type": "array", "items": {"oneOf": [ref("Leaf"), ref("Folder")]}},
    "MaybeNode": {"anyOf": [ref("Leaf"), {"type": "null"}]},
    "Holder": thing(value=ref("MaybeNode"), all={"allOf": [ref("Leaf")], "nullable": True}),
    "Json": {"oneOf": [TEXT, {"type": "array", "items": ref("Json")}]},
    "WithJson": thing(json=ref("Json")),
    "Group": {"allOf": [thing(name=TEXT), thing(groups={"type": "array", "items": ref("Group")})]},
}


def either(*names: str, **more: Any) -> dict[str, Any]:
    return {"oneOf": [ref(name) for name in names], **more}


def by_type(**mapping: str) -> dict[str, Any]:
    return {"discriminator": {"propertyName": "type", **({"mapping": mapping} if mapping else {})}}


def mapped(**names: str) -> dict[str, Any]:
    return by_type(**{value: f"#/components/schemas/{name}" for value, name in names.items()})


# (the schema of the answer, what is answered, the class that this is)
UNIONS: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "a single value": (either("Cat", "Dog"), {"kind": "dog", "lives": 1}, "Dog"),
    "a value before what is required": (either("Animal", "Cat"), {"kind": "cat"}, "Cat"),
    "another value": (either("Cat", "Animal"), {"kind": "fox", "purrs": 1}, "Animal"),
    "several values": (either("User", "Line"), {"state": "up", "id": 1}, "Line"),
    "values before what is required": (either("Line", "User"), {"state": "busy"}, "User"),
    "a number": (either("Old", "New"), {"version": 2, "a": 1}, "New"),
    "true is not 1": (either("Old", "On"), {"version": 1, "on": True}, "Old"),
    "a boolean": (either("Off", "On"), {"on": True, "a": 1}, "On"),
    "a value by reference": (either("Trunk", "Phone"), {"kind": "phone", "name": "x"}, "Phone"),
    "a value in allOf": (either("Phone", "Trunk"), {"kind": "trunk", "name": "x"}, "Trunk"),
    "a value or null": (either("Phone", "Maybe"), {"kind": "maybe"}, "Maybe"),
    "anyOf": ({"anyOf": [ref("Cat"), ref("Dog")]}, {"kind": "dog"}, "Dog"),
    "without a value": (either("Cat", "Leaf"), {"leaf": 1}, "Leaf"),
    "mapping": (either("Iax", "Sip", **mapped(voip="Sip")), {"type": "voip"}, "Sip"),
    "mapping by name": (either("Iax", "Sip", **by_type(v="Sip")), {"type": "v", "name": "x"}, "Sip"),
    "several values of a mapping": (either("Iax", "Sip", **mapped(a="Sip", b="Sip", c="Iax")), {"type": "b"}, "Sip"),
    "a mapping that mentions one": (either("Sip", "Iax", **mapped(s="Sip")), {"type": "Iax"}, "Iax"),
    "discriminator without a mapping": (either("Iax", "Sip", **by_type()), {"type": "Sip"}, "Sip"),
    "a name with a slash": (either("Iax", "Fax~1Box", **by_type(f="Fax/Box")), {"type": "f"}, "FaxBox"),
    "a value that is not mapped": (either("Leaf", "Iax", **mapped(a="Iax")), {"type": "z", "name": "x"}, "Iax"),
    "what all have beside them": ({**either("Iax", "Sip", **by_type()), **thing(type=TEXT)}, {"type": "Sip"}, "Sip"),
    "nullable": ({**either("Cat", "Dog"), "nullable": True}, {"kind": "dog"}, "Dog"),
    "an heir": (ref("Pet"), {"type": "Puppy", "litter": []}, "Puppy"),
    "an heir by its mapping": (ref("Pet"), {"type": "k", "purrs": 1}, "Kitty"),
    "an heir of an heir": (ref("Pet"), {"type": "Kitten", "days": 3}, "Kitten"),
    "no heir that is known": (ref("Pet"), {"type": "Bird", "name": "x", "purrs": 1}, "Pet"),
    "no type at all": (ref("Pet"), {"name": "x"}, "Pet"),
    "an heir by another name of the parent": (ref("Alias"), {"type": "Puppy"}, "Puppy"),
    "an heir, asked for itself": (ref("Kitty"), {"type": "Puppy"}, "Kitty"),
    "an heir that the parent lists": (ref("Base"), {"type": "Second", "second": 1}, "Second"),
    "an heir that the parent doesn't list": (ref("Base"), {"type": "Third", "a": "x"}, "Base"),
    "within one another": ({"oneOf": [either("Iax", "Sip", **by_type()), ref("Leaf")]}, {"type": "Sip"}, "Sip"),
}
LISTS: dict[str, tuple[dict[str, Any], list[Any], list[str]]] = {
    "a list of them": (list_of(either("Cat", "Dog")), [{"kind": "dog"}, {"kind": "cat"}], ["Dog", "Cat"]),
    "lists of each": ({"oneOf": [list_of(ref("Cat")), list_of(ref("Dog"))]}, [{"kind": "dog"}], ["Dog"]),
    "heirs": (list_of(ref("Pet")), [{"type": "Puppy"}, {"type": "k"}, {"type": "?"}], ["Puppy", "Kitty", "Pet"]),
    "one or a list": ({"oneOf": [ref("Cat"), list_of(ref("Dog"))]}, [{"kind": "dog"}], ["Dog"]),
}
# (schema, the property, its annotation)
RECURSIVE = [
    ("Node", "parent", "Node | None | Unset"),
    ("Node", "children", "list[Node | None] | Unset"),
    ("Node31", "next_", "Node31 | None | Unset"),
    ("TreeOption1", "branches", "list[Leaf | TreeOption1]"),
    ("ChainOption0", "next_", "ChainOption0 | None"),
    ("Folder", "holds", "list[Folder | Leaf] | Unset"),
    ("Holder", "value", "Leaf | None | Unset"),
    ("Holder", "all_", "Leaf | None | Unset"),
    ("WithJson", "json", "list[Any] | str | Unset"),
    ("Group", "groups", "list[Group] | Unset"),
    ("Puppy", "litter", "list[Kitten | Kitty | Pet | Puppy] | Unset"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    rows = {**UNIONS, **LISTS}
    operations = {f"u{number}": {"responses": answers(_200=row[0])} for number, row in enumerate(rows.values())}
    for name in SCHEMAS:
        operations[f"get_{name.replace('/', '_')}"] = {"responses": answers(_200=ref(name.replace("/", "~1")))}
    with built(tmp_path_factory.mktemp("unions"), "unions_client", document(operations, SCHEMAS)) as package:
        yield package


@pytest.mark.parametrize("name", UNIONS)
def test_the_class_of_an_answer(made: Built, name: str) -> None:
    _, answer, expected = UNIONS[name]
    found = made.read(f"u{list(UNIONS).index(name)}", answer)
    assert type(found).__name__ == expected
    assert found.to_dict() == answer


@pytest.mark.parametrize("name", LISTS)
def test_the_classes_in_a_list(made: Built, name: str) -> None:
    _, answer, expected = LISTS[name]
    found = made.read(f"u{len(UNIONS) + list(LISTS).index(name)}", answer)
    assert [type(one).__name__ for one in found] == expected
    assert [one.to_dict() for one in found] == answer


@pytest.mark.parametrize(("schema", "attribute", "annotation"), RECURSIVE)
def test_what_is_recursive_or_nullable_keeps_its_type(
    made: Built, schema: str, attribute: str, annotation: str
) -> None:
    model = getattr(made.module("models"), schema)
    assert model.__annotations__[attribute] == annotation


def test_what_is_recursive_is_read_to_its_end(made: Built) -> None:
    answer = {"id": 1, "parent": {"id": 2, "parent": {"id": 3, "parent": None}}, "children": [None, {"id": 4}]}
    node = made.read("get_node", answer)
    assert [type(one).__name__ for one in (node.parent.parent, node.children[1])] == ["Node", "Node"]
    assert node.to_dict() == answer
    tree = made.read("get_tree", {"branches": [{"leaf": 1}, {"branches": [{"leaf": 2}]}]})
    assert type(tree.branches[1].branches[0]).__name__ == "Leaf"
