"""`pascom call`: any documented service, by name, without its models."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .._files import replacing_bytes
from .._printable import json_text, paragraphs, printable
from ..explore.compose import Request, compose
from .document import index_for, live_options, operation_named
from .instance import environment, instance_options, open_instance
from .output import chosen, console, output_option, plain_table, write_json, write_rows
from .status import say

if TYPE_CHECKING:
    from .._sync.client import Pascom
    from ..answers import Answer

SAFE = ("GET", "HEAD", "OPTIONS")


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
@instance_options()
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
        _say_what_would_be_sent(request, output)
        return
    if request.method not in SAFE and not yes:
        _ask(request, operation["name"])
    with open_instance() as pbx:
        if to:
            _save(pbx, request, Path(to), include)
            return
        answer = pbx.request(request.method, request.path, content=request.content, headers=request.headers or None)
    if include:
        _say_head(answer)
    show_answer(answer, output)


def _save(pbx: Pascom, request: Request, target: Path, include: bool) -> None:
    """The answer's bytes as they come, so that memory stays flat; the file is there when all of them are."""
    headers = {"Accept-Encoding": "identity", **request.headers}
    with pbx._http.streaming(request.method, request.path, content=request.content, headers=headers) as (
        answer,
        chunks,
    ):
        if include:
            _say_head(answer)
        if (coding := answer.headers.get("content-encoding", "identity")) != "identity":
            raise answer.unexpected(f"bytes packed with {coding}, unasked")
        with replacing_bytes(target) as file:
            for chunk in chunks:
                file.write(chunk)
            size = file.tell()
    click.echo(f"{target}: {size:,} bytes", err=True)


def _say_head(answer: Answer) -> None:
    click.echo(f"{answer.status}", err=True)
    for name, value in answer.headers.items():
        click.echo(printable(f"{name}: {value}"), err=True)


def _say_what_would_be_sent(request: Request, output: str | None) -> None:
    from ..explore.curl import base, curl

    environ = environment()
    if output == "json":
        body = None if request.content is None else request.content.decode("utf-8", "replace")
        url = base(environ) + request.path
        write_json({"method": request.method, "url": url, "headers": request.headers, "body": body})
    else:
        click.echo(paragraphs(curl(request, environ)))


def _ask(request: Request, name: str) -> None:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError(f"{name} ({request.method}) may change something on the instance; add --yes")
    if not click.confirm(f"{name} ({request.method}) may change something on the instance. Send?", err=True):
        raise click.ClickException("not sent")


def show_answer(answer: Answer, output: str | None) -> None:
    """The answer's data, as asked for; what is no JSON as it is."""
    if not answer.content.strip() and output != "raw":
        click.echo(f"pascom: {answer.status}, no content", err=True)
        return
    kind = answer.headers.get("content-type", "")
    form = chosen(output)
    if form == "raw" or (output is None and not ("json" in kind or answer.content.lstrip()[:1] in b"[{")):
        _write_bytes(answer)
        return
    value = answer.json()
    rows = rows_of(value)
    if form == "json":
        write_json(value)
    elif rows is None:
        if form == "csv":
            raise click.UsageError("the answer is no list of objects: csv cannot hold it; -o json can")
        if form == "ndjson":
            click.echo(json_text(value))
        elif sys.stdout.isatty():
            _json_for_people(value)
        else:
            write_json(value)
    elif form == "ndjson":
        write_rows(rows, "ndjson")
    elif form == "csv":
        from .spreadsheet import write_csv

        write_csv(({key: _cell(one) for key, one in row.items()} for row in rows), _columns(rows), sys.stdout)
    else:
        _table(rows)


def _json_for_people(value: Any) -> None:
    from rich.highlighter import JSONHighlighter

    console().print(JSONHighlighter()(json_text(value, indent=2)), soft_wrap=True)


def rows_of(value: Any) -> list[dict[str, Any]] | None:
    """The answer's objects, if it is a list of them."""
    if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        return value
    return None


def _columns(rows: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(key for row in rows for key in row))


def _cell(value: Any) -> Any:
    return json_text(value) if isinstance(value, (dict, list)) else value


def _table(rows: list[dict[str, Any]]) -> None:
    """The columns that fit and say something; -o json has them all."""
    from rich.text import Text

    out = console()
    telling = [key for key in _columns(rows) if any(row.get(key) not in (None, "", [], {}) for row in rows)]
    most = max(2, out.width // 14)
    table = plain_table(*telling[:most], show_edge=False)
    for row in rows:
        cells = ("" if row.get(key) is None else str(_cell(row[key])) for key in telling[:most])
        table.add_row(*(Text(printable(cell), overflow="ellipsis", no_wrap=True) for cell in cells))
    out.print(table)
    if len(telling) > most:
        click.echo(f"{len(telling) - most} more columns: -o json", err=True)


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
