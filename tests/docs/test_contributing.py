"""What CONTRIBUTING sends people to is there."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
MADE_BY_UPDATES = {"openapi/CHANGES.md", "openapi/previous/"}
ANY = {"tests/X"}


def test_files_it_names_exist() -> None:
    named = set(re.findall(r"`((?:openapi|scripts|pascom_facade|tests|bench|docs|generated)/[^`\s…]*)`", TEXT))
    assert len(named) > 20
    assert [name for name in sorted(named - MADE_BY_UPDATES - ANY) if not (ROOT / name).exists()] == []


def test_commands_it_names_exist() -> None:
    named = set(re.findall(r"`python -m ([\w.]+)", TEXT))
    assert len(named) > 5
    assert [name for name in sorted(named) if not find_spec(name)] == []
