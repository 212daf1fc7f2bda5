"""References that follow when what they lead to is called otherwise, moves or is replaced."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from ..tree import resolved

Document = dict[str, Any]

REPLACED = "x-documented"  # where a document keeps what was replaced and is referred to


def referring(part: Any, called: Mapping[str, str]) -> Any:
    """A copy of `part` whose references follow renamed places: `called` maps old pointers to new ones."""
    if isinstance(part, list):
        return [referring(item, called) for item in part]
    if isinstance(part, dict):
        return {key: referring(value, called) for key, value in part.items()}
    if isinstance(part, str) and part.startswith("#/"):
        return _renamed(part, called)
    return part


def keep_references(before: Document, after: Document) -> None:
    """Keep the targets of references into the paths of `after` that mean something else than in `before`."""
    called = {}
    for reference in sorted(set(_into_paths(after))):
        meant = resolved(before, {"$ref": reference})
        if meant != _found(after, reference):
            after.setdefault(REPLACED, []).append(copy.deepcopy(meant))
            called[reference] = f"#/{REPLACED}/{len(after[REPLACED]) - 1}"
    if called:
        after.update(referring(after, called))


def referred_to(part: Any, pointer: str) -> bool:
    """Whether anything refers to this place."""
    if isinstance(part, dict):
        return any(referred_to(value, pointer) for value in part.values())
    if isinstance(part, list):
        return any(referred_to(value, pointer) for value in part)
    return isinstance(part, str) and (part == pointer or part.startswith(f"{pointer}/"))


def _renamed(reference: str, called: Mapping[str, str]) -> str:
    parts = reference.split("/")
    for end in range(len(parts), 1, -1):
        beginning = "/".join(parts[:end])
        if beginning in called:
            return "/".join([called[beginning], *parts[end:]])
    return reference


def _into_paths(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for item in part:
            yield from _into_paths(item)
    elif isinstance(part, dict):
        reference = part.get("$ref")
        if isinstance(reference, str) and reference.startswith("#/paths/"):
            yield reference
        for value in part.values():
            yield from _into_paths(value)


def _found(document: Document, reference: str) -> Any:
    try:
        return resolved(document, {"$ref": reference})
    except (KeyError, IndexError, TypeError, ValueError):
        return None
