"""The gate: what is documented is generated, and what is generated is sound.

- each operation of the document is one module with one `_get_kwargs` for its method (a dictionary with the literal
  keys "method" and "url", by which operations can be counted from outside), and a method of its namespace;
- no module has anything in it that generated code may not have (`allowed.py`);
- whatever a module imports from the package is there, also inside functions;
- every module can be imported, each on its own, in a process of its own.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from .allowed import forbidden
from .documents import operations
from .errors import DocumentUnusable
from .names import operation_names

SECONDS = 120
FUNCTIONS = {"_get_kwargs", "sync", "sync_detailed", "asyncio", "asyncio_detailed"}

# Runs in its own process: import each module of the package at `sys.argv[1]` as if it were the first, print what fails.
IMPORT_EACH = """
import importlib, json, pathlib, sys
package = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(package.parent))
failures = {}
for file in sorted(package.rglob("*.py")):
    parts = file.relative_to(package.parent).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    for loaded in [name for name in sys.modules if name.startswith((f"{package.name}.api.", f"{package.name}.models"))]:
        del sys.modules[loaded]
    try:
        importlib.import_module(name)
    except BaseException as problem:
        failures[str(file.relative_to(package))] = f"{type(problem).__name__}: {problem}"
print(json.dumps(failures))
"""


class Counts(NamedTuple):
    documented: int
    generated: int
    modules: int


def verify(document: Mapping[str, Any], package: Path) -> Counts:
    """Refuse a package that lacks an operation of `document`, or isn't sound."""
    trees = {
        file.relative_to(package).as_posix(): _parsed(file, package) for file in sorted(package.rglob("*.py"))
    }
    documented = {
        f"api/{name.tag}/{name.function}.py": method
        for (_, method), name in operation_names(document).items()
    }
    generated = {file: method for file, tree in trees.items() for method in _methods(tree)}
    if documented != generated:
        lost = sorted(documented.items() ^ generated.items())[0][0]
        raise DocumentUnusable(
            f"not every operation came out as one function: {lost} isn't what it should be"
        )
    for file, tree in trees.items():
        problem = (
            forbidden(tree) or _missing_import(file, tree, trees) or _missing_function(file, tree, trees)
        )
        if problem:
            raise DocumentUnusable(f"the generated {file} isn't what it should be: {problem}")
    _import_each(package)
    return Counts(sum(1 for _ in operations(document)), len(generated), len(trees))


def _parsed(file: Path, package: Path) -> ast.Module:
    try:
        return ast.parse(file.read_bytes())
    except (SyntaxError, ValueError, RecursionError) as problem:
        where = file.relative_to(package)
        raise DocumentUnusable(f"the generated {where} is no Python: {problem.args[0]}") from None


def _methods(tree: ast.Module) -> list[str]:
    """The method of each `_get_kwargs` in a module."""
    found = []
    for function in _functions(tree.body):
        if function.name != "_get_kwargs":
            continue
        for node in ast.walk(function):
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


def _missing_import(file: str, tree: ast.Module, trees: Mapping[str, ast.Module]) -> str | None:
    """A name that a module imports from the package and that isn't there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = file.split("/")[: -node.level]
            path = "/".join([*base, *(node.module or "").split(".")] if node.module else base)
            target = trees.get(f"{path}.py") or trees.get(f"{path}/__init__.py" if path else "__init__.py")
            for name in node.names:
                inside = f"{path}/{name.name}" if path else name.name
                if not (target and name.name in _defined(target)) and f"{inside}.py" not in trees:
                    return f"line {node.lineno} imports {name.name}, which isn't there"
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


def _missing_function(file: str, tree: ast.Module, trees: Mapping[str, ast.Module]) -> str | None:
    """A function that an operation's module or its namespace lacks."""
    parts = file.split("/")
    if len(parts) != 3 or parts[0] != "api" or parts[2] == "__init__.py":
        return None
    lacking = FUNCTIONS - {function.name for function in _functions(tree.body)}
    if lacking:
        return f"it has no {sorted(lacking)[0]}"
    namespaces = [one for one in trees[f"api/{parts[1]}/__init__.py"].body if isinstance(one, ast.ClassDef)]
    name = parts[2].removesuffix(".py")
    if len(namespaces) != 2 or any(
        name not in {one.name for one in _functions(space.body)} for space in namespaces
    ):
        return "its namespace doesn't offer it"
    return None


def _import_each(package: Path) -> None:
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", IMPORT_EACH, str(package)],
            capture_output=True,
            timeout=SECONDS,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
        failures = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise DocumentUnusable("the generated client can't be imported") from None
    if failures:
        module, problem = next(iter(failures.items()))
        raise DocumentUnusable(
            f"{len(failures)} generated modules can't be imported, first {module}: {problem}"
        )
