"""`pascom` itself: its commands, and how each ends (exit status, one line on stderr)."""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise

import click

from .._extras import needs
from .._version import __version__
from ..errors import PascomError
from ..explore.suggest import suggestion
from . import streams
from .commands import COMMANDS, FUNCTIONS, SECTIONS
from .instance import instance_options
from .status import FAILURE, INTERRUPTED, USAGE, as_typed, one_line, say, status_of

MAY_BE_EMPTY = ("--prefix",)
"""Options to which nothing means something."""


class Commands(click.Group):
    """Commands in sections, each loaded when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f".{module}", __package__), FUNCTIONS.get(cmd_name, cmd_name))
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(f"there is no command {args[0]!r}{suggestion(args[0], COMMANDS)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, commands in SECTIONS.items():
            rows = [(name, text) for name, (_, text) in commands.items()]
            with formatter.section(title):
                formatter.write_dl(rows, col_max=14)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@instance_options(hidden=False)
@click.version_option(__version__, message="pascom-facade %(version)s")
def cli() -> None:
    """A pascom phone system from the terminal.

    Data on stdout, everything else on stderr; a table on a terminal, JSON in a pipe. Settings: PASCOM_SERVER,
    PASCOM_INSTANCE, PASCOM_USER, PASCOM_PASSWORD or PASCOM_PASSWORD_COMMAND or PASCOM_AUTH_STRING, PASCOM_CA_FILE
    or PASCOM_FINGERPRINT, PASCOM_CLIENT (the package of `pascom regenerate`).

    Exit status: 0 ok, 1 failure, 2 usage, 3 login refused, 4 other 4xx, 5 5xx or unreachable, 6 misfit
    (doctor --fail-on breaking), 130 interrupted; regenerate has its own.
    """


def run(arguments: list[str]) -> int:
    """Run one command and return its exit status."""
    streams.prepare()
    try:
        status = _invoked(arguments)
        streams.flush()
        return status
    except click.exceptions.NoArgsIsHelpError as missing:
        click.echo(_help(missing.ctx), err=True)
        return USAGE
    except (KeyboardInterrupt, click.Abort) as stop:
        notes = _notes(stop)  # whether a call may have been placed
        say("; ".join(["interrupted", *notes]))
        return getattr(stop, "status", INTERRUPTED)
    except BrokenPipeError:  # the reader, `head` perhaps, has closed the pipe
        streams.give_up_stdout()
        return 0
    except click.UsageError as wrong:
        message = one_line(wrong.format_message()).rstrip(".")
        say(f"{message}{_hint(wrong.ctx)}")
        return USAGE
    except click.ClickException as wrong:
        say(one_line(wrong.format_message()))
        return wrong.exit_code
    except PascomError as error:
        say(as_typed(str(error)))
        return status_of(error)
    except RecursionError:
        say("the answer is nested too deep for this form; -o raw writes it as it is")
        return FAILURE
    except OSError as error:
        say("; ".join([streams.described(error), *_notes(error)]))
        return FAILURE
    except ImportError as error:
        say(needs("this command", error.name))
        return FAILURE


def _refuse_empty(arguments: list[str]) -> None:
    """Raises UsageError: an empty name, file or time is a variable of the caller's that isn't set."""
    for before, argument in pairwise(["pascom", *arguments]):
        name, equals, value = argument.partition("=")
        if argument and not (name.startswith("--") and equals and not value):
            continue
        told = name or before
        if told not in MAY_BE_EMPTY:
            raise click.UsageError(f"{told} is empty" if name else f"what comes after {told} is empty")


def _invoked(arguments: list[str]) -> int:
    _refuse_empty(arguments)
    try:
        with cli.make_context("pascom", arguments) as context:
            cli.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    return 0


def _notes(stop: BaseException | None) -> list[str]:
    """The notes of the exception or of its cause: click turns Ctrl-C into an exception of its own."""
    if stop is None:
        return []
    return getattr(stop, "__notes__", None) or _notes(stop.__cause__ or stop.__context__)


def _help(context: click.Context | None) -> str:
    if context is None:
        return ""
    return context.get_help()


def _hint(context: click.Context | None) -> str:
    if context is None:
        return ""
    return f" (see {context.command_path} --help)"
