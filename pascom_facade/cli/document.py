"""Whose document? The one the package was built from, or with `--live` the instance's own."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from .._index import Index, Operation, built_in
from ..explore.suggest import suggestion
from .instance import environment, given, open_instance
from .status import say

Function = TypeVar("Function", bound=Callable[..., Any])


def live_options(function: Function) -> Function:
    """`--live` and `--page`; they arrive as the argument `live` (False, True, or a page's address)."""
    function = click.option(
        "--page",
        metavar="ADDRESS",
        expose_value=False,
        callback=_keep,
        help="Its page, if not apidoc/; implies --live.",
    )(function)
    return click.option(
        "--live/--built-in",
        "live",
        default=None,
        help="The instance's own document (default with PASCOM_LIVE=1).",
    )(function)


def _keep(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.ensure_object(dict)["page"] = value


def wants_live(live: bool | None) -> bool:
    """The option, else PASCOM_LIVE."""
    if live is None:
        return bool(given().get("page")) or os.environ.get("PASCOM_LIVE", "").lower() not in (
            "",
            "0",
            "no",
            "false",
        )
    return live


def index_for(live: bool | None) -> Index:
    """The index to explore."""
    if not wants_live(live):
        return built_in()
    from .live import live_index

    environ, page = environment(), given().get("page")
    with open_instance() as pbx:
        return live_index(pbx, page or environ.get("PASCOM_PAGE"), environ.get("PASCOM_USER", ""), say)


def operation_named(index: Index, name: str) -> Operation:
    """Raises click.UsageError with what may have been meant; the tag may be left out where one operation is meant."""
    if name in index.operations:
        return index.operations[name]
    same = [entry for entry in index.operations.values() if entry["operation"] == name]
    if len(same) == 1:
        return same[0]
    hint = suggestion(name, index.operations)
    if not hint:
        within = [known for known in index.operations if name.lower() in known.lower()][:3]
        hint = f"; did you mean {' or '.join(map(repr, within))}?" if within else "; see pascom services"
    raise click.UsageError(f"there is no service {name!r}{hint}")
