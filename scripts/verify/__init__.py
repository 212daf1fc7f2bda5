"""The gate: what is documented is generated, and what is generated is sound.

- each operation of the document is one module with one `_get_kwargs` for its method (by which operations can be
  counted from outside), and a method of its namespace;
- no module has anything in it that generated code may not have (`allowed.py`);
- whatever a module imports from the package is there, also inside functions;
- every module can be imported, on its own;
- each request that the facade makes is the one that the vendor documents.

All of it happens in a process of its own (`gate.py`), with a limit on time and memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..names import operation_names


def verify(
    does: Callable[..., Any],
    document: Mapping[str, Any],
    package: Path,
    requests: Sequence[Mapping[str, Any]] = (),
) -> int:
    """How many operations the package has: all of the document's. Raises DocumentUnusable if it isn't sound.

    `requests` have what the facade gives to an operation, and the vendor's request that has to come of it.
    """
    names = operation_names(document)
    expected = {f"api/{name.tag}/{name.function}.py": method for (_, method), name in names.items()}
    count: int = does("check", str(package), expected, requests)
    return count
