"""`update`: the whole story for an instance, from its documentation page to the client in place; all or nothing.

    locate -> download -> repair, overlay, generate, verify -> compare -> swap

Everything is made in the workspace beside `openapi/` and `generated/`; the swap then replaces both, or nothing.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from .build import build_into
from .changes import Changes, compare
from .changes.history import prepend
from .changes.markdown import markdown
from .checkout import CHANGES, DOCUMENT, GENERATED, OPENAPI, OVERLAY, PACKAGE, PREVIOUS, PROVENANCE
from .combine.source import Source
from .errors import DocumentUnusable, Drift
from .overlay.base_path import may_be_of_one_instance
from .overlay.contract import Terms
from .overlay.document import normalized
from .overlay.overlay import load_overlay
from .progress import Progress
from .report import Report
from .swap.kept import checkout_hash, note_exchange
from .swap.provenance import kind_of, provenance, read_provenance, write_provenance
from .swap.swap import Workspace, signals_held_off
from .tree import canonical

Document = dict[str, Any]


@dataclass(frozen=True)
class Updated:
    """What an update did."""

    report: Report
    record: Mapping[str, Any]
    changes: Changes
    is_new: bool
    is_first: bool
    replaced: bool

    def summary(self) -> str:
        """For the terminal."""
        document = self.record["document"]
        lines = [f"{document['title']} {document['version']} ({document['kind']}): {self.report.summary()}"]
        if self.record["not_offered"]:
            lines.append(f"Given up: {', '.join(self.record['not_offered'])}; these verbs raise NotOffered now.")
        if not self.replaced:
            lines.append("openapi/ and generated/ are what this document gives already; nothing was replaced.")
        elif self.is_first:
            lines.append("openapi/ and generated/ were made; there was no document to compare with.")
        elif not self.is_new:
            lines.append("The document is the same; generated/ was made from it anew.")
        else:
            lines += ["openapi/ and generated/ were replaced; `rollback` goes back.", "", markdown(self.changes)]
        return "\n".join(lines).rstrip() + "\n"


def update(
    root: Path,
    fetch_document: Source,
    *,
    kind: str,
    accept_broken: bool = False,
    going_back_to: Collection[str] | None = None,
    progress: Progress,
    tell: Callable[[Updated], None],
) -> None:
    """Bring `root/openapi` and `root/generated` to the document that `fetch_document` gets, then `tell` about it.

    `kind` is the origin of a document that doesn't name its own. `going_back_to` are the verbs that were given up for
    an earlier document: that was decided then. Raises StepFailed, and leaves both directories as they were, when any
    step fails.
    """
    with Workspace(root) as workspace:
        obtained = fetch_document(progress)
        document = obtained.document
        openapi, generated = workspace.fresh / OPENAPI, workspace.fresh / GENERATED
        is_first = not (root / OPENAPI / DOCUMENT).exists()
        is_new = _lay_out(root / OPENAPI, openapi, document)
        last = _normalized(root / OPENAPI / DOCUMENT)
        if going_back_to is not None:
            terms = Terms(given_up=going_back_to)
        elif last is not None and _is_upgrade(root / OPENAPI, document):
            terms = Terms(last, accept_broken, _recorded(root / OPENAPI, "not_offered") or ())
        else:
            terms = Terms()
        with progress.step("build") as note:
            package = generated / PACKAGE
            _, report = build_into(document, package, terms=terms, configuration=openapi)
            note(f"{report.operations_generated} operations, {len(report.repairs)} repairs, all modules import")
        promises = load_overlay(openapi / OVERLAY).promises
        with progress.step("compare") as note:
            new = normalized(document).document
            changes = compare(last or new, new, promises)
            changes = replace(changes, given_up=tuple(report.not_offered))
            note(changes.headline())
        report.changes = changes.as_json()
        if is_new and not is_first:
            prepend(openapi / CHANGES, changes, day=date.today())
        if not is_new:
            kind = _recorded_kind(root / OPENAPI) or kind
        kind = kind_of(document, otherwise=kind)
        record = provenance(openapi, generated, report, kind=kind)
        write_provenance(openapi, record)
        report.repairs[:0] = obtained.repairs  # reported, but not recorded: the saved document doesn't need them
        report.warnings[:0] = obtained.warnings
        differs = checkout_hash(root) != checkout_hash(workspace.fresh)
        with signals_held_off():  # from here on Ctrl-C comes too late
            if differs:
                with progress.step("swap"):
                    _swap(workspace, keep=is_new)
            tell(Updated(report, record, changes, is_new, is_first, differs))


def _swap(workspace: Workspace, *, keep: bool) -> None:
    note_exchange(workspace.root, workspace.fresh)
    pairs = {workspace.root / name: workspace.fresh / name for name in (OPENAPI, GENERATED)}
    workspace.swap(pairs, keep=keep)


def _lay_out(current: Path, fresh: Path, document: Document) -> bool:
    """Write the next `openapi/`: the current one with the new document. Returns whether that is a new one."""
    _copy(current, fresh)
    try:
        content = canonical(document)
    except ValueError as error:
        raise DocumentUnusable(f"the document can't be written as JSON: {error}") from None
    if (fresh / DOCUMENT).exists() and (fresh / DOCUMENT).read_bytes().replace(b"\r\n", b"\n") == content:
        return False
    shutil.rmtree(fresh / PREVIOUS, ignore_errors=True)
    for name in (DOCUMENT, PROVENANCE):
        if (fresh / name).exists():
            (fresh / PREVIOUS).mkdir(exist_ok=True)
            (fresh / name).rename(fresh / PREVIOUS / name)
    (fresh / DOCUMENT).write_bytes(content)
    return True


def _copy(source: Path, target: Path) -> None:
    """Like `shutil.copytree`, but the first failure (a full disk) is raised as it is, not in a list of all."""
    for path in sorted(source.rglob("*")):
        if path.is_file():
            copied = target / path.relative_to(source)
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copied)


def _normalized(file: Path) -> Document | None:
    """The current document, or None if there is none to compare with."""
    try:
        return normalized(json.loads(file.read_bytes())).document
    except (OSError, ValueError, DocumentUnusable):
        return None


def _is_upgrade(openapi: Path, document: Document) -> bool:
    """Whether the current document is an earlier one of the same instance.

    The document that this repository comes with, made of public facts, isn't an instance's.
    """
    if _recorded_kind(openapi) == "public facts":
        is_first_contact = kind_of(document, otherwise="") != "public facts" or not (openapi / CHANGES).exists()
        return not is_first_contact
    return may_be_of_one_instance(json.loads((openapi / DOCUMENT).read_bytes()), document)


def _recorded_kind(openapi: Path) -> str | None:
    return (_recorded(openapi, "document") or {}).get("kind")


def _recorded(openapi: Path, part: str) -> Any:
    """A part of the record of the last update, if there is one."""
    try:
        return read_provenance(openapi).get(part)
    except Drift:
        return None
