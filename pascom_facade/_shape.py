"""The values that a schema allows, in one flat form: the one reader of schemas, for the explorer and for regenerate.

References are followed, and `allOf` allows what each of its parts allows. Null has many forms (`nullable`, a list of
types, an enumeration that holds it, an alternative): here it has one. Beside a reference or an `allOf`, `nullable`
means "that, or null", whatever the standard's letter says: nobody writes it for anything else.
If types contradict each other (a string that is an integer), the document is wrong, and any type is allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import reduce
from typing import Any, NamedTuple

Schema = Mapping[str, Any]

AT_MOST = ("maxLength", "maxItems", "maximum", "exclusiveMaximum", "maxProperties", "maxContains")
AT_LEAST = ("minLength", "minItems", "minimum", "exclusiveMinimum", "minProperties", "minContains")
COMPOSED = frozenset(("$ref", "allOf", "oneOf", "anyOf"))
NUMBERS = frozenset(("integer", "number"))
ABOUT_VALUES = frozenset(("type", "nullable", "enum", "const"))
# Keywords that describe a value without limiting it: beside them, a reference is still the same schema.
ANNOTATIONS = frozenset(
    ("title", "description", "example", "examples", "deprecated", "externalDocs", "xml", "readOnly", "writeOnly")
)
FURTHER = frozenset(
    (
        *("multipleOf", "uniqueItems", "contentEncoding", "contentMediaType", "discriminator", "deprecated"),
        *("contains", "prefixItems", "additionalItems", "unevaluatedItems", "unevaluatedProperties"),
        *("propertyNames", "patternProperties", "dependentRequired", "dependentSchemas", "dependencies"),
        *("not", "if", "then", "else"),
    )
)
DEEPEST = 100  # parts of parts
DEEPEST_CHOICE = 20  # alternatives of alternatives


class Shape(NamedTuple):
    """`types` is empty where any is allowed, and holds "null" too; `enum` is without null, and None where open."""

    types: set[str]
    nullable: bool
    format: str | None
    enum: list[Any] | None
    properties: dict[str, Any]
    required: list[str]
    read_only: set[str]
    write_only: set[str]
    items: Any
    additional: Any  # a schema, or whether others are allowed; None if not stated
    alternatives: list[Any]
    limits: dict[str, float]
    pattern: str | None
    default: Any
    further: dict[str, Any]  # what else limits or describes it, as it is written

    @property
    def is_limited(self) -> bool:
        """Whether some values are not allowed."""
        return bool(self.types or self.alternatives) or self.enum is not None

    @property
    def description(self) -> str:
        """The type as people write it."""
        null_as_well = "null" in self.types and len(self.types) > 1
        names = sorted(self.types - {"null"} if null_as_well else self.types)
        text = " or ".join(names) if names else "anything"
        if self.format:
            text += f" ({self.format})"
        if null_as_well:
            text += " or null"
        return text


class SchemaReader:
    """Reads the schemas of one document; `resolve` follows the reference of a schema that has one."""

    def __init__(self, resolve: Callable[[Any], Any]) -> None:
        self._resolve = resolve
        # By identity, with what must stay alive for it to stay one.
        self._known: dict[int, tuple[Schema, Schema]] = {}
        self._joined: dict[tuple[int, ...], dict[str, Any]] = {}
        self._following: set[int] = set()
        self._cut: set[int] = set()  # schemas that lead back to themselves by references and `allOf` alone
        self._joins: dict[str, Callable[[Any, Any], Any]] = {
            "properties": self._each,
            "required": lambda one, other: list(dict.fromkeys([*(one or ()), *(other or ())])),
            "items": self._both,
            "additionalProperties": self._both,
            "oneOf": lambda one, other: [*(one or ()), *(other or ())],
            "anyOf": lambda one, other: [*(one or ()), *(other or ())],
            **dict.fromkeys(AT_MOST, _smaller),
            **dict.fromkeys(AT_LEAST, _larger),
            "description": lambda one, other: one or other,
            **dict.fromkeys(("readOnly", "writeOnly", "uniqueItems"), lambda one, other: one or other),
        }

    def shape(self, schema: Any) -> Shape:
        """What `schema` allows."""
        flat = self.flat(schema)
        types = set(named_types(flat))
        nullable = may_be_null(flat)
        properties = dict(flat.get("properties") or {})
        if properties and not types - {"null"}:
            types.add("object")
        if nullable and types:
            types.add("null")
        return Shape(
            types=types,
            nullable=nullable,
            format=flat.get("format"),
            enum=values(flat),
            properties=properties,
            required=list(flat.get("required") or ()),
            read_only=self._marked(properties, "readOnly"),
            write_only=self._marked(properties, "writeOnly"),
            items=flat.get("items"),
            additional=flat.get("additionalProperties"),
            alternatives=members(flat),
            limits=dict(_limits(flat)),
            pattern=flat.get("pattern"),
            default=flat.get("default"),
            further={keyword: flat[keyword] for keyword in flat.keys() & FURTHER},
        )

    def _marked(self, properties: dict[str, Any], keyword: str) -> set[str]:
        return {name for name, part in properties.items() if self.flat(part).get(keyword) is True}

    def choices(self, schema: Any, depth: int = 0) -> list[Any]:
        """The only values allowed, null among them; empty if there are others."""
        if depth > DEEPEST_CHOICE:
            return []
        shape = self.shape(schema)
        null = [None] if shape.nullable else []
        if shape.enum is not None:
            return [*shape.enum, *null]
        if not shape.alternatives:
            return []
        listed = []
        for part in shape.alternatives:
            if not (known := self.choices(part, depth + 1)):
                return []
            listed += known
        return _once([*listed, *null])

    def kinds(self, schema: Any, depth: int = 0) -> set[str]:
        """The JSON types allowed, those of values and of alternatives included; empty for any."""
        if depth > DEEPEST_CHOICE:
            return set()
        shape = self.shape(schema)
        if shape.types:
            return shape.types
        listed = {"null"} if shape.nullable else set()
        if shape.enum is not None:
            return {kind_of(value) for value in shape.enum} | listed
        if not shape.alternatives:
            return set()
        for part in shape.alternatives:
            if not (known := self.kinds(part, depth + 1)):
                return set()
            listed |= known
        return listed

    def node(self, schema: Schema) -> Any:
        """The target of a reference to which nothing is added, else `schema`: the same object for the same schema."""
        if "$ref" in schema and not schema.keys() - ANNOTATIONS - {"$ref"}:
            return self._resolve(schema)
        return schema

    def flat(self, schema: Any) -> Schema:
        """`schema` without references, `allOf` and an only alternative; its other alternatives are in `anyOf`."""
        if not isinstance(schema, Mapping):
            return {}
        if COMPOSED.isdisjoint(schema):
            return schema
        key = id(schema)
        if key in self._known:
            return self._known[key][1]
        if key in self._following or len(self._following) > DEEPEST:
            self._cut.add(key)
            return {}
        self._following.add(key)
        flat = self._flattened(schema)
        self._following.remove(key)
        self._cut.discard(key)
        if not self._following:
            self._cut.clear()
        if not self._cut:
            self._known[key] = schema, flat
        return flat

    def _flattened(self, schema: Schema) -> Schema:
        own = {keyword: value for keyword, value in schema.items() if keyword not in COMPOSED}
        parts = []
        if isinstance(schema.get("$ref"), str):
            parts.append(self.flat(self._resolve({"$ref": schema["$ref"]})))
        parts += [self.flat(part) for part in schema.get("allOf") or ()]
        listed = members(schema)
        others = [part for part in listed if not self.is_null(part)]
        if len(others) < len(listed):
            own["nullable"] = True
        if listed and not others:
            own |= {"type": "null"}
        elif len(others) == 1:
            parts.append(self.flat(others[0]))
        elif others and all(map(_is_only_values, others)):
            parts.append({"enum": _once(value for part in others for value in _listed(part) or ())})
        elif others:
            own["anyOf"] = others
        return self.all_of(parts, own)

    def is_null(self, schema: Any) -> bool:
        """Whether a schema allows null only, as one means that is `nullable: true` and nothing else."""
        if isinstance(schema, Mapping) and "$ref" in schema:
            schema = self._resolve(schema)
        if not isinstance(schema, Mapping):
            return False
        return named_types(schema) == ["null"] or _listed(schema) == [None] or schema == {"nullable": True}

    def all_of(self, parts: Iterable[Schema], own: Schema | None = None) -> Schema:
        """One schema that allows what all `parts` allow, which have no `allOf`; `own` has the keywords beside them.

        Of keywords that cannot be joined (a format, a default), the last part's overrides, and `own` overrides all.
        """
        listed = [part for part in (own or {}, *parts) if part]
        if len(listed) == 1:
            return listed[0]
        whole: dict[str, Any] = {}
        for part in listed:
            for keyword, value in part.items():
                if keyword in ABOUT_VALUES:
                    continue
                if keyword in whole and keyword in self._joins:
                    value = self._joins[keyword](whole[keyword], value)
                whole[keyword] = value
        kept = ABOUT_VALUES | self._joins.keys()
        overriding = {keyword: value for keyword, value in (own or {}).items() if keyword not in kept}
        return {**whole, **overriding, **_common_values(own or {}, listed)}

    def _each(self, one: Any, other: Any) -> dict[str, Any]:
        """The properties of both; one that both have is as both say."""
        joined = {**(one or {})}
        for name, part in (other or {}).items():
            joined[name] = self._both(joined[name], part) if name in joined else part
        return joined

    def _both(self, one: Any, other: Any) -> Any:
        """A schema that allows what both allow: the same object for the same two, which shows what contains itself."""
        if one is False or other is False:
            return False
        if not isinstance(one, Mapping):
            return other
        if not isinstance(other, Mapping) or one == other:
            return one
        parts = {id(part): part for whole in (one, other) for part in self._parts_of(whole)}
        return self._joined.setdefault(tuple(parts), {"allOf": list(parts.values())})

    def _parts_of(self, schema: Schema) -> list[Schema]:
        parts = schema.get("allOf")
        if parts and self._joined.get(tuple(map(id, parts))) is schema:
            return list(parts)
        return [schema]


def named_types(schema: Schema) -> list[str]:
    """The types a flat schema names, in its order."""
    written = schema.get("type")
    listed = written if isinstance(written, list) else [written]
    return [name for name in listed if isinstance(name, str) and name not in ("", "any")]


def values(schema: Schema) -> list[Any] | None:
    """The values a flat schema lists, without null; None if it lists none."""
    listed = _listed(schema)
    if listed is None:
        return None
    return [value for value in listed if value is not None]


def may_be_null(schema: Schema) -> bool:
    """Whether a flat schema allows null explicitly, in whatever form."""
    return schema.get("nullable") is True or "null" in named_types(schema) or None in (_listed(schema) or ())


def members(schema: Schema) -> list[Any]:
    """The alternatives, of both keywords."""
    return [*(schema.get("oneOf") or ()), *(schema.get("anyOf") or ())]


def kind_of(value: Any) -> str:
    """The JSON type of a value."""
    if value is None:
        return "null"
    names = {bool: "boolean", int: "integer", float: "number", list: "array", dict: "object"}
    return names.get(type(value), "string")


def _listed(schema: Schema) -> list[Any] | None:
    if "const" in schema:
        return [schema["const"]]
    listed = schema.get("enum")
    return listed if isinstance(listed, list) else None


def _is_only_values(schema: Any) -> bool:
    """Whether an alternative has no name, and does nothing but list values."""
    known = ABOUT_VALUES | {"description"}
    return isinstance(schema, Mapping) and _listed(schema) is not None and not schema.keys() - known


def _common_values(own: Schema, listed: list[Schema]) -> dict[str, Any]:
    """The `type`, `nullable` and `enum` on which all agree."""
    common: dict[str, Any] = {}
    limiting = [part for part in listed if named_types(part) or _listed(part) is not None]
    # Null is allowed if all that limit values allow it, or if a schema beside them does.
    beside = [own, *(part for part in listed if part not in limiting)]
    nullable = any(map(may_be_null, beside)) or (bool(limiting) and all(map(may_be_null, limiting)))
    types = _agreed([[name for name in names if name != "null"] for names in map(named_types, limiting) if names])
    if types:
        common["type"] = types[0] if len(types) == 1 else types
    elif nullable and any(named_types(part) == ["null"] for part in limiting):
        common["type"] = "null"
    if nullable:
        common["nullable"] = True
    found = [some for some in map(values, (*listed, own)) if some is not None]
    if found:
        enum = reduce(lambda one, other: [value for value in one if _holds(other, value)], found)
        if not enum:
            enum = found[-1]  # nothing in common: the last one overrides
        common["enum"] = [*enum, None] if nullable else enum
    return common


def _agreed(types: list[list[str]]) -> list[str]:
    """The types in all of the lists; an integer is a number."""

    if not types:
        return []

    def narrowed(one: list[str], other: list[str]) -> list[str]:
        both = [name for name in one if name in other]
        if NUMBERS.isdisjoint(both) and NUMBERS & set(one) and NUMBERS & set(other):
            both.append("integer")
        return both

    return reduce(narrowed, types)


def _limits(flat: Schema) -> Iterator[tuple[str, float]]:
    for name in (*AT_MOST, *AT_LEAST):
        value = flat.get(name)
        if value is True:  # in OpenAPI 3.0: the other limit itself is excluded
            value = flat.get(name.replace("exclusiveM", "m"))
        if value is not None and _are_numbers(value):
            yield name, value


def _smaller(one: Any, other: Any) -> Any:
    return min(one, other) if _are_numbers(one, other) else one


def _larger(one: Any, other: Any) -> Any:
    return max(one, other) if _are_numbers(one, other) else one


def _are_numbers(*listed: Any) -> bool:
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in listed)


def _once(listed: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for value in listed:
        if not _holds(found, value):
            found.append(value)
    return found


def _holds(listed: list[Any], value: Any) -> bool:
    """As JSON compares them: true is not 1."""
    return any(one == value and isinstance(one, bool) == isinstance(value, bool) for one in listed)
