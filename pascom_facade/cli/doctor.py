"""`pascom doctor`: can I reach it, is the login right, which version, is the document there?"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import click

from .._index import Index
from .._version import __version__
from ..errors import AnsweredWithError, AuthenticationFailed, CertificateChanged, CertificateRefused, PascomError
from ..explore.curl import base
from ..settings import SECRETS
from .client import client_index
from .document import found_live, page_given
from .fits import fit_of, kept_fit
from .instance import environment, instance_options, open_instance
from .instances import note_version
from .output import chosen, output_option, write_json
from .screen import coloured, fit, width, wrapped
from .status import MISFIT, as_typed, one_line, status_of

if TYPE_CHECKING:
    from .._sync.client import Pascom
    from .live import Live


@dataclass(frozen=True)
class Finding:
    """One line of the report; `status` is the exit status a failed check asks for."""

    check: str
    ok: bool
    detail: str
    status: int = 0


@click.command()
@click.option("--assumptions", is_flag=True, help="Ask about all that is assumed of an instance (GET and HEAD only).")
@click.option(
    "--report", metavar="FILE", type=click.Path(dir_okay=False), help="The same, as a file to show to others."
)
@click.option("--yes", is_flag=True, help="Write the report without asking.")
@click.option("--fail-on", type=click.Choice(["breaking"]), help="Exit 6 if changes of the document break callers.")
@output_option("table", "json")
@instance_options()
@click.pass_context
def doctor(
    context: click.Context, assumptions: bool, report: str | None, yes: bool, fail_on: str | None, output: str | None
) -> None:
    """Is the instance reachable, is the login right, which version, is the document there?

    The exit status is that of the first thing that is wrong. `fits` says what changed for callers between the client's
    document and the instance's; with --fail-on breaking, such a change is exit status 6 (for CI).

    With --assumptions: which of the things that nobody has documented are so here? What was learned is kept, and saves
    later runs of `pascom cdr` finding it out. The report has no value of a call, no name, no number and no host in it.
    """
    if assumptions or report:
        from .assumptions import ask

        ask(output, report, yes)
        return
    findings = []
    for finding in examine(fail_on):
        findings.append(finding)
        if chosen(output) == "table":
            mark = coloured("✓", fg="green") if finding.ok else coloured("✗", fg="red")
            first, *more = wrapped(finding.detail, max(width(), 60) - 15)
            click.echo(f"{mark} {fit(finding.check, 12)} {first}")
            for line in more:
                click.echo(" " * 15 + line)
            sys.stdout.flush()
    if chosen(output) == "json":
        write_json([asdict(finding) for finding in findings])
    context.exit(next((finding.status for finding in findings if not finding.ok), 0))


def examine(fail_on: str | None = None) -> Iterator[Finding]:
    """One check after the other; what the next one needs stops the rest."""
    index = client_index(environment())
    yield Finding(
        "client",
        True,
        f"pascom-facade {__version__}; {len(index.operations)} services of {index.title} {index.version}",
    )
    try:
        pbx = open_instance()
    except PascomError as error:
        yield _failed("settings", error)
        return
    environ = environment()
    source = next((name for name in SECRETS if environ.get(name)), "the terminal")
    with pbx:
        yield Finding("instance", True, base(environ))
        yield Finding("settings", True, f"user {environ.get('PASCOM_USER') or 'moby'}, password from {source}")
        yield from _proxy(pbx)
        yield from _ask(pbx, index, fail_on)


def _ask(pbx: Pascom, client: Index, fail_on: str | None) -> Iterator[Finding]:
    try:
        calls = list(pbx.cdr(limit=1))
    except AuthenticationFailed as error:
        yield Finding("reachable", True, "it answers")
        yield _failed("login", error)
        return
    except AnsweredWithError as error:
        yield Finding("reachable", True, "it answers")
        yield _failed("journal", error)
        return
    except CertificateRefused as error:
        yield Finding("reachable", True, "it answers")
        yield _failed("certificate", error)
        if not isinstance(error, CertificateChanged):  # then nobody is told to pin what it shows now
            yield from _certificate(pbx)
        return
    except PascomError as error:
        yield _failed("reachable", error)
        return
    yield Finding("reachable", True, "it answers")
    yield Finding("login", True, "accepted")
    newest = calls[0].started if calls else None
    yield Finding(
        "journal",
        True,
        f"readable; newest call {newest.astimezone():%Y-%m-%d %H:%M}" if newest else "readable; no call",
    )
    yield from _document(client, fail_on)


def _proxy(pbx: Pascom) -> Iterator[Finding]:
    """Whether a proxy stands in between, and whether what the environment says of it can be read, needed or not."""
    from .. import _proxies

    try:
        found = _proxies.chosen(pbx._address)
        proxy = found and _proxies.read(*found)
    except PascomError as error:
        yield _failed("proxy", error)
        return
    if proxy:
        needed = _proxies.needed(pbx._address)
        yield Finding("proxy", True, f"by {proxy}" if needed else f"directly, not by {proxy}")


def _document(client: Index, fail_on: str | None) -> Iterator[Finding]:
    """The instance's document, found as `--live` finds it, and whether the client fits it."""
    try:
        found = found_live(with_document=True)
    except PascomError as error:
        yield _failed("document", error)
        return
    live = found.index
    note_version(environment(), live.version)
    theirs, ours = _routes(live), _routes(client)
    differs = [f"{len(n)} {word}" for n, word in ((theirs - ours, "not in the client"), (ours - theirs, "gone")) if n]
    told = f"; {', '.join(differs)}: `--live` explores them" if differs else ", all in the client"
    yield Finding("document", True, f"{live.title} {live.version}: {len(theirs)} services{told}")
    yield _fits(found, fail_on)


def _fits(found: Live, fail_on: str | None) -> Finding:
    """What changed for callers since the document that the client was made from."""
    environ = environment()
    try:
        fit = fit_of(found.document, environ, kept_fit(environ, page_given(), None)) if found.document else None
    except PascomError as error:
        return _failed("fits", error)
    if fit is None:
        wrong = fail_on == "breaking"
        return Finding("fits", not wrong, "unknown: one of the two documents isn't here", MISFIT if wrong else 0)
    return Finding("fits", fit.is_good, fit.words(), MISFIT if fail_on == "breaking" and not fit.is_good else 0)


def _routes(index: Index) -> set[tuple[str, str]]:
    """Parameter names are the document's own business."""
    return {(entry["method"], re.sub(r"{[^}]*}", "{}", entry["path"])) for entry in index.operations.values()}


def _certificate(pbx: Pascom) -> Iterator[Finding]:
    """What the server shows now, for a person to compare with the server's own."""
    from .._tls import fetch_fingerprint

    try:
        shown = fetch_fingerprint(pbx._address)
    except PascomError as error:
        yield _failed("fingerprint", error)
        return
    pin = f"export PASCOM_FINGERPRINT={shown} (in PowerShell: $env:PASCOM_FINGERPRINT = '{shown}')"
    yield Finding("fingerprint", True, f"{shown}; if it is the server's own, pin it: {pin}")


def _failed(check: str, error: PascomError) -> Finding:
    return Finding(check, False, one_line(as_typed(str(error))), status_of(error))
