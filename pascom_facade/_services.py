"""`pbx.services` shows itself: as text at a prompt, as HTML in a notebook; no service is imported for it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from typing import Any, TypeVar

from ._columns import noticing
from ._discreet import discreet, sendable
from ._index import Index, Operation, index_of

Api = TypeVar("Api")


@cache
def self_showing(kind: type[Api]) -> type[Api]:
    """`kind` (the generated door to all services), telling what is behind it."""
    doors = {name: _door(name, made) for name, made in vars(kind).items() if isinstance(made, property)}
    return _with_reprs(kind, kind.__module__, None, doors)


def _door(tag: str, made: property) -> property:
    def services(api: Any) -> Any:
        """The services of one tag."""
        found = made.__get__(api)
        kind: Any = type(found)
        return _self_showing_tag(kind, tag)(found._client)

    return property(services)


@cache
def _self_showing_tag(kind: type[Api], tag: str) -> type[Api]:
    """The services of a tag; like the facade's own verbs, their errors don't carry along what they were called with."""
    own = {name: service for name, service in vars(kind).items() if not name.startswith("_")}
    services = {name: discreet(sendable(noticing(service))) for name, service in own.items()}
    package = kind.__module__.partition(".api.")[0]
    return _with_reprs(kind, package, tag, services)


def _with_reprs(kind: type[Api], package: str, tag: str | None, members: dict[str, Any]) -> type[Api]:
    shows = {
        "__module__": kind.__module__,
        "__doc__": kind.__doc__,
        "__repr__": lambda self: text(index_of(package), tag),
        "_repr_html_": lambda self: html(index_of(package), tag),
    }
    return type(kind.__name__, (kind,), {**shows, **members})


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


def text(index: Index, only: str | None = None) -> str:
    """All services, or those of one tag, a line each."""
    lines = [_title(index, only) + " (? = assumed)"]
    for tag in [only] if only else index.tags:
        lines.append("" if only else f"\n{tag}")
        for operation in _of(index, tag):
            mark = "?" if operation["assumed"] else " "
            lines.append(f" {mark} {call(operation).removeprefix(f'{tag}.')}  {_words(operation['summary'])}")
    first = next(_of(index, only or "cdr"), None) or next(iter(index.operations.values()), None)
    if first:
        name = first["name"]
        lines.append(f"\nTry help(pbx.services.{name}), or `pascom show {name}`.")
    return "\n".join(lines)


def html(index: Index, only: str | None = None) -> str:
    """All services, or those of one tag (then open): a fold a tag, a fold a service with its parameters."""
    return "".join(_html(index, only))


def _title(index: Index, only: str | None) -> str:
    if only:
        count = sum(1 for _ in _of(index, only))
        return f"{only}: {count} service{'' if count == 1 else 's'} of {index.title} {index.version}"
    return f"{index.title} {index.version}: {len(index.operations)} services"


def _html(index: Index, only: str | None) -> Iterator[str]:
    yield f"<p><b>{escape(_title(index, only))}</b></p>"
    for tag in [only] if only else index.tags:
        entries = list(_of(index, tag))
        yield f"<details{' open' if only else ''}><summary><b>{escape(tag)}</b> ({len(entries)})</summary>"
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
