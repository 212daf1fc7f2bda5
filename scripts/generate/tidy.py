"""The pinned ruff tidies generated code, whatever configuration lies around it: the same bytes everywhere."""

from __future__ import annotations

import subprocess
from pathlib import Path

from ..errors import StepFailed, error_from

LINE_LENGTH = "110"


def tidy(package: Path) -> None:
    """Sort imports, drop unused ones, and format."""
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
        command = [find_ruff_bin(), *arguments, str(package)]
        try:
            done = subprocess.run(command, capture_output=True, check=False)
        except OSError as problem:
            raise StepFailed(f"ruff can't be run: {problem.strerror}") from problem
        if done.returncode:
            reason = (done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"])[-1]
            raise error_from(f"the generated client can't be tidied: {reason}")
