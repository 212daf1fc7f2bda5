"""A part of the long run: what is sent and read, against a straight transcription of the standard's tables."""

from __future__ import annotations

from pathlib import Path

from tests.long.differential import run


def test_what_is_sent_and_read_is_what_the_standard_says(tmp_path: Path) -> None:
    assert run(tmp_path, seed=1, count=60) == []
