"""The results as a Markdown table that names the machine."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path

from .rows import Figure

NAMES = {"httpx": "httpx + json", "opc": "openapi-python-client", "ogc": "OpenAPI Generator"}


def machine() -> str:
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in _read("/proc/cpuinfo").splitlines()
            if line.startswith("model name")
        ),
        platform.processor() or platform.machine(),
    )
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    return (
        f"{os.cpu_count()} cores of {model}, {platform.system()} {platform.release()}, "
        f"CPython {platform.python_version()}; load {load}"
    )


def table(figures: list[Figure]) -> str:
    names = list(dict.fromkeys(name for figure in figures for name in figure.values))
    names = [name for name in names if name != "ours"]
    head = ["work", "", *(NAMES.get(name, name) for name in names), "**ours**", "limit", ""]
    lines = [_line(head), _line(["---"] * len(head))]
    for figure in figures:
        limit, verdict = "", ""
        if isfinite(figure.limit):
            limit = f"<= {figure.limit:g}"
            verdict = "holds" if figure.holds else "**no**"
        cells = [_shown(figure.values.get(name, "")) for name in names]
        lines.append(
            _line(
                [
                    figure.work,
                    figure.unit,
                    *cells,
                    f"**{_shown(figure.values.get('ours', ''))}**",
                    limit,
                    verdict,
                ]
            )
        )
    return "\n".join(lines) + "\n"


def report(figures: list[Figure], command: str, versions: str, began: str) -> str:
    return (
        f"# Speed, side by side\n\n`{command}`, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, on {machine()} "
        f"(before: {began}).\n{versions}\n\nRatios are to plain httpx in the same round, medians over all rounds; "
        f"below 1 is better.\n\n{table(figures)}"
    )


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _shown(value: float | str) -> str:
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""
