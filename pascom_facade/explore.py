"""`pbx.services` shows itself: as text at a prompt, as HTML in a notebook; no service is imported for it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from typing import TypeVar

from .index import Index, Operation, built_in

Api = TypeVar("Api")


@cache
def shown(kind: type[Api]) -> type[Api]:
    """`kind` (the generated door to all services), telling what is behind it."""
    members = {
        "__module__": kind.__module__,
        "__doc__": kind.__doc__,
        "__repr__": lambda self: text(built_in()),
        "_repr_html_": lambda self: html(built_in()),
    }
    return type(kind.__name__, (kind,), members)


def call(operation: Operation) -> str:
    """`cdr.list_cdr(timefrom, limit=100)`: as typed behind `pbx.services.`; what is optional has `=`."""
    given = []
    # Path parameters come first, by position; the generated functions take the rest by keyword.
    for parameter in sorted(operation["parameters"], key=lambda one: one["in"] != "path"):
        name = parameter["python_name"]
        if parameter["in"] == "path":
            given.append(name)
        elif parameter["default"] is not None:
            given.append(f"{name}={parameter['default']!r}")
        else:
            given.append(f"{name}=" if parameter["required"] else f"{name}=…")
    if operation["body"]:
        given.append("body=")
    return f"{operation['name']}({', '.join(given)})"


def text(index: Index) -> str:
    """All services, a line each."""
    lines = [f"{index.title} {index.version}: {len(index.operations)} services (? = assumed)"]
    for tag in index.tags:
        lines.append(f"\n{tag}")
        for operation in _of(index, tag):
            mark = "?" if operation["assumed"] else " "
            lines.append(f" {mark} {call(operation).removeprefix(f'{tag}.')}  {_words(operation['summary'])}")
    lines.append(
        "\nTry pbx.services.cdr.list_cdr(limit=5), help(pbx.services.cdr.list_cdr), or `pascom show`."
    )
    return "\n".join(lines)


def html(index: Index) -> str:
    """All services: a fold a tag, a fold a service with its parameters and a line to try."""
    return "".join(_html(index))


def _html(index: Index) -> Iterator[str]:
    yield f"<p><b>{escape(index.title)} {escape(index.version)}</b>: {len(index.operations)} services</p>"
    for tag in index.tags:
        entries = list(_of(index, tag))
        yield f"<details><summary><b>{escape(tag)}</b> ({len(entries)})</summary>"
        for operation in entries:
            yield from _service(operation)
        yield "</details>"


def _service(operation: Operation) -> Iterator[str]:
    mark = " <i>assumed</i>" if operation["assumed"] else ""
    yield '<details style="margin-left: 1.5em"><summary>'
    yield f"<code>{escape(operation['operation'])}</code> {escape(_words(operation['summary']))}{mark}</summary>"
    yield f"<p><code>{operation['method'].upper()} {escape(operation['path'])}</code></p>"
    if operation["parameters"]:
        yield "<table><tr><th>Parameter</th><th>In</th><th>Type</th><th>Means</th></tr>"
        for parameter in operation["parameters"]:
            name = escape(parameter["python_name"]) + (" *" if parameter["required"] else "")
            cells = (parameter["in"], str(parameter["type"]), _words(parameter["description"]))
            yield f"<tr><td><code>{name}</code></td>"
            yield "".join(f"<td>{escape(one)}</td>" for one in cells) + "</tr>"
        yield "</table>"
    yield f"<p>Try <code>pbx.services.{escape(call(operation))}</code></p></details>"


def _of(index: Index, tag: str) -> Iterator[Operation]:
    return (operation for operation in index.operations.values() if operation["tag"] == tag)


def _words(text: str) -> str:
    return " ".join(text.split())
