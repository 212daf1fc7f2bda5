"""PASCOM_CLIENT: whose services the commands know; a project's own client is found from within the project, too."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from importlib.util import module_from_spec, spec_from_file_location
from itertools import islice
from pathlib import Path

from .._index import Index, index_in
from .._package import BUILT_IN, folder_of


def client_index(environ: Mapping[str, str]) -> Index:
    """The index of the client that is used. Raises ConfigurationError."""
    return index_in(client_folder(environ))


def client_folder(environ: Mapping[str, str]) -> Path:
    """Where the client that is used lies. Raises ConfigurationError."""
    name = environ.get("PASCOM_CLIENT")
    if not name:
        return folder_of(BUILT_IN)
    return _in_project(name) or folder_of(name)


def adopt(environ: Mapping[str, str]) -> None:
    """Make the client importable: a console script doesn't look for modules in the current folder.

    Only that one package is loaded from there, and only if PASCOM_CLIENT asks for it by name.
    """
    name = environ.get("PASCOM_CLIENT")
    folder = _in_project(name) if name and name not in sys.modules else None
    if name is None or folder is None:
        return
    found = spec_from_file_location(name, folder / "__init__.py", submodule_search_locations=[str(folder)])
    if found is None or found.loader is None:
        return
    module = module_from_spec(found)
    sys.modules[name] = module
    found.loader.exec_module(module)


def _in_project(name: str) -> Path | None:
    """The folder of this name beside the nearest pyproject.toml, or here, if it is a client."""
    if not name.isidentifier():  # one within a package is imported as usual
        return None
    return next((folder for root in _roots() if _is_client(folder := root / name)), None)


def _roots() -> Iterator[Path]:
    here = Path.cwd()
    yield here
    nearest = (folder for folder in (here, *here.parents) if (folder / "pyproject.toml").is_file())
    yield from islice(nearest, 1)


def _is_client(folder: Path) -> bool:
    return (folder / "index.json").is_file() and (folder / "__init__.py").is_file()
