"""The reference site's sources: every service has its page, examples are true, commands and options exist."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from docs.check_site import Page, broken_links
from pascom_facade.cli.app import cli

DOCS = Path("docs")
PAGES = sorted(DOCS.glob("*.md"))


def blocks(file: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", file.read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_in_the_docs_is_python(page: Path) -> None:
    for code in blocks(page, "python"):
        ast.parse(code)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_options_in_the_docs_exist(page: Path) -> None:
    text = "\n".join(blocks(page, "sh")) + "\n" + "\n".join(re.findall(r"`(pascom [^`]+)`", page.read_text("utf-8")))
    for found in re.findall(r"(?:^|\s)pascom ([^|\n#]*)", re.sub(r"\$\([^)]*\)", "", text)):
        words = [word.strip("[]") for word in shlex.split(found.replace("…", ""), posix=False)]
        command: click.Command = cli
        while isinstance(command, click.Group):
            name = words.pop(0)
            assert name in command.list_commands(click.Context(command)), found
            command = command.get_command(click.Context(command), name)  # type: ignore[assignment]
        known = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
        for word in words:
            if re.match(r"--?[a-z]", word):
                assert word in known or command.name == "simulate", found


def test_a_broken_link_and_a_missing_anchor_are_found(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<a href="there/#one">x</a><a href="there/#two">x</a><a href="gone/">x</a>')
    (tmp_path / "there").mkdir()
    (tmp_path / "there/index.html").write_text('<h1 id="one"></h1><a href="https://elsewhere.invalid/">x</a>')
    assert list(broken_links(tmp_path)) == ["/index.html: there/#two (no such anchor)", "/index.html: gone/"]
    assert Page('<img src="a.png">').links == ["a.png"]


def test_the_site_is_built_and_sound(tmp_path: Path) -> None:
    if not shutil.which("mkdocs", path=str(Path(sys.executable).parent)):
        pytest.skip("mkdocs is not installed (extra docs); `nox -s docs` builds and checks the site")
    site = tmp_path / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site)]
    subprocess.run(command, check=True, capture_output=True)
    assert list(broken_links(site)) == []
    assert "default_device_action" in (site / "services/identity/index.html").read_text("utf-8")
