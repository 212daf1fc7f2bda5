"""The templates' questions about a type: how to decode it, which models that needs, an enumeration's values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from openapi_python_client.parser.properties import LiteralEnumProperty, ModelProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.union import UnionProperty

from ..lower.unions import Discriminator

# The generator's types that are more than what JSON gives, and the function of `types.py` that makes them.
DECODERS = {
    "date_property.py.jinja": "as_date",
    "datetime_property.py.jinja": "as_datetime",
    "uuid_property.py.jinja": "as_uuid",
    "file_property.py.jinja": "as_file",
}
RAW, ANY = "raw", "Any"
WITHOUT_BODY = ("204", "205")


class Decoders:
    """Expressions for the functions that make types of what JSON gives."""

    def __init__(self, discriminators: Iterable[Discriminator]) -> None:
        self._discriminators = list(discriminators)

    def __call__(self, prop: Any) -> str:
        if isinstance(prop, ModelProperty):
            return f"{prop.class_info.name}.from_dict"
        if isinstance(prop, ListProperty):
            return self._list_of(self(prop.inner_property))
        if isinstance(prop, UnionProperty):
            return self._one_of(prop.inner_properties)
        return DECODERS.get(getattr(prop, "template", ""), RAW)

    def _list_of(self, inner: str) -> str:
        return RAW if inner == RAW else f"list_of({inner})"

    def _one_of(self, members: Iterable[Any]) -> str:
        listed = [one.inner_property for one in members if isinstance(one, ListProperty)]
        made = [self(one) for one in members if not isinstance(one, ListProperty)]
        if len(listed) == 1:
            made.append(self._list_of(self(listed[0])))
        elif listed:  # what stands in a list says which one it is
            inner = [one for item in listed for one in getattr(item, "inner_properties", [item])]
            made.append(self._list_of(self._one_of(inner)))
        arguments = [one for one in dict.fromkeys(made) if one != RAW]
        if not arguments:
            return RAW
        by = [
            self._by(one)
            for one in self._discriminators
            if {f"{name}.from_dict" for name in one.classes.values()} <= set(made)
        ]
        if len(arguments) == 1 and not by:
            return arguments[0]
        if by:
            arguments.append(f"by=({', '.join(by)},)")
        return f"one_of({', '.join(arguments)})"

    def _by(self, one: Discriminator) -> str:
        classes = ", ".join(f"{value!a}: {name}.from_dict" for value, name in one.classes.items())
        return f"({one.property!a}, {{{classes}}})"


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
    if parts == {"None"}:  # a function that only returns None can't be said to return what arrives all the same
        parts.add(ANY)
    return " | ".join(sorted(parts, key=lambda part: (part == "None", part)))


def _parts(prop: Any) -> list[str]:
    members = prop.inner_properties if isinstance(prop, UnionProperty) else [prop]
    return [str(member.get_type_string().as_unembedded_code()) for member in members]


def literals(values: Mapping[str, Iterable[Any]]) -> str:
    """The values that properties have, as Python code."""
    entries = (f"{name!a}: ({', '.join(map(ascii, listed))},)" for name, listed in values.items())
    return f"{{{', '.join(entries)}}}"


def enum_values(enum: LiteralEnumProperty) -> str:
    """An enumeration's values as Python code: text and whole numbers only, in their own spelling."""
    return ", ".join(ascii(value) for value in sorted(enum.values))
