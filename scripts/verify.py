"""The gate: what is documented is generated, and what is generated is sound.

- each operation of the document is one module with one `_get_kwargs` for its method (by which operations can be
  counted from outside), and a method of its namespace;
- no module has anything in it that generated code may not have (`allowed.py`);
- whatever a module imports from the package is there, also inside functions;
- every module can be imported, on its own.

All of it happens in a process of its own (`verify_run.py`), with a limit on time and memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from .names import operation_names
from .worker import Worker


class Counts(NamedTuple):
    documented: int
    generated: int


def verify(worker: Worker, document: Mapping[str, Any], package: Path) -> Counts:
    """Refuse a package that lacks one of the document's operations, or isn't sound. Raises DocumentUnusable."""
    names = operation_names(document)
    expected = {f"api/{name.tag}/{name.function}.py": method for (_, method), name in names.items()}
    worker.does("check", str(package), expected)
    return Counts(len(names), len(expected))
