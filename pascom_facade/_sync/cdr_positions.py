# Made from pascom_facade/_async/cdr_positions.py by `python -m scripts.unasync`: edit that file.
"""Asks for calls by position, one answer after the other."""

from __future__ import annotations

from collections.abc import Generator, Callable
from typing import Any

from ..cdr_positions import Positions
from ..cdr_query import Page, Reply

Ask = Callable[[dict[str, Any], int], Reply]
"""A question with these parameters, for so many rows."""


def pages_by_position(ask: Ask, positions: Positions, reply: Reply) -> Generator[Page]:
    """All rows of the range, in pages; reply: the answer without a position."""
    while not positions.done:
        if page := positions.page(reply.answer):
            yield page
        reply = ask(positions.question, positions.rows)
        positions.take(reply)
    if page := positions.page(reply.answer):
        yield page
