"""Schemas in the few forms that the generator never fails to turn into types.

These are: any value (`{}`), null, a plain type, a list of one of these, a union of these, or a reference to a class.
Every class (an object or an enumeration) is shared and has a name of its own, wherever in the document it stands;
`allOf` is merged; what the generator can't express (an enumeration of numbers and text) becomes what it can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pascom_facade._shape import SchemaReader, may_be_null, members, named_types, values

from ..names import property_names
from ..tree import keys, resolved
from .forms import Lowered, Schema, adds_nothing, is_file, nullable_if, says_nothing, typed_map, united, with_default
from .inheritance import heirs, without_children
from .losses import Losses
from .unions import Discriminator, discriminator, in_unions, known_values

PRIMITIVES = ("string", "number", "integer", "boolean", "null")
JSON_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}
FORMATS = ("date", "date-time", "uuid")
DEEPEST = 120  # levels within one class
MOST_MEMBERS = 60  # of a union; more are any value

LATER = "later:"  # a reference that leads back to where it stands, through a class: said when that is known
A_CLASS = ""  # among the references that are followed: a class lies between

NamePath = tuple[str, ...]  # names that lead to a schema; what its class is named after


class Schemas:
    """Lowers one document's schemas; `classes` has the shared ones so far, by the key that references have for them."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._heirs = heirs(document)
        if self._heirs:
            document = without_children(document, self._heirs)
        self.document = document
        self._reader = SchemaReader(lambda schema: resolved(document, schema))
        self.classes: dict[str, Lowered] = {}
        self.places: dict[str, NamePath] = {}
        self.sources: dict[str, Schema] = {}  # of each class: the schema it was made of
        self.losses = Losses()
        self.wire_names: dict[str, dict[str, str]] = {}  # of each class: Python name -> name in the document
        self._known: dict[str, Lowered] = {}  # what a reference was lowered to
        self._waiting: list[tuple[str, Schema]] = []  # shared classes that were referred to and aren't lowered yet
        self._following: list[str] = []  # references on the way to here that are no classes
        self._cut: set[str] = set()  # those of them that led back to themselves
        self.discriminators: list[Discriminator] = []
        self._inline: dict[str, Lowered] = {}
        self._depth = 0

    def lower(self, schema: Any, place: NamePath) -> Lowered:
        """A schema standing at `place`; classes it refers to are lowered by `finish`."""
        if not isinstance(schema, Mapping) or self._depth > DEEPEST:
            return {}
        self._depth += 1
        try:
            return self._lower(schema, place)
        finally:
            self._depth -= 1

    def finish(self) -> None:
        """Lower all classes that were referred to, and those that they refer to."""
        while self._waiting:
            reference, schema = self._waiting.pop()
            self._as_class(reference, self.lower_class(schema, self.places[reference]))
        for key in list(self.classes):
            self.classes[key] = self.settled(self.classes[key])
        if self._waiting:
            self.finish()

    def settled(self, part: Any, inside: tuple[str, ...] = ()) -> Any:
        """A lowered part with what could only be said later; what contains itself without end is any value there."""
        if isinstance(part, list):
            return [self.settled(inner, inside) for inner in part]
        if not isinstance(part, dict):
            return part
        if str(part.get("$ref", "")).startswith(LATER):
            reference = part["$ref"].removeprefix(LATER)
            known = {} if reference in inside else self._reference(reference)
            return self.settled(known, (*inside, reference))
        made = {key: self.settled(inner, inside) for key, inner in part.items()}
        if "anyOf" not in part or made == part:
            return made
        return {**united(made.pop("anyOf")), **made}

    def known_values(self, parts: Any) -> dict[str, dict[str, list[Any]]]:
        """Of each class that is a member of a union, here or in a class: the values that its properties have."""
        members = dict.fromkeys([*in_unions(parts), *in_unions(self.classes)])
        found = {key: known_values(self._reader, self.sources[key]) for key in members if key in self.wire_names}
        return {key: values for key, values in found.items() if values}

    def _lower(self, schema: Schema, place: NamePath) -> Lowered:
        if isinstance(schema.get("$ref"), str):
            reference = schema["$ref"]
            rest = {key: value for key, value in schema.items() if key != "$ref"}
            if not adds_nothing(rest):
                return self.lower({"allOf": [{"$ref": reference}, rest]}, place)
            return nullable_if(self._reference(reference), schema)
        if schema.get("allOf"):
            return nullable_if(self.lower(self.merged(_parts(schema)), place), schema)
        if values(schema) is not None:
            return self._enumeration(schema, place)
        alternatives = [member for member in members(schema) if isinstance(member, Mapping)]
        if any(says_nothing(member) and self._reader.is_null(member) for member in alternatives):
            schema = {**schema, "nullable": True}
        typed_alternatives = [member for member in alternatives if not says_nothing(member)]
        if typed_alternatives:
            return self._union(schema, typed_alternatives, place)
        types = named_types(schema)
        if len(types) > 1:
            of_one_type = {**schema, "nullable": False}
            return united([self._of_type(of_one_type, type_, place) for type_ in types])
        type_ = types[0] if types else None
        return nullable_if(self._of_type(schema, type_, place), schema)

    def _reference(self, reference: str) -> Lowered:
        if reference in self._known:
            return self._known[reference]
        if reference in self._following:
            if A_CLASS in self._following[self._following.index(reference) :]:
                return {"$ref": f"{LATER}{reference}"}
            self._cut.add(reference)
            return {}
        target = resolved(self.document, {"$ref": reference})
        parts = keys(reference)
        named = tuple(part for part in parts if part not in ("components", "schemas", "properties"))
        place = named[-4:] or parts[-1:]  # a schema may itself be called `properties`
        if self._is_class(target):
            self._wait_for(reference, target, place)
            nullable = may_be_null(self._reader.flat(target))
            lowered = self._with_heirs(reference, target)
            self._known[reference] = nullable_if(lowered, {"nullable": nullable})
            return self._known[reference]
        self._following.append(reference)
        lowered = self.lower(target, place)
        self._following.pop()
        self._cut.discard(reference)
        if not self._cut:
            self._known[reference] = lowered
        return lowered

    def _wait_for(self, reference: str, target: Schema, place: NamePath) -> None:
        """Lower a shared class later: it may refer to itself."""
        if reference not in self.places:
            self.places[reference] = place
            self.sources[reference] = target
            self._waiting.append((reference, target))

    def _with_heirs(self, reference: str, target: Schema) -> Lowered:
        """A class, or where it has heirs any of them; what the discriminator doesn't know is a parent."""
        listed = [
            heir for heir in self._heirs.get(reference, ()) if self._is_class(resolved(self.document, {"$ref": heir}))
        ]
        if not listed or len(listed) > MOST_MEMBERS:
            return {"$ref": reference}
        for heir in listed:
            self._wait_for(heir, resolved(self.document, {"$ref": heir}), keys(heir)[-1:])
        family = {one: one for one in (reference, *listed)}
        found = discriminator(target, family)
        if found and found not in self.discriminators:
            self.discriminators.append(found._replace(classes={**found.classes, None: reference}))
        return united([{"$ref": one} for one in family])

    def _is_class(self, schema: Any) -> bool:
        """Whether a shared schema is an object: known before it is lowered, so that it can refer to itself."""
        if not isinstance(schema, Mapping) or "enum" in schema or "$ref" in schema:
            return False
        if schema.get("allOf"):
            return self._is_class(self.merged(_parts(schema)))
        if schema.get("oneOf") or schema.get("anyOf"):
            return False
        is_object = {"object", "null"}.issuperset(named_types(schema)) and named_types(schema) != ["null"]
        return is_object and bool(schema.get("properties") or typed_map(schema))

    def _as_class(self, key: str, lowered: Lowered) -> Lowered:
        properties = lowered.get("properties", {})
        python = property_names(properties)
        self.wire_names[key] = {name: wire for wire, name in python.items()}
        self.classes[key] = {
            **lowered,
            "properties": {python[wire]: inner for wire, inner in properties.items()},
            "required": [python[wire] for wire in lowered.get("required", ())],
        }
        return {"$ref": key}

    def lower_class(self, schema: Schema, place: NamePath) -> Lowered:
        """An object with properties of its own, or with values of one type under any name."""
        if schema.get("allOf"):
            schema = self.merged(_parts(schema))
        properties = schema.get("properties") or {}
        lowered: Lowered = {"type": "object", "properties": {}}
        if description := self.losses.text(schema):
            lowered["description"] = description
        self._following.append(A_CLASS)
        for name, inner in properties.items():
            lowered["properties"][name] = self._described(self.lower(inner, (*place, name)), inner)
        # A property the server alone writes can't be required of us, nor one it never sends of it.
        listed = schema.get("required") or ()
        lowered["required"] = [name for name in listed if name in properties and not _one_way(properties[name])]
        if typed_map(schema):
            values = self.lower(schema["additionalProperties"], (*place, "value"))
            if values:
                lowered["additionalProperties"] = values
        self._following.pop()
        return lowered

    def _described(self, lowered: Lowered, schema: Any) -> Lowered:
        """With its description for the docstring; a class has its own."""
        if not isinstance(schema, Mapping) or "$ref" in lowered:
            return lowered
        text = with_default(self.losses.text(schema), schema)
        return {**lowered, "description": text} if text else lowered

    def _hoisted(self, lowered: Lowered, place: NamePath, schema: Schema) -> Lowered:
        """An inline class as a shared one; the same one when the same place is lowered again."""
        key = "#/" + "/".join(("inline", *place))
        while self._inline.get(key, lowered) != lowered:
            key += "'"
        if key not in self._inline:
            self._inline[key] = lowered
            self.places[key] = place
            self.sources[key] = schema
            if lowered["type"] == "object":
                return self._as_class(key, lowered)
            self.classes[key] = lowered
        return {"$ref": key}

    def _of_type(self, schema: Schema, type_: str | None, place: NamePath) -> Lowered:
        if type_ == "array":
            items = schema.get("items")
            if not isinstance(items, Mapping):
                prefix = schema.get("prefixItems")
                items = {"anyOf": prefix} if prefix else {}
            return self._list_of(items, place)
        if type_ in ("string", None) and is_file(schema):
            return {"type": "string", "format": "binary"}
        if type_ == "object" or type_ is None:
            if schema.get("properties") or typed_map(schema):
                return self._hoisted(self.lower_class(schema, place), place, schema)
            if type_ == "object":
                return self._any_object(schema)
        if type_ not in PRIMITIVES:
            return self._list_of(schema["items"], place) if "items" in schema else {}
        lowered: Lowered = {"type": type_}
        if type_ == "string" and schema.get("format") in FORMATS:
            lowered["format"] = schema["format"]
        return lowered

    def _list_of(self, items: Any, place: NamePath) -> Lowered:
        return {"type": "array", "items": self.lower(items, (*place, "item"))}

    def _any_object(self, schema: Schema) -> Lowered:
        key = "#/any/object"
        self.places[key] = ("AnyObject",)
        self.sources[key] = schema
        return self._as_class(key, {"type": "object", "description": "Any JSON object."})

    def _enumeration(self, schema: Schema, place: NamePath) -> Lowered:
        lowered = self._of_values(schema, values(schema) or [], place)
        return nullable_if(lowered, {"nullable": may_be_null(schema)})

    def _of_values(self, schema: Schema, listed: list[Any], place: NamePath) -> Lowered:
        """A class where Python has enumerations of such values; else the type that they have, or the union of these."""
        python_types = {type(value) for value in listed}
        if python_types == {str}:
            return self._hoisted({"type": "string", "enum": listed}, place, schema)
        if python_types == {int}:
            return self._hoisted({"type": "integer", "enum": listed}, place, schema)
        if not python_types:
            return {"type": "null"}
        if python_types <= {int, float}:
            return {"type": "number"}
        if python_types == {bool}:
            return {"type": "boolean"}
        if schema.get("type") in PRIMITIVES:
            return {"type": schema["type"]}
        return united(_json_type(value) for value in listed)

    def _union(self, schema: Schema, alternatives: list[Schema], place: NamePath) -> Lowered:
        base = {key: value for key, value in schema.items() if key not in ("oneOf", "anyOf")}
        if len(alternatives) > MOST_MEMBERS:
            listed = schema.get("oneOf") or schema["anyOf"]
            self.losses.add(listed, f"a union of more than {MOST_MEMBERS} types", "any value")
            return {}
        if base.get("properties") and not self._all_have(alternatives, base["properties"]):
            # What is said beside the alternatives holds for each of them.
            merged = self.merged([base, *({"anyOf": [member]} for member in alternatives)])
            return nullable_if(self.lower(merged, place), schema)
        if len(alternatives) == 1:
            lowered = [self.lower(alternatives[0], place)]
        else:
            lowered = [
                self.lower(member, (*place, _title(member) or f"option_{number}"))
                for number, member in enumerate(alternatives)
            ]
        self._note_discriminator(schema, alternatives, lowered)
        return nullable_if(united(lowered), schema)

    def _note_discriminator(self, schema: Schema, alternatives: list[Schema], lowered: list[Lowered]) -> None:
        references = {}
        for member, made in zip(alternatives, lowered, strict=True):
            classes = [one["$ref"] for one in made.get("anyOf", [made]) if "$ref" in one]
            if isinstance(member.get("$ref"), str) and len(classes) == 1:
                references[member["$ref"]] = classes[0]
        found = discriminator(schema, references)
        if found and found not in self.discriminators:
            self.discriminators.append(found)

    def _all_have(self, alternatives: list[Schema], properties: Iterable[str]) -> bool:
        """Whether these are several shared schemas that say all of this themselves."""
        if len(alternatives) < 2 or not all("$ref" in member for member in alternatives):
            return False
        return all(set(properties) <= self._reader.shape(member).properties.keys() for member in alternatives)

    def merged(self, parts: Iterable[Schema]) -> Schema:
        """One schema that says what all `parts` say; if only one of them says anything, a reference to it."""
        flat = list(self._flat(parts, ()))
        with_content = [(part, origin) for part, origin in flat if not adds_nothing(part) or "required" in part]
        if len(with_content) != 1 or not with_content[0][1]:
            return self._reader.all_of(part for part, _ in flat)
        only, origin = with_content[0]
        reference: Lowered = {"$ref": origin}
        if any(part.get("nullable") is True for part, _ in flat if part is not only):
            reference["nullable"] = True
        return reference

    def _flat(self, parts: Iterable[Schema], seen: tuple[str, ...]) -> Iterator[tuple[Schema, str | None]]:
        """The parts without `allOf` and references, each with the reference it is the whole target of, if any.

        `seen` are the references on the way to here.
        """
        for part in parts:
            if not isinstance(part, Mapping):
                continue
            reference = part.get("$ref")
            if not isinstance(reference, str):
                yield from self._flat_inline(part, seen)
            elif reference not in seen:
                target = self._flat_target(part, reference, seen)
                if target is not None:
                    yield target, reference
                beside = {key: value for key, value in part.items() if key != "$ref"}
                if not says_nothing(beside):
                    yield from self._flat([beside], seen)

    def _flat_target(self, part: Schema, reference: str, seen: tuple[str, ...]) -> Schema | None:
        """What a reference leads to, as one schema; None if that is nothing."""
        target = resolved(self.document, part)
        if not isinstance(target, Mapping):
            return None
        inner = [schema for schema, _ in self._flat([target], (*seen, reference))]
        if not inner:
            return None
        return inner[0] if len(inner) == 1 else self._reader.all_of(inner)

    def _flat_inline(self, part: Schema, seen: tuple[str, ...]) -> Iterator[tuple[Schema, str | None]]:
        """A schema without reference: itself, or the only alternative it has; then what its `allOf` adds."""
        own = {key: value for key, value in part.items() if key != "allOf"}
        alternatives = members(own)
        beside = {key: value for key, value in own.items() if key not in ("oneOf", "anyOf")}
        if len(alternatives) == 1 and says_nothing(beside):
            for alternative, _ in self._flat(alternatives, seen):
                yield _optional(alternative), None
        elif own:
            yield own, None
        yield from self._flat(part.get("allOf") or (), seen)


def _title(schema: Schema) -> str:
    title = schema.get("title")
    return title if isinstance(title, str) else ""


def _json_type(value: Any) -> Lowered:
    json_type = JSON_TYPES.get(type(value))
    return {"type": json_type} if json_type else {}


def _parts(schema: Schema) -> list[Schema]:
    return [
        {key: value for key, value in schema.items() if key not in ("allOf", "nullable")},
        *schema["allOf"],
    ]


def _optional(schema: Schema) -> Schema:
    return {key: value for key, value in schema.items() if key != "required"}


def _one_way(schema: Any) -> bool:
    return isinstance(schema, Mapping) and (schema.get("readOnly") is True or schema.get("writeOnly") is True)
