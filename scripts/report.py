"""The report of a build: as JSON for machines (`--report`), as a summary for people."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import StepFailed, WrongUsage
from .repair import Repair
from .tree import canonical

MOST_LISTED = 20  # on the terminal


@dataclass
class Report:
    operations_documented: int = 0
    operations_generated: int = 0
    repairs: list[Repair] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    untyped_responses: list[str] = field(default_factory=list)
    not_offered: list[str] = field(default_factory=list)  # facade verbs that were given up
    changes: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "operations_documented": self.operations_documented,
            "operations_generated": self.operations_generated,
            "repairs": [repair._asdict() for repair in self.repairs],
            "warnings": self.warnings,
            "untyped_responses": self.untyped_responses,
            "changes": self.changes,
        }

    def summary(self) -> str:
        """For the terminal: how much there is, what was wrong, how often, where first, and what became of it."""
        lines = [f"{self.operations_generated} of {self.operations_documented} operations generated."]
        if self.repairs:
            lines.append(f"The document needed {counted(len(self.repairs), 'repair')}:")
            lines += _repair_lines(self.repairs)
        if self.untyped_responses:
            answers = counted(len(self.untyped_responses), "successful answer")
            lines.append(f"{answers} not described, so read as what arrives; first at {self.untyped_responses[0]}")
        lines += [f"Warning: {warning}" for warning in self.warnings[:MOST_LISTED]]
        if len(self.warnings) > MOST_LISTED:
            lines.append(f"{len(self.warnings) - MOST_LISTED} more warnings; --report FILE has them all")
        return "\n".join(lines)


def _repair_lines(repairs: list[Repair]) -> Iterator[str]:
    """Two lines for all repairs of one problem, the most frequent problem first."""
    alike: dict[tuple[str, str], list[str]] = {}
    for repair in repairs:
        alike.setdefault((repair.problem, repair.repair), []).append(repair.pointer)
    by_frequency = sorted(alike.items(), key=lambda entry: -len(entry[1]))
    for (problem, made), pointers in by_frequency[:MOST_LISTED]:
        yield f"  {len(pointers):4} x {problem}: {made}"
        yield f"         at {pointers[0]}" if len(pointers) == 1 else f"         first at {pointers[0]}"
    others = by_frequency[MOST_LISTED:]
    if others:
        count = sum(len(pointers) for _, pointers in others)
        yield f"  {count:4} others of {len(others)} kinds; --report FILE has them all"


def counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def check_place(file: Path | None) -> None:
    """Raises WrongUsage for a report that can't be written, before there is anything to report."""
    if file and not (file.parent.is_dir() and os.access(file.parent, os.W_OK) and not file.is_dir()):
        raise WrongUsage(f"the report can't be written to {file}: give a file in a directory that is there")


def write(report: Report, file: Path | None) -> None:
    """Raises StepFailed if the disk is full."""
    try:
        if file:
            file.write_bytes(canonical(report.as_json()))
    except OSError as problem:
        raise StepFailed(f"it is done, but {file} can't be written: {problem.strerror}") from None
