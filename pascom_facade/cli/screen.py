"""Lines for a terminal, one at a time: columns that fit its width, colour only where it is wanted."""

from __future__ import annotations

import os
import sys
import textwrap
import unicodedata
from collections.abc import Iterator

import click

from .._printable import printable

EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


def coloured(text: str, **style: str | bool) -> str:
    """`text` in colour on a terminal; never in a pipe or with NO_COLOR. Control characters in it become visible."""
    text = printable(text)
    unwanted = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    if unwanted or not sys.stdout.isatty():
        return text
    return click.style(text, **style)  # type: ignore[arg-type]


def width() -> int:
    """Columns of the terminal."""
    import shutil  # only here: it brings the compression modules along

    return max(40, shutil.get_terminal_size((80, 24)).columns)


def fit(text: str, columns: int, *, right: bool = False) -> str:
    """Exactly `columns` wide: truncated with an ellipsis, or padded. Control characters never reach the terminal."""
    fitting, used = "", 0
    for character in printable(text):
        if used + _columns_of(character) > columns:
            return _with_ellipsis(fitting, used, columns)
        fitting += character
        used += _columns_of(character)
    padding = " " * (columns - used)
    if right:
        return padding + fitting
    return fitting + padding


def _with_ellipsis(text: str, used: int, columns: int) -> str:
    while used > columns - 1:
        used -= _columns_of(text[-1])
        text = text[:-1]
    return text + "…" + " " * (columns - used - 1)


def _columns_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 1


def bar(share: float, columns: int) -> str:
    """A bar of at most `columns`, in eighths."""
    eighths = round(max(0.0, min(share, 1.0)) * columns * 8)
    whole, part = divmod(eighths, 8)
    return "█" * whole + EIGHTHS[part]


def minutes(seconds: int | None) -> str:
    """`1:05`, `1:02:03`."""
    if seconds is None:
        return ""
    whole_minutes, rest = divmod(max(0, seconds), 60)
    hours, whole_minutes = divmod(whole_minutes, 60)
    if hours:
        return f"{hours}:{whole_minutes:02}:{rest:02}"
    return f"{whole_minutes}:{rest:02}"


def masked(number: str) -> str:
    """Enough of a phone number to recognise it, not enough to call it. Service codes and `anonymous` stay."""
    if number.startswith(("*", "#")) or not any(map(str.isdigit, number)):
        return number
    keep = min(4, len(number) // 3)
    return number[:keep] + "•" * (len(number) - keep)


def wrapped(text: str, room: int, indent: str = "") -> Iterator[str]:
    """The lines of each paragraph, without control characters; an empty paragraph is an empty line."""
    for paragraph in text.splitlines():
        yield from textwrap.wrap(printable(paragraph), room, initial_indent=indent, subsequent_indent=indent) or [""]
