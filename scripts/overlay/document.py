"""The middle of the story, published document -> the one that clients are made from: repair -> overlay."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..checkout import CONFIGURATION, OVERLAY
from ..repair import Repaired, repair
from .base_path import relative_to_services


def with_overlay(
    document: Mapping[str, Any],
    *,
    plain: bool = False,
    accept_broken: bool = False,
    configuration: Path = CONFIGURATION,
) -> Repaired:
    """The document that clients are made from: repaired, and with what we know if it is pascom's."""
    if plain:
        return repair(document)
    from .overlay import apply_overlay, load_overlay  # with libraries that plain documents needn't wait for

    read = normalized(document)
    overlay = load_overlay(configuration / OVERLAY)
    return read._replace(document=apply_overlay(read.document, overlay, accept_broken=accept_broken))


def normalized(document: Mapping[str, Any]) -> Repaired:
    """A pascom document, repaired and relative to `services/`, but without what only we know: what it says itself."""
    repaired = repair(document)
    relative, moved = relative_to_services(repaired.document)
    return Repaired(relative, [*repaired.repairs, *moved], repaired.warnings)
