"""Where an update's document comes from: an instance's documentation page, or a file or address given outright."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pascom_facade.errors import ConfigurationError
from pascom_facade.settings import Address, Credentials

from ..errors import WrongUsage
from ..progress import Progress

if TYPE_CHECKING:
    from ..fetch.fetcher import Fetcher

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
        from ..fetch.fetcher import printable
        from ..locate import locate
        from .download import choose, download

        try:
            with fetcher_for(address) as fetcher:
                with progress.step("locate") as note:
                    located = choose(locate(address, fetcher), name)
                    note(printable(located.address) if located.address else f"a document inside {printable(address)}")
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
            document = download_document(None, place, None, fetcher_for)
            note(_described(document))
        return document

    return fetch


def fetcher_for(address: str, progress: Callable[[str], None] = lambda message: None) -> Fetcher:
    """A fetcher for one run on `address`, with the login and certificates from the environment."""
    from ..fetch.fetcher import Fetcher, trusted

    return Fetcher(address, login(), **trusted(os.environ), progress=progress)


def login() -> Credentials | None:
    """The login from PASCOM_*; DISCOVER_USER and DISCOVER_PASSWORD are taken as well; none is fine."""
    if any(os.environ.get(f"PASCOM_{kind}") for kind in ("PASSWORD", "PASSWORD_COMMAND", "AUTH_STRING")):
        try:
            return Credentials.from_env()
        except ConfigurationError as problem:
            raise WrongUsage(str(problem)) from None
    if password := os.environ.get("DISCOVER_PASSWORD"):
        return Credentials(os.environ.get("DISCOVER_USER", ""), password)
    return None


def _described(document: dict[str, Any]) -> str:
    info, paths = document.get("info"), document.get("paths")
    title = f"{info.get('title') or 'untitled'} {info.get('version') or ''}" if isinstance(info, dict) else "untitled"
    return f"{title.strip()}, {len(paths) if isinstance(paths, dict) else 0} paths"
