"""`update`: the whole story for an instance, from its documentation page to the client in place; all or nothing.

    locate -> download -> repair, overlay, generate, verify -> compare -> swap

Everything is made in the workspace beside what is to be replaced (in a checkout `openapi/` and `generated/`, in a
project the directory of its client); the swap then replaces all of it, or nothing.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from .build import build_for
from .changes import Changes, compare
from .changes.history import begin, prepend
from .changes.markdown import markdown
from .checkout import BESIDE_MODULES, CHANGES, DOCUMENT, OVERLAY, PREVIOUS, PROVENANCE, Home
from .combine.source import Source
from .errors import DocumentUnusable, Drift
from .overlay.base_path import may_be_of_one_instance
from .overlay.contract import Terms
from .overlay.document import normalized
from .overlay.overlay import load_overlay
from .overlay.starter import STARTER
from .progress import Progress
from .report import Report
from .swap.kept import note_exchange, state
from .swap.provenance import kind_of, provenance, read_provenance, write_provenance
from .swap.swap import Workspace, signals_held_off
from .tree import canonical

Document = dict[str, Any]


@dataclass(frozen=True)
class Updated:
    """What an update did."""

    home: Home
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
        title, were = self.home.title, self.home.were
        if not self.replaced:
            lines.append(f"{title} {self.home.are} what this document gives already; nothing was replaced.")
        elif self.is_first:
            lines.append(f"{title} {were} made; there was no document to compare with.")
        elif not self.is_new:
            lines.append(f"The document is the same; {self.home.made}/ was made from it anew.")
        else:
            lines += [f"{title} {were} replaced; `{self.home.door}rollback` goes back.", "", markdown(self.changes)]
        return "\n".join(lines).rstrip() + "\n"


def update(
    home: Home,
    fetch_document: Source,
    *,
    kind: str,
    accept_broken: bool = False,
    going_back_to: Collection[str] | None = None,
    progress: Progress,
    tell: Callable[[Updated], None],
) -> None:
    """Bring the client of `home` to the document that `fetch_document` gets, then `tell` about it.

    `kind` is the origin of a document that doesn't name its own. `going_back_to` are the verbs that were given up for
    an earlier document: that was decided then. Raises StepFailed, and leaves all as it was, when any step fails.
    """
    with Workspace(home.root, home.name) as workspace:
        obtained = fetch_document(progress)
        document = obtained.document
        current, openapi = home.root / home.openapi, workspace.fresh / home.openapi
        is_first = not home.is_there()
        is_new = _lay_out(home, openapi, document)
        last = _normalized(current / DOCUMENT)
        if going_back_to is not None:
            terms = Terms(given_up=going_back_to)
        elif last is not None and _is_upgrade(current, document):
            terms = Terms(last, accept_broken, _recorded(current, "not_offered") or ())
        else:
            terms = Terms()
        with progress.step("build") as note:
            report = build_for(home, workspace.fresh, document, terms)
            note(f"{report.operations_generated} operations, {len(report.repairs)} repairs, all modules import")
        promises = load_overlay(home.configuration(openapi) / OVERLAY).promises
        with progress.step("compare") as note:
            new = normalized(document).document
            changes = compare(last or new, new, promises)
            changes = replace(changes, given_up=tuple(report.not_offered))
            note(changes.headline())
        report.changes = changes.as_json()
        if is_new and not is_first:
            prepend(openapi / CHANGES, changes, day=date.today())
        elif is_first and home.is_project:
            begin(openapi / CHANGES, changes, report.operations_generated, day=date.today())
        if not is_new:
            kind = _recorded_kind(current) or kind
        kind = kind_of(document, otherwise=kind)
        record = provenance(home, workspace.fresh, report, kind=kind)
        write_provenance(openapi, record)
        report.repairs[:0] = obtained.repairs  # reported, but not recorded: the saved document doesn't need them
        report.warnings[:0] = obtained.warnings
        differs = state(home, home.root) != state(home, workspace.fresh)
        with signals_held_off():  # from here on Ctrl-C comes too late
            if differs:
                with progress.step("swap"):
                    _swap(home, workspace, keep=is_new and not (is_first and home.is_project))
            tell(Updated(home, report, record, changes, is_new, is_first, differs))


def _swap(home: Home, workspace: Workspace, *, keep: bool) -> None:
    note_exchange(home, workspace.fresh)
    pairs = {home.root / name: workspace.fresh / name for name in home.parts}
    workspace.swap(pairs, keep=keep)


def _lay_out(home: Home, fresh: Path, document: Document) -> bool:
    """Write the next `openapi/`: the current one with the new document. Returns whether that is a new one."""
    current = home.root / home.openapi
    fresh.mkdir()
    _copy(current, fresh, only=BESIDE_MODULES if home.is_project else None)
    if home.is_project and not home.is_there() and not (fresh / OVERLAY).exists():
        (fresh / OVERLAY).write_text(STARTER, encoding="utf-8")
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


def _copy(source: Path, target: Path, only: Collection[str] | None) -> None:
    """Like `shutil.copytree`, but the first failure (a full disk) is raised as it is, not in a list of all.

    `only`: the files and folders of these names.
    """
    for path in sorted(source.rglob("*")):
        if path.is_file() and (only is None or path.relative_to(source).parts[0] in only):
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
