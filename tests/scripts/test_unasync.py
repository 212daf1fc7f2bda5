"""The facade of threads is what the facade of tasks makes."""

from __future__ import annotations

from scripts.unasync import main


def test_the_sync_facade_is_made_from_the_async_one() -> None:
    assert main(["--check"]) == 0
