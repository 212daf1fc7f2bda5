"""The examples of a page, run as a reader would: one instance, one folder, one shell and one Python for a page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pascom_facade.simulator import Simulator

# Lines of shell that are not run, by how they begin, and why.
NOT_RUN = {
    "python3 -m venv": "installs from an index; CI runs the README's two commands in a fresh clone",
    ".venv/bin/": "the environment of the line before",
    "nox -s": "a session; CI runs tests, lint, types, check and demo",
    "pascom simulate": "until Ctrl-C; the page runs against a simulated instance of its own",
    "pascom states mpasquay jmueller kweiss --watch": "until Ctrl-C; tests/cli/test_states.py watches",
    "soffice": "LibreOffice; the file it reads is written by the lines before",
}
# Languages that nothing here can run, and why.
NOT_RUN_LANGUAGES = {
    "powershell": "no PowerShell here",
    "yaml": "a workflow; each of its commands is an example of its own",
    "text": "what is shown, not typed",
    "": "what is shown, not typed",
}


# Libraries of extras, or of no extra, by what needs them; without one a page isn't run.
NEEDED = {"week.svg": "matplotlib", "import duckdb": "duckdb"}


@dataclass(frozen=True)
class Example:
    """One block of code."""

    page: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def examples(page: Path) -> list[Example]:
    """The blocks of code of a Markdown file, those in lists and notes too."""
    found = []
    text = page.read_text("utf-8")
    for block in re.finditer(r"^([ ]*)```([\w-]*)[^\n]*\n(.*?)^\1```", text, re.DOTALL | re.MULTILINE):
        code = re.sub(rf"(?m)^{block[1]}", "", block[3])
        found.append(Example(page, text[: block.start()].count("\n") + 1, block[2], code))
    return found


def not_run(line: str) -> str | None:
    """The row of `NOT_RUN` for a line, if there is one."""
    return next((start for start in NOT_RUN if line.strip().startswith(start)), None)


def _of_crontab(text: str) -> list[str]:
    return [line.split(maxsplit=5)[5].replace("\\%", "%") for line in text.splitlines()]


def _of_unit(text: str) -> list[str]:
    return re.findall(r"(?m)^ExecStart=(.*)", text)


SCHEDULED = {"crontab": _of_crontab, "ini": _of_unit}
"""How to find the commands in languages that say when something is run."""


class Reader:
    """Somebody who types a page's examples, one after the other."""

    def __init__(self, folder: Path, simulator: Simulator, **extra: str) -> None:
        self._folder = folder
        programs = str(Path(sys.executable).parent)
        self._environment = {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "PYTHONPATH": os.pathsep.join(sys.path),
            **simulator.environment,
            **extra,
        }
        self._python: list[str] = []

    def types(self, example: Example) -> None:
        """Run it. Raises AssertionError with what it printed if it fails."""
        if example.language == "sh":
            self._shell(example)
        elif example.language == "python":
            self._python.append(example.text)
        elif example.language in SCHEDULED:
            for command in SCHEDULED[example.language](example.text):
                self._scheduled(command, str(example))

    def _scheduled(self, command: str, shown: str) -> None:
        """Run it with what lies in /srv lying in the folder."""
        for place in re.findall(r"/srv/\w+", command):
            (self._folder / place[1:]).mkdir(parents=True, exist_ok=True)
        command = command.replace("/srv/", f"{self._folder}/srv/").replace("/opt/pascom/bin/", "")
        self._run(["bash", "-euo", "pipefail", "-c", command], shown)

    def _shell(self, example: Example) -> None:
        script = "\n".join(line for line in example.text.splitlines() if not not_run(line))
        if script.strip():
            self._run(["bash", "-euo", "pipefail", "-c", script.encode()], str(example))

    def finishes(self, page: Path) -> None:
        """Run the page's Python: its blocks are one program, its tests are tests."""
        if not self._python:
            return
        program = self._folder / f"test_{page.stem.replace('-', '_')}.py"
        program.write_text("\n\n".join(self._python), "utf-8")
        if any(re.search(r"(?m)^def test_", block) for block in self._python):
            self._run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(program)], page.name)
        else:
            self._run([sys.executable, str(program)], page.name)

    def _run(self, command: Sequence[str | bytes], shown: str) -> None:
        done = subprocess.run(
            command,
            cwd=self._folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, f"{shown} ends with status {done.returncode}:\n{done.stdout[-3000:]}"
