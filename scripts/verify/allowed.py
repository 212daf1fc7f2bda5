"""What generated code may contain: a second line of defence, should the generator ever copy a document's text into it.

Importing a module may run nothing but definitions, and no code may reach beyond the few modules that the templates use.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

# What may be imported from a module, and what may be used of one that is imported whole: what the templates, and the
# generator's own, have. A module's other names are modules, too (`json.codecs`, `typing.sys`).
FROM: dict[str, set[str]] = {
    "__future__": {"annotations"},
    "attrs": {"define", "evolve", "field"},
    "base64": {"b64encode"},
    "collections.abc": {"AsyncIterator", "Callable", "Iterator", "Mapping", "MutableMapping"},
    "contextlib": {"asynccontextmanager", "contextmanager"},
    "dataclasses": {"dataclass"},
    "http": {"HTTPStatus"},
    "importlib": {"import_module"},
    "io": {"BytesIO"},
    "mimetypes": {"guess_type"},
    "typing": {
        *("Any", "BinaryIO", "ClassVar", "Generic", "IO", "Literal", "Protocol", "Self", "TypeVar", "TYPE_CHECKING"),
        *("cast", "overload"),
    },
    "urllib.parse": {"parse_qsl", "quote"},
    "uuid": {"UUID"},
}
OF: dict[str, set[str]] = {
    "datetime": {"date", "datetime", "time", "timedelta", "timezone"},
    "httpx": {"AsyncClient", "Client", "Response", "Timeout"},
    "json": {"dumps", "loads"},
    "ssl": {"SSLContext"},
}
# The calls that find something by a name that isn't written there.
BY_NAME = {
    "getattr(client, name)",
    "getattr(import_module(_MODULES[name], __name__), name)",
    "import_module(_MODULES[name], __name__)",
}
FRAMES = {"f_back", "f_builtins", "f_globals", "f_locals", "gi_frame", "cr_frame", "ag_frame", "tb_frame"}
DECORATORS = {
    *("_define", "define", "dataclass", "property", "classmethod", "staticmethod", "overload"),
    *("contextmanager", "asynccontextmanager"),
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
NAMES = (ast.Import, ast.ImportFrom, ast.Name, ast.Attribute, ast.Global, ast.Call)
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
    whole = _whole(used)
    bases = {id(node.value) for node in used if isinstance(node, ast.Attribute)}
    for node in used:
        if isinstance(node, ast.Import):
            yield from (f"line {node.lineno} imports {name.name}" for name in node.names if name.name not in OF)
        elif isinstance(node, ast.ImportFrom):
            yield from _imported_from(node)
        elif isinstance(node, ast.Name):
            if node.id in FORBIDDEN_NAMES or (node.id in whole and id(node) not in bases):
                yield f"line {node.lineno} uses {node.id}"
        elif isinstance(node, ast.Attribute):
            yield from _attribute(node, whole)
        elif isinstance(node, ast.Call):
            yield from _by_name(node)
        elif isinstance(node, ast.Global):
            yield f"line {node.lineno} declares a global name"


def _whole(used: list[ast.AST]) -> dict[str, set[str]]:
    """What may be used of each module that is imported whole, by the name it is given here."""
    whole: dict[str, set[str]] = {}
    for node in used:
        if isinstance(node, ast.Import):
            for name in node.names:
                known, allowed = name.asname or name.name, OF.get(name.name, set())
                whole[known] = whole.get(known, allowed) & allowed
    return whole


def _imported_from(node: ast.ImportFrom) -> Iterator[str]:
    """Names of the package's own modules are its own."""
    if node.level:
        return
    for name in node.names:
        if name.name not in FROM.get(node.module or "", ()):
            yield f"line {node.lineno} imports {name.name} from {node.module}"


