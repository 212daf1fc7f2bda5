"""`build DOCUMENT --output DIR`: arguments and output; the work is in the steps' modules."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(commands: Commands) -> None:
    """Add this module's commands to the door."""
    command = commands.add_parser("build", help="make the client for a document: repair, overlay, generate, verify")
    command.add_argument("document", type=Path, metavar="DOCUMENT", help="OpenAPI or Swagger, JSON or YAML")
    command.add_argument("--output", type=Path, required=True, metavar="DIR", help="the package's directory")
    command.add_argument("--report", type=Path, metavar="FILE", help="write what was found and done, as JSON")
    command.add_argument("--plain", action="store_true", help="not pascom's document: no overlay, no facade contract")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    from .build import build
    from .reading import read_document
    from .report import check_place, write

    check_place(options.report)
    report = build(read_document(options.document), options.output, plain=options.plain)
    write(report, options.report)
    print(report.summary())
