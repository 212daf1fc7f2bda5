"""`pascom show`: what a service is for, takes and returns, and how to call it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from .._index import Body, Index, Operation, Parameter, Response, Schema
from .._printable import printable
from ..explore.compose import is_required
from ..explore.schemas import choices, fields, kinds, type_name, written
from ..explore.usage import ways_to_call
from .document import index_for, live_options, operation_named
from .instance import environment, instance_options
from .output import chosen, output_option, write_json
from .screen import coloured, width, wrapped

DEEPEST = 3  # levels of fields


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
    yield ""
    yield _notes(operation)
    if operation["parameters"]:
        yield from _head("Parameters")
        for parameter in operation["parameters"]:
            yield from _parameter(index, parameter, room)
    if operation["body"]:
        yield from _body(index, operation["body"], room)
    for response in operation["responses"]:
        yield from _response(index, response, room)
    ways = ways_to_call(index, operation, environ)
    for title, keys in TITLES.items():
        yield from _head(title)
        text = "\n".join(ways[key] for key in keys if key in ways)
        yield from (printable(f"  {line}") for line in text.splitlines())


# The shortest way first.
TITLES = {"In a terminal": ("command", "pascom"), "In Python": ("verb", "python"), "With curl": ("curl",)}


def _notes(operation: Operation) -> str:
    notes = ["documented"]
    colour = "green"
    if operation["assumed"]:
        notes = ["assumed: the vendor does not document it"]
        colour = "yellow"
    if operation["deprecated"]:
        notes.append("deprecated")
        colour = "yellow"
    return coloured(", ".join(notes), fg=colour)


def _head(text: str) -> Iterator[str]:
    yield ""
    yield coloured(text.rstrip(), bold=True)


def _parameter(index: Index, parameter: Parameter, room: int) -> Iterator[str]:
    details = [parameter["in"], type_name(index, parameter["schema"])]
    if parameter["default"] is not None:
        details.append(f"default {written(parameter['default'])}")
    yield _line(1, parameter["name"], is_required(parameter), ", ".join(details))
    yield from _choices(index, parameter["schema"], room, "      ")
    if parameter["description"]:
        yield from wrapped(parameter["description"], room, "      ")


def _choices(index: Index, schema: Schema, room: int, indent: str) -> Iterator[str]:
    if allowed := choices(index, schema):
        yield from wrapped("one of " + ", ".join(map(written, allowed)), room, indent)


def _body(index: Index, body: Body, room: int) -> Iterator[str]:
    note = "" if body["required"] else " (optional)"
    for media_type, schema in body["content"].items():
        yield from _head(f"Body  {media_type}{note}")
        yield from wrapped(body["description"], room, "  ")
        yield from tree(index, schema, room)


def _response(index: Index, response: Response, room: int) -> Iterator[str]:
    first_line = next(iter(response["description"].splitlines()), "")
    yield from _head(f"{response['status']}  {first_line}")
    for media_type, schema in response["content"].items():
        yield f"  {coloured(media_type, dim=True)}  {type_name(index, schema)}"
        yield from tree(index, schema, room)


def tree(index: Index, schema: Schema, room: int, level: int = 1, above: tuple[str, ...] = ()) -> Iterator[str]:
    """The fields of a body or an answer, nested; a schema within itself is left out."""
    if not isinstance(schema, dict) or level > DEEPEST:
        return
    name = str(schema.get("$ref", ""))
    if name and name in above:
        return
    if "array" in kinds(index, schema):
        items = index.reader.flat(schema).get("items", {})
        yield from tree(index, items, room, level, (*above, name))
        return
    offered = fields(index, schema)
    indent = "  " * level + "    "
    for field, part in offered.properties.items():
        if not isinstance(part, dict):
            continue
        yield _line(level, field, field in offered.required, type_name(index, part))
        yield from _choices(index, part, room, indent)
        if text := part.get("description") or index.reader.flat(part).get("description"):
            yield from wrapped(str(text).split("\n\n")[0], room, indent)
        yield from tree(index, part, room, level + 1, (*above, name))


def _line(level: int, name: str, required: bool, details: str) -> str:
    star = coloured("*", fg="red") if required else ""
    return f"{'  ' * level}{coloured(name, fg='cyan')}{star}  {coloured(details, dim=True)}"
