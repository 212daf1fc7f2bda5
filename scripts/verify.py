"""The gate: what is documented is generated, and what is generated can be imported.

Operations are counted as one would from outside: functions `_get_kwargs` whose dictionary has the literal
keys "method" and "url".
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from .errors import DocumentUnusable
from .names import operations

SECONDS = 120

# Runs in its own process: import every module of the package at `sys.argv[1]`, print what fails.
IMPORT_ALL = """
import importlib, json, pathlib, sys
package = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(package.parent))
failures = {}
for file in sorted(package.rglob("*.py")):
    parts = file.relative_to(package.parent).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
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
    """Refuse a package that lacks an operation of `document` or has a module that can't be imported."""
    trees = {file: _parsed(file, package) for file in sorted(package.rglob("*.py"))}
    documented = Counter(method for _, method, _, _ in operations(document))
    generated = Counter(method for file, tree in trees.items() for method in _methods(tree))
    if documented != generated:
        missing = sum((documented - generated).values()) or sum((generated - documented).values())
        raise DocumentUnusable(
            f"{missing} of {documented.total()} operations did not come out as one function each"
        )
    _import_all(package)
    return Counts(documented.total(), generated.total(), len(trees))


def _parsed(file: Path, package: Path) -> ast.Module:
    try:
        return ast.parse(file.read_bytes())
    except (SyntaxError, ValueError) as problem:
        where = file.relative_to(package)
        raise DocumentUnusable(f"the generator wrote {where} that is no Python: {problem.args[0]}") from None


def _methods(tree: ast.Module) -> list[str]:
    """The method of each `_get_kwargs` in a module."""
    found = []
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and function.name == "_get_kwargs":
            for node in ast.walk(function):
                if isinstance(node, ast.Dict):
                    entries = {
                        key.value: value
                        for key, value in zip(node.keys, node.values, strict=True)
                        if isinstance(key, ast.Constant)
                    }
                    if {"method", "url"} <= entries.keys() and isinstance(entries["method"], ast.Constant):
                        found.append(str(entries["method"].value))
    return found


def _import_all(package: Path) -> None:
    environment = os.environ | {"PYTHONPATH": ""}
    try:
        done = subprocess.run(
            [sys.executable, "-c", IMPORT_ALL, str(package)],
            capture_output=True,
            timeout=SECONDS,
            env=environment,
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
