"""The picture of the README: what a real run of these commands printed on a terminal of 80 columns, and how fast.

    python -m tools.record_demo docs/demo.svg

Runs them against a simulated instance in a pseudoterminal; in the picture, each line appears when it appeared there.
"""

from __future__ import annotations

import os
import pty
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

from pascom_facade.simulator import Simulator

COLUMNS = 80
READING = 1.2  # seconds between commands, for whoever looks
COMMANDS = [
    "pascom doctor",
    "pascom dial mpasquay '*100'",
    "pascom states mpasquay jmueller",
    "pascom cdr --limit 5",
    "pascom services --search voicemail",
]
# Of rich's picture, without the fonts that it would load from elsewhere.
PICTURE = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; \
font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font: bold 18px sans-serif; }}
{styles}
@keyframes appear {{ from {{ opacity: 0 }} to {{ opacity: 1 }} }}
APPEARING
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def typed(command: str, environment: Mapping[str, str]) -> Iterator[tuple[float, str]]:
    """The lines that a command prints on a terminal, each with the seconds until it was there."""
    ours, theirs = pty.openpty()
    started = time.monotonic()
    with subprocess.Popen(shlex.split(command), stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        rest = b""
        while piece := _read(ours):
            *whole, rest = (rest + piece).split(b"\n")
            for line in whole:
                yield time.monotonic() - started, line.decode("utf-8").rstrip("\r")
        os.close(ours)
    if process.returncode:
        raise SystemExit(f"{command}: exit status {process.returncode}")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # Linux: the other side is closed
        return b""


def recorded(commands: list[str]) -> list[tuple[float, str]]:
    """What the terminal shows, each line with the second at which it appears."""
    shown: list[tuple[float, str]] = []
    now = 0.0
    with Simulator() as simulator:
        environment = {
            **simulator.environment,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLUMNS": str(COLUMNS),
            "PASCOM_CACHE": "off",
        }
        for command in commands:
            shown.append((now, f"\x1b[1;32m$\x1b[0m \x1b[1m{command}\x1b[0m"))
            for after, line in typed(command, environment):
                shown.append((now + after, line))
            now = shown[-1][0] + READING
    return shown


def picture(lines: list[tuple[float, str]]) -> str:
    """The terminal as SVG. Line by line it appears as it did; a viewer without animation shows it whole."""
    console = Console(record=True, width=COLUMNS, file=StringIO(), force_terminal=True, color_system="truecolor")
    for _, line in lines:
        console.print(Text.from_ansi(line), no_wrap=True, overflow="crop", highlight=False)
    console.print()
    svg = console.export_svg(title="pascom", code_format=PICTURE, unique_id="demo")
    appearing = "\n".join(
        f'[clip-path="url(#demo-line-{number})"] {{ animation: appear 1ms {at:.2f}s backwards }}'
        for number, (at, _) in enumerate(lines)
    )
    return svg.replace("APPEARING", appearing)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(picture(recorded(COMMANDS)), "utf-8")
