"""`CHANGES.md`: what each update changed, the newest first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from .markdown import markdown
from .model import Changes

TITLE = "# What changed with each update of the document\n"


def begin(file: Path, changes: Changes, operations: int, *, day: date) -> None:
    """The first entry: there is nothing to compare with yet."""
    version = changes.new_version or "Unnamed version"
    report = f"## {version}, read on {day.isoformat()}\n\nThe first document: {operations} operations.\n"
    file.write_text(f"{TITLE}\n{report}", encoding="utf-8")


def prepend(file: Path, changes: Changes, *, day: date) -> None:
    """Put the report of an update in front of the earlier ones; `day` is when the document was read."""
    earlier = ""
    if file.exists():
        earlier = file.read_text(encoding="utf-8").removeprefix(TITLE)
    old = changes.old_version or "unnamed"
    new = changes.new_version or "Unnamed version"
    report = markdown(changes, title=f"{new}, read on {day.isoformat()} (before: {old})", level=2)
    file.write_text(f"{TITLE}\n{report}{earlier}", encoding="utf-8")
