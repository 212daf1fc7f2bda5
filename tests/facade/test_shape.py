"""One reader of schemas: what it makes of each form, and that all who read schemas make the same of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pascom_facade._index import Index
from pascom_facade._shape import SchemaReader
from pascom_facade.explore.schemas import choices, fields, kinds
from scripts.changes import compare
from scripts.generate.index import index
from scripts.lower import lower
from scripts.overlay.contract import Promise, broken_promises
from scripts.tree import resolved

Schema = dict[str, Any]

# What the forms refer to.
SHARED: dict[str, Schema] = {
    "Text": {"type": "string"},
    "TextOrNull": {"type": "string", "nullable": True},
    "Colour": {"type": "string", "enum": ["a", "b"]},
    "Other": {"type": "string", "enum": ["b", "c"]},
    "Alias": {"$ref": "#/components/schemas/Colour"},
    "Base": {"type": "object", "required": ["x"], "properties": {"x": {"type": "string"}, "y": {"type": "integer"}}},
    "Derived": {
        "allOf": [{"$ref": "#/components/schemas/Base"}],
        "type": "object",
        "required": ["z"],
        "properties": {"z": {"type": "string"}},
    },
    "Itself": {"allOf": [{"$ref": "#/components/schemas/Itself"}, {"type": "string"}]},
}


def ref(name: str, **beside: Any) -> Schema:
    return {"$ref": f"#/components/schemas/{name}", **beside}


TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": "string", "nullable": True}
AB: Schema = {"type": "string", "enum": ["a", "b"]}
AB_OR_NULL: Schema = {"type": "string", "enum": ["a", "b", None], "nullable": True}
B: Schema = {"type": "string", "enum": ["b"]}
X, Y, Z = {"x": {"type": "string"}}, {"y": {"type": "integer"}}, {"z": {"type": "string"}}
OBJECT: Schema = {"type": "object", "properties": {**X, **Y}, "required": ["x"]}
XYZ: Schema = {"type": "object", "properties": {**X, **Y, **Z}, "required": ["x", "z"]}
NULL: Schema = {"type": "null"}

# (name, form, the plain schema that says the same)
FORMS: list[tuple[str, Schema, Schema]] = [
    # References
    ("reference", ref("Text"), TEXT),
    ("reference to a reference", ref("Alias"), AB),
    ("reference with a description", ref("Colour", description="x"), AB),
    ("reference narrowed beside it", ref("Colour", enum=["b", "c"]), B),
    ("reference with a limit beside it", ref("Text", maxLength=3), {**TEXT, "maxLength": 3}),
    ("reference with a default beside it", ref("Text", default="x"), {**TEXT, "default": "x"}),
    ("schema that is part of itself", ref("Itself"), TEXT),
    # Null
    ("nullable of 3.0", {"type": "string", "nullable": True}, TEXT_OR_NULL),
    ("list of types of 3.1", {"type": ["string", "null"]}, TEXT_OR_NULL),
    ("null first", {"type": ["null", "string"]}, TEXT_OR_NULL),
    ("list of one type", {"type": ["string"]}, TEXT),
    ("nullable: false", {"type": "string", "nullable": False}, TEXT),
    ("oneOf with null", {"oneOf": [TEXT, NULL]}, TEXT_OR_NULL),
    ("anyOf with null first", {"anyOf": [NULL, ref("Text")]}, TEXT_OR_NULL),
    ("oneOf with the value null", {"oneOf": [TEXT, {"enum": [None]}]}, TEXT_OR_NULL),
    ("anyOf with the constant null", {"anyOf": [TEXT, {"const": None}]}, TEXT_OR_NULL),
    ("anyOf with nothing but nullable", {"anyOf": [TEXT, {"nullable": True}]}, TEXT_OR_NULL),
    ("nullable beside a reference", ref("Text", nullable=True), TEXT_OR_NULL),
    ("nullable beside allOf", {"nullable": True, "allOf": [ref("Text")]}, TEXT_OR_NULL),
    ("nullable as a part", {"allOf": [ref("Text"), {"nullable": True}]}, TEXT_OR_NULL),
    ("nullable in the only part", {"allOf": [ref("TextOrNull")]}, TEXT_OR_NULL),
    ("nullable in one of two parts", {"allOf": [ref("TextOrNull"), TEXT]}, TEXT),
    ("nullable in both parts", {"allOf": [ref("TextOrNull"), {"type": ["string", "null"]}]}, TEXT_OR_NULL),
    ("enumeration with null", {"type": "string", "enum": ["a", "b", None]}, AB_OR_NULL),
    ("nullable enumeration without null", {**AB, "nullable": True}, AB_OR_NULL),
    ("enumeration or null", {"oneOf": [ref("Colour"), NULL]}, AB_OR_NULL),
    ("nullable beside a shared enumeration", {"allOf": [ref("Colour")], "nullable": True}, AB_OR_NULL),
    ("nullable object", {"anyOf": [ref("Base"), NULL]}, {**OBJECT, "nullable": True}),
    # Values
    ("constant", {"type": "string", "const": "b"}, B),
    ("constant without type", {"const": "b"}, {"enum": ["b"]}),
    ("enumerations in common", {"allOf": [ref("Colour"), ref("Other")]}, B),
    ("enumerations in common, nested", {"allOf": [{"allOf": [ref("Other")]}, ref("Colour")]}, B),
    ("enumeration beside allOf", {"enum": ["b", "c"], "allOf": [ref("Colour")]}, B),
    ("enumeration and constant", {"allOf": [ref("Colour"), {"const": "b"}]}, B),
    ("type beside an enumeration", {"allOf": [TEXT, {"enum": ["a", "b"]}]}, AB),
    ("one shared enumeration", {"allOf": [ref("Colour")], "description": "x"}, AB),
    ("constants as alternatives", {"oneOf": [{"const": "a"}, {"const": "b"}]}, {"enum": ["a", "b"]}),
    ("enumerations in contradiction", {"allOf": [ref("Colour"), {"enum": ["c"]}]}, {"type": "string", "enum": ["c"]}),
    # Types
    ("integer is a number", {"allOf": [{"type": "number"}, {"type": "integer"}]}, {"type": "integer"}),
    ("numbers in common", {"allOf": [{"type": ["number", "string"]}, {"type": ["boolean", "integer"]}]},
     {"type": "integer"}),
    ("no numbers in common", {"allOf": [{"type": ["integer", "number", "string"]}, TEXT]}, TEXT),
    ("types in common", {"allOf": [{"type": ["string", "integer"]}, TEXT]}, TEXT),
    ("types in contradiction", {"allOf": [TEXT, {"type": "integer"}]}, {}),
    ("a type in contradiction to its parts", {"type": "string", "allOf": [{"type": "integer"}]}, {}),
    ("only alternative", {"oneOf": [ref("Text")]}, TEXT),
    ("format beside allOf", {"format": "date", "allOf": [TEXT]}, {**TEXT, "format": "date"}),
    # Objects
    ("fields by allOf", {"allOf": [ref("Base"), {"type": "object", "required": ["z"], "properties": Z}]}, XYZ),
    ("fields beside allOf", ref("Derived"), XYZ),
    ("fields of an only alternative", {"anyOf": [ref("Base")]}, OBJECT),
    ("required by a part alone", {"allOf": [ref("Base"), {"required": ["y"]}]}, {**OBJECT, "required": ["x", "y"]}),
    (
        "a field of two parts",
        {"allOf": [{"properties": {"c": ref("Colour")}}, {"type": "object", "properties": {"c": ref("Other")}}]},
        {"type": "object", "properties": {"c": B}},
    ),
    ("closed by a part", {"allOf": [ref("Base"), {"additionalProperties": False}]},
     {**OBJECT, "additionalProperties": False}),
    ("a map", {"allOf": [{"type": "object", "additionalProperties": ref("Text")}]},
     {"type": "object", "additionalProperties": TEXT}),
    ("items of a part", {"allOf": [{"type": "array"}, {"items": ref("Colour")}]}, {"type": "array", "items": AB}),
    # Limits
    ("the narrower limits", {"allOf": [{"type": "string", "maxLength": 5, "minLength": 1},
                                       {"maxLength": 9, "minLength": 2}]},
     {**TEXT, "maxLength": 5, "minLength": 2}),
    ("a limit beside allOf", {"maximum": 3, "allOf": [{"type": "integer", "maximum": 9}]},
     {"type": "integer", "maximum": 3}),
    ("excluded by 3.0", {"type": "integer", "minimum": 3, "exclusiveMinimum": True},
     {"type": "integer", "minimum": 3, "exclusiveMinimum": 3}),
    ("a pattern of a part", {"allOf": [TEXT, {"pattern": "^a"}]}, {**TEXT, "pattern": "^a"}),
    ("the default beside allOf", {"default": "b", "allOf": [{**TEXT, "default": "a"}]}, {**TEXT, "default": "b"}),
]  # fmt: skip
forms = pytest.mark.parametrize(("form", "plain"), [form[1:] for form in FORMS], ids=[form[0] for form in FORMS])


def document(schema: Schema) -> dict[str, Any]:
    """The schema as a query parameter, as a field of a body, and as a field of an answer."""
    body: Schema = {"type": "object", "properties": {"field": schema}}
    content = {"application/json": {"schema": body}}
    operation = {
        "operationId": "change",
        "parameters": [{"name": "given", "in": "query", "schema": schema}],
        "requestBody": {"required": False, "content": content},
        "responses": {"200": {"description": "", "content": content}},
    }
    info = {"title": "t", "version": "1"}
    return {"openapi": "3.0.3", "info": info, "paths": {"/a": {"post": operation}}, "components": {"schemas": SHARED}}


def reader() -> SchemaReader:
    whole = document({})
    return SchemaReader(lambda schema: resolved(whole, schema))


def plainly(schema: Any) -> Any:
    """All that the reader says of a schema, and of what is in it."""
    said = reader().shape(schema)._asdict()
    parts = {name: plainly(part) for name, part in said["properties"].items()}
    inner = {key: plainly(said[key]) for key in ("items", "additional") if isinstance(said[key], dict)}
    said |= {"properties": parts, "required": sorted(said["required"]), **inner}
    return {**said, "choices": reader().choices(schema), "kinds": reader().kinds(schema)}


@forms
def test_each_form_is_read_as_the_plain_schema_that_says_the_same(form: Schema, plain: Schema) -> None:
    assert plainly(form) == plainly(plain)


@forms
def test_changes_sees_no_difference_between_a_form_and_its_plain_schema(form: Schema, plain: Schema) -> None:
    assert [change.finding for change in compare(document(form), document(plain)).all] == []
    assert [change.finding for change in compare(document(plain), document(form)).all] == []


@forms
def test_the_explorer_offers_the_same_for_a_form_as_for_its_plain_schema(form: Schema, plain: Schema) -> None:
    assert offered(form) == offered(plain)


def offered(schema: Schema) -> Any:
    found = Index(index(document(schema)))
    parameter = found.operations["default.change"]["parameters"][0]
    known = fields(found, parameter["schema"])
    return (
        choices(found, parameter["schema"]),
        kinds(found, parameter["schema"]),
        {name: choices(found, part) for name, part in known.properties.items()},
        sorted(known.required),
        known.open,
        parameter["enum"],
    )


# Of constants as alternatives the generator is given a class each.
LOWERED = [form for form in FORMS if form[0] != "constants as alternatives"]


@pytest.mark.parametrize(("form", "plain"), [form[1:] for form in LOWERED], ids=[form[0] for form in LOWERED])
def test_the_generator_is_given_the_same_types_for_a_form_as_for_its_plain_schema(form: Schema, plain: Schema) -> None:
    assert generated(form) == generated(plain)


def generated(schema: Schema) -> Any:
    """What the generator is given, with its classes in place and in no order."""
    whole = lower(document(schema)).document
    operation = whole["paths"]["/0"]["get"]
    return spelled_out(operation["parameters"][0]["schema"], whole["components"]["schemas"])


def spelled_out(part: Any, classes: dict[str, Any]) -> Any:
    if isinstance(part, list):
        return sorted((spelled_out(one, classes) for one in part), key=repr)
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return spelled_out(classes[part["$ref"].rsplit("/", 1)[-1]], classes)
    kept = {key: value for key, value in part.items() if key not in ("description", "title")}
    return {key: spelled_out(kept[key], classes) for key in sorted(kept)}


TEXTS = [form for form in FORMS if {type(one) for one in form[2].get("enum", ())} - {type(None)} == {str}]


@pytest.mark.parametrize(("form", "plain"), [form[1:] for form in TEXTS], ids=[form[0] for form in TEXTS])
def test_all_four_know_the_same_values(form: Schema, plain: Schema) -> None:
    known = [value for value in plain["enum"] if value is not None]
    index_of = Index(index(document(form)))
    parameter = index_of.operations["default.change"]["parameters"][0]
    assert [value for value in choices(index_of, parameter["schema"]) if value is not None] == known
    assert sorted(enumerated(generated(form))) == known
    assert refused_by_contract(form) == f"no longer takes none of them as 'field' (it has {', '.join(known)})"
    assert not broken_promises(document(form), [promise(known)])
    more = {**plain, "enum": [*plain["enum"], "more"]}
    assert {change.finding.text for change in compare(document(form), document(more)).all} == {"can also be more"}


def promise(values: list[str]) -> Promise:
    return Promise("post", "/a", ("verb",), sends={"field": values})


def refused_by_contract(form: Schema) -> str:
    (broken,) = broken_promises(document(form), [promise(["none of them"])])
    return broken.problem


def enumerated(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from part.get("enum", ())
        for value in part.values():
            yield from enumerated(value)
    elif isinstance(part, list):
        for value in part:
            yield from enumerated(value)


def test_a_reference_in_circles_ends() -> None:
    looping = {"allOf": [{"$ref": "#/a"}, {"oneOf": [{"$ref": "#/a"}, {"type": "null"}]}]}
    assert SchemaReader(lambda schema: looping).shape({"$ref": "#/a"}).types == set()


def test_what_contains_itself_through_two_parts_is_compared_once() -> None:
    one: Schema = {"type": "object", "properties": {"next": ref("One")}}
    both: Schema = {"allOf": [ref("One"), {"type": "object", "properties": {"next": ref("Both", nullable=True)}}]}
    shared = {"One": one, "Both": both}
    old, new = document(ref("Both")), document(ref("Both"))
    for whole in (old, new):
        whole["components"] = {"schemas": {**SHARED, **shared}}
    assert compare(old, new).all == ()


def test_alternatives_stay_alternatives() -> None:
    shape = reader().shape({"oneOf": [ref("Text"), ref("Base"), NULL]})
    assert (shape.alternatives, shape.nullable, shape.types) == ([ref("Text"), ref("Base")], True, set())
    assert reader().kinds({"oneOf": [ref("Text"), ref("Base"), NULL]}) == {"string", "object", "null"}
    assert reader().choices({"oneOf": [ref("Colour"), ref("Other")]}) == ["a", "b", "c"]
    assert reader().choices({"oneOf": [ref("Colour"), ref("Text")]}) == []


def test_kinds_that_are_kinds_of_each_other_cost_no_more_than_their_number() -> None:
    names = [f"Kind{number}" for number in range(30)]
    shared: dict[str, Schema] = {"Any": {"oneOf": [ref(name) for name in names]}}
    for name in names:
        shared[name] = {"allOf": [ref("Any"), {"properties": {name: {"type": "string"}}}]}
    whole = {**document(ref("Any")), "components": {"schemas": shared}}
    found = Index(index(whole))
    assert sorted(fields(found, ref("Any")).properties) == sorted(names)
    assert choices(found, ref("Any")) == []
    assert kinds(found, ref("Any")) == {"object"}
    assert compare(whole, {**document(ref("Any")), "components": {"schemas": shared}}).all == ()


def test_a_mark_is_read_through_references_and_parts() -> None:
    marks = {
        "own": {"type": "string", "readOnly": True},
        "beside": ref("Text", readOnly=True),
        "part": {"allOf": [ref("Text"), {"readOnly": True}]},
        "secret": {"allOf": [ref("Text")], "writeOnly": True},
    }
    shape = reader().shape({"type": "object", "properties": marks})
    assert (shape.read_only, shape.write_only) == ({"own", "beside", "part"}, {"secret"})
