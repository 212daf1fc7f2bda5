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
Settings = tuple[Credentials | None, dict[str, Any]]  # the login, and what a fetcher takes


def from_instance(
    server: str,
    instance: str,
    *,
    page: str | None = None,
    name: str | None = None,
    login_to_page: bool = False,
    refs_to_other_hosts: bool = False,
) -> Source:
    """The combination of all documents that an instance's page (or `page`) shows; or the one called `name`.

    Login and certificates are those of the environment. Raises WrongUsage for an invalid address.
    """
    try:
        address = Address.of(server, instance)
    except ConfigurationError as error:
        raise WrongUsage(str(error)) from None

    def settings() -> Settings:
        from ..fetch.fetcher import trusted

        return login(), {**trusted(os.environ), "refs_to_other_hosts": refs_to_other_hosts}

    return from_address(address, settings, page=page, name=name, login_to_page=login_to_page)


def from_address(
    address: Address,
    settings: Callable[[], Settings],
    *,
    page: str | None = None,
    name: str | None = None,
    login_to_page: bool = False,
) -> Source:
    """As `from_instance`, with the login and what else a fetcher takes by `settings`.

    The login goes to the server, and to the page's origin only with `login_to_page`.
    """

    def fetch(progress: Progress) -> Obtained:
        from ..fetch.fetcher import printable
        from .instance import of_instance, offered_for

        credentials, trust = settings()
        try:
            with fetcher_at(address, page, credentials, login_to_page=login_to_page, **trust) as fetcher:
                with progress.step("locate") as note:
                    offered = offered_for(address, page, fetcher)
                    first, *others = offered.located
                    found = f"a document inside {printable(first.page)}"
                    if first.address:
                        found = printable(first.address)
                    if others:
                        found += f" and {len(others)} more"
                    note(found)
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
    """A fetcher for an instance's pages, of which each module may have one; the login goes to the instance's server."""
    from ..fetch.fetcher import Fetcher

    login_to = [address.origin]
    if page and login_to_page:
        login_to.append(page)
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
    server is set that the login could be for; a document given outright never does.
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
    """The login from PASCOM_*, else from DISCOVER_USER and DISCOVER_PASSWORD, if there is one."""
    if any(os.environ.get(f"PASCOM_{kind}") for kind in ("PASSWORD", "PASSWORD_COMMAND", "AUTH_STRING")):
        try:
            return Credentials.from_env()
        except ConfigurationError as problem:
            raise WrongUsage(str(problem)) from None
    if password := os.environ.get("DISCOVER_PASSWORD"):
        return Credentials(os.environ.get("DISCOVER_USER", ""), password)
    return None


def _described(document: dict[str, Any]) -> str:
    info = document.get("info")
    paths = document.get("paths")
    title, version = "untitled", ""
    if isinstance(info, dict):
        title = info.get("title") or title
        version = info.get("version") or version
    if not isinstance(paths, dict):
        paths = {}
    name = f"{title} {version}".strip()
    return f"{name}, {len(paths)} paths"
