"""Completion of options and their values, as click knows them: one source for both, a little slower."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from ..app import cli


def options(before: Sequence[str], current: str) -> Iterator[tuple[str, str]]:
    """The options of the command among the words before, or the values of the option that is the last of them."""
    command: click.Command = cli
    for word in before:
        if isinstance(command, click.Group) and not word.startswith("-"):
            command = command.get_command(click.Context(command), word) or command
    known = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    if not current.startswith("-"):
        for option in known:
            if before[-1] in option.opts and isinstance(option.type, click.Choice):
                yield from ((str(value), "") for value in option.type.choices)
        return
    for option in known:
        if not option.hidden:
            yield from ((name, option.help or "") for name in option.opts + option.secondary_opts)
    yield "--help", "Show what it does."
