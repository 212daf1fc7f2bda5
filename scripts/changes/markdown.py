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
    plural = "s" if count > 1 else ""
    return (
        f"- `{verb}` still works: its request fits, and it reads answers field by field (a field that is gone is "
        f"None). {count} change{plural} below."
    )


def _by_service(changes: list[Change], heading: str) -> Iterator[str]:
    """Changes of the same operations together, under the names of their services; those of facade verbs first."""
    alike: defaultdict[tuple[str, str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for change in changes:
        # A schema's change is listed once, for all services; an operation's under its service.
        where = change.finding.where
        service = "" if where else change.service
        alike[where, change.finding.text, service].append((change.service, change.method, change.path))
    by_operations: defaultdict[Operations, list[tuple[str, str]]] = defaultdict(list)
    for (where, text, _), listed in alike.items():
        operations = tuple(dict.fromkeys(listed))
        by_operations[operations].append((where, text))
    with_verbs = {(change.service, change.method, change.path) for change in changes if change.verbs}
    sections: defaultdict[tuple[bool, str], list[str]] = defaultdict(list)
    for operations, findings in by_operations.items():
        services = ", ".join(sorted({service for service, _, _ in operations}))
        sections[with_verbs.isdisjoint(operations), services] += _lines(operations, findings)
    for (_, services), lines in sorted(sections.items()):
        yield from ("", f"{heading} {services}", "")
        yield from lines


def _lines(operations: Operations, findings: Iterable[tuple[str, str]]) -> Iterator[str]:
    """One line for each difference; fields of one object with the same difference share a line."""
    fields: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for where, text in findings:
        parent, dot, field = where.rpartition(".")
        if dot:
            fields[parent, text].append(field)
        else:
            fields[where, text].append("")
    titles = ", ".join(f"`{operation_title(method, path)}`" for _, method, path in operations)
    for (where, text), names in fields.items():
        listed = ", ".join(f"`{name}`" for name in names if name)
        if listed:
            text = f"{listed} {text}"
        yield f"- {titles}: {_where(where, bool(listed))}{text}"


def _where(where: str, has_fields: bool) -> str:
    if not where:
        return ""
    return f"`{where}`: " if has_fields else f"`{where}` "
