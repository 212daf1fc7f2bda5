"""Whose document? The one the package was built from, or with `--live` the instance's own."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .._index import Index, Operation
from ..explore.suggest import suggestion
from .client import client_index
from .instance import environment, given, open_instance
from .status import say

if TYPE_CHECKING:
    from .live import Live

Function = TypeVar("Function", bound=Callable[..., Any])


LIVE_OPTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("--page", {"metavar": "ADDRESS", "help": "Its page, if not apidoc/; implies --live."}),
    ("--name", {"metavar": "NAME", "help": "Of several documents on the page this one; implies --live."}),
    (
        "--login-to-page",
        {"is_flag": True, "default": None, "help": "The page's origin gets the login, whatever server it is."},
    ),
)


def live_options(function: Function) -> Function:
    """`--live` and what belongs to it; `--live` arrives as the argument `live` (False, True, or None)."""
    for name, settings in reversed(LIVE_OPTIONS):
        function = click.option(name, expose_value=False, callback=_keep, **settings)(function)
    return click.option(
        "--live/--built-in",
        "live",
        default=None,
        help="The instance's own document (default with PASCOM_LIVE=1).",
    )(function)


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    if value is not None and parameter.name:
        context.ensure_object(dict)[parameter.name] = value


def wants_live(live: bool | None) -> bool:
    """The option, else PASCOM_LIVE."""
    if live is None:
        return bool(given().get("page") or given().get("name")) or os.environ.get("PASCOM_LIVE", "").lower() not in (
            "",
            "0",
            "no",
            "false",
        )
    return live


def index_for(live: bool | None) -> Index:
    """The index to explore."""
    if not wants_live(live):
        return client_index(environment())
    return found_live().index


def found_live(*, with_document: bool = False) -> Live:
    """What the instance documents itself. Raises PascomError."""
    from .live import live

    environ, options = environment(), given()
    with open_instance() as pbx:
        return live(
            pbx,
            page_given(),
            environ.get("PASCOM_USER", ""),
            say,
            name=options.get("name"),
            login_to_page=options.get("login_to_page", False),
            with_document=with_document,
        )


def page_given() -> str | None:
    """The documentation page, if it is named."""
    return given().get("page") or environment().get("PASCOM_PAGE") or None


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
