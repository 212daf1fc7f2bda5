"""`pascom regenerate`: the typed client anew from the instance's document, in a project or in a checkout of ours."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .._extras import lacking, needs
from ..errors import ConfigurationError
from .commands import REGENERATE
from .instance import instance_options, open_instance
from .status import FAILURE, say
from .steps import step

if TYPE_CHECKING:
    from scripts import checkout, errors

Function = TypeVar("Function", bound=Callable[..., Any])
FILE = click.Path(dir_okay=False, path_type=Path)
HERE = "Directory of the client, which is the package (default: pascom_client beside your pyproject.toml)."


def into_option(function: Function) -> Function:
    """`--into DIR`, before a subcommand or after it."""
    option = click.option("--into", metavar="DIR", expose_value=False, callback=_keep_into, is_eager=True, help=HERE)
    return option(function)


def _keep_into(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.ensure_object(dict)["into"] = value


@click.group(invoke_without_command=True, no_args_is_help=False)
@into_option
@click.option("--page", metavar="ADDRESS", help="The documentation page, if it is another than usual.")
@click.option("--document", metavar="ADDRESS|FILE", help="The document itself, if no page leads to it.")
@click.option("--name", metavar="NAME", help="Of several documents on the page this one.")
@click.option("--login-to-page", is_flag=True, help="The page's origin gets the login, whatever server it is.")
@click.option("--refs-to-other-hosts", is_flag=True, help="Follow a document's $refs to other hosts.")
@click.option("--report", type=FILE, metavar="FILE", help="Write what was found and done, as JSON.")
@click.option(
    "--accept-broken",
    is_flag=True,
    help="Replace although operations of the facade's verbs are gone; these raise NotOffered then.",
)
@instance_options()
@click.pass_context
def regenerate(context: click.Context, /, **options: Any) -> None:
    """Make the typed client of your instance, or bring it up to date after an upgrade; all or nothing.

    It finds the document behind the instance's documentation page, repairs it, makes and checks the package, and says
    what changed for callers. Your own additions to the document: overlay.yaml beside it.

    Exit status: 0 done, 1 failure, 2 usage, 3 no document found, not reachable or login refused, 4 document can't be
    used, 5 an operation that the facade stands on is gone, 6 drift (check). Any but 0 leaves all as it was.
    """
    if context.invoked_subcommand is not None:
        return
    with ended(context):
        home = _home(context)
        where = settings() if options["document"] is None else (None, None, None)
        _steps().update(home, *where, **options)


@regenerate.command(help=REGENERATE["check"])
@into_option
@click.option("--full", is_flag=True, help="Make it once more in a temporary place, and compare.")
@click.pass_context
def check(context: click.Context, full: bool) -> None:
    with ended(context):
        _commands().check(_steps().existing(_home(context)), full=full)


@regenerate.command(help=REGENERATE["changes"])
@into_option
@click.argument("documents", nargs=-1, metavar="[OLD NEW]", type=FILE)
@click.option("--format", "form", type=click.Choice(["markdown", "json"]), default="markdown")
@click.option("--descriptions", is_flag=True, help="Also where only descriptions differ.")
@click.option("--fail-on", type=click.Choice(["breaking"]), help="Exit 1 if there are such changes.")
@click.pass_context
def changes(context: click.Context, /, documents: tuple[Path, ...], **options: Any) -> None:
    if len(documents) not in (0, 2):
        raise click.UsageError("give two documents, or none for those before and after the last update", context)
    with ended(context):
        old_and_new = documents or _commands().last_two(_steps().existing(_home(context)))
        _commands().changes(*old_and_new, **options)


@regenerate.command(help=REGENERATE["rollback"])
@into_option
@click.pass_context
def rollback(context: click.Context) -> None:
    with ended(context):
        _commands().rollback(_steps().existing(_home(context)))


def settings() -> tuple[Any, Any, Any]:
    """Which instance, login and certificates: those of every command."""
    with open_instance() as pbx:
        return pbx._address, pbx._credentials, pbx._options


def _home(context: click.Context) -> checkout.Home:
    if library := lacking("regenerate"):
        raise ConfigurationError(needs("`pascom regenerate`", library, "regenerate"))
    into = context.ensure_object(dict).get("into")
    home: checkout.Home = _steps().home_at(into and Path(into), Path.cwd())
    return home


def _steps() -> Any:
    return step("project")


def _commands() -> Any:
    return step("commands")


@contextmanager
def ended(context: click.Context) -> Iterator[None]:
    """The failure of a step is one line, and its exit status that of the step."""
    failed: type[errors.StepFailed] = step("errors").StepFailed
    try:
        yield
        sys.stdout.flush()
    except failed as failure:
        say(str(failure))
        context.exit(failure.status)
    except OSError as problem:  # a disk is full, a file may not be read
        if problem.filename is None:  # it's stdout
            raise
        say(f"{problem.strerror or problem} ({problem.filename})")
        context.exit(FAILURE)
    except KeyboardInterrupt as stop:
        stop.add_note("nothing was changed")
        raise
