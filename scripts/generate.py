"""Run the pinned generator: a repaired document in, a package directory out.

The generator runs in a process of its own (`generator_run.py`), so that no document can hang or fill the machine.
Its code is then tidied by the pinned ruff, without any configuration but this, so that the same document gives the
same bytes everywhere.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .errors import StepFailed, told
from .repair import Repair
from .worker import Worker

CONFIGURATION = Path(__file__).resolve().parent.parent / "openapi"
LINE_LENGTH = "110"


def generate(
    worker: Worker, document: Mapping[str, Any], target: Path, configuration: Path = CONFIGURATION
) -> list[Repair]:
    """Write the package for `document` to `target`, which must not exist; returns what its code can't say.

    Raises DocumentUnusable.
    """
    left_out = worker.does("generate", document, str(target), str(configuration))
    tidy(target)
    return [Repair(*one) for one in left_out]


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
        command = [find_ruff_bin(), *arguments, str(package)]
        try:
            done = subprocess.run(command, capture_output=True, check=False)
        except OSError as problem:
            raise StepFailed(f"ruff can't be run: {problem.strerror}") from problem
        if done.returncode:
            reason = (done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"])[-1]
            raise told(f"the generated client can't be tidied: {reason}")
