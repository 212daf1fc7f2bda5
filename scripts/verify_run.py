"""The gate's own process: reads every generated module once, checks it, and only then imports it.

A job of the worker's (`worker_run.py`).
"""

from __future__ import annotations

import ast
import gc
import importlib
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from .allowed import forbidden, telling

FUNCTIONS = {"_get_kwargs", "sync", "sync_detailed", "asyncio", "asyncio_detailed"}
# All that a module may import from its package when it is imported itself: so each can be imported on its own.
SHARED = {"types", "errors", "client"}

Trees = Mapping[str, ast.Module]


def main(package: str, expected: Mapping[str, str]) -> int:
    """How many operations there are; `expected` has the file of each, its method. Stops at the first thing wrong."""
    gc.disable()  # a short life: collecting the trees again and again would cost more than they do
    trees = {
        file.relative_to(package).as_posix(): ast.parse(file.read_bytes(), file)
        for file in sorted(Path(package).rglob("*.py"))
    }
    generated = [(name, method) for name, tree in trees.items() for method in methods(tree)]
    if wrong := set(generated) ^ set(expected.items()):
        raise SystemExit(f"{min(wrong)[0]} isn't the one function that its operation should be")
    for name, tree in trees.items():
        told = telling(tree)
        lacking = _missing_import(name, tree, told, trees) or _missing_function(name, tree, trees)
        if found := forbidden(tree, told) or lacking:
            raise SystemExit(f"{name}: {found}")
    _import_all(Path(package), trees)
    return len(generated)


def methods(tree: ast.Module) -> list[str]:
    """The method of each `_get_kwargs` with a dictionary that has the literal keys "method" and "url"."""
    found = []
    for function in _functions(tree.body):
        for node in ast.walk(function) if function.name == "_get_kwargs" else ():
            if isinstance(node, ast.Dict):
                entries = {
                    key.value: value
                    for key, value in zip(node.keys, node.values, strict=True)
                    if isinstance(key, ast.Constant)
                }
                method = entries.get("method")
                if "url" in entries and isinstance(method, ast.Constant):
                    found.append(str(method.value))
    return found


def _functions(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (one for one in body if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)))


def _missing_import(name: str, tree: ast.Module, told: list[ast.AST], trees: Trees) -> str | None:
    """What a module imports from the package and isn't there, also in functions and for types alone."""
    at_import = {id(node) for node in tree.body}
    for node in told:
        if not (isinstance(node, ast.ImportFrom) and node.level):
            continue
        folder = name.split("/")[: -node.level]
        path = "/".join([*folder, *(node.module or "").split(".")] if node.module else folder)
        target = trees.get(f"{path}.py") or trees.get(f"{path}/__init__.py" if path else "__init__.py")
        for one in node.names:
            is_module = f"{path}/{one.name}.py".lstrip("/") in trees
            if not is_module and not (target and one.name in _defined(target)):
                return f"line {node.lineno} imports {one.name}, which isn't there"
            if id(node) in at_import and not {path.rpartition("/")[2], one.name} & SHARED:
                return f"line {node.lineno} imports {one.name} although it may only be imported when it is needed"
    return None


def _defined(tree: ast.Module) -> set[str]:
    """The names a module defines at its top."""
    names: set[str] = set()
    for statement in tree.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(statement.name)
        elif isinstance(statement, ast.Assign):
            names |= {target.id for target in statement.targets if isinstance(target, ast.Name)}
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            names.add(statement.target.id)
    return names


def _missing_function(name: str, tree: ast.Module, trees: Trees) -> str | None:
    """What an operation's module, or its namespace, lacks."""
    parts = name.split("/")
    if len(parts) != 3 or parts[0] != "api" or parts[2] == "__init__.py":
        return None
    lacking = FUNCTIONS - {function.name for function in _functions(tree.body)}
    if lacking:
        return f"it has no {min(lacking)}"
    operation = parts[2].removesuffix(".py")
    spaces = [one for one in trees[f"api/{parts[1]}/__init__.py"].body if isinstance(one, ast.ClassDef)]
    if len(spaces) != 2 or any(
        operation not in {one.name for one in _functions(space.body)} for space in spaces
    ):
        return "its namespace doesn't offer it"
    return None


def _import_all(package: Path, trees: Trees) -> None:
    """Import every module on its own, from what was read and checked, not from what may lie on the disk by now.

    On its own: with no other module of the package loaded but those that all of them share. (A process for each took
    longer than making the client.)
    """
    sys.meta_path.insert(0, _Checked(package, trees))
    shared = {package.name, *(f"{package.name}.{name}" for name in SHARED)}
    for name in sorted(trees, key=lambda name: name.removesuffix(".py") not in SHARED):
        parts = Path(package.name, name).with_suffix("").parts
        module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        try:
            importlib.import_module(module)
        except BaseException as problem:  # whatever generated code raises
            raise SystemExit(f"{name} can't be imported: {type(problem).__name__}: {problem}") from None
        for other in [one for one in sys.modules if one.startswith(f"{package.name}.")]:
            if other not in shared:
                del sys.modules[other]


class _Checked(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds and loads the package's modules from their trees."""

    def __init__(self, package: Path, trees: Trees) -> None:
        self.package = package
        self.trees = trees
        self.codes: dict[str, CodeType] = {}

    def _file(self, module: str) -> str | None:
        inside = "/".join(module.split(".")[1:])
        files = (f"{inside}.py", f"{inside}/__init__.py".lstrip("/"))
        return next((file for file in files if file in self.trees), None)

    def find_spec(self, module: str, path: Any = None, target: Any = None) -> Any:
        file = self._file(module) if module.partition(".")[0] == self.package.name else None
        if file is None:
            return None
        is_package = file.endswith("__init__.py")
        return importlib.machinery.ModuleSpec(module, self, is_package=is_package)

    def exec_module(self, module: ModuleType) -> None:
        file = self._file(module.__name__)
        assert file is not None
        if file not in self.codes:
            self.codes[file] = compile(self.trees[file], file, "exec", dont_inherit=True)
        exec(self.codes[file], module.__dict__)  # noqa: S102 - that is what importing is
