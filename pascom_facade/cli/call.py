"""`pascom call`: any documented service, by name, without the generated models."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .._files import replacing_bytes
from .._printable import json_text, paragraphs, printable
from .._words import quoted
from ..explore.compose import Request, compose
from .document import index_for, live_options, operation_named
from .instance import environment, instance_options, open_instance
from .output import chosen, console, output_option, plain_table, write_json, write_rows
from .status import say
from .streams import accepted

if TYPE_CHECKING:
    from .._sync.client import Pascom
    from ..answers import Answer

SAFE = ("GET", "HEAD", "OPTIONS")
EMPTY: tuple[Any, ...] = (None, "", [], {})


@click.command()
@click.argument("service", metavar="TAG.OPERATION")
@click.argument("words", nargs=-1, metavar="[name=value | name:=json | @FILE]…")
@click.option("--dry-run", is_flag=True, help="Say what would be sent, as curl (-o json: as data); send nothing.")
@click.option("-y", "--yes", is_flag=True, help="Don't ask before something is changed on the instance.")
@click.option("-i", "--include", is_flag=True, help="Status and headers of the answer, on stderr.")
@click.option("--to", metavar="FILE", type=click.Path(dir_okay=False), help="Write the answer's bytes there.")
@click.option("--content-type", metavar="TYPE", help="Of several kinds of body, this one.")
@output_option("table", "json", "ndjson", "csv", "raw")
@live_options
@instance_options(short=False)
def call(
    service: str,
    words: tuple[str, ...],
    dry_run: bool,
    yes: bool,
    include: bool,
    to: str | None,
    content_type: str | None,
    output: str | None,
    live: bool | None,
) -> None:
    """Call a documented service.

    name=value is text made to fit the documented type (what doesn't fit is sent as it is, with a warning);
    name:=json is JSON; @FILE (or @- for stdin) is the whole body, name@FILE a part of it. Names are those of
    `pascom show`; lists are a,b,c or given several times.
    """
    index = index_for(live)
    operation = operation_named(index, service)
    request = compose(index, operation, words, content_type)
    for doubt in request.doubts:
        say(f"{doubt}; sent as it is")
    if dry_run:
        _show_request(request, output)
        return
    if request.method not in SAFE and not yes:
        _ask(request, operation["name"])
    with open_instance() as pbx:
        if to:
            _save(pbx, request, Path(to), include)
            return
        headers = request.headers or None
        answer = pbx.request(request.method, request.path, content=request.content, headers=headers)
    if include:
        _show_head(answer)
    with nullcontext() if request.method in SAFE else accepted():
        show_answer(answer, output)


def _save(pbx: Pascom, request: Request, target: Path, include: bool) -> None:
    """Stream the answer into the file, which appears once it is complete; memory stays flat."""
    headers = {"Accept-Encoding": "identity", **request.headers}
    streaming = pbx._http.streaming(request.method, request.path, content=request.content, headers=headers)
    with streaming as (answer, chunks):
        if include:
            _show_head(answer)
        coding = answer.headers.get("content-encoding", "identity")
        if coding != "identity":
            raise answer.unexpected(f"bytes packed with {quoted(coding)}, unasked")
        with replacing_bytes(target) as file:
            for chunk in chunks:
                file.write(chunk)
            size = file.tell()
    click.echo(f"{target}: {size:,} bytes", err=True)


def _show_head(answer: Answer) -> None:
    click.echo(f"{answer.status}", err=True)
    for name, value in answer.headers.items():
        click.echo(printable(f"{name}: {value}"), err=True)


def _show_request(request: Request, output: str | None) -> None:
    from ..explore.curl import base, curl

    environ = environment()
    if output != "json":
        click.echo(paragraphs(curl(request, environ)))
        return
    body = None
    if request.content is not None:
        body = request.content.decode("utf-8", "replace")
    url = base(environ) + request.path
    write_json({"method": request.method, "url": url, "headers": request.headers, "body": body})


def _ask(request: Request, name: str) -> None:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError(f"{name} ({request.method}) may change something on the instance; add --yes")
    if not click.confirm(f"{name} ({request.method}) may change something on the instance. Send?", err=True):
        raise click.ClickException("not sent")


def show_answer(answer: Answer, output: str | None) -> None:
    """Write the answer's data in the format asked for; without one, anything but JSON as it is."""
    if not answer.content.strip() and output != "raw":
        click.echo(f"pascom: {answer.status}, no content", err=True)
        return
    if output == "raw" or (output is None and not _looks_like_json(answer)):
        _write_bytes(answer)
        return
    value = answer.json()
    rows = rows_of(value)
    form = chosen(output)
    if form == "json":
        write_json(value)
    elif rows is None:
        _write_value(value, form)
    else:
        _write_objects(rows, form)


def _looks_like_json(answer: Answer) -> bool:
    media_type = answer.headers.get("content-type", "")
    return "json" in media_type or answer.content.lstrip()[:1] in b"[{"


def _write_value(value: Any, form: str) -> None:
    if form == "csv":
        raise click.UsageError("the answer is no list of objects: csv cannot hold it; -o json can")
    if form == "ndjson":
        click.echo(json_text(value))
    elif sys.stdout.isatty():
        _print_highlighted(value)
    else:
        write_json(value)


def _print_highlighted(value: Any) -> None:
    from rich.highlighter import JSONHighlighter

    console().print(JSONHighlighter()(json_text(value, indent=2)), soft_wrap=True)


def _write_objects(rows: list[dict[str, Any]], form: str) -> None:
    if form == "ndjson":
        write_rows(rows, "ndjson")
    elif form == "csv":
        from .spreadsheet import write_csv

        cells = ({key: _cell(value) for key, value in row.items()} for row in rows)
        write_csv(cells, _columns(rows), sys.stdout)
    else:
        _table(rows)


def rows_of(value: Any) -> list[dict[str, Any]] | None:
    """The answer, if it is a list of objects."""
    if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        return value
    return None


def _columns(rows: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(key for row in rows for key in row))


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json_text(value)
    return value


def _table(rows: list[dict[str, Any]]) -> None:
    """The columns that are not empty, as many as fit; -o json has them all."""
    from rich.text import Text

    out = console()
    filled = [column for column in _columns(rows) if not _is_empty(rows, column)]
    columns = filled[: max(2, out.width // 14)]
    table = plain_table(*columns, show_edge=False)
    for row in rows:
        cells = (printable(_cell_text(row.get(column))) for column in columns)
        table.add_row(*(Text(cell, overflow="ellipsis", no_wrap=True) for cell in cells))
    out.print(table)
    if len(filled) > len(columns):
        click.echo(f"{len(filled) - len(columns)} more columns: -o json", err=True)


def _is_empty(rows: list[dict[str, Any]], column: str) -> bool:
    return all(row.get(column) in EMPTY for row in rows)


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    return str(_cell(value))


def _write_bytes(answer: Answer) -> None:
    if sys.stdout.isatty() and b"\0" in answer.content[:4096]:
        raise click.UsageError(f"{len(answer.content):,} bytes that are no text: --to FILE, or a pipe")
    sys.stdout.flush()
    stream = getattr(sys.stdout, "buffer", None)
    if sys.stdout.isatty():
        sys.stdout.write(paragraphs(answer.text))
    elif stream is None:
        sys.stdout.write(answer.text)
    else:
        stream.write(answer.content)
        stream.flush()
