"""The short form of tests/long/kill_update.py: a few kills, most of them where the swap happens."""

from __future__ import annotations

import random
from pathlib import Path

from tests.long.kill_update import kill


def test_killed_at_random_instants_the_state_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    outcomes = kill(3, random.Random(), tmp_path)
    assert sum(count for outcome, count in outcomes.items() if not outcome.startswith("survived")) == 3
