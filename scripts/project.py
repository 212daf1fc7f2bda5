"""`pascom regenerate`: the client of a user's project, in a directory of its own, which is the package.

    acme_client/        import acme_client; Pascom(…, client=acme_client)
      pascom.json       the instance's document
      overlay.yaml      what the project adds to it, applied after ours
      PROVENANCE.json   what the package was made from
      CHANGES.md        what each update changed for callers
      previous/         the document before

In a checkout of ours, without a directory of its own, it is the checkout's client.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from pascom_facade.settings import Address, Credentials, Options

from . import commands
from .checkout import (
    BESIDE_MODULES,
    OPENAPI,
    OVERLAY,
    PACKAGE,
    PROVENANCE,
    Home,
    can_be_imported,
    project_client,
)
from .errors import Drift, WrongUsage

PROJECT = "pyproject.toml"
_BY_THE_WAY = {"__pycache__", ".ruff_cache", ".mypy_cache", ".DS_Store"}


def home_at(into: Path | None, here: Path) -> Home:
    """The client to make or to keep. Raises WrongUsage for a directory that can't be one, or is something else."""
    root = _project(here)
    if into is None and _is_ours(root):
        return Home(root)
    directory = root / PACKAGE if into is None else (here / into).resolve()
    if not can_be_imported(directory.name):
        raise WrongUsage(f"{directory.name!r} can't be imported: give a directory with a name like acme_client")
    if directory.exists() and not directory.is_dir():
        raise WrongUsage(f"{directory} is no directory")
    home = project_client(directory)
    if strange := next(iter(_strange(home)), None):
        raise WrongUsage(
            f"{directory} has {strange} in it, which isn't of a client: it would be replaced as a whole, so give a "
            "directory of its own"
        )
    return home


def existing(home: Home) -> Home:
    """The client, if there is one. Raises WrongUsage."""
    if not home.is_there():
        raise WrongUsage(f"there is no client in {home.root / home.package} yet; `{home.door or 'update '}` makes one")
    return home


def update(
    home: Home,
    address: Address | None,
    credentials: Credentials | None,
    options: Options,
    *,
    document: str | None = None,
    page: str | None = None,
    name: str | None = None,
    login_to_page: bool = False,
    refs_to_other_hosts: bool = False,
    accept_broken: bool = False,
    report: Path | None = None,
) -> None:
    """Bring the client to the document of the instance at `address`, or to the one in a file or at an address."""
    from .combine.source import from_address, from_document

    if document is None:
        assert address is not None
        trust = {each: getattr(options, each) for each in ("ca_file", "fingerprint", "verify")}
        trust["refs_to_other_hosts"] = refs_to_other_hosts
        fetch = from_address(address, lambda: (credentials, trust), page=page, name=name, login_to_page=login_to_page)
        kind = "instance"
    else:
        fetch = from_document(document, refs_to_other_hosts=refs_to_other_hosts)
        kind = "document"
    prepare(home)
    commands.update(home, fetch, kind=kind, accept_broken=accept_broken, report=report)


def prepare(home: Home) -> None:
    try:
        home.root.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise WrongUsage(f"{home.root} can't be made: {problem.strerror}") from None


def _project(here: Path) -> Path:
    """The folder of the nearest pyproject.toml; without one, `here`."""
    here = here.resolve()
    return next((folder for folder in (here, *here.parents) if (folder / PROJECT).is_file()), here)


def _is_ours(root: Path) -> bool:
    """Whether it is a checkout of this package."""
    if not (root / OPENAPI / OVERLAY).is_file():
        return False
    try:
        settings = tomllib.loads((root / PROJECT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(settings.get("project", {}).get("name") == "pascom-facade")


def _strange(home: Home) -> list[str]:
    """What lies in the directory of a client, and is neither made nor of its documents."""
    from .swap.provenance import read_provenance

    directory = home.root / home.package
    found = [path.relative_to(directory) for path in directory.rglob("*") if path.is_file()]
    known: set[str] = set()
    if (directory / PROVENANCE).exists():
        try:
            known = set(read_provenance(directory)["outputs"])
        except Drift:  # it says nothing of what was made any more
            return []
    strange = [
        name.as_posix()
        for name in found
        if name.parts[0] not in BESIDE_MODULES
        and not _BY_THE_WAY.intersection(name.parts)
        and name.as_posix() not in known
    ]
    return sorted(strange)
