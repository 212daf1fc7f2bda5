"""Who tests a module? `test_MODULE.py` in the folder that mirrors its own, or whom the README of that folder names.

The README's table has a line for modules that are tested from outside: `| modules | who tests them |`, in test files
(addresses from the folder) or nox sessions. A module with nothing but a docstring needs no test.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
TESTS = REPOSITORY / "tests"
# Packages of `pascom_facade` with folders of tests of their own; all else of it is the facade.
BESIDE = ("assumptions", "cli", "explore", "simulator")
LINE = re.compile(r"^\| (`.+`) \| (`.+`) \|$", re.MULTILINE)


def mirror(folder: Path) -> Path:
    """The folder of tests for a folder of modules: `_async` and `_sync` are the facade in both colours."""
    package, *rest = folder.parts
    if package == "scripts":
        return Path("tests", *folder.parts)
    if rest and rest[0] in BESIDE:
        return Path("tests", *rest)
    return Path("tests", "facade")


def does_something(path: Path) -> bool:
    """Whether a module has more than a docstring."""
    return any(not isinstance(statement, ast.Expr) for statement in ast.parse(path.read_text("utf-8")).body)


def modules(root: Path) -> dict[Path, set[str]]:
    """The modules to test by the folder that mirrors theirs; a package's own module has the package's name."""
    found: dict[Path, set[str]] = {}
    for package in ("pascom_facade", "scripts"):
        for path in (root / package).rglob("*.py"):
            if "_scripts" not in path.parts and does_something(path):
                name = path.parent.name if path.stem == "__init__" else path.stem
                found.setdefault(mirror(path.parent.relative_to(root)), set()).add(name)
    return found


def named(readme: Path) -> dict[str, list[str]]:
    """The modules that a README names, each with who tests it."""
    found: dict[str, list[str]] = {}
    text = readme.read_text("utf-8") if readme.is_file() else ""
    for modules, testers in LINE.findall(text):
        found |= dict.fromkeys(_quoted(modules), _quoted(testers))
    return found


def _quoted(cell: str) -> list[str]:
    return re.findall(r"`(.+?)`", cell)


def complaints(root: Path) -> list[str]:
    """Modules that nobody tests, and lines of READMEs that are wrong."""
    return [text for folder, names in sorted(modules(root).items()) for text in _of_folder(root, folder, names)]


def _of_folder(root: Path, folder: Path, names: set[str]) -> Iterator[str]:
    told = named(root / folder / "README.md")
    mirrored = {name for name in names if (root / folder / f"test_{name.strip('_')}.py").is_file()}
    for name in sorted(names - mirrored - set(told)):
        yield f"{folder}: nobody tests {name}"
    for name in sorted(mirrored & set(told)):
        yield f"{folder}: {name} has a test file and a line in the README"
    for name in sorted(set(told) - names):
        yield f"{folder}: the README names {name}, which is no module"
    for name, testers in told.items():
        for tester in testers:
            if not _exists(tester, root, folder):
                yield f"{folder}: {name} is tested by {tester}, which is missing"


def _exists(tester: str, root: Path, folder: Path) -> bool:
    if tester.startswith("nox -s "):
        return f"def {tester.removeprefix('nox -s ')}(session" in (root / "noxfile.py").read_text("utf-8")
    return (root / folder / tester).is_file()


def test_each_module_is_mirrored_or_named() -> None:
    found = complaints(REPOSITORY)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("readme", "said"),
    [
        ("| `pool` | `test_http.py` |", []),
        ("| `pool` | `../cli/test_app.py`, `nox -s demo` |", []),
        ("", ["nobody tests pool"]),
        ("| `pool` | `test_gone.py` |", ["pool is tested by test_gone.py, which is missing"]),
        ("| `pool` | `nox -s gone` |", ["pool is tested by nox -s gone, which is missing"]),
        ("| `pool`, `_tls` | `test_http.py` |", ["the README names _tls, which is no module"]),
        ("| `pool`, `http` | `test_http.py` |", ["http has a test file and a line in the README"]),
    ],
)
def test_what_the_mirror_shows(readme: str, said: list[str], tmp_path: Path) -> None:
    files = {
        "pascom_facade/__init__.py": '"""Nothing but words."""',
        "pascom_facade/_async/http.py": "a = 1",
        "pascom_facade/_async/pool.py": "a = 1",
        "pascom_facade/cli/app.py": "a = 1",
        "scripts/repair/__init__.py": "a = 1",
        "tests/facade/test_http.py": "",
        "tests/facade/README.md": readme,
        "tests/cli/test_app.py": "",
        "tests/scripts/repair/test_repair.py": "",
        "noxfile.py": "def demo(session: nox.Session) -> None: ...",
    }
    for name, text in files.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    assert complaints(tmp_path) == [f"tests/facade: {line}" for line in said]
