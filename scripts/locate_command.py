"""`locate ADDRESS` and `download ADDRESS -o FILE`: arguments and output; the work is in the steps' modules."""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import WrongUsage

if TYPE_CHECKING:
    from pascom_facade.settings import Credentials

    from .fetch import Fetcher

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(commands: Commands) -> None:
    """Add this module's commands to the door."""
    locate = commands.add_parser("locate", help="find the document(s) behind a documentation page")
    locate.add_argument("address", metavar="ADDRESS", help="the page's address")
    locate.set_defaults(run=_locate)
    download = commands.add_parser("download", help="save the document that a documentation page shows")
    download.add_argument("address", metavar="ADDRESS", nargs="?", help="the page's address")
    download.add_argument("-o", "--output", metavar="FILE", required=True, type=Path, help="where to save it")
    download.add_argument("--name", help="of several documents the one with this name or address")
    download.add_argument("--document", metavar="ADDRESS|FILE", help="the document itself, if no page leads to it")
    download.set_defaults(run=_download)


def fetcher_for(address: str) -> Fetcher:
    """A fetcher for one run on `address`, with the login and certificates from the environment."""
    from .fetch import Fetcher, trusted

    return Fetcher(address, login(), **trusted(os.environ), progress=Progress())


def login() -> Credentials | None:
    """The login from PASCOM_*; DISCOVER_USER and DISCOVER_PASSWORD are taken as well; none is fine."""
    from pascom_facade.errors import ConfigurationError
    from pascom_facade.settings import Credentials

    if any(os.environ.get(f"PASCOM_{kind}") for kind in ("PASSWORD", "PASSWORD_COMMAND", "AUTH_STRING")):
        try:
            return Credentials.from_env()
        except ConfigurationError as problem:
            raise WrongUsage(str(problem)) from None
    if password := os.environ.get("DISCOVER_PASSWORD"):
        return Credentials(os.environ.get("DISCOVER_USER", ""), password)
    return None


def _locate(options: argparse.Namespace) -> None:
    from .fetch import shown
    from .locate import locate

    with fetcher_for(options.address) as fetcher:
        for located in locate(options.address, fetcher):
            print(located.address or json.dumps(located.document, separators=(",", ":")))
            name = f"{shown(located.name)}: " if located.name else ""
            place = located.address or "a document in the page"
            print(f"{name}{shown(place)} ({shown(located.how)})", file=sys.stderr)


def _download(options: argparse.Namespace) -> None:
    from .canonical import canonical
    from .download import download_document

    document = download_document(options.address, options.document, options.name, fetcher_for)
    unfinished = options.output.with_name(f".{options.output.name}.unfinished")
    try:
        unfinished.write_bytes(canonical(document))
        unfinished.replace(options.output)
    except OSError as problem:
        unfinished.unlink(missing_ok=True)
        raise WrongUsage(f"{options.output} can't be written: {problem.strerror}") from None


class Progress:
    """Says on standard error what is being waited for, once a run takes longer than a second."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._timer = threading.Timer(0, lambda: None)

    def __call__(self, what: str) -> None:
        self._timer.cancel()
        if what:
            wait = max(0.0, self._since + 1 - time.monotonic())
            self._timer = threading.Timer(wait, self._say, [what])
            self._timer.daemon = True
            self._timer.start()

    @staticmethod
    def _say(what: str) -> None:
        print(f"waiting for {what} …", file=sys.stderr, flush=True)
