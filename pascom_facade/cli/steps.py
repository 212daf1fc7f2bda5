"""The steps of regenerate: the wheel carries them as `pascom_facade._scripts`, a checkout has them as `scripts`."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def step(name: str) -> Any:
    """One of their modules. Raises ModuleNotFoundError for a library that it needs."""
    try:
        return import_module(f"pascom_facade._scripts.{name}")
    except ModuleNotFoundError as missing:
        if missing.name != "pascom_facade._scripts":
            raise
    return import_module(f"scripts.{name}")
