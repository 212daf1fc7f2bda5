"""The reference site's sources: every service has its page, examples are true, commands and options exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from pascom_facade._index import built_in
from pascom_facade.cli.app import cli
from tools.check_site import Page, broken_links, costly
from tools.services_pages import write

DOCS = Path("docs")
PAGES = sorted(path for path in DOCS.rglob("*.md") if path.parent.name != "services")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_options_in_sentences_exist(page: Path) -> None:
    for found in re.findall(r"`pascom ([^`]+)`", page.read_text("utf-8")):
        words = [word.strip("[]") for word in shlex.split(found.replace("…", ""), posix=False)]
        command: click.Command = cli
        while isinstance(command, click.Group) and not _is_whole(command, words):
            name = words.pop(0)
            assert name in command.list_commands(click.Context(command)), found
            command = command.get_command(click.Context(command), name)  # type: ignore[assignment]
        known = {"--help"} | {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
        for word in words:
            if re.match(r"--?[a-z]", word):
                assert word in known or command.name == "simulate", found


def _is_whole(command: click.Group, words: list[str]) -> bool:
    """Whether a group that does something by itself stands there without a subcommand."""
    return command.invoke_without_command and (not words or words[0].startswith("-"))


def test_a_broken_link_and_a_missing_anchor_are_found(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<a href="there/#one">x</a><a href="there/#two">x</a><a href="gone/">x</a>')
    (tmp_path / "there").mkdir()
    (tmp_path / "there/index.html").write_text('<h1 id="one"></h1><a href="https://elsewhere.invalid/">x</a>')
    assert list(broken_links(tmp_path)) == ["/index.html: there/#two (no such anchor)", "/index.html: gone/"]
    assert Page('<img src="a.png">').links == ["a.png"]


def test_what_other_hosts_bring_and_what_is_heavy_is_found(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<script src="https://cdn.invalid/a.js"></script><img src="a.png">')
    (tmp_path / "big.html").write_text("x" * 300_001)
    assert list(costly(tmp_path)) == [
        "/big.html: 300,001 bytes, more than 300,000",
        "/index.html: loads https://cdn.invalid/a.js",
    ]


def test_each_service_has_its_place(tmp_path: Path) -> None:
    write(tmp_path)
    overview = (tmp_path / "services/index.md").read_text("utf-8")
    places = re.findall(r"\((\w+\.md)#(\w+)\)", overview)
    assert len(places) == len(built_in().operations)
    for page, anchor in places:
        assert f"{{ #{anchor} }}" in (tmp_path / "services" / page).read_text("utf-8")
