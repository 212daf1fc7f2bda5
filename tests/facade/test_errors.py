"""The tree of errors is the one that is drawn."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from pascom_facade import errors


def drawn(error: type[BaseException], indent: str = "") -> Iterator[str]:
    below = [kind for kind in error.__subclasses__() if kind.__module__ == errors.__name__]
    for kind in below:
        last = kind is below[-1]
        other = " (a ValueError, too)" if issubclass(kind, ValueError) else ""
        yield f"{indent}{'└── ' if last else '├── '}{kind.__name__}{other}"
        yield from drawn(kind, f"{indent}{'    ' if last else '│   '}")


def test_the_tree_is_drawn_as_it_is() -> None:
    tree = "\n".join(["PascomError", *drawn(errors.PascomError)])
    assert textwrap.indent(tree, "    ") in str(errors.__doc__)
    named = {line.split(" ")[-1] for line in tree.replace(" (a ValueError, too)", "").splitlines()}
    assert named == set(errors.__all__)
