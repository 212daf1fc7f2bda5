"""The gate's own process: reads every generated module once, checks it, and only then imports it.

A job of the worker's (`worker/jobs.py`).
"""

from __future__ import annotations

import ast
import importlib
import importlib.abc
import importlib.machinery
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, NamedTuple

from pascom_facade._operations import JsonBody, Operations

from ..names import DEVICES
from .allowed import forbidden, names_used

FUNCTIONS = {"_get_kwargs", "sync", "sync_detailed", "asyncio", "asyncio_detailed"}
_PORTABLE = re.compile(r"[A-Za-z0-9_]+(\.[a-z]+)?")
# All that a module may import from its package when it is imported itself: so each can be imported on its own.
SHARED = {"types", "encoding", "errors", "client"}


class Module(NamedTuple):
    """What is kept of a module once it is read: its tree takes ten times the memory."""

    code: CodeType
    methods: list[str]
    defined: set[str]  # the names at its top
    classes: list[set[str]]  # the functions of each
    imports: list[tuple[ast.ImportFrom, bool]]  # from its own package, and whether at its top


Modules = Mapping[str, Module]


def main(package: str, expected: Mapping[str, str], requests: Sequence[Mapping[str, Any]] = ()) -> int:
    """How many operations there are; `expected` has the file of each, its method. Stops at the first thing wrong.

    `requests` have what the facade gives to an operation, and the vendor's request that has to come of it.
    """
    files = {file.relative_to(package).as_posix(): file for file in sorted(Path(package).rglob("*.py"))}
    if name := unportable(files):
        raise SystemExit(f"{name} can't be a file's name on every system")
    modules = {name: _read(name, file.read_bytes()) for name, file in files.items()}
    generated = [(name, method) for name, module in modules.items() for method in module.methods]
    if wrong := set(generated) ^ set(expected.items()):
        raise SystemExit(f"{min(wrong)[0]} isn't the one function that its operation should be")
    for name, module in modules.items():
        if lacking := _missing_import(name, module, modules) or _missing_function(name, module, modules):
            raise SystemExit(f"{name}: {lacking}")
    _import_all(Path(package), modules)
    operations = Operations(Path(package).name)
    for example in requests:
        _check_request(operations, example)
    return len(generated)


def unportable(files: Iterable[str]) -> str | None:
    """A file that not every system can have, or not beside another: of a device's name, or differing in case alone."""
    spelled: dict[str, str] = {}
    for file in files:
        for part in Path(file).parts:
            stem = part.partition(".")[0].lower()
            if stem in DEVICES or not _PORTABLE.fullmatch(part):
                return file
        for place in (Path(file), *Path(file).parents):
            if spelled.setdefault(str(place).lower(), str(place)) != str(place):
                return file
    return None


def _read(name: str, source: bytes) -> Module:
    tree = ast.parse(source, name)
    used = names_used(tree)
    if problem := forbidden(tree, used):
        raise SystemExit(f"{name}: {problem}")
    classes = [statement for statement in tree.body if isinstance(statement, ast.ClassDef)]
    at_top = {id(node) for node in tree.body}
    imports = [node for node in used if isinstance(node, ast.ImportFrom) and node.level]
    return Module(
        code=compile(tree, name, "exec", dont_inherit=True),
        methods=methods(tree),
        defined=_defined(tree),
        classes=[{function.name for function in _functions(statement.body)} for statement in classes],
        imports=[(node, id(node) in at_top) for node in imports],
    )


def methods(tree: ast.Module) -> list[str]:
    """The method of each `_get_kwargs` with a dictionary that has the literal keys "method" and "url"."""
    found = []
    for function in _functions(tree.body):
        if function.name != "_get_kwargs":
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Dict):
                entries = _literal_entries(node)
                method = entries.get("method")
                if "url" in entries and isinstance(method, ast.Constant):
                    found.append(str(method.value))
    return found


def _literal_entries(node: ast.Dict) -> dict[Any, ast.expr]:
    entries = zip(node.keys, node.values, strict=True)
    return {key.value: value for key, value in entries if isinstance(key, ast.Constant)}


def _functions(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (statement for statement in body if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)))


