"""Files import downwards only, and in no circle; what is what is said here by a table a package.

In `pascom_facade`, `cli` stands on `explore`, `explore` on the facade, the simulator apart. Within the facade, `_async`
and `_sync` (which know nothing of each other) stand on the ground: the files beside them. In `scripts` a room is a file
of the root or a folder, and each imports only what stands before it in the story.

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

REPOSITORY = Path(__file__).parent.parent
ROOT = REPOSITORY / "pascom_facade"
SCRIPTS = REPOSITORY / "scripts"

# What a room may import from besides itself.
MAY_IMPORT = {
    "ground": set[str](),
    "_async": {"ground"},
    "_sync": {"ground"},
    "__init__": {"ground", "_async", "_sync"},
    "explore": {"ground"},
    "assumptions": {"ground", "_sync"},
    "sync": {"ground", "_sync"},
    "cli": {"ground", "_sync", "explore", "assumptions", "sync"},
    "simulator": set[str](),
}
# `pascom simulate` starts one.
DOORS = {("cli.simulate", "simulator.__main__")}

# From the ground up.
STORY = (
    *("errors", "checkout", "tree", "names", "progress"),  # what all steps share
    *("fetch", "locate", "download", "repair", "combine"),  # the arrows up to one valid document,
    *("overlay", "lower", "generate", "verify", "changes"),  # and from there on
    *("report", "swap", "worker"),
    *("build", "live", "update", "check", "commands", "project", "regenerate"),  # what a person asks for
    *("demo", "unasync"),
)
MOST_ROOMS = 28
MOST_FLOORS = 9


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


def rooms(graph: dict[str, set[str]]) -> dict[str, set[str]]:
    """The rooms of `scripts` with those that each imports; the package's own `__init__` is none."""
    found: dict[str, set[str]] = {}
    for name, others in graph.items():
        first = name.split(".")[0]
        found.setdefault(first, set()).update({other.split(".")[0] for other in others} - {first})
    assert found.pop("__init__") == set()
    return found


def out_of_order(graph: dict[str, set[str]], order: tuple[str, ...]) -> list[str]:
    """Each import that leads from a room to one that doesn't stand before it."""
    return [
        f"{name} imports {other}"
        for name, others in graph.items()
        for other in sorted(others)
        if order.index(other) > order.index(name)
    ]


def floors(graph: dict[str, set[str]]) -> int:
    """How many rooms the longest way down leads through."""
    height: dict[str, int] = {}
    for name in TopologicalSorter(graph).static_order():
        height[name] = 1 + max((height[other] for other in graph[name]), default=0)
    return max(height.values())


def test_nothing_imports_from_above() -> None:
    assert upwards(imports(ROOT)) == []


def test_the_rooms_of_scripts_stand_in_the_order_of_the_story() -> None:
    graph = rooms(imports(SCRIPTS))
    assert sorted(graph) == sorted(STORY)
    assert out_of_order(graph, STORY) == []
    assert len(graph) <= MOST_ROOMS and floors(graph) <= MOST_FLOORS


@pytest.mark.parametrize("root", [ROOT, SCRIPTS], ids=lambda root: root.name)
def test_no_circle_of_imports(root: Path) -> None:
    assert circle(imports(root)) == []


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


def test_the_story_is_told_from_the_files(tmp_path: Path) -> None:
    files = {
        "__init__.py": "",
        "tree.py": "def f():\n    from .repair import g",
        "repair/__init__.py": "from ..tree import f\nfrom .log import Log",
        "repair/log.py": "from .. import errors",
        "errors.py": "",
        "build.py": "from scripts.repair.log import Log",
    }
    for name, text in files.items():
        file = tmp_path / "scripts" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    graph = rooms(imports(tmp_path / "scripts"))
    assert graph == {"tree": {"repair"}, "repair": {"tree", "errors"}, "errors": set(), "build": {"repair"}}
    assert out_of_order(graph, ("errors", "tree", "repair", "build")) == ["tree imports repair"]
    assert set(circle(graph)) == {"tree", "repair"}
    assert floors(graph | {"tree": set()}) == 3
