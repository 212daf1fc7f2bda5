"""Bring the client of this checkout to an instance's document, all at once or step by step; run in its root.

Exit status: 0 done, 1 the machine failed (a full disk), 2 wrong usage, 3 no document found / not reachable / refused
login, 4 document can't be used, 5 facade contract broken, 6 drift. Any status but 0 leaves `openapi/` and `generated/`
as they were.

The login is read from PASCOM_USER, PASCOM_PASSWORD, PASCOM_PASSWORD_COMMAND and PASCOM_AUTH_STRING; which certificates
to trust from PASCOM_CA_FILE and PASCOM_FINGERPRINT. The login goes to SERVER, for locate and download to PASCOM_SERVER
(where that isn't set, to the page's own address), and to no other origin but a page's with --login-to-page.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pascom_facade.cli import streams

from . import commands
from .checkout import OPENAPI, OVERLAY, Home
from .errors import StepFailed, WrongUsage
from .progress import Waiting, say

if TYPE_CHECKING:
    from .combine.source import Source

# Each command imports its steps when it runs: `check` needs none of what `locate` does.


def locate(options: argparse.Namespace) -> None:
    from .combine.source import fetcher_for
    from .fetch.fetcher import printable
    from .locate import locate

    with fetcher_for(options.address, Waiting(), login_to_page=options.login_to_page) as fetcher:
        for located in locate(options.address, fetcher):
            say(located.address or json.dumps(located.document, separators=(",", ":")))
            where = printable(located.address or "a document in the page")
            if located.name:
                where = f"{printable(located.name)}: {where}"
            say(f"{where} ({printable(located.how)})", file=sys.stderr)


def download(options: argparse.Namespace) -> None:
    from pascom_facade._files import replacing_bytes

    from .combine.source import fetcher_for
    from .download.download import download_document
    from .tree import canonical

    fetcher = partial(
        fetcher_for,
        progress=Waiting(),
        is_page=not options.document,
        login_to_page=options.login_to_page,
        refs_to_other_hosts=options.refs_to_other_hosts,
    )
    warnings: list[str] = []
    document = download_document(options.address, options.document, options.name, fetcher, warnings)
    for warning in warnings:
        print(f"download: {warning}", file=sys.stderr)
    try:
        with replacing_bytes(options.output, private=False) as file:
            file.write(canonical(document))
    except OSError as problem:
        raise WrongUsage(f"{options.output} can't be written: {problem.strerror}") from None


def build(options: argparse.Namespace) -> None:
    from .build import build
    from .download.files import read_document
    from .report import check_place, write

    check_place(options.report)
    report = build(read_document(options.document), options.output, plain=options.plain)
    write(report, options.report)
    say(report.summary())


def update(options: argparse.Namespace) -> None:
    from .report import check_place

    check_place(options.report)
    home = _home()
    fetch, kind = _source(options)
    commands.update(home, fetch, kind=kind, accept_broken=options.accept_broken, report=options.report)


def _source(options: argparse.Namespace) -> tuple[Source, str]:
    """The source of the document, and its kind."""
    from .combine.source import from_document, from_instance

    everywhere = options.refs_to_other_hosts
    if options.document and not options.server:
        return from_document(options.document, refs_to_other_hosts=everywhere), "document"
    server, name = options.server, options.instance
    if not (server or name or options.document):
        server, name = os.environ.get("PASCOM_SERVER"), os.environ.get("PASCOM_INSTANCE")
    if server and name and not options.document:
        instance = from_instance(
            server,
            name,
            page=options.page,
            name=options.name,
            login_to_page=options.login_to_page,
            refs_to_other_hosts=everywhere,
        )
        return instance, "instance"
    raise WrongUsage("give SERVER and INSTANCE (or set PASCOM_SERVER and PASCOM_INSTANCE), or --document ADDRESS|FILE")


def check(options: argparse.Namespace) -> None:
    commands.check(_home(), full=options.full)


def changes(options: argparse.Namespace) -> None:
    given = {"form": options.format, "descriptions": options.descriptions, "fail_on": options.fail_on}
    commands.changes(options.old, options.new, **given)


def rollback(options: argparse.Namespace) -> None:
    commands.rollback(_home())


def _home() -> Home:
    root = Path.cwd()
    if not (root / OPENAPI / OVERLAY).is_file():
        raise WrongUsage(f"there is no {OPENAPI}/{OVERLAY} here; run this from the repository's root")
    return Home(root)


class Argument:
    """What `add_argument` takes."""

    def __init__(self, *names: str, **settings: Any) -> None:
        self.names = names
        self.settings = settings


class Command(NamedTuple):
    run: Callable[[argparse.Namespace], None]
    help: str
    arguments: tuple[Argument, ...] = ()


DOCUMENT = Argument("--document", metavar="ADDRESS|FILE", help="the document itself, if no page leads to it")
NAME = Argument("--name", help="of several documents the one with this name or address")
LOGIN = Argument("--login-to-page", action="store_true", help="the page's origin gets the login, whatever server it is")
REFS = Argument("--refs-to-other-hosts", action="store_true", help="follow a document's $refs to other hosts")
REPORT = Argument("--report", type=Path, metavar="FILE", help="write what was found and done, as JSON")

COMMANDS = {
    "locate": Command(
        locate,
        "find the document(s) behind a documentation page",
        (Argument("address", metavar="ADDRESS", help="the page's address"), LOGIN),
    ),
    "download": Command(
        download,
        "save the document that a documentation page shows",
        (
            Argument("address", metavar="ADDRESS", nargs="?", help="the page's address"),
            Argument("-o", "--output", metavar="FILE", required=True, type=Path, help="where to save it"),
            NAME,
            DOCUMENT,
            LOGIN,
            REFS,
        ),
    ),
    "build": Command(
        build,
        "make the client for a document: repair, overlay, generate, verify",
        (
            Argument("document", type=Path, metavar="DOCUMENT", help="OpenAPI or Swagger, JSON or YAML"),
            Argument("--output", type=Path, required=True, metavar="DIR", help="the package's directory"),
            REPORT,
            Argument("--plain", action="store_true", help="not pascom's document: no overlay, no facade contract"),
        ),
    ),
    "update": Command(
        update,
        "all of it for an instance, replacing openapi/ and generated/, or nothing",
        (
            Argument(
                "server", nargs="?", metavar="SERVER", help="pascom.cloud, or https://192.168.1.5; else PASCOM_SERVER"
            ),
            Argument("instance", nargs="?", metavar="INSTANCE", help="the instance's name; else PASCOM_INSTANCE"),
            Argument("--page", metavar="ADDRESS", help="the documentation page, where it is another than usual"),
            Argument("--document", metavar="ADDRESS|FILE", help="the document itself, instead"),
            NAME,
            LOGIN,
            REFS,
            REPORT,
            Argument(
                "--accept-broken",
                action="store_true",
                help="replace although operations of facade verbs are gone; these raise NotOffered then",
            ),
        ),
    ),
    "check": Command(
        check,
        "does generated/ still follow from openapi/?",
        (Argument("--full", action="store_true", help="regenerate in a temporary place and compare"),),
    ),
    "changes": Command(
        changes,
        "what differs for callers between two documents",
        (
            Argument("old", type=Path, metavar="OLD"),
            Argument("new", type=Path, metavar="NEW"),
            Argument("--format", choices=("markdown", "json"), default="markdown"),
            Argument("--descriptions", action="store_true", help="also where only descriptions differ"),
            Argument("--fail-on", choices=("breaking",), help="exit 1 if there are such changes"),
        ),
    ),
    "rollback": Command(rollback, "go back to what the last update replaced"),
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.regenerate",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        subparser = commands.add_parser(name, help=command.help)
        for argument in command.arguments:
            subparser.add_argument(*argument.names, **argument.settings)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    streams.open_closed()
    options = argparse.Namespace(command="regenerate")
    try:
        _run(options, arguments)
    except BrokenPipeError:  # `locate … | head -1`: whoever read has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except StepFailed as failure:
        say(f"{options.command}: {failure}", file=sys.stderr)
        return failure.status
    except OSError as problem:  # a disk is full, a file may not be read
        say(f"{options.command}: {streams.described(problem)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"{options.command}: interrupted; nothing was changed", file=sys.stderr)
        return 130
    return 0


def _run(options: argparse.Namespace, arguments: Sequence[str] | None) -> None:
    try:
        _parser().parse_args(arguments, options)
        COMMANDS[options.command].run(options)
    finally:  # of --help, too
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
