"""The changes as a person reads them: the facade's verbs first, then service by service, the worst first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..tree import operation_title
from .model import Change, Changes, Severity

_TITLES = {
    Severity.BREAKING: "Breaking",
    Severity.MAYBE: "Maybe breaking",
    Severity.COMPATIBLE: "Compatible",
}
Operations = tuple[tuple[str, str, str], ...]  # (service, method, path) of each


def markdown(changes: Changes, *, title: str | None = None, level: int = 1) -> str:
    """A report; `level` is that of its title."""
    heading = "#" * level
    lines = [f"{heading} {title or _title(changes)}", "", f"{changes.headline().capitalize()}."]
    if changes.verbs:
        lines += ["", f"{heading}# What this does to the facade", ""]
        lines += [_verb(verb, len(affected), changes) for verb, affected in sorted(changes.verbs.items())]
    for severity in Severity:
        if of_severity := changes.of(severity):
            lines += ["", f"{heading}# {_TITLES[severity]}"]
            lines += _by_service(of_severity, f"{heading}##")
    return "\n".join(lines) + "\n"


def _title(changes: Changes) -> str:
    return f"From {changes.old_version or 'one version'} to {changes.new_version or 'another'}"


def _verb(verb: str, count: int, changes: Changes) -> str:
    if problem := changes.broken.get(verb):
        if changes.works(verb):
            return f"- `{verb}` sends what the vendor documents, although {problem}."
        return f"- `{verb}` **no longer works**: {problem}."
    return (
        f"- `{verb}` still works: its request fits, and it reads answers field by field (a field that is gone is "
        f"None). {count} change{'s' if count > 1 else ''} below."
    )


def _by_service(changes: list[Change], heading: str) -> Iterator[str]:
    """What happened in the same operations together, under the names of their services."""
    same: defaultdict[tuple[str, str, str], list[Change]] = defaultdict(list)
    for change in changes:
        # What happened to a schema is told once for all; what happened to an operation, under its service.
        where = change.finding.where
        same[where, change.finding.text, "" if where else change.service].append(change)
    places: defaultdict[Operations, list[tuple[str, str]]] = defaultdict(list)
    for (where, text, _), found in same.items():
        places[tuple(dict.fromkeys((c.service, c.method, c.path) for c in found))].append((where, text))
    with_verbs = {(change.service, change.method, change.path) for change in changes if change.verbs}
    services: defaultdict[tuple[bool, str], list[str]] = defaultdict(list)
    for place, findings in places.items():
        names = ", ".join(sorted({service for service, _, _ in place}))
        services[with_verbs.isdisjoint(place), names] += _lines(place, findings)
    for _, names in sorted(services):
        yield from ("", f"{heading} {names}", "")
        yield from services[_, names]


def _lines(place: Operations, findings: Iterable[tuple[str, str]]) -> Iterator[str]:
    """One line for each difference; fields of one thing that share their fate share a line."""
    fields: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for where, text in findings:
        thing, dot, name = where.rpartition(".")
        fields[(thing if dot else where), text].append(name if dot else "")
    operations = ", ".join(f"`{operation_title(method, path)}`" for _, method, path in place)
    for (where, text), names in fields.items():
        listed = ", ".join(f"`{name}`" for name in names if name)
        what = f"`{where}`: {listed} {text}" if listed else f"`{where}` {text}" if where else text
        yield f"- {operations}: {what}"
