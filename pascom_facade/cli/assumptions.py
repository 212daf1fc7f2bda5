"""`pascom doctor --assumptions`: what is so at this instance, of all that is assumed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from .._files import replacing
from .instance import open_instance
from .output import chosen, write_json
from .screen import coloured, fit, width, wrapped

if TYPE_CHECKING:
    from ..assumptions.instance import Instance
    from ..assumptions.words import Finding

MARKS = {"confirmed": ("✓", "green"), "refuted": ("✗", "yellow"), "not told": ("·", "white")}


def ask(output: str | None, report_file: str | None, yes: bool) -> None:
    """Ask, show, remember, and write a report if one is wanted. Refuted or not: it ends well."""
    from ..assumptions.instance import Instance
    from ..assumptions.report import report, row

    if report_file and not yes and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError("--report shows what it writes, and asks; where nobody can answer, add --yes")
    findings: list[Finding] = []
    with open_instance(remember=False) as pbx:
        look = Instance(pbx)
        for finding in _each(look):
            findings.append(finding)
            if chosen(output) == "table":
                _show(finding)
        kept = _remember(look, findings)
    if chosen(output) == "json":
        write_json([row(finding) for finding in findings])
    else:
        click.echo(f"{look.requests} requests, nothing changed{kept}", err=True)
    if report_file:
        _write(report(findings, look.requests), report_file, yes)


def _each(look: Instance) -> Iterator[Finding]:
    from ..assumptions.examine import examine

    return examine(look)


def _show(finding: Finding) -> None:
    """Two columns and what is so; a grade is what the assumption stands on."""
    mark, colour = MARKS[finding.verdict]
    first, *more = wrapped(finding.said, max(width(), 60) - 29)
    name = fit(finding.assumption.name, 22)
    click.echo(f"{coloured(mark, fg=colour)} {name} {finding.assumption.grade}  {first}")
    for line in more:
        click.echo(" " * 28 + line)
    sys.stdout.flush()


def _remember(look: Instance, findings: list[Finding]) -> str:
    """For later runs; what to say of it."""
    from ..memory import learned, memory_of

    pbx, journal = look.pbx, look.journal
    file = memory_of(pbx._address, pbx._credentials.user)
    try:
        kept = file.write(learned(journal.options, journal.habits, [finding.as_dict() for finding in findings]))
    except OSError as problem:  # no reason to fail
        return f"; not kept for later runs: {problem.strerror}"
    return f"; kept for later runs in {file.path}" if kept else ""


def _write(text: str, report_file: str, yes: bool) -> None:
    click.echo(text, err=True, nl=False)
    if yes or click.confirm(f"Write this to {report_file}?", err=True, default=True):
        with replacing(report_file) as file:
            file.write(text)
