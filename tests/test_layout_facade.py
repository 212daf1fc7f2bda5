"""The facade's files import downwards only: `cli` stands on `explore`, `explore` on the facade, the simulator apart.

Within the facade, `_async` and `_sync` (which know nothing of each other) stand on the ground: the files beside them.
Every import statement counts, wherever it is: at the top, under TYPE_CHECKING, or in a function, as lazy ones only put
off the cost: a lazy circle is a circle. What is opened by name at run time doesn't count: the tables of `__init__` and
`cli/app`, and `import_module` for generated code.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import pascom_facade

ROOT = Path(pascom_facade.__file__).parent

# What a room may import from besides itself.
MAY_IMPORT = {
    "ground": set[str](),
    "_async": {"ground"},
    "_sync": {"ground"},
    "__init__": {"ground", "_async", "_sync"},
    "explore": {"ground"},
    "cli": {"ground", "_sync", "explore"},
    "simulator": set[str](),
}
# `pascom simulate` starts one.
DOORS = {("cli.simulate", "simulator.__main__")}


def modules(root: Path) -> dict[str, Path]:
    """The files of a package by module name; a package's own is `PACKAGE.__init__`."""
    files = [path for path in root.rglob("*.py") if "_scripts" not in path.parts]
    return {".".join(path.relative_to(root).with_suffix("").parts): path for path in files}


def imports(root: Path) -> dict[str, set[str]]:
    """For each module, the modules of the same package that it imports."""
    known = modules(root)
    return {name: set(_imported(root.name, name, path, known)) - {name} for name, path in known.items()}


def _imported(package: str, name: str, path: Path, known: dict[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            wanted = [alias.name.split(".") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            here = [package, *name.split(".")]
            base = here[: -node.level] if node.level else []
            base += node.module.split(".") if node.module else []
            wanted = [[*base, alias.name] for alias in node.names]
        else:
            continue
        for first, *rest in wanted:
            if first == package and rest[:1] != ["_scripts"]:  # in the wheel alone: `scripts` of a checkout
                yield _module(rest, known)


def _module(names: list[str], known: dict[str, Path]) -> str:
    """The module that `from PACKAGE.a import b` reads: a.b, a, or a's `__init__`."""
    for end in (names, names[:-1]):
        for candidate in (".".join(end), ".".join([*end, "__init__"])):
            if candidate in known:
                return candidate
    raise AssertionError(f"there is no module {'.'.join(names)}")


def room(module: str) -> str:
    """Where a module lies."""
    first, *rest = module.split(".")
    return first if rest or first == "__init__" else "ground"


def upwards(graph: dict[str, set[str]]) -> list[str]:
    """Each import that leads from a room to one it must not know."""
    return [
        f"{name} imports {other}"
        for name, others in sorted(graph.items())
        for other in sorted(others)
        if room(other) not in {room(name), *MAY_IMPORT[room(name)]} and (name, other) not in DOORS
    ]


def circle(graph: dict[str, set[str]]) -> list[str]:
    """The modules of a circle of imports, if there is one."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_nothing_imports_from_above() -> None:
    assert upwards(imports(ROOT)) == []


def test_no_circle_of_imports() -> None:
    assert circle(imports(ROOT)) == []


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("settings.py", "from .explore.curl import base", "settings imports explore.curl"),
        ("settings.py", "def f():\n    from ._sync.client import Pascom", "settings imports _sync.client"),
        ("settings.py", "if TYPE_CHECKING:\n    from . import cli", "settings imports cli.__init__"),
        ("settings.py", "import pascom_facade.cli.app", "settings imports cli.app"),
        ("_async/client.py", "from .._sync import client", "_async.client imports _sync.client"),
        ("explore/curl.py", "from ..cli.app import run", "explore.curl imports cli.app"),
        ("cli/app.py", "from ..simulator import Simulator", "cli.app imports simulator.__init__"),
        ("simulator/__init__.py", "from ..settings import Address", "simulator.__init__ imports settings"),
        ("cli/app.py", "from ..explore import curl\nfrom ..settings import Address\nimport json", ""),
    ],
)
def test_every_kind_of_import_counts(file: str, text: str, said: str, tmp_path: Path) -> None:
    root = tmp_path / "pascom_facade"
    for path in ROOT.rglob("*.py"):
        copy = root / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.touch()
    (root / file).write_text(text, "utf-8")
    assert upwards(imports(root)) == ([said] if said else [])


def test_a_lazy_circle_is_a_circle() -> None:
    assert set(circle({"watch": {"client"}, "client": {"watch", "pool"}, "pool": set()})) == {"watch", "client"}
