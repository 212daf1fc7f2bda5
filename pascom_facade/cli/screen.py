"""Lines for a terminal, one at a time: fixed columns that fit its width, colour only where it is welcome."""

from __future__ import annotations

import os
import sys
import textwrap
import unicodedata
from collections.abc import Iterator

import click

from .._printable import printable


def coloured(text: str, **style: str | bool) -> str:
    """`text` in colour on a terminal; never in a pipe or with NO_COLOR. Nothing in it is obeyed by the terminal."""
    text = printable(text)
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return text
    return click.style(text, **style)  # type: ignore[arg-type]


def width() -> int:
    """Columns of the terminal."""
    import shutil  # only here: it brings the compression modules along

    return max(40, shutil.get_terminal_size((80, 24)).columns)


def fit(text: str, columns: int, *, right: bool = False) -> str:
    """Exactly `columns` wide: cut with an ellipsis, or padded. Control characters never reach the terminal."""
    shown, used = "", 0
    for character in printable(text):
        wide = 0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if used + wide > columns:
            while used > columns - 1:
                used -= 2 if unicodedata.east_asian_width(shown[-1]) in "WF" else 1
                shown = shown[:-1]
            return shown + "…" + " " * (columns - used - 1)
        shown, used = shown + character, used + wide
    return " " * (columns - used) + shown if right else shown + " " * (columns - used)


def bar(share: float, columns: int) -> str:
    """A bar of at most `columns`, in eighths."""
    eighths = round(max(0.0, min(share, 1.0)) * columns * 8)
    return "█" * (eighths // 8) + ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")[eighths % 8]


def minutes(seconds: int | None) -> str:
    """`1:05`, `1:02:03`."""
    if seconds is None:
        return ""
    hours, rest = divmod(max(0, seconds), 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def masked(number: str) -> str:
    """Enough of a phone number to recognise it, not enough to call it. Service codes and `anonymous` are nobody's."""
    if number.startswith(("*", "#")) or not any(map(str.isdigit, number)):
        return number
    keep = min(4, len(number) // 3)
    return number[:keep] + "•" * (len(number) - keep)


def wrapped(text: str, room: int, indent: str = "") -> Iterator[str]:
    """A paragraph a paragraph, nothing that is no text."""
    for paragraph in text.splitlines():
        yield from textwrap.wrap(printable(paragraph), room, initial_indent=indent, subsequent_indent=indent) or [""]
