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

# What people write for a type: the type, and the format it says as well.
MEANT: dict[str, tuple[str | None, str | None]] = {
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
    for one_repair in REPAIRS:
        one_repair(schema, at, shapes.log)
    if shapes.version == "3.0":
        said_as_in_30(schema, at, shapes.log)


def known_type(schema: Schema, at: At, log: Log) -> None:
    """`int`, `String`, `file`, `string|null`, `Foo[]`: the type that exists."""
    written = schema.get("type")
    if "type" not in schema or written in TYPES:
        return
    if isinstance(written, list) and written and all(one in TYPES for one in written):
        return
    del schema["type"]
    if isinstance(written, dict):
        for key, value in written.items():
            schema.setdefault(key, value)
        log.fix((*at, "type"), "an object where the name of a type belongs", "taken as the schema it is")
        known_type(schema, at, log)
        return
    names = written if isinstance(written, list) else re.split(r"[|,]", written) if isinstance(written, str) else []
    types = [found for name in names if (found := _type(str(name).strip(), schema))]
    spelled = f"`{written}`" if isinstance(written, str) and len(written) < 40 else "something"
    problem = f"the type {spelled}, which doesn't exist"
    if not types:
        log.fix((*at, "type"), problem, "taken as any type")
        return
    schema["type"] = types[0] if len(types) == 1 else list(dict.fromkeys(types))
    meant = schema["type"] if isinstance(schema["type"], str) else " or ".join(schema["type"])
    log.fix((*at, "type"), problem, f"taken as {meant}")


def _type(name: str, schema: Schema) -> str | None:
    lower = name.lower().lstrip("?")
    item = re.fullmatch(r"(?:array|list)<(.+)>|(.+)\[\]", lower)
    if item:
        schema.setdefault("items", {"type": item[1] or item[2]})
        return "array"
    if lower in TYPES:
        return lower
    base = re.sub(r"\s*\(.*\)$", "", lower)  # varchar(255)
    found, written_format = MEANT.get(base, (None, None))
    if written_format is not None:
        schema.setdefault("format", written_format)
    return found


def required_as_list(schema: Schema, at: At, log: Log) -> None:
    """`required: true` on a property belongs into its object's list."""
    properties = schema.get("properties")
    if isinstance(properties, dict):
        wanted = []
        for name, inner in properties.items():
            if isinstance(inner, dict) and "required" in inner and not isinstance(inner["required"], (list, dict)):
                says = inner.pop("required")
                is_required = str(says).lower() in ("true", "1", "yes")
                log.fix(
                    (*at, "properties", name, "required"),
                    "`required` on a property",
                    "moved to its object's list",
                )
                wanted += [name] if is_required else []
        if wanted:
            listed = schema.get("required")
            before = listed if isinstance(listed, list) else []
            schema["required"] = [*before, *(name for name in wanted if name not in before)]
    if "required" in schema:
        _required(schema, at, log)


def _required(schema: Schema, at: At, log: Log) -> None:
    written = schema["required"]
    if isinstance(written, str) and isinstance(schema.get("properties"), dict) and written in schema["properties"]:
        names = [written]
    elif isinstance(written, dict):
        names = [name for name in written.values() if isinstance(name, str)]
    elif isinstance(written, list):
        names = list(dict.fromkeys(name for name in written if isinstance(name, str)))
        if names == written and names:
            return
    else:
        names = []
    if names or written != []:  # an empty list is harmless, but 3.0 doesn't allow it
        log.fix(
            (*at, "required"),
            "`required` that is no list of names",
            "kept the names in it" if names else "left out",
        )
    if names:
        schema["required"] = names
    else:
        del schema["required"]
        if written == []:
            log.fix((*at, "required"), "an empty list of required names", "left out")


def items_of_array(schema: Schema, at: At, log: Log) -> None:
    """An array has items, one schema for all of them."""
    is_array = "array" in _types(schema)
    items = schema.get("items")
    if isinstance(items, list) and items:
        schema["items"] = items[0] if len(items) == 1 else {"anyOf": items}
        log.fix((*at, "items"), "a list of schemas where one belongs", "taken as any of them")
    elif is_array and "items" not in schema and "prefixItems" not in schema:
        schema["items"] = {}
        log.fix(at, "an array that doesn't say of what", "its items can be anything")


def values_of_enum(schema: Schema, at: At, log: Log) -> None:
    """An enumeration is a list of different values of the schema's type."""
    if "enum" not in schema:
        return
    here = (*at, "enum")
    values = schema["enum"]
    if isinstance(values, dict):
        values = list(values.values())
        log.fix(here, "an object where a list of values belongs", "its values are the list")
    elif not isinstance(values, list):
        values = [values]
        log.fix(here, "one value where a list belongs", "read as a list of one")
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
    different = [value for number, value in enumerate(converted) if _place(value, converted) == number]
    if len(different) < len(converted):
        log.fix(here, "a value listed twice", "listed once")
    if not different:
        del schema["enum"]
        log.fix(here, "an enumeration without values", "left out")
    else:
        schema["enum"] = different


def _place(value: Any, values: list[Any]) -> int:
    return next(n for n, other in enumerate(values) if type(other) is type(value) and other == value)


def default_of_type(schema: Schema, at: At, log: Log) -> None:
    """A default has the schema's type, and is one of its values."""
    default = schema.get("default")
    if default is None:
        return
    types = _types(schema)
    value = _as_type(default, types)
    values = schema.get("enum") or [value]
    if (types and not any(_is(value, one) for one in types)) or value not in values:
        del schema["default"]
        log.fix((*at, "default"), "a default that isn't a possible value", "left out")
    elif value is not default:
        schema["default"] = value
        log.fix((*at, "default"), "a default of another type", "read as that type")


def limits_of_version(schema: Schema, at: At, log: Log) -> None:
    """`exclusiveMinimum` is a flag or a number; anything else says nothing."""
    for key in ("exclusiveMinimum", "exclusiveMaximum"):
        if key in schema and not isinstance(schema[key], (bool, int, float)):
            number = as_number(schema[key])
            made = "left out" if number is None else "read as the number"
            log.fix((*at, key), "a limit that is neither a flag nor a number", made)
            del schema[key]
            if number is not None:
                schema[key] = number
    if (number := as_number(schema.get("multipleOf"))) is not None and number <= 0:
        log.fix((*at, "multipleOf"), "multiples of nothing", "left out")
        del schema["multipleOf"]


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
    """3.0 has one type, `nullable` instead of null, and no `const`."""
    types = schema.get("type")
    if types == "null" or isinstance(types, list):
        rest = [one for one in types if one != "null"] if isinstance(types, list) else []
        if len(rest) < len(types) or types == "null":
            schema["nullable"] = True
        del schema["type"]
        if len(rest) == 1:
            schema["type"] = rest[0]
        elif rest:
            items = {"items": schema.pop("items")} if "items" in schema else {}
            schema.setdefault("anyOf", [{"type": one, **(items if one == "array" else {})} for one in rest])
        log.fix((*at, "type"), "types as in OpenAPI 3.1", "said as in 3.0")
    if "const" in schema:
        schema.setdefault("enum", [schema.pop("const")])
        log.fix((*at, "const"), "a constant as in OpenAPI 3.1", "said as in 3.0")


def _types(schema: Schema) -> list[str]:
    written = schema.get("type")
    types = written if isinstance(written, list) else [written] if written else []
    return [*types, "null"] if types and schema.get("nullable") and "null" not in types else types


def _as_type(value: Any, types: list[str]) -> Any:
    """`value` itself if it has one of the types, else what it says in the first type that it can be read as."""
    if not types or any(_is(value, one) for one in types):
        return value
    for one in types:
        if one == "string" and isinstance(value, (bool, int, float)):
            return str(value).lower() if isinstance(value, bool) else str(value)
        if one in ("integer", "number") and isinstance(value, str):
            number = as_number(value)
            if number is not None and (one == "number" or number == int(number)):
                return int(number) if one == "integer" else number
        if one == "boolean" and str(value).lower() in ("true", "false", "1", "0"):
            return str(value).lower() in ("true", "1")
    return value


def _is(value: Any, type_: str) -> bool:
    if isinstance(value, bool) or value is None:
        return type_ == ("null" if value is None else "boolean")
    if isinstance(value, (int, float)):
        return type_ == "number" or (type_ == "integer" and value == int(value))
    json_type = "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"
    return type_ == json_type
