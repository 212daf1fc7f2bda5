"""`pascom services`: what a document offers, by tag."""

from __future__ import annotations

import click

from .._index import Index, Operation
from .._printable import printable
from ..errors import ConfigurationError
from ..explore.suggest import suggestion
from .document import index_for, live_options
from .instance import instance_options
from .output import chosen, console, output_option, plain_table, write_rows


@click.command()
@click.argument("tag", required=False)
@click.option("--search", metavar="WORD", help="Only operations that mention WORD.")
@output_option("table", "json", "ndjson")
@live_options
@instance_options()
def services(tag: str | None, search: str | None, output: str | None, live: bool | None) -> None:
    """Every documented service: tags and operations."""
    index = index_for(live)
    found = select(index, tag, search)
    if chosen(output) == "table":
        show_table(index, found)
        return
    write_rows(
        ({key: entry[key] for key in ("name", "method", "path", "summary", "assumed")} for entry in found),
        chosen(output),
    )


def select(index: Index, tag: str | None, search: str | None) -> list[Operation]:
    """The operations of a tag (all without one) that mention a word."""
    if tag is not None and tag not in index.tags:
        raise ConfigurationError(f"there is no tag {tag!r}{suggestion(tag, index.tags)}")
    word = (search or "").lower()
    return [
        operation
        for operation in index.operations.values()
        if tag in (None, operation["tag"]) and word in text_of(operation)
    ]


def text_of(operation: Operation) -> str:
    """What `--search` looks through."""
    names = " ".join(parameter["name"] for parameter in operation["parameters"])
    texts = (operation["name"], operation["path"], operation["summary"], operation["description"], names)
    return " ".join(texts).lower()


def show_table(index: Index, found: list[Operation]) -> None:
    """For a terminal: short lines, the assumed ones marked."""
    out = console()
    table = plain_table("Service", "", "", "Does", show_edge=False, expand=False)
    table.columns[0].no_wrap = True
    table.columns[3].overflow = "fold"
    before = None
    for operation in found:
        if before not in (None, operation["tag"]):
            table.add_row()
        before = operation["tag"]
        tag, _, name = operation["name"].partition(".")
        method = operation["method"].upper()
        mark = "[yellow]?[/]" if operation["assumed"] else ""
        service = f"[dim]{escape(tag)}.[/][bold cyan]{escape(name)}[/]"
        coloured_method = f"[{COLOURS.get(method, 'red')}]{method}[/]"
        table.add_row(service, coloured_method, mark, escape(operation["summary"] or operation["path"]))
    out.print(table)
    tags = len({operation["tag"] for operation in found})
    counted = f"{_count(len(found), 'service')} in {_count(tags, 'tag')}"
    click.echo(
        printable(f"{counted} of {index.title} {index.version}; ? assumed; pascom show SERVICE"),
        err=True,
    )


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


COLOURS = {"GET": "green", "POST": "yellow", "PUT": "yellow", "PATCH": "yellow"}


def escape(text: str) -> str:
    """Text that is no markup, nor anything a terminal obeys."""
    from rich.markup import escape as escaped

    return escaped(printable(text))
