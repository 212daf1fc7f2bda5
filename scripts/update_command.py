"""`update`, `check`, `changes` and `rollback`: arguments and output; the work is in the steps' modules."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import DocumentUnusable, Drift, StepFailed, WrongUsage

if TYPE_CHECKING:
    from .progress import Progress
    from .source import Source
    from .update import Updated

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(commands: Commands) -> None:
    """Add this module's commands to the door."""
    update = commands.add_parser(
        "update", help="all of it for an instance, replacing openapi/ and generated/, or nothing"
    )
    update.add_argument("server", nargs="?", metavar="SERVER", help="pascom.cloud, or https://192.168.1.5")
    update.add_argument("instance", nargs="?", metavar="INSTANCE", help="the instance's name")
    update.add_argument("--page", metavar="ADDRESS", help="the documentation page, where it is another than usual")
    update.add_argument("--document", metavar="ADDRESS|FILE", help="the document itself, instead")
    update.add_argument("--name", help="of several documents the one with this name or address")
    update.add_argument("--report", type=Path, metavar="FILE", help="write what was found and done, as JSON")
    update.add_argument(
        "--accept-broken",
        action="store_true",
        help="replace although facade verbs lose their ground; they raise NotOffered then",
    )
    update.set_defaults(run=run_update)

    check = commands.add_parser("check", help="does generated/ still follow from openapi/?")
    check.add_argument("--full", action="store_true", help="regenerate in a temporary place and compare")
    check.set_defaults(run=run_check)

    changes = commands.add_parser("changes", help="what differs for callers between two documents")
    changes.add_argument("old", type=Path, metavar="OLD")
    changes.add_argument("new", type=Path, metavar="NEW")
    changes.add_argument("--format", choices=("markdown", "json"), default="markdown")
    changes.add_argument("--descriptions", action="store_true", help="also where only descriptions differ")
    changes.add_argument("--fail-on", choices=("breaking",), help="exit 1 if there are such changes")
    changes.set_defaults(run=run_changes)

    rollback = commands.add_parser("rollback", help="go back to what the last update replaced")
    rollback.set_defaults(run=run_rollback)


def run_update(options: argparse.Namespace) -> None:
    from .report import check_place, write
    from .update import update

    def tell(updated: Updated) -> None:
        print(updated.summary(), end="")
        write(updated.report, options.report)

    check_place(options.report)
    root = _root()
    fetch, kind = _source(options)
    try:
        update(root, fetch, kind=kind, accept_broken=options.accept_broken, progress=_progress(), tell=tell)
    except OSError as error:
        raise StepFailed(f"{error.strerror or error} ({error.filename or root}); nothing was replaced") from None


def run_check(options: argparse.Namespace) -> None:
    from .check import differences
    from .provenance import read_provenance
    from .swap import finish_interrupted

    root = _root()
    finish_interrupted(root)
    found = differences(root, full=options.full)
    for line in found:
        print(line)
    if found:
        count = f"{len(found)} difference{'s' if len(found) > 1 else ''}"
        raise Drift(f"{count}; run `update --document openapi/pascom.json` to regenerate")
    record = read_provenance(root / "openapi")
    counts, document = record["counts"], record["document"]
    print(
        f"generated/ follows from openapi/: {document['title']} {document['version']} ({document['kind']}), "
        f"{counts['operations']} operations in {counts['files']} files"
    )


def run_changes(options: argparse.Namespace) -> None:
    from .canonical import canonical
    from .changes import Severity, compare
    from .changes.markdown import markdown
    from .overlay import load_overlay

    overlay = Path("openapi/overlay.yaml")
    promises = load_overlay(overlay).promises if overlay.exists() else ()
    old, new = map(_comparable, (options.old, options.new))
    changes = compare(old, new, promises, descriptions=options.descriptions)
    print(canonical(changes.as_json()).decode() if options.format == "json" else markdown(changes), end="")
    if options.fail_on and (breaking := changes.of(Severity.BREAKING)):
        raise StepFailed(f"{len(breaking)} breaking changes")


def _comparable(file: Path) -> dict[str, Any]:
    from .complete import understood
    from .reading import read_document

    document = read_document(file)
    try:
        return understood(document).document
    except DocumentUnusable as error:
        raise DocumentUnusable(f"{file}: {error}") from None


def run_rollback(options: argparse.Namespace) -> None:
    from .rollback import rollback

    print(rollback(_root(), _progress()), end="")


def _root() -> Path:
    root = Path.cwd()
    if not (root / "openapi" / "overlay.yaml").is_file():
        raise WrongUsage("there is no openapi/overlay.yaml here; run this from the repository's root")
    return root


def _progress() -> Progress:
    from .progress import Progress

    return Progress()


def _source(options: argparse.Namespace) -> tuple[Source, str]:
    """Where the document comes from, and what kind of source that is."""
    from .source import from_document, from_instance

    if options.document and not options.server:
        return from_document(options.document), "document"
    if options.server and options.instance and not options.document:
        instance = from_instance(options.server, options.instance, page=options.page, name=options.name)
        return instance, "instance"
    raise WrongUsage("give SERVER and INSTANCE, or --document ADDRESS|FILE")
