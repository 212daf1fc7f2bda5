"""Where an update's document comes from: an instance's documentation page, or a file or address given outright."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from pascom_facade.errors import ConfigurationError
from pascom_facade.settings import Address, Credentials

from ..errors import WrongUsage
from ..progress import Progress

if TYPE_CHECKING:
    from ..fetch.fetcher import Fetcher
    from .instance import Obtained

Source = Callable[[Progress], "Obtained"]


def from_instance(
    server: str,
    instance: str,
    *,
    page: str | None = None,
    name: str | None = None,
    login_to_page: bool = False,
    refs_to_other_hosts: bool = False,
) -> Source:
    """All documents of an instance that its documentation page (or `page`) shows, made one; or the one called `name`.

    The login goes to the server, and to the page's origin only with `login_to_page`. Raises WrongUsage for what can't
    be an address.
    """
    try:
        address = Address.of(server, instance)
    except ConfigurationError as error:
        raise WrongUsage(str(error)) from None

    def fetch(progress: Progress) -> Obtained:
        from ..fetch.fetcher import printable, trusted
        from .instance import of_instance, offered_for

        trust = {**trusted(os.environ), "refs_to_other_hosts": refs_to_other_hosts}
        try:
            with fetcher_at(address, page, login(), login_to_page=login_to_page, **trust) as fetcher:
                with progress.step("locate") as note:
                    offered = offered_for(address, page, fetcher)
                    first = offered.located[0]
                    more = f" and {len(offered.located) - 1} more" if offered.located[1:] else ""
                    inside = f"a document inside {printable(first.page)}"
                    note((printable(first.address) if first.address else inside) + more)
                with progress.step("download") as note:
                    obtained = of_instance(offered, name, address, fetcher)
                    note(_described(obtained.document))
        except ConfigurationError as error:
            raise WrongUsage(str(error)) from None
        return obtained

    return fetch


def fetcher_at(
    address: Address, page: str | None, credentials: Credentials | None, *, login_to_page: bool, **settings: Any
) -> Fetcher:
    """A fetcher for an instance's pages, one for each module maybe; the login is for the instance's server."""
    from ..fetch.fetcher import Fetcher

    login_to = [address.origin, page] if page and login_to_page else [address.origin]
    return Fetcher(page or address.apidoc, credentials, login_to=login_to, most_requests=300, **settings)


def from_document(place: str, *, refs_to_other_hosts: bool = False) -> Source:
    """The document in a file, or at an address."""

    def fetch(progress: Progress) -> Obtained:
        from ..download.download import download_document
        from .instance import Obtained

        warnings: list[str] = []
        fetcher = partial(fetcher_for, is_page=False, refs_to_other_hosts=refs_to_other_hosts)
        with progress.step("read") as note:
            document = download_document(None, place, None, fetcher, warnings)
            note(_described(document))
        return Obtained(document, [], warnings)

    return fetch


def fetcher_for(
    address: str,
    progress: Callable[[str], None] = lambda message: None,
    *,
    is_page: bool = True,
    login_to_page: bool = False,
    refs_to_other_hosts: bool = False,
) -> Fetcher:
    """A fetcher for one run on `address`, with the login and certificates from the environment.

    The login is that of PASCOM_SERVER, and goes there. A page at another address gets it with `login_to_page`, or if no
    server is set that it could belong to; a document given outright never.
    """
    from ..fetch.fetcher import Fetcher, trusted

    login_to = []
    if server := os.environ.get("PASCOM_SERVER"):
        try:
            login_to.append(Address.of(server, "any", allow_http=True).origin)
        except ConfigurationError as problem:
            raise WrongUsage(f"PASCOM_SERVER: {problem}") from None
    if is_page and (login_to_page or not server):
        login_to.append(address)
    trust = {**trusted(os.environ), "refs_to_other_hosts": refs_to_other_hosts}
    return Fetcher(address, login(), login_to=login_to, progress=progress, **trust)


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
