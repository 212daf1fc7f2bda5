"""Where an update's document comes from: an instance's documentation page, or a file or address given outright."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from .progress import Progress
from .reading import read_document

Source = tuple[Callable[[Progress], dict[str, Any]], str]


def from_document(place: str) -> Source:
    """The document in a file; and what kind of source that is."""

    def fetch(progress: Progress) -> dict[str, Any]:
        with progress.step("read") as note:
            document = read_document(Path(place))
            note(place)
        return document

    return fetch, "document"
