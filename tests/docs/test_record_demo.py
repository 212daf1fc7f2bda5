"""The README's picture is made from a real run, and loads nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from tools.record_demo import COMMANDS, picture, recorded

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "docs/demo.svg"


def words(svg: str) -> str:
    """The picture's text, as read."""
    return " ".join("".join(ElementTree.fromstring(svg).itertext()).replace("\xa0", " ").split())


def test_a_run_becomes_a_picture() -> None:
    lines = recorded(["pascom dial mpasquay '*100'"])
    assert [line for _, line in lines][1:] == ["mpasquay: dial commited"]
    assert 0 < lines[1][0] < 20
    svg = picture(lines)
    assert "mpasquay: dial commited" in words(svg)
    assert f"{lines[1][0]:.2f}s" in svg
    assert not re.search(r"(src|href)=|url\(.?http", svg)


def test_the_picture_of_the_readme_shows_all_commands() -> None:
    shown = words(DEMO.read_text("utf-8"))
    assert [command for command in COMMANDS if command not in shown] == []
    assert "docs/demo.svg" in (ROOT / "README.md").read_text("utf-8")
