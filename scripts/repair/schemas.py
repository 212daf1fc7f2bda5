"""Step 3, for each schema: types that exist, required as a list, enumerations and defaults of the right type.

Each function repairs one problem of one schema, in place; `REPAIRS` states their order.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..tree import At
from .log import Log
from .shapes import Shapes, as_number

TYPES = ("string", "number", "integer", "boolean", "array", "object", "null")

# What people write for a type: the type, and the format it says as well. Types of PHP, Java, C# and SQL, formats of
# OpenAPI, and Swagger 2.0's `file`.
KNOWN_AS: dict[str, tuple[str | None, str | None]] = {
    **dict.fromkeys(("str", "text", "varchar", "char", "longtext", "mediumtext", "enum", "url"), ("string", None)),
    **dict.fromkeys(("time", "base64", "phone", "json string", "timestamptz"), ("string", None)),
    **{name: ("string", name) for name in ("email", "password", "uuid", "date", "byte", "uri")},
    **dict.fromkeys(("datetime", "date-time", "timestamp", "date time"), ("string", "date-time")),
    **dict.fromkeys(("file", "binary", "image", "upload", "blob"), ("string", "binary")),
    **dict.fromkeys(
        ("int", "int32", "int64", "long", "bigint", "smallint", "tinyint", "unsignedint"), ("integer", None)
    ),
    **dict.fromkeys(("float", "double", "decimal", "real", "numeric", "num"), ("number", None)),
    "bool": ("boolean", None),
    **dict.fromkeys(("list", "collection", "set", "arrayobject"), ("array", None)),
    **dict.fromkeys(("dict", "map", "hash", "hashmap", "stdclass", "struct", "obj"), ("object", None)),
    **dict.fromkeys(("none", "nil", "void"), ("null", None)),
}

Schema = dict[str, Any]


def repair_schema(schema: Schema, at: At, shapes: Shapes) -> None:
    for repair_of_one_problem in REPAIRS:
        repair_of_one_problem(schema, at, shapes.log)
    if shapes.version == "3.0":
        said_as_in_30(schema, at, shapes.log)


def known_type(schema: Schema, at: At, log: Log) -> None:
    """`int`, `String`, `file`, `string|null`, `Foo[]` (phpDoc), `varchar(255)` (a migration): the type that exists."""
    if "type" not in schema:
        return
    written = schema["type"]
    if written in TYPES:
        return
    if isinstance(written, list) and written and all(name in TYPES for name in written):
        return
    del schema["type"]
    if isinstance(written, dict):
        for key, value in written.items():
            schema.setdefault(key, value)
        log.fix((*at, "type"), "an object where the name of a type belongs", "taken as the schema it is")
        known_type(schema, at, log)
        return
    problem = "the type something, which doesn't exist"
    if isinstance(written, str) and len(written) < 40:
        problem = f"the type `{written}`, which doesn't exist"
    types = _types_in(written, schema)
    if not types:
        log.fix((*at, "type"), problem, "taken as any type")
        return
    different = list(dict.fromkeys(types))
    schema["type"] = types[0] if len(types) == 1 else different
    log.fix((*at, "type"), problem, f"taken as {' or '.join(different)}")


def _types_in(written: Any, schema: Schema) -> list[str]:
    """The types that `written` names, which may say an item's type or a format as well."""
    names: list[Any] = []
    if isinstance(written, list):
        names = written
    elif isinstance(written, str):
        names = re.split(r"[|,]", written)
    types = (_type(str(name).strip(), schema) for name in names)
    return [type_ for type_ in types if type_]


def _type(name: str, schema: Schema) -> str | None:
    lower = name.lower().lstrip("?")
    item = re.fullmatch(r"(?:array|list)<(.+)>|(.+)\[\]", lower)
    if item:
        schema.setdefault("items", {"type": item[1] or item[2]})
        return "array"
    if lower in TYPES:
        return lower
    without_length = re.sub(r"\s*\(.*\)$", "", lower)  # varchar(255)
    type_, format_ = KNOWN_AS.get(without_length, (None, None))
    if format_ is not None:
        schema.setdefault("format", format_)
    return type_


