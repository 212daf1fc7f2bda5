"""The gate: what is documented is generated, and what is generated is sound.

- each operation of the document is one module with one `_get_kwargs` for its method (by which operations can be
  counted from outside), and a method of its namespace;
- no module has anything in it that generated code may not have (`allowed.py`);
- whatever a module imports from the package is there, also inside functions;
- every module can be imported, and needs no other but the shared ones for that.

All of it happens in a process of its own (`verify_run.py`), with a limit on time and memory.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from .errors import DocumentUnusable
from .names import operation_names

SECONDS = 120


class Counts(NamedTuple):
    documented: int
    generated: int


def verify(document: Mapping[str, Any], package: Path) -> Counts:
    """Refuse a package that lacks an operation of `document`, or isn't sound."""
    names = operation_names(document)
    expected = {f"api/{name.tag}/{name.function}.py": method for (_, method), name in names.items()}
    root = Path(__file__).resolve().parents[__package__.count(".") + 1]
    try:
        done = subprocess.run(
            [sys.executable, "-m", f"{__package__}.verify_run", str(package)],
            input=json.dumps(expected).encode(),
            capture_output=True,
            timeout=SECONDS,
            env=os.environ | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DocumentUnusable(f"checking the generated client took longer than {SECONDS} s") from None
    problem = " ".join(done.stdout.decode(errors="replace").split())
    if done.returncode or problem:
        raise DocumentUnusable(f"the generated client isn't sound: {problem or 'it stopped the check'}")
    return Counts(len(names), len(expected))
