"""`pascom show`: what one service is for, what it takes and gives, and how to call it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from .._index import Index, Operation, Parameter, Schema
from .._printable import printable
from ..explore.schemas import choices, fields, kinds, type_name, written
from ..explore.usage import ways_to_call
from .document import index_for, live_options, operation_named
from .instance import environment, instance_options
from .output import chosen, output_option, write_json
from .screen import coloured, width, wrapped

DEEP = 3


@click.command()
@click.argument("service", metavar="TAG.OPERATION")
@output_option("table", "json")
@live_options
@instance_options()
def show(service: str, output: str | None, live: bool | None) -> None:
    """What a service is for, what it takes and gives, and how to call it."""
    index = index_for(live)
    operation = operation_named(index, service)
    if chosen(output) == "json":
        write_json({**operation, "examples": ways_to_call(index, operation, environment())})
        return
    for line in page(index, operation, environment()):
        click.echo(line)


def page(index: Index, operation: Operation, environ: Mapping[str, str]) -> Iterator[str]:
    """The lines for a terminal."""
    room = min(width(), 100)
    yield coloured(operation["name"], bold=True) + printable(f"  {operation['method'].upper()} {operation['path']}")
    for text in (operation["summary"], operation["description"]):
        if text:
            yield ""
            yield from wrapped(text, room)
    notes = ["assumed: the vendor does not document it" if operation["assumed"] else "documented"]
    if operation["deprecated"]:
        notes.append("deprecated")
    yield ""
    yield coloured(", ".join(notes), fg="yellow" if len(notes) > 1 or operation["assumed"] else "green")
    if operation["parameters"]:
        yield from _head("Parameters")
        for parameter in operation["parameters"]:
            yield from _parameter(index, parameter, room)
    if body := operation["body"]:
        for kind, schema in body["content"].items():
            yield from _head(f"Body  {kind}{'' if body['required'] else ' (optional)'}")
            yield from wrapped(body["description"], room, "  ")
            yield from tree(index, schema, room)
    for response in operation["responses"]:
        yield from _head(
            f"{response['status']}  {response['description'].splitlines()[0] if response['description'] else ''}"
        )
        for kind, schema in response["content"].items():
            yield f"  {coloured(kind, dim=True)}  {type_name(index, schema)}"
            yield from tree(index, schema, room)
    for title, text in zip(
        ("In a terminal", "With curl", "In Python"),
        ways_to_call(index, operation, environ).values(),
        strict=True,
    ):
        yield from _head(title)
        yield from (printable(f"  {line}") for line in text.splitlines())


def _head(text: str) -> Iterator[str]:
    yield ""
    yield coloured(text.rstrip(), bold=True)


def _parameter(index: Index, parameter: Parameter, room: int) -> Iterator[str]:
    needed = parameter["required"] or parameter["in"] == "path"
    details = [parameter["in"], type_name(index, parameter["schema"])]
    if parameter["default"] is not None:
        details.append(f"default {written(parameter['default'])}")
    yield _line(1, parameter["name"], needed, ", ".join(details))
    if known := choices(index, parameter["schema"]):
        yield from wrapped("one of " + ", ".join(written(one) for one in known), room, "      ")
    if parameter["description"]:
        yield from wrapped(parameter["description"], room, "      ")


def tree(index: Index, schema: Schema, room: int, level: int = 1, above: tuple[str, ...] = ()) -> Iterator[str]:
    """A body's or an answer's fields, nested; what contains itself is shown once."""
    if not isinstance(schema, dict) or level > DEEP:
        return
    name = str(schema.get("$ref", ""))
    if name and name in above:
        return
    if "array" in kinds(index, schema):
        yield from tree(index, index.reader.flat(schema).get("items", {}), room, level, (*above, name))
        return
    found = fields(index, schema)
    for field, part in found.properties.items():
        if not isinstance(part, dict):
            continue
        inner = index.reader.flat(part)
        yield _line(level, field, field in found.required, type_name(index, part))
        pad = "  " * level + "    "
        if known := choices(index, part):
            yield from wrapped("one of " + ", ".join(written(one) for one in known), room, pad)
        if text := part.get("description") or inner.get("description"):
            yield from wrapped(str(text).split("\n\n")[0], room, pad)
        yield from tree(index, part, room, level + 1, (*above, name))


def _line(level: int, name: str, needed: bool, details: str) -> str:
    star = coloured("*", fg="red") if needed else ""
    return f"{'  ' * level}{coloured(name, fg='cyan')}{star}  {coloured(details, dim=True)}"
