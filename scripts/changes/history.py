"""`openapi/CHANGES.md`: what each update changed, the newest first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from .markdown import markdown
from .model import Changes

TITLE = "# What changed with each update of the document\n"


def prepend(file: Path, changes: Changes, *, day: date) -> None:
    """Put the report of an update in front of the earlier ones; `day` is when the document was read."""
    earlier = file.read_text(encoding="utf-8").removeprefix(TITLE) if file.exists() else ""
    old, new = changes.old_version or "unnamed", changes.new_version or "Unnamed version"
    title = f"{new}, read on {day.isoformat()} (before: {old})"
    file.write_text(f"{TITLE}\n{markdown(changes, title=title, level=2)}{earlier}", encoding="utf-8")
