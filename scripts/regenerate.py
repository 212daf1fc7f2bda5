"""The door: `python -m scripts.regenerate COMMAND …`, run from the repository root.

Exit status: 0 done, 1 the machine failed (a full disk), 2 wrong usage, 3 no document found / not reachable / refused
login, 4 document can't be used, 5 facade contract broken, 6 drift. Any status but 0 leaves `openapi/` and `generated/`
as they were.

The login is read from PASCOM_USER, PASCOM_PASSWORD, PASCOM_PASSWORD_COMMAND and PASCOM_AUTH_STRING; which certificates
to trust from PASCOM_CA_FILE and PASCOM_FINGERPRINT.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from . import build_command, locate_command, update_command
from .errors import StepFailed

COMMANDS = (locate_command, build_command, update_command)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.regenerate",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in COMMANDS:
        module.add_to(commands)
    options = parser.parse_args(arguments)
    try:
        options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # `locate … | head -1`: whoever read has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except StepFailed as failure:
        print(f"{options.command}: {failure}", file=sys.stderr)
        return failure.status
    except OSError as problem:  # a disk is full, a file may not be read
        print(f"{options.command}: {problem.strerror or problem} ({problem.filename})", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"{options.command}: interrupted; nothing was changed", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
