"""Which extra of this package brings a library that is missing."""

from __future__ import annotations

from importlib.util import find_spec

# As pyproject.toml has them, by the names under which they are imported. The first that has a library is named.
EXTRAS = {
    "cli": ("click", "rich", "yaml", "quickjs", "jsonpath"),
    "login": ("keyring", "tomlkit"),
    "sync": ("sqlalchemy", "psycopg"),
    "charts": ("matplotlib",),
    "simulator": ("starlette", "uvicorn", "flask_swagger_ui", "trustme"),
    "regenerate": ("openapi_python_client", "ruff", "jsonpath", "yaml", "quickjs", "filelock", "click"),
}


def needs(what: str, module: str | None, extra: str | None = None) -> str:
    """One line for a library that is missing: `what` needs it, and which extra brings it."""
    library = (module or "a library").partition(".")[0]
    extra = extra or next((name for name, libraries in EXTRAS.items() if library in libraries), None)
    if extra is None:
        return f"{what} needs {library}, which is not installed"
    return f"{what} needs the extra '{extra}' of pascom-facade, as {library} is not installed"


def lacking(extra: str) -> str | None:
    """The first library of an extra that is not installed."""
    return next((library for library in EXTRAS[extra] if find_spec(library) is None), None)
