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
from pascom_facade.settings import Credentials, Options

from .checkout import CONFIGURATION, OVERLAY
from .errors import NotReachable, StepFailed


class Found(NamedTuple):
    """The document that a page shows; `address` is None for one that stands in the page itself."""

    address: str | None
    document: dict[str, Any]


def find(page: str, credentials: Credentials | None, options: Options) -> Found:
    """The document behind `page`, as published. Raises PascomError."""
    from .download.download import download
    from .fetch.fetcher import Fetcher
    from .locate import locate

    trust: dict[str, Any] = {name: getattr(options, name) for name in ("ca_file", "fingerprint", "verify")}
    with _as_the_facades_errors(), Fetcher(page, credentials, **trust) as fetcher:
        located = locate(page, fetcher)[0]
        return Found(located.address, download(located, fetcher))


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
        # The way out is the same, its name is regenerate's: here the document's address is a page as well.
        raise PascomError(str(failure).replace("--document ADDRESS|FILE", "--page ADDRESS")) from None


def _configuration() -> Path:
    """Where the overlay is: in the wheel beside the steps."""
    steps = Path(__file__).parent
    return steps if (steps / OVERLAY).exists() else CONFIGURATION
