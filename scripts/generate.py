"""Run the pinned generator: a repaired document in, a package directory out.

The generator runs in a process of its own (`generator_run.py`) with a limit on time and memory, so that no
document can hang or fill the machine. Its code is then tidied by the pinned ruff, without any configuration
but this, so that the same document gives the same bytes everywhere.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .canonical import canonical
from .errors import DocumentUnusable, StepFailed

SECONDS = 300
CONFIGURATION = Path(__file__).resolve().parent.parent / "openapi"
LINE_LENGTH = "110"


def generate(document: Mapping[str, Any], target: Path, configuration: Path = CONFIGURATION) -> list[str]:
    """Write the package for `document` to `target`, which must not exist; returns what was dropped."""
    answer = _run(
        [sys.executable, "-m", f"{__package__}.generator_run", str(target), str(configuration)],
        stdin=canonical(document),
    )
    tidy(target)
    return answer.splitlines()


def tidy(package: Path) -> None:
    """Sort imports, drop unused ones and format: the pinned ruff, deaf to any configuration around it."""
    from ruff.__main__ import find_ruff_bin  # type: ignore[import-untyped]

    common = [
        "--isolated",
        "--no-cache",
        "--quiet",
        "--target-version",
        "py311",
        "--line-length",
        LINE_LENGTH,
    ]
    check = ["check", *common, "--fix-only", "--exit-zero", "--select", "I,F401"]
    shape = ["format", *common, "--config", "format.skip-magic-trailing-comma = true"]
    for arguments in (check, shape):
        _run([find_ruff_bin(), *arguments, str(package)])


def _run(command: list[str], stdin: bytes = b"") -> str:
    root = Path(__file__).resolve().parents[__package__.count(".") + 1]
    environment = os.environ | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, input=stdin, capture_output=True, timeout=SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise DocumentUnusable(f"generating took longer than {SECONDS} s and was stopped") from None
    except OSError as problem:
        raise StepFailed(f"{Path(command[0]).name} can't be run: {problem.strerror}") from problem
    if done.returncode:
        reason = (done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"])[-1]
        if os.strerror(errno.ENOSPC) in reason:
            raise StepFailed(f"{os.strerror(errno.ENOSPC)}: the disk is full; nothing was replaced")
        raise DocumentUnusable(f"the generator can't make a client of this document: {reason}")
    return done.stdout.decode(errors="replace")