def required_as_list(schema: Schema, at: At, log: Log) -> None:
    """`required: true` on a property (as in JSON Schema's draft 3) belongs into its object's list."""
    properties = schema.get("properties")
    if isinstance(properties, dict):
        names = _required_properties(properties, at, log)
        if names:
            listed = schema.get("required")
            before = listed if isinstance(listed, list) else []
            schema["required"] = [*before, *(name for name in names if name not in before)]
    if "required" in schema:
        _required(schema, at, log)


def _required_properties(properties: Schema, at: At, log: Log) -> list[str]:
    """The properties that say of themselves that they are required; they no longer do."""
    names = []
    for name, inner in properties.items():
        if not isinstance(inner, dict) or "required" not in inner or isinstance(inner["required"], (list, dict)):
            continue
        flag = inner.pop("required")
        here = (*at, "properties", name, "required")
        log.fix(here, "`required` on a property", "moved to its object's list")
        if str(flag).lower() in ("true", "1", "yes"):
            names.append(name)
    return names


def _required(schema: Schema, at: At, log: Log) -> None:
    here = (*at, "required")
    written = schema["required"]
    names = _names_in(written, schema)
    if names:
        if names != written:
            log.fix(here, "`required` that is no list of names", "kept the names in it")
        schema["required"] = names
        return
    del schema["required"]
    if written == []:  # harmless, but 3.0 doesn't allow it
        log.fix(here, "an empty list of required names", "left out")
    else:
        log.fix(here, "`required` that is no list of names", "left out")


def _names_in(required: Any, schema: Schema) -> list[str]:
    if isinstance(required, list):
        return list(dict.fromkeys(name for name in required if isinstance(name, str)))
    if isinstance(required, dict):
        return [name for name in required.values() if isinstance(name, str)]
    properties = schema.get("properties")
    if isinstance(required, str) and isinstance(properties, dict) and required in properties:
        return [required]
    return []


def items_of_array(schema: Schema, at: At, log: Log) -> None:
    """An array has items, one schema for all of them; JSON Schema before 2020-12 had a list of them for a tuple."""
    items = schema.get("items")
    if isinstance(items, list) and items:
        schema["items"] = items[0] if len(items) == 1 else {"anyOf": items}
        log.fix((*at, "items"), "a list of schemas where one belongs", "taken as any of them")
    elif "items" not in schema and "prefixItems" not in schema and "array" in _types(schema):
        schema["items"] = {}
        log.fix(at, "an array that doesn't say of what", "its items can be anything")


def values_of_enum(schema: Schema, at: At, log: Log) -> None:
    """An enumeration is a list of different values of the schema's type."""
    if "enum" not in schema:
        return
    here = (*at, "enum")
    values = _enum_as_list(schema["enum"], here, log)
    types = _types(schema)
    if types == ["array"] and values and not any(isinstance(value, list) for value in values):
        items = schema.get("items")
        if isinstance(items, dict) and "$ref" not in items:
            items.setdefault("enum", values)
        del schema["enum"]
        log.fix(here, "an array's enumeration that lists its items' values", "moved to the items")
        return
    converted = [_as_type(value, types) for value in values]
    if any(new is not old for new, old in zip(converted, values, strict=True)):
        log.fix(here, "values of another type than the enumeration's", "read as that type")
    different = [value for number, value in enumerate(converted) if _first_index(value, converted) == number]
    if len(different) < len(converted):
        log.fix(here, "a value listed twice", "listed once")
    if different:
        schema["enum"] = different
    else:
        del schema["enum"]
        log.fix(here, "an enumeration without values", "left out")


def _enum_as_list(values: Any, at: At, log: Log) -> list[Any]:
    if isinstance(values, list):
        return values
    if isinstance(values, dict):  # PHP's json_encode, of an array with keys
        log.fix(at, "an object where a list of values belongs", "its values are the list")
        return list(values.values())
    log.fix(at, "one value where a list belongs", "read as a list of one")
    return [values]


def _first_index(value: Any, values: list[Any]) -> int:
    """Where `value` first stands; `1`, `1.0` and `true` are different values here, unlike in Python."""
    return next(n for n, other in enumerate(values) if type(other) is type(value) and other == value)


def default_of_type(schema: Schema, at: At, log: Log) -> None:
    """A default has the schema's type, and is one of its values; in annotations it often stands in quotes."""
    default = schema.get("default")
    if default is None:
        return
    types = _types(schema)
    value = _as_type(default, types)
    is_typed = not types or any(_is(value, type_) for type_ in types)
    if not is_typed or value not in (schema.get("enum") or [value]):
        del schema["default"]
        log.fix((*at, "default"), "a default that isn't a possible value", "left out")
    elif value is not default:
        schema["default"] = value
        log.fix((*at, "default"), "a default of another type", "read as that type")


