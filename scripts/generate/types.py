"""The templates' questions about a type: how to decode it, which models that needs, an enumeration's values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from openapi_python_client.parser.properties import LiteralEnumProperty, ModelProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.union import UnionProperty

# The generator's types that are more than what JSON gives, and the function of `types.py` that makes them.
DECODERS = {
    "date_property.py.jinja": "as_date",
    "datetime_property.py.jinja": "as_datetime",
    "uuid_property.py.jinja": "as_uuid",
    "file_property.py.jinja": "as_file",
}
RAW, ANY = "raw", "Any"
WITHOUT_BODY = ("204", "205")


def decoder(prop: Any) -> str:
    """An expression for the function that makes the type of what JSON gives."""
    if isinstance(prop, ModelProperty):
        return f"{prop.class_info.name}.from_dict"
    if isinstance(prop, ListProperty):
        inner = decoder(prop.inner_property)
        return RAW if inner == RAW else f"list_of({inner})"
    if isinstance(prop, UnionProperty):
        decoders = dict.fromkeys(decoder(inner) for inner in prop.inner_properties)
        decoders.pop(RAW, None)
        return f"one_of({', '.join(decoders)})" if decoders else RAW
    return DECODERS.get(getattr(prop, "template", ""), RAW)


def models_in(props: Iterable[Any]) -> list[tuple[str, str]]:
    """(module, class) of each model that decoding these types needs."""
    found: set[tuple[str, str]] = set()
    for prop in props:
        if isinstance(prop, ModelProperty):
            found.add((str(prop.class_info.module_name), str(prop.class_info.name)))
        elif isinstance(prop, ListProperty):
            found.update(models_in([prop.inner_property]))
        elif isinstance(prop, UnionProperty):
            found.update(models_in(prop.inner_properties))
    return sorted(found)


def classes_in(props: Iterable[Any]) -> list[tuple[str, str]]:
    """(module, class) of each model and enumeration that these types name."""
    found: set[tuple[str, str]] = set()
    for prop in props:
        if isinstance(prop, (ModelProperty, LiteralEnumProperty)):
            found.add((str(prop.class_info.module_name), str(prop.class_info.name)))
        elif isinstance(prop, ListProperty):
            found.update(classes_in([prop.inner_property]))
        elif isinstance(prop, UnionProperty):
            found.update(classes_in(prop.inner_properties))
    return sorted(found)


def returned_type(endpoint: Any, fact: Mapping[str, Any]) -> str:
    """What an operation returns: None, too, unless each documented success has a body of a type."""
    types = {str(answer.status_code.pattern): _parts(answer.prop) for answer in endpoint.responses}
    statuses = [one.get_untrusted_value() for one in fact["statuses"]]
    successes = [one for one in statuses if one.startswith("2")] or [one for one in statuses if one == "default"]
    of_successes = [types.get(one, ["None"] if one in WITHOUT_BODY else [ANY]) for one in successes]
    parts = {part for listed in (*types.values(), *of_successes) for part in listed} or {ANY}
    if not successes or [ANY] in of_successes:
        parts.add("None")
    return " | ".join(sorted(parts, key=lambda part: (part == "None", part)))


def _parts(prop: Any) -> list[str]:
    members = prop.inner_properties if isinstance(prop, UnionProperty) else [prop]
    return [str(member.get_type_string().as_unembedded_code()) for member in members]


def enum_values(enum: LiteralEnumProperty) -> str:
    """An enumeration's values as Python code: text and whole numbers only, in their own spelling."""
    return ", ".join(ascii(value) for value in sorted(enum.values))