def _attribute(node: ast.Attribute, whole: dict[str, set[str]]) -> Iterator[str]:
    if (node.attr.startswith("__") and node.attr not in DUNDERS) or node.attr in FRAMES:
        yield f"line {node.lineno} uses {node.attr}"
    if isinstance(node.value, ast.Name) and node.attr not in whole.get(node.value.id, {node.attr}):
        yield f"line {node.lineno} uses {node.value.id}.{node.attr}"
    if node.attr == "format" and isinstance(node.value, (ast.Constant, ast.JoinedStr)):
        yield f"line {node.lineno} formats a text that is written there"  # `{0.__class__}` reaches anything


def _by_name(node: ast.Call) -> Iterator[str]:
    """`getattr` takes a name that is written there and means nothing special; else only the templates' own calls."""
    if not isinstance(node.func, ast.Name) or node.func.id not in ("getattr", "import_module"):
        return
    name = node.args[1] if len(node.args) > 1 else None
    is_plain = isinstance(name, ast.Constant) and isinstance(name.value, str)
    if is_plain and node.func.id == "getattr":
        text = str(name.value)  # type: ignore[union-attr]
        if text not in FRAMES and (not text.startswith("__") or text in DUNDERS):
            return
    if ast.unparse(node) not in BY_NAME:
        yield f"line {node.lineno} finds something by its name"


def _at_import(body: list[ast.stmt]) -> Iterator[str]:
    """What runs when the module is imported, definitions excepted."""
    for statement in body:
        if isinstance(statement, (ast.Import, ast.ImportFrom, ast.Pass)):
            continue
        if isinstance(statement, DEFINITIONS):
            yield from _decorators(statement)
            yield from _calls(_annotations(statement))
            yield from _calls(statement.args.defaults)
            yield from _calls([default for default in statement.args.kw_defaults if default is not None])
        elif isinstance(statement, ast.ClassDef):
            yield from _decorators(statement)
            yield from _calls([*statement.bases, *(keyword.value for keyword in statement.keywords)])
            yield from _at_import(statement.body)
        elif isinstance(statement, ast.If):
            if not (isinstance(statement.test, ast.Name) and statement.test.id == "TYPE_CHECKING"):
                yield f"line {statement.lineno} is a condition"
            yield from _at_import(statement.body)
        elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            if not all(isinstance(target, ast.Name) for target in targets):
                yield f"line {statement.lineno} changes what isn't its own at import"
            if isinstance(statement, ast.AnnAssign):
                yield from _calls([statement.annotation])
            if statement.value:
                yield from _calls([statement.value])
        elif not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            yield f"line {statement.lineno} is a statement at the top"


def _decorators(statement: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Iterator[str]:
    """A decorator is called, whether it looks so or not."""
    for decorator in statement.decorator_list:
        function = decorator.func if isinstance(decorator, ast.Call) else decorator
        is_setter = isinstance(function, ast.Attribute) and function.attr in ("setter", "getter", "deleter")
        if not is_setter and not (isinstance(function, ast.Name) and function.id in DECORATORS):
            yield f"line {decorator.lineno} decorates with {ast.unparse(function)[:60]}"
        if isinstance(decorator, ast.Call):
            yield from _calls([*decorator.args, *(keyword.value for keyword in decorator.keywords)])


def _annotations(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.expr]:
    """They are evaluated unless the module puts that off."""
    arguments = function.args
    listed = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    found = [one.annotation for one in listed if one is not None]
    return [annotation for annotation in (*found, function.returns) if annotation is not None]


def _calls(expressions: list[ast.expr]) -> Iterator[str]:
    for expression in expressions:
        for node in ast.walk(expression):
            if isinstance(node, ast.Call):
                function = node.func
                if not (isinstance(function, ast.Name) and function.id in CALLED_AT_IMPORT):
                    yield f"line {node.lineno} calls {ast.unparse(function)[:60]} at import"
            elif isinstance(node, (ast.Await, ast.Yield, ast.NamedExpr)):
                yield f"line {node.lineno} runs code at import"
