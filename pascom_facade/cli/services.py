"""`pascom services`: a document's operations, by tag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .._index import Index, Operation
from .._printable import printable
from ..errors import ConfigurationError
from ..explore.suggest import suggestion
from .client import client_index
from .document import found_live, live_options, page_given, wants_live
from .fits import Fit, fit_of, kept_fit, remembered_fit
from .instance import environment, given, instance_options
from .output import chosen, console, output_option, plain_table, write_rows
from .status import say

if TYPE_CHECKING:
    from .live import Live


@click.command()
@click.argument("tag", required=False)
@click.option("--search", metavar="WORD", help="Only operations that mention WORD.")
@output_option("table", "json", "ndjson")
@live_options
@instance_options()
def services(tag: str | None, search: str | None, output: str | None, live: bool | None) -> None:
    """Every documented service: tags and operations."""
    if wants_live(live):
        found = found_live(with_document=True)
        index, fit = found.index, _fit(found)
    else:
        index, fit = client_index(environment()), remembered_fit(environment(), page_given(), given().get("name"))
    operations = select(index, tag, search)
    if chosen(output) == "table":
        show_table(index, operations)
    else:
        write_rows(map(_row, operations), chosen(output))
    if fit and not fit.is_good:
        say(f"the client doesn't fit the instance: {fit.words()}")


def _fit(found: Live) -> Fit | None:
    if found.document is None:
        return None
    environ = environment()
    return fit_of(found.document, environ, kept_fit(environ, page_given(), given().get("name")))


def _row(operation: Operation) -> dict[str, Any]:
    return {
        "name": operation["name"],
        "method": operation["method"],
        "path": operation["path"],
        "summary": operation["summary"],
        "assumed": operation["assumed"],
    }


def select(index: Index, tag: str | None, search: str | None) -> list[Operation]:
    """The operations of a tag (of all tags without one) that mention a word."""
    if tag is not None and tag not in index.tags:
        raise ConfigurationError(f"there is no tag {tag!r}{suggestion(tag, index.tags)}")
    word = (search or "").lower()
    return [
        operation
        for operation in index.operations.values()
        if tag in (None, operation["tag"]) and word in text_of(operation)
    ]


def text_of(operation: Operation) -> str:
    """The text that `--search` searches, in lower case."""
    names = " ".join(parameter["name"] for parameter in operation["parameters"])
    texts = (operation["name"], operation["path"], operation["summary"], operation["description"], names)
    return " ".join(texts).lower()


def show_table(index: Index, operations: list[Operation]) -> None:
    """For a terminal: short lines, a gap between tags, a mark on assumed operations."""
    out = console()
    table = plain_table("Service", "", "", "Does", show_edge=False, expand=False)
    table.columns[0].no_wrap = True
    table.columns[3].overflow = "fold"
    previous_tag = None
    for operation in operations:
        if previous_tag not in (None, operation["tag"]):
            table.add_row()
        previous_tag = operation["tag"]
        table.add_row(*_cells(operation))
    out.print(table)
    tags = {operation["tag"] for operation in operations}
    counts = f"{_count(len(operations), 'service')} in {_count(len(tags), 'tag')}"
    text = f"{counts} of {index.title} {index.version}; ? assumed; pascom show SERVICE"
    click.echo(printable(text), err=True)


def _cells(operation: Operation) -> tuple[str, str, str, str]:
    tag, _, name = operation["name"].partition(".")
    method = operation["method"].upper()
    colour = COLOURS.get(method, "red")
    mark = "[yellow]?[/]" if operation["assumed"] else ""
    text = operation["summary"] or operation["path"]
    service = f"[dim]{escape(tag)}.[/][bold cyan]{escape(name)}[/]"
    return service, f"[{colour}]{method}[/]", mark, escape(text)


def _count(number: int, noun: str) -> str:
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun}s"


COLOURS = {"GET": "green", "POST": "yellow", "PUT": "yellow", "PATCH": "yellow"}


def escape(text: str) -> str:
    """Text that rich does not read as markup, without control characters for the terminal."""
    from rich.markup import escape as escaped

    return escaped(printable(text))
