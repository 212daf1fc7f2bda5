"""Where an update's document comes from: an instance's documentation page, or a file or address given outright."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pascom_facade.errors import ConfigurationError
from pascom_facade.settings import Address

from .errors import WrongUsage
from .progress import Progress

if TYPE_CHECKING:
    from .fetch import Fetcher

Source = Callable[[Progress], dict[str, Any]]


def from_instance(server: str, instance: str, *, page: str | None = None, name: str | None = None) -> Source:
    """The document that an instance's documentation page (or `page`) shows; `name` where it shows several.

    Raises WrongUsage for what can't be an address.
    """
    try:
        address = page or Address.of(server, instance).apidoc
    except ConfigurationError as error:
        raise WrongUsage(str(error)) from None

    def fetch(progress: Progress) -> dict[str, Any]:
        from .download import choose, download
        from .fetch import shown
        from .locate import locate

        try:
            with _fetcher(address) as fetcher:
                with progress.step("locate") as note:
                    located = choose(locate(address, fetcher), name)
                    note(shown(located.address) if located.address else f"a document inside {shown(address)}")
                with progress.step("download") as note:
                    document = download(located, fetcher)
                    note(_described(document))
        except ConfigurationError as error:
            raise WrongUsage(str(error)) from None
        return document

    return fetch


def from_document(place: str) -> Source:
    """The document in a file, or at an address."""

    def fetch(progress: Progress) -> dict[str, Any]:
        from .download import download_document

        with progress.step("read") as note:
            document = download_document(None, place, None, _fetcher)
            note(_described(document))
        return document

    return fetch


def _fetcher(address: str) -> Fetcher:
    """For one run on `address`, with the login and the certificates from the environment."""
    from .fetch import Fetcher, trusted
    from .locate_command import login

    return Fetcher(address, login(), **trusted(os.environ))


def _described(document: dict[str, Any]) -> str:
    info, paths = document.get("info"), document.get("paths")
    title = f"{info.get('title') or 'untitled'} {info.get('version') or ''}" if isinstance(info, dict) else "untitled"
    return f"{title.strip()}, {len(paths) if isinstance(paths, dict) else 0} paths"
