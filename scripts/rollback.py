"""`rollback`: back to what the last update replaced.

The swap keeps the replaced `openapi/` and `generated/` on this machine: they come back byte for byte, and a second
rollback goes forward again. Elsewhere (a fresh clone), or when something was edited since, the previous document
in `openapi/previous/` is taken, and the client is made from it anew with the overlay and the tools of today.
"""

from __future__ import annotations

from pathlib import Path

from .checkout import DOCUMENT, GENERATED, OPENAPI, PREVIOUS
from .combine.source import from_document
from .errors import WrongUsage
from .progress import Progress
from .swap.kept import still_matches
from .swap.provenance import read_provenance
from .swap.swap import Workspace
from .update import Updated, update


def rollback(root: Path, progress: Progress) -> str:
    """Go back; returns what was done, for the person. Raises WrongUsage when there is nothing to go back to."""
    with Workspace(root) as workspace:
        if still_matches(root, workspace.kept):
            kept = {root / name: workspace.kept / name for name in (OPENAPI, GENERATED)}
            workspace.swap(kept, keep=True)
            version = read_provenance(root / OPENAPI)["document"]["version"]
            return f"Back to version {version}, byte for byte; `rollback` again returns.\n"
    previous = root / OPENAPI / PREVIOUS
    if not (previous / DOCUMENT).is_file():
        raise WrongUsage(f"there is nothing to go back to: no {OPENAPI}/{PREVIOUS}/{DOCUMENT}")
    done: list[Updated] = []
    fetch = from_document(str(previous / DOCUMENT))
    record = read_provenance(previous)
    kind = str(record["document"]["kind"])
    not_offered = record.get("not_offered") or ()
    update(root, fetch, kind=kind, going_back_to=not_offered, progress=progress, tell=done.append)
    version = done[0].record["document"]["version"]
    return (
        f"Back to the document of version {version}; the client was made from it anew, because this machine does "
        "not have exactly what the last update replaced.\n"
    )
