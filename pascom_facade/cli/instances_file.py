"""Writes `instances.toml`: by tomlkit, so that comments stay; readable by its owner only."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from .._extras import needs
from .._files import replacing
from .._named import config_path, read
from ..errors import ConfigurationError


def add(name: str, table: dict[str, str], default: bool) -> Path:
    """Write one instance's table, over the one that is there; the first one becomes the default."""
    known = read()  # refuses a file that can't be trusted
    document = _document(known.path)
    instances: Any = document.setdefault("instances", {})
    entry = instances.setdefault(name, {})
    for key in [*entry]:
        if key not in table and key != "page":
            del entry[key]
    for key, value in table.items():
        entry[key] = True if key == "keyring" else value
    if default or not known.instances:
        document.pop("default", None)
        text = f"default = {_quoted(name)}\n" + _dumped(document)
    else:
        text = _dumped(document)
    return _write(text)


def remove(name: str) -> Path:
    """Take one instance's table away."""
    document = _document(config_path())
    instances: Any = document["instances"]
    del instances[name]
    if document.get("default") == name:
        del document["default"]
    return _write(_dumped(document))


def _tomlkit() -> Any:
    try:
        import tomlkit
    except ImportError as error:
        raise ConfigurationError(needs("writing instances.toml", error.name)) from None
    return tomlkit


def _document(path: Path) -> Any:
    text = path.read_text("utf-8") if path.exists() else ""
    return _tomlkit().parse(text)


def _dumped(document: Any) -> str:
    return str(_tomlkit().dumps(document))


def _quoted(name: str) -> str:
    return str(_tomlkit().string(name).as_string())


def _write(text: str) -> Path:
    path = config_path()
    if not path.parent.exists():
        path.parent.mkdir(mode=0o700, parents=True)
    with replacing(path) as file:
        file.write(text)
    if os.name == "posix":
        path.chmod(0o600)
    return path
