"""The command line `pascom`: explore and use a phone system's REST API from a terminal or a script.

click, and not typer: measured here, importing typer and the rich it pulls in costs more than `pascom --help` may
take altogether (81 + 85 ms of CPU; click 63 ms). rich is imported where something is drawn on a terminal. Completion
bypasses both.
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    """The console script."""
    if "_PASCOM_COMPLETE" in os.environ:
        from .completion.answers import complete

        sys.exit(complete(os.environ))
    try:
        from .app import run
    except ModuleNotFoundError as missing:
        if missing.name != "click":
            raise
        from .._extras import needs

        sys.exit(f"pascom: {needs('the command line', missing.name)}")
    sys.exit(run(sys.argv[1:]))