def _missing_import(name: str, module: Module, modules: Modules) -> str | None:
    """An import from the package, also in functions and for types alone, of something that isn't there."""
    for node, at_top in module.imports:
        path = "/".join(_imported_from(name, node))
        target = modules.get(f"{path}.py") or modules.get(f"{path}/__init__.py".lstrip("/"))
        for imported in node.names:
            is_module = f"{path}/{imported.name}.py".lstrip("/") in modules
            if not is_module and not (target and imported.name in target.defined):
                return f"line {node.lineno} imports {imported.name}, which isn't there"
            if at_top and not {path.rpartition("/")[2], imported.name} & SHARED:
                return f"line {node.lineno} imports {imported.name} although it may only be imported when it is needed"
    return None


def _imported_from(name: str, node: ast.ImportFrom) -> list[str]:
    """The folders below the package that a relative import of the module `name` leads to."""
    folder = name.split("/")[: -node.level]
    if node.module:
        folder += node.module.split(".")
    return folder


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


def _missing_function(name: str, module: Module, modules: Modules) -> str | None:
    """What an operation's module, or its namespace, lacks."""
    parts = name.split("/")
    if len(parts) != 3 or parts[0] != "api" or parts[2] == "__init__.py":
        return None
    if lacking := FUNCTIONS - module.defined:
        return f"it has no {min(lacking)}"
    operation = parts[2].removesuffix(".py")
    namespaces = modules[f"api/{parts[1]}/__init__.py"].classes  # the sync and the async one
    if len(namespaces) != 2 or any(operation not in namespace for namespace in namespaces):
        return "its namespace doesn't offer it"
    return None


def _import_all(package: Path, modules: Modules) -> None:
    """Import every module on its own, from what was read and checked, not from what may lie on the disk by now.

    On its own: with no other module of the package loaded but those that all of them share. (A process for each took
    longer than making the client.)
    """
    sys.meta_path.insert(0, _Checked(package, modules))
    for name in modules:
        parts = Path(package.name, name).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        is_shared = is_package or parts[-1] in SHARED
        module = ".".join(parts[:-1] if is_package else parts)
        try:
            importlib.import_module(module)
        except BaseException as problem:  # whatever generated code raises
            raise SystemExit(f"{name} can't be imported: {type(problem).__name__}: {problem}") from None
        if not is_shared:
            del sys.modules[module]
            delattr(sys.modules[module.rpartition(".")[0]], parts[-1])


def _check_request(operations: Operations, example: Mapping[str, Any]) -> None:
    """The facade's own call of an operation makes the vendor's request, and nothing is in it that the vendor lacks."""
    body: dict[str, Any] = {"body": JsonBody(example["json"])} if "json" in example else {}
    if "text" in example:
        body = {"body": example["text"]}
    try:
        built = operations.request(example["operation"], *example["path"], **body)
    except Exception as problem:  # whatever generated code raises
        raise SystemExit(f"{example['operation']} can't be called as the facade calls it: {problem}") from None
    sent = {key: value for key, value in built.items() if key != "extensions" and value != {}}
    if isinstance(sent.get("content"), bytes):
        sent["content"] = sent["content"].decode(errors="replace")
    if sent != example["sends"]:
        raise SystemExit(f"{example['operation']} sends {sent}, not what the vendor documents: {example['sends']}")


class _Checked(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds and loads the package's modules as they were read."""

    def __init__(self, package: Path, modules: Modules) -> None:
        self.package = package
        self.modules = modules

    def _file(self, module: str) -> str | None:
        inside = "/".join(module.split(".")[1:])
        files = (f"{inside}.py", f"{inside}/__init__.py".lstrip("/"))
        return next((file for file in files if file in self.modules), None)

    def find_spec(self, module: str, path: Any = None, target: Any = None) -> Any:
        if module.partition(".")[0] != self.package.name:
            return None
        file = self._file(module)
        if file is None:
            return None
        is_package = file.endswith("__init__.py")
        return importlib.machinery.ModuleSpec(module, self, is_package=is_package)

    def exec_module(self, module: ModuleType) -> None:
        file = self._file(module.__name__)
        assert file is not None
        exec(self.modules[file].code, module.__dict__)  # noqa: S102 - that is what importing is
