"""The middle of the story, published document -> the one that clients are made from: repair -> overlay."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..checkout import CONFIGURATION, OVERLAY
from ..repair import Repair, Repaired, repair
from .base_path import relative_to_services
from .contract import Promise, Terms
from .servers import on_other_servers


class Complete(NamedTuple):
    """A document that clients can be made from, the `promises` that the facade is built on, and its verbs that are
    given up (`not_offered`)."""

    document: dict[str, Any]
    repairs: list[Repair]
    warnings: list[str]
    promises: tuple[Promise, ...] = ()
    not_offered: tuple[str, ...] = ()


def with_overlay(
    document: Mapping[str, Any],
    *,
    plain: bool = False,
    terms: Terms = Terms(),  # noqa: B008 - it can't be changed
    add_missing: bool = True,
    configuration: Path = CONFIGURATION,
    additions: Path | None = None,
) -> Complete:
    """The document that clients are made from: repaired, and with the overlay unless it is `plain`.

    `add_missing`: with the operations that the vendor documents and the document doesn't have. `additions` is an
    overlay that is applied after ours. Raises ContractBroken where an upgrade takes more from the facade than `terms`
    allow.
    """
    if plain:
        repaired = repair(document)
        warnings = [*repaired.warnings, *on_other_servers(repaired.document)]
        return Complete(repaired.document, repaired.repairs, warnings)
    from .overlay import apply_overlay, load_overlay  # with libraries that plain documents needn't wait for

    read = normalized(document)
    overlay = load_overlay(configuration / OVERLAY)
    if additions:
        overlay = overlay.followed_by(load_overlay(additions))
    not_offered = tuple(terms.not_offered(read.document, overlay.promises))
    laid_over = apply_overlay(read.document, overlay, given_up=not_offered, add_missing=add_missing)
    promises = tuple(one for one in overlay.promises if not set(one.verbs) & set(not_offered))
    repairs = [*read.repairs, *laid_over.repairs]
    warnings = [*read.warnings, *laid_over.warnings, *on_other_servers(laid_over.document)]
    return Complete(laid_over.document, repairs, warnings, promises, not_offered)


def normalized(document: Mapping[str, Any]) -> Repaired:
    """A pascom document as it says itself: repaired and relative to `services/`, without the overlay."""
    repaired = repair(document)
    relative, moved = relative_to_services(repaired.document)
    if not moved:
        return repaired
    again = repair(relative)  # parameters that fitted the paths before may not fit them now
    warnings = dict.fromkeys([*repaired.warnings, *again.warnings])
    return Repaired(again.document, [*repaired.repairs, *moved, *again.repairs], list(warnings))
