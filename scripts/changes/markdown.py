"""The changes as a person reads them: the facade's verbs first, then service by service, the worst first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ..routes import shown
from .model import Change, Changes, Severity

_TITLES = {
    Severity.BREAKING: "Breaking",
    Severity.MAYBE: "Maybe breaking",
    Severity.COMPATIBLE: "Compatible",
}


def markdown(changes: Changes, *, title: str | None = None, level: int = 1) -> str:
    """A report; `level` is that of its title."""
    heading = "#" * level
    lines = [f"{heading} {title or _title(changes)}", "", f"{changes.headline().capitalize()}."]
    if changes.verbs:
        lines += ["", f"{heading}# What this does to the facade", ""]
        lines += [_verb(verb, affected, changes) for verb, affected in sorted(changes.verbs.items())]
    for severity in Severity:
        if of_severity := changes.of(severity):
            lines += ["", f"{heading}# {_TITLES[severity]}"]
            lines += _by_service(of_severity, f"{heading}##")
    return "\n".join(lines) + "\n"


def _title(changes: Changes) -> str:
    return f"From {changes.old_version or 'one version'} to {changes.new_version or 'another'}"


def _verb(verb: str, affected: list[Change], changes: Changes) -> str:
    if problem := changes.broken.get(verb):
        return f"- `{verb}` **no longer works**: {problem}."
    count = len(affected)
    return f"- `{verb}` still works; what it stands on has {count} change{'s' if count > 1 else ''} (below)."


def _by_service(changes: list[Change], heading: str) -> Iterable[str]:
    services: defaultdict[str, list[Change]] = defaultdict(list)
    for change in changes:
        services[change.service].append(change)
    # Services that the facade stands on come first.
    order = sorted(services, key=lambda name: (not any(change.verbs for change in services[name]), name))
    for service in order:
        yield from ("", f"{heading} {service}", "")
        yield from _merged(services[service])


def _merged(changes: list[Change]) -> Iterable[str]:
    """One line for each difference, with all operations that it is found in."""
    places: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for change in changes:
        places[change.finding.where, change.finding.text].append(f"`{shown(change.method, change.path)}`")
    for (where, text), found in places.items():
        what = f"`{where}`: {text}" if where else text
        yield f"- {', '.join(dict.fromkeys(found))}: {what}"
