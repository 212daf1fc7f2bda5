"""What generated code may contain: a second line of defence, should the generator ever copy a document's text into it.

Importing a module may run nothing but definitions, and no code may reach beyond the few modules that the templates use.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

MODULES = {
    *("__future__", "attrs", "base64", "collections.abc", "contextlib", "dataclasses", "datetime", "http", "httpx"),
    *("importlib", "io", "json", "mimetypes", "ssl", "typing", "urllib.parse", "uuid"),
}
# What may be called while a module is imported.
CALLED_AT_IMPORT = {"TypeVar", "Unset", "_define", "_field", "define", "field", "frozenset"}
FORBIDDEN_NAMES = {
    *(
        "__builtins__",
        "__import__",
        "__loader__",
        "__spec__",
        "breakpoint",
        "compile",
        "delattr",
        "eval",
        "exec",
    ),
    *("exit", "globals", "help", "input", "locals", "memoryview", "open", "print", "quit", "setattr", "vars"),
}
DUNDERS = {"__aenter__", "__aexit__", "__all__", "__enter__", "__exit__", "__name__", "__self__", "__init__"}
NAMES = (ast.Import, ast.ImportFrom, ast.Name, ast.Attribute, ast.Global)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def forbidden(tree: ast.Module, used: list[ast.AST]) -> str | None:
    """The first thing in a module that generated code may not have, with its line; None if there is none."""
    return next(_in_code(used), None) or next(_at_import(tree.body), None)


def names_used(tree: ast.Module) -> list[ast.AST]:
    """The nodes that name what a module uses. (`ast.walk` takes three times as long, and there are many modules.)"""
    names: list[ast.AST] = []
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, NAMES):
            names.append(node)
        for field in node._fields:
            if field == "ctx":
                continue
            value = getattr(node, field, None)
            if isinstance(value, list):
                waiting += [child for child in value if isinstance(child, ast.AST)]
            elif isinstance(value, ast.AST) and not isinstance(value, ast.Constant):
                waiting.append(value)
    return names


def _in_code(used: list[ast.AST]) -> Iterator[str]:
    for node in used:
        if isinstance(node, ast.Import):
            for imported in node.names:
                if imported.name not in MODULES:
                    yield f"line {node.lineno} imports {imported.name}"
        elif isinstance(node, ast.ImportFrom):
            if node.level == 0 and node.module not in MODULES:
                yield f"line {node.lineno} imports from {node.module}"
        elif isinstance(node, ast.Name) and node.id in FORBIDDEN_NAMES:
            yield f"line {node.lineno} uses {node.id}"
        elif isinstance(node, ast.Attribute) and node.attr.startswith("__") and node.attr not in DUNDERS:
            yield f"line {node.lineno} uses {node.attr}"
        elif isinstance(node, ast.Global):
            yield f"line {node.lineno} declares a global name"


def _at_import(body: list[ast.stmt]) -> Iterator[str]:
    """What runs when the module is imported, definitions excepted."""
    for statement in body:
        if isinstance(statement, (ast.Import, ast.ImportFrom, ast.Pass)):
            continue
        if isinstance(statement, DEFINITIONS):
            yield from _calls(statement.decorator_list)
            yield from _calls(statement.args.defaults)
            yield from _calls([default for default in statement.args.kw_defaults if default is not None])
        elif isinstance(statement, ast.ClassDef):
            yield from _calls([*statement.decorator_list, *statement.bases])
            yield from _at_import(statement.body)
        elif isinstance(statement, ast.If):
            if not (isinstance(statement.test, ast.Name) and statement.test.id == "TYPE_CHECKING"):
                yield f"line {statement.lineno} is a condition"
            yield from _at_import(statement.body)
        elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            if not all(isinstance(target, ast.Name) for target in targets):
                yield f"line {statement.lineno} changes what isn't its own at import"
            if statement.value:
                yield from _calls([statement.value])
        elif not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            yield f"line {statement.lineno} is a statement at the top"


def _calls(expressions: list[ast.expr]) -> Iterator[str]:
    for expression in expressions:
        for node in ast.walk(expression):
            if isinstance(node, ast.Call):
                function = node.func
                if not (isinstance(function, ast.Name) and function.id in CALLED_AT_IMPORT):
                    yield f"line {node.lineno} calls {ast.unparse(function)[:60]} at import"
            elif isinstance(node, (ast.Await, ast.Yield, ast.NamedExpr)):
                yield f"line {node.lineno} runs code at import"
