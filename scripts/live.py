"""`pascom --live`: the one seam through which the facade's command line reaches these steps.

A checkout has it as `scripts.live`, the wheel as `pascom_facade._scripts.live`. It raises the facade's errors. Steps
are imported when they are needed: often the cached index is still valid.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from pascom_facade.errors import ConnectionFailed, PascomError
from pascom_facade.settings import Address, Credentials, Options

from .checkout import CONFIGURATION, OVERLAY
from .errors import NotReachable, StepFailed


class Wanted(NamedTuple):
    """An instance's document; from `page` if that isn't the usual one, of several documents the one called `name`."""

    address: Address
    page: str | None = None
    name: str | None = None
    login_to_page: bool = False


class Found(NamedTuple):
    """What an instance's page shows: one document, or a combination of several. `address` is None unless the document
    as it is has one; `notes` is what to report of it."""

    address: str | None
    document: dict[str, Any]
    notes: list[str]


def find(wanted: Wanted, credentials: Credentials | None, options: Options) -> Found:
    """The document behind an instance's page, found as `update` finds it. Raises PascomError."""
    from .combine.instance import of_instance, offered_for
    from .combine.source import fetcher_at

    address, page, name, login_to_page = wanted
    trust: dict[str, Any] = {each: getattr(options, each) for each in ("ca_file", "fingerprint", "verify")}
    with (
        _as_the_facades_errors(),
        fetcher_at(address, page, credentials, login_to_page=login_to_page, **trust) as fetcher,
    ):
        obtained = of_instance(offered_for(address, page, fetcher), name, address, fetcher)
        made = [f"{one.problem}: {one.repair}" for one in obtained.repairs if one.pointer.startswith("#")]
        return Found(obtained.address, obtained.document, [*obtained.warnings, *made])


def index_of(document: dict[str, Any]) -> dict[str, Any]:
    """The index of a document as it was published. Raises PascomError."""
    from .generate.index import index
    from .overlay.document import with_overlay

    with _as_the_facades_errors():
        # The overlay gives operations the names that they have in the built-in index. It adds none: an operation that
        # this document doesn't have isn't shown.
        complete = with_overlay(document, add_missing=False, configuration=CONFIGURATION)
        return index(complete.document)


def fit(client: Path, document: dict[str, Any]) -> dict[str, Any]:
    """What changed for callers between the document of a client and an instance's. Raises PascomError."""
    from .changes import Severity, compare
    from .download.files import read_document
    from .overlay.document import normalized
    from .overlay.overlay import load_overlay

    with _as_the_facades_errors():
        promises = load_overlay(CONFIGURATION / OVERLAY).promises
        found = compare(normalized(read_document(client)).document, normalized(document).document, promises)
    breaking = found.of(Severity.BREAKING)
    return {
        "old": found.old_version or "one version",
        "new": found.new_version or "another",
        "breaking": len(breaking),
        "maybe": len(found.of(Severity.MAYBE)),
        "compatible": len(found.of(Severity.COMPATIBLE)),
        "services": sorted({change.service for change in breaking}),
        "verbs": {verb: found.works(verb) for verb in sorted(found.verbs)},
    }


@contextmanager
def _as_the_facades_errors() -> Iterator[None]:
    try:
        yield
    except NotReachable as failure:
        raise ConnectionFailed(str(failure)) from None
    except StepFailed as failure:
        message = str(failure)
        if "--page" not in message:  # here a document's address is given as a page
            message = message.replace("--document ADDRESS|FILE", "--page ADDRESS")
        raise PascomError(message) from None
