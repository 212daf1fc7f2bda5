"""The wheel, built from this checkout and installed into an environment of its own, as from an index."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .checkouts import REPOSITORY


def build(place: Path, *kinds: str) -> list[Path]:
    """The wheel and the sdist, or one of them (`--wheel`, `--sdist`)."""
    uv("build", "--quiet", *kinds, "--out-dir", str(place), str(REPOSITORY))
    return sorted(path for path in place.iterdir() if path.suffix in (".whl", ".gz"))


def environment_with_wheel(place: Path, *extras: str, more: tuple[str, ...] = ()) -> Path:
    """A fresh environment with the wheel and these extras; the folder of its programs."""
    (wheel,) = build(place / "dist", "--wheel")
    return environment_of(place / "environment", wheel, *extras, more=more)


def environment_of(environment: Path, wheel: Path, *extras: str, more: tuple[str, ...] = ()) -> Path:
    uv("venv", "--quiet", "--python", sys.executable, str(environment))
    programs = environment / ("Scripts" if sys.platform == "win32" else "bin")
    wanted = f"{wheel}[{','.join(extras)}]" if extras else str(wheel)
    uv("pip", "install", "--quiet", "--python", str(programs / "python"), wanted, *more)
    return programs


def uv(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "uv", *arguments], check=True)