def limits_of_version(schema: Schema, at: At, log: Log) -> None:
    """`exclusiveMinimum` is a flag (3.0) or a number (3.1); anything else says nothing."""
    for key in ("exclusiveMinimum", "exclusiveMaximum"):
        if key in schema and not isinstance(schema[key], (bool, int, float)):
            _limit(schema, key, (*at, key), log)
    number = as_number(schema.get("multipleOf"))
    if number is not None and number <= 0:
        log.fix((*at, "multipleOf"), "multiples of nothing", "left out")
        del schema["multipleOf"]


def _limit(schema: Schema, key: str, at: At, log: Log) -> None:
    problem = "a limit that is neither a flag nor a number"
    number = as_number(schema.pop(key))
    if number is None:
        log.fix(at, problem, "left out")
    else:
        schema[key] = number
        log.fix(at, problem, "read as the number")


def parts_not_empty(schema: Schema, at: At, log: Log) -> None:
    """`allOf: []` says nothing."""
    for key in ("allOf", "anyOf", "oneOf", "prefixItems"):
        if schema.get(key) in ([], {}):
            log.fix((*at, key), f"an empty `{key}`", "left out")
            del schema[key]


REPAIRS: tuple[Callable[[Schema, At, Log], None], ...] = (
    known_type,
    required_as_list,
    items_of_array,
    values_of_enum,
    default_of_type,
    limits_of_version,
    parts_not_empty,
)


def said_as_in_30(schema: Schema, at: At, log: Log) -> None:
    """3.0 has one type, `nullable` instead of null, and no `const`: these schemas were written as JSON Schema."""
    types = schema.get("type")
    if types == "null" or isinstance(types, list):
        _type_as_in_30(schema, [types] if isinstance(types, str) else types)
        log.fix((*at, "type"), "types as in OpenAPI 3.1", "said as in 3.0")
    if "const" in schema:
        schema.setdefault("enum", [schema.pop("const")])
        log.fix((*at, "const"), "a constant as in OpenAPI 3.1", "said as in 3.0")


def _type_as_in_30(schema: Schema, types: list[str]) -> None:
    if "null" in types:
        schema["nullable"] = True
    del schema["type"]
    others = [type_ for type_ in types if type_ != "null"]
    if len(others) == 1:
        schema["type"] = others[0]
    elif others:
        alternatives: list[Schema] = [{"type": type_} for type_ in others]
        if "items" in schema:
            items = schema.pop("items")
            for alternative in alternatives:
                if alternative["type"] == "array":
                    alternative["items"] = items
        schema.setdefault("anyOf", alternatives)


def _types(schema: Schema) -> list[str]:
    types = schema.get("type")
    if not types:
        return []
    if not isinstance(types, list):
        types = [types]
    if schema.get("nullable") and "null" not in types:
        return [*types, "null"]
    return types


def _as_type(value: Any, types: list[str]) -> Any:
    """`value` itself if it has one of the types, else what it says in the first type that it can be read as."""
    if not types or any(_is(value, type_) for type_ in types):
        return value
    for type_ in types:
        converted = _converted(value, type_)
        if converted is not None:
            return converted
    return value


def _converted(value: Any, type_: str) -> Any:
    """What `value` says in the type; None if it says nothing in that."""
    if type_ == "string" and isinstance(value, (bool, int, float)):
        text = str(value)
        return text.lower() if isinstance(value, bool) else text
    if type_ == "number" and isinstance(value, str):
        return as_number(value)
    if type_ == "integer" and isinstance(value, str):
        number = as_number(value)
        return int(number) if number is not None and number == int(number) else None
    word = str(value).lower()
    if type_ == "boolean" and word in ("true", "false", "1", "0"):
        return word in ("true", "1")
    return None


def _is(value: Any, type_: str) -> bool:
    if value is None:
        return type_ == "null"
    if isinstance(value, bool):
        return type_ == "boolean"
    if isinstance(value, (int, float)):
        return type_ == "number" or (type_ == "integer" and value == int(value))
    if isinstance(value, str):
        return type_ == "string"
    return type_ == ("array" if isinstance(value, list) else "object")
