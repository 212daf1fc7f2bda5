"""What both doors offer for a client in place: `python -m scripts.regenerate` in a checkout, `pascom regenerate`
anywhere.

Each prints its result and raises StepFailed with the exit status of its failure.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .checkout import CONFIGURATION, DOCUMENT, OPENAPI, OVERLAY, PREVIOUS, Home
from .errors import DocumentUnusable, Drift, StepFailed, WrongUsage
from .progress import Progress, say

if TYPE_CHECKING:
    from .combine.source import Source
    from .update import Updated


def update(home: Home, fetch: Source, *, kind: str, accept_broken: bool = False, report: Path | None = None) -> None:
    """Bring the client to the document that `fetch` gets, or change nothing."""
    from .report import check_place, write
    from .update import update

    def tell(updated: Updated) -> None:
        say(updated.summary(), end="")
        write(updated.report, report)

    check_place(report)
    try:
        update(home, fetch, kind=kind, accept_broken=accept_broken, progress=Progress(), tell=tell)
    except OSError as error:
        raise StepFailed(f"{error.strerror or error} ({error.filename or home.root}); nothing was replaced") from None


def check(home: Home, *, full: bool) -> None:
    """Does the client still follow from what it was made from?"""
    from .check import differences
    from .report import counted
    from .swap.provenance import read_provenance
    from .swap.swap import finish_interrupted

    finish_interrupted(home.root)
    lines = differences(home, full=full)
    for line in lines:
        say(line)
    if lines:
        raise Drift(f"{counted(len(lines), 'difference')}; run `{home.update}` to regenerate")
    record = read_provenance(home.root / home.openapi)
    counts, document = record["counts"], record["document"]
    follows = f"{home.made}/ follows from {home.openapi}/"
    if home.is_project:
        follows = f"{home.made}/ follows from its document"
    say(
        f"{follows}: {document['title']} {document['version']} ({document['kind']}), "
        f"{counts['operations']} operations in {counts['files']} files"
    )


def changes(
    old: Path, new: Path, *, form: str = "markdown", descriptions: bool = False, fail_on: str | None = None
) -> None:
    """What differs for callers between two documents."""
    from pascom_facade._printable import safe_json

    from .changes import Severity, compare
    from .changes.markdown import markdown
    from .overlay.overlay import load_overlay
    from .tree import canonical

    overlay = Path(OPENAPI, OVERLAY)
    if not overlay.exists():
        overlay = CONFIGURATION / OVERLAY
    promises = load_overlay(overlay).promises
    found = compare(_comparable(old), _comparable(new), promises, descriptions=descriptions)
    if form == "json":
        say(safe_json(canonical(found.as_json()).decode()), end="")
    else:
        say(markdown(found), end="")
    if fail_on and (breaking := found.of(Severity.BREAKING)):
        raise StepFailed(f"{len(breaking)} breaking changes")


def _comparable(file: Path) -> dict[str, Any]:
    from .download.files import read_document
    from .overlay.document import normalized

    document = read_document(file)
    try:
        return normalized(document).document
    except DocumentUnusable as error:
        raise DocumentUnusable(f"{file}: {error}") from None


def last_two(home: Home) -> tuple[Path, Path]:
    """The documents before and after the last update. Raises WrongUsage where there was none."""
    openapi = home.root / home.openapi
    before, after = openapi / PREVIOUS / DOCUMENT, openapi / DOCUMENT
    if not before.is_file():
        raise WrongUsage(f"there is nothing to compare: no {home.openapi}/{PREVIOUS}/{DOCUMENT}; or give OLD and NEW")
    return before, after


def rollback(home: Home) -> None:
    """Go back to what the last update replaced.

    The swap keeps what it replaced on this machine: it comes back byte for byte, and a second rollback goes forward
    again. Elsewhere (a fresh clone), or when something was edited since, the previous document in `previous/` is taken,
    and the client is made from it anew with the overlay and the tools of today.
    """
    say(_go_back(home, Progress()), end="")


def _go_back(home: Home, progress: Progress) -> str:
    """Returns what was done, for the person. Raises WrongUsage when there is nothing to go back to."""
    from .combine.source import from_document
    from .swap.kept import still_matches
    from .swap.provenance import read_provenance
    from .swap.swap import Workspace
    from .update import update

    root = home.root
    with Workspace(root, home.name) as workspace:
        if still_matches(home, workspace.kept):
            kept = {root / name: workspace.kept / name for name in home.parts}
            workspace.swap(kept, keep=True)
            version = read_provenance(root / home.openapi)["document"]["version"]
            return f"Back to version {version}, byte for byte; `{home.door}rollback` again returns.\n"
    previous = root / home.openapi / PREVIOUS
    if not (previous / DOCUMENT).is_file():
        raise WrongUsage(f"there is nothing to go back to: no {home.openapi}/{PREVIOUS}/{DOCUMENT}")
    done: list[Updated] = []
    fetch = from_document(str(previous / DOCUMENT))
    record = read_provenance(previous)
    kind = str(record["document"]["kind"])
    not_offered = record.get("not_offered") or ()
    update(home, fetch, kind=kind, going_back_to=not_offered, progress=progress, tell=done.append)
    version = done[0].record["document"]["version"]
    return (
        f"Back to the document of version {version}; the client was made from it anew, because this machine does "
        "not have exactly what the last update replaced.\n"
    )
