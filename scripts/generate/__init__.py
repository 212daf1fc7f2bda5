"""Run the pinned generator: it takes a repaired document, and writes a package directory.

The generator runs in a process of its own (`generator.py`), so that no document can hang or fill the machine.
Its code is then tidied (`tidy.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..checkout import CONFIGURATION
from ..repair import Repair
from .tidy import tidy


def generate(
    does: Callable[..., Any], document: Mapping[str, Any], target: Path, configuration: Path = CONFIGURATION
) -> list[Repair]:
    """Write the package for `document` to `target`, which must not exist; returns what its code can't say.

    Raises DocumentUnusable.
    """
    left_out = does("generate", document, str(target), str(configuration))
    tidy(target)
    return [Repair(*loss) for loss in left_out]
