"""`pascom simulate`: the simulator's own command line as a subcommand."""

from __future__ import annotations

from typing import NoReturn

import click


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True}, add_help_option=False)
@click.pass_context
def simulate(context: click.Context) -> None:
    """Run a simulated instance until Ctrl-C; --help shows its options."""
    import argparse

    from ..simulator.__main__ import add_arguments, run

    class Parser(argparse.ArgumentParser):
        def exit(self, status: int = 0, message: str | None = None) -> NoReturn:  # after --help
            context.exit(status)

        def error(self, message: str) -> NoReturn:
            raise click.UsageError(message, context)

    parser = Parser(prog="pascom simulate", description="A simulated instance, until Ctrl-C.")
    add_arguments(parser)
    context.exit(run(parser.parse_args(context.args)))
