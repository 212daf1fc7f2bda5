"""Does the client fit the instance? What changed for callers between their documents, as `changes` counts it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from .._cache import KeptFile
from .._package import BUILT_IN
from ..errors import PascomError
from ..settings import Address
from .client import client_folder
from .steps import step

DOCUMENT = "pascom.json"  # beside the modules of a project's client
FORMAT = 1


class Fit(NamedTuple):
    """From the client's document to the instance's."""

    old: str
    new: str
    breaking: int
    maybe: int
    compatible: int
    services: list[str]  # those with breaking changes
    verbs: dict[str, bool]  # the facade's verbs that stand on what changed, and whether they still work
    remedy: str

    @property
    def is_good(self) -> bool:
        return not self.breaking

    def words(self) -> str:
        counts = {"breaking": self.breaking, "maybe breaking": self.maybe, "compatible": self.compatible}
        told = [f"{count} {kind}" for kind, count in counts.items() if count]
        if not told:
            return "the client's document and the instance's are the same for callers"
        text = f"from {self.old} to {self.new} {', '.join(told)} for callers"
        if self.services:
            text += f", in {', '.join(self.services)}"
        for word, works in (("verbs that no longer work", False), ("verbs that still work", True)):
            if verbs := [verb for verb, it_works in self.verbs.items() if it_works is works]:
                text += f"; {word}: {', '.join(verbs)}"
        return f"{text}; regenerate: `{self.remedy}`"


def fit_of(document: Mapping[str, Any], environ: Mapping[str, str], kept: KeptFile | None = None) -> Fit | None:
    """How the client that is used fits an instance's document; None where the client's own isn't known.

    Raises PascomError for a document that can't be compared.
    """
    own = _own_document(environ)
    if own is None:
        return None
    found = step("live").fit(own, document)
    fit = Fit(**found, remedy=_remedy(environ))
    if kept is not None:
        with suppress(OSError):  # no reason to fail
            kept.write(found)
    return fit


def remembered_fit(environ: Mapping[str, str], page: str | None, name: str | None) -> Fit | None:
    """What the last `doctor` or `services --live` found, unasked; None if there was none, or nothing to compare."""
    try:
        kept = kept_fit(environ, page, name)
        found = kept and kept.read()
        if not found:
            return None
        found.pop("format")
        return Fit(**found, remedy=_remedy(environ))
    except (PascomError, TypeError):
        return None


def kept_fit(environ: Mapping[str, str], page: str | None, name: str | None) -> KeptFile | None:
    """Where a fit is kept: for one page and one document of a client's."""
    own = _own_document(environ)
    if own is None:
        return None
    page = page or environ.get("PASCOM_PAGE") or Address.from_env(environ, allow_http=True).apidoc
    digest = hashlib.sha256(own.read_bytes()).hexdigest()
    return KeptFile("fit", page, environ.get("PASCOM_USER", ""), name or "", digest, format=FORMAT)


def _own_document(environ: Mapping[str, str]) -> Path | None:
    """The document that the client was made from."""
    beside = client_folder(environ) / DOCUMENT
    if beside.is_file():
        return beside
    if (environ.get("PASCOM_CLIENT") or BUILT_IN) != BUILT_IN:
        return None
    built_in: Path = step("checkout").CONFIGURATION / DOCUMENT
    return built_in if built_in.is_file() else None


def _remedy(environ: Mapping[str, str]) -> str:
    name = environ.get("PASCOM_CLIENT") or BUILT_IN
    return "pascom regenerate" if name == BUILT_IN else f"pascom regenerate --into {name}"
