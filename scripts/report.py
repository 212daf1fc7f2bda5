"""What a build tells: as JSON for machines (`--report`), as a summary for people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from .repair import Repair


@dataclass
class Report:
    operations_documented: int = 0
    operations_generated: int = 0
    repairs: list[Repair] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "operations_documented": self.operations_documented,
            "operations_generated": self.operations_generated,
            "repairs": [repair._asdict() for repair in self.repairs],
            "warnings": self.warnings,
            "changes": self.changes,
        }

    def summary(self) -> str:
        """For the terminal: how much there is, what was wrong, how often, and what became of it."""
        lines = [f"{self.operations_generated} of {self.operations_documented} operations generated."]
        if self.repairs:
            lines.append(f"{len(self.repairs)} repairs of the document:")
            kinds = Counter((repair.problem, repair.repair) for repair in self.repairs)
            for (problem, made), count in kinds.most_common():
                first = next(r.pointer for r in self.repairs if (r.problem, r.repair) == (problem, made))
                lines.append(f"  {count} x {problem}: {made}\n      first at {first}")
        lines += [f"Warning: {warning}" for warning in self.warnings]
        return "\n".join(lines)
