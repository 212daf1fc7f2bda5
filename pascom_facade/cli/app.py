"""`pascom` itself: which commands there are, and how each ends (exit status, one line on stderr)."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module

import click

from .._version import __version__
from ..errors import PascomError
from ..explore.suggest import suggestion
from .commands import COMMANDS, SECTIONS
from .instance import instance_options
from .status import FAILURE, INTERRUPTED, USAGE, as_typed, one_line, say, status_of


class Commands(click.Group):
    """Commands in sections, each loaded when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f".{COMMANDS[cmd_name][0]}", __package__), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(f"there is no command {args[0]!r}{suggestion(args[0], COMMANDS)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, text) for name, (_, text) in commands.items()], col_max=14)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@instance_options(hidden=False)
@click.version_option(__version__, message="pascom-facade %(version)s")
def cli() -> None:
    """A pascom phone system from the terminal.

    Data on stdout, everything else on stderr; a table on a terminal, JSON in a pipe. Settings: PASCOM_SERVER,
    PASCOM_INSTANCE, PASCOM_USER, PASCOM_PASSWORD or PASCOM_PASSWORD_COMMAND or PASCOM_AUTH_STRING, PASCOM_CA_FILE
    or PASCOM_FINGERPRINT.

    Exit status: 0 ok, 1 failure, 2 usage, 3 login refused, 4 other 4xx, 5 5xx or unreachable, 130 interrupted.
    """


def run(arguments: list[str]) -> int:
    """Run one command; the exit status."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Data is UTF-8 everywhere, and one odd character stops nothing.
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    try:
        with cli.make_context("pascom", arguments) as context:
            cli.invoke(context)
        sys.stdout.flush()
        return 0
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.ctx.get_help() if asked.ctx else "", err=True)
        return USAGE
    except click.exceptions.Exit as end:
        return end.exit_code
    except (KeyboardInterrupt, click.Abort) as stop:
        notes = _notes(stop)  # whether a call may have been placed
        say("; ".join(["interrupted", *notes]))
        return INTERRUPTED
    except BrokenPipeError:  # the reader, `head` perhaps, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except click.UsageError as wrong:
        say(f"{one_line(wrong.format_message()).rstrip('.')}{_where_to_look(wrong)}")
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
        say(one_line(f"{error.filename}: {error.strerror}" if error.filename else str(error)))
        return 1
    except ImportError as error:
        say(f"this command needs {error.name}; pip install 'pascom-facade[cli,simulator,regenerate]'")
        return 1


def _notes(stop: BaseException | None) -> list[str]:
    """What was noted on it, or on what it came from: click turns Ctrl-C into an error of its own."""
    if stop is None:
        return []
    return getattr(stop, "__notes__", None) or _notes(stop.__cause__ or stop.__context__)


def _where_to_look(wrong: click.UsageError) -> str:
    return f" (see {wrong.ctx.command_path} --help)" if wrong.ctx else ""
