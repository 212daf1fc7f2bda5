"""A change as callers see it, and all of them together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    BREAKING = "breaking"
    MAYBE = "maybe"
    COMPATIBLE = "compatible"


@dataclass(frozen=True)
class Finding:
    """One difference, without the operation: `kind` for machines, `where` and `text` for people."""

    severity: Severity
    kind: str
    where: str
    text: str


@dataclass(frozen=True)
class Change:
    """A finding in an operation: `service` is its tag, `verbs` the facade verbs that stand on it."""

    finding: Finding
    method: str
    path: str
    service: str
    verbs: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        return self.finding.severity

    def as_json(self) -> dict[str, Any]:
        return {
            "severity": str(self.severity),
            "kind": self.finding.kind,
            "method": self.method,
            "path": self.path,
            "service": self.service,
            "where": self.finding.where,
            "text": self.finding.text,
            "verbs": list(self.verbs),
        }


@dataclass(frozen=True)
class Changes:
    """All changes; `broken` has, for each facade verb that lost its ground, why.

    `given_up` are those of them that aren't offered any more; None if that wasn't decided. The others send what the
    vendor documents.
    """

    old_version: str
    new_version: str
    all: tuple[Change, ...] = ()
    broken: dict[str, str] = field(default_factory=dict)
    given_up: tuple[str, ...] | None = None

    def of(self, severity: Severity) -> list[Change]:
        return [change for change in self.all if change.severity is severity]

    def works(self, verb: str) -> bool:
        return verb not in self.broken or (self.given_up is not None and verb not in self.given_up)

    @property
    def verbs(self) -> dict[str, list[Change]]:
        """Facade verb -> the changes in what it stands on, compatible ones left out."""
        affected: dict[str, list[Change]] = {verb: [] for verb in self.broken}
        for change in self.all:
            for verb in change.verbs:
                if change.severity is not Severity.COMPATIBLE:
                    affected.setdefault(verb, []).append(change)
        return affected

    def headline(self) -> str:
        counts = Counter(change.severity for change in self.all)
        if not counts:
            return "nothing that callers notice"
        return ", ".join(f"{counts[severity]} {severity}" for severity in Severity if counts[severity])

    def as_json(self) -> dict[str, Any]:
        return {
            "old_version": self.old_version,
            "new_version": self.new_version,
            "counts": {str(severity): len(self.of(severity)) for severity in Severity},
            "facade": {
                verb: {
                    "changes": len(changes),
                    "works": self.works(verb),
                    "problem": self.broken.get(verb),
                }
                for verb, changes in sorted(self.verbs.items())
            },
            "changes": [change.as_json() for change in self.all],
        }
