"""`pascom --live`: the one seam through which the facade's command line reaches these steps.

A checkout has it as `scripts.live`, the wheel as `pascom_facade._scripts.live`. What fails is the facade's error.
Steps are imported when they are needed: often the cached index is still the right one.
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
    """Whose document: an instance's; from `page` where that is another than usual, of several the one called `name`."""

    address: Address
    page: str | None = None
    name: str | None = None
    login_to_page: bool = False


class Found(NamedTuple):
    """What an instance's page shows: one document, or one made of several; `address` is None unless it lies somewhere
    as it is. `notes` are what to know of it."""

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
        # With the overlay an operation has the name it has in the built-in index; one it doesn't know keeps its own,
        # and what this document doesn't have isn't shown.
        return index(with_overlay(document, add_missing=False, configuration=_configuration()).document)


@contextmanager
def _as_the_facades_errors() -> Iterator[None]:
    try:
        yield
    except NotReachable as failure:
        raise ConnectionFailed(str(failure)) from None
    except StepFailed as failure:
        said = str(failure)
        if (
            "--page" not in said
        ):  # the way out is the same, its name is regenerate's: a document's address is a page too
            said = said.replace("--document ADDRESS|FILE", "--page ADDRESS")
        raise PascomError(said) from None


def _configuration() -> Path:
    """Where the overlay is: in the wheel beside the steps."""
    steps = Path(__file__).parent
    return steps if (steps / OVERLAY).exists() else CONFIGURATION
