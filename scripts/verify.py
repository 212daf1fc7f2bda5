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
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from .errors import DocumentUnusable
from .names import operation_names

SECONDS = 120


class Counts(NamedTuple):
    documented: int
    generated: int


Check = Callable[[Mapping[str, Any]], Counts]


@contextmanager
def gate(package: Path) -> Iterator[Check]:
    """The gate's process, which loads what generated code needs while the package is still being written.

    (That is a sixth of the time of a small build.) Called with the document, it refuses a package that lacks one of its
    operations, or isn't sound.
    """
    root = Path(__file__).resolve().parents[__package__.count(".") + 1]
    process = subprocess.Popen(
        [sys.executable, "-m", f"{__package__}.verify_run", str(package)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"},
    )

    def check(document: Mapping[str, Any]) -> Counts:
        names = operation_names(document)
        expected = {f"api/{name.tag}/{name.function}.py": method for (_, method), name in names.items()}
        try:
            output, _ = process.communicate(json.dumps(expected).encode(), timeout=SECONDS)
        except subprocess.TimeoutExpired:
            raise DocumentUnusable(f"checking the generated client took longer than {SECONDS} s") from None
        problem = " ".join(output.decode(errors="replace").split())
        if process.returncode or problem:
            raise DocumentUnusable(f"the generated client isn't sound: {problem or 'it stopped the check'}")
        return Counts(len(names), len(expected))

    with process:
        try:
            yield check
        finally:
            process.kill()
