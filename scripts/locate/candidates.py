"""Is there a document at this address? It is requested as a browser on the page would, and where that fails, better."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from ..errors import DocumentUnusable, NotReachable
from ..fetch.decode import decode, is_document
from ..fetch.fetcher import Fetched, Fetcher, origin, printable, urlsplit_or_none

# The hosts of the examples that viewers are shipped with; not this server's documents.
_EXAMPLE_HOST = re.compile(
    r"(petstore\d*|generator\d*|validator)\.swagger\.(io|wordnik\.com)|rebilly\.github\.io|redocly\.github\.io"
)
_INTERNAL_NAME = re.compile(r"(\.lan|\.local|\.internal|\.intranet|\.home\.arpa|\.docker|\.invalid|\.test)$|^[^.:]+$")
_UNESCAPED = "%/:?#[]@!$&'()*+,;=~"  # in an address; browsers escape the rest


@dataclass(frozen=True)
class Checked:
    """What is at an address: a document, or else the `problem`."""

    address: str
    document: dict[str, Any] | None = None
    problem: str = ""
    status: int = 0
    note: str = ""


def check(written: str, base: str, fetcher: Fetcher, *, stay: bool = False) -> Checked:
    """The document at the address `written` on a page whose addresses are relative to `base`.

    `stay`: no redirect leads to another origin.
    """
    try:
        joined = _without_dots(urljoin(base, written.strip()))
        address = quote(joined.split("#")[0], safe=_UNESCAPED)
    except ValueError:
        return Checked(written, problem=f"{printable(written)} is not an address")
    if urlsplit_or_none(address) is None:
        return Checked(address, problem=f"{printable(address)} is not an http or https address")
    if is_example(address) and not fetcher.is_home(address):
        return Checked(address, problem=f"{printable(address)} is the example that viewers are shipped with")
    first: Checked | None = None
    for place in places(address, base):
        checked = _at(place, fetcher, stay)
        if checked.document is not None:
            if place == address:
                return checked
            note = f"the page names {printable(address)}, which is not to be reached from here"
            return replace(checked, note=note)
        first = first or checked
    assert first is not None
    return first


def _without_dots(address: str) -> str:
    """`address` without `/./` and `/../`, as browsers ask for it; urljoin leaves those of whole addresses."""
    parts = urlsplit(address)
    if "/." not in parts.path or parts.path.startswith("//"):
        return address
    return parts._replace(path=urljoin("/", parts.path)).geturl()


def is_example(address: str) -> bool:
    parts = urlsplit_or_none(address)
    return parts is not None and bool(_EXAMPLE_HOST.fullmatch(parts.hostname or ""))


def document_of(answer: Fetched) -> dict[str, Any]:
    """The API description in an answer. Raises DocumentUnusable with a description of what it is instead."""
    value = decode(answer.body, answer.content_type)
    if is_document(value):
        return value  # type: ignore[return-value]
    keys = "a list"
    if isinstance(value, dict):
        keys = ", ".join(list(value)[:4])
    if not keys:
        raise DocumentUnusable("an empty object")
    raise DocumentUnusable(f"no API description, but data with: {printable(keys)}")


def _at(address: str, fetcher: Fetcher, stay: bool) -> Checked:
    try:
        answer = fetcher.get(address, stay=stay)
    except NotReachable as failure:
        return Checked(address, problem=str(failure))
    if answer.status != 200:
        return Checked(address, problem=f"{printable(address)} {refused(answer, fetcher)}", status=answer.status)
    try:
        return Checked(address, document_of(answer), status=200)
    except DocumentUnusable as failure:
        return Checked(address, problem=f"{printable(address)} holds {failure}", status=200)


def refusal(status: int) -> str:
    meaning = {401: "refuses the user or password", 403: "is forbidden for this user", 404: "does not exist"}
    return f"{meaning.get(status, 'answers with an error')} (status {status})"


_NO_LOGIN = {
    "plain http": "wants a login, which is sent over https and to the given host only: give its https address",
    "another origin": "wants a login, which only the origin of SERVER (PASCOM_SERVER) gets; a page's own gets it with "
    "--login-to-page",
}


def refused(answer: Fetched, fetcher: Fetcher) -> str:
    """What an answer that is not 200 means, and what to do about a login."""
    if answer.status != 401:
        return refusal(answer.status)
    if why := fetcher.refuses_login(answer.address):
        return _NO_LOGIN[why]
    if fetcher.has_credentials:
        return f"{refusal(401)}: check PASCOM_USER and PASCOM_PASSWORD"
    return "wants a login: set PASCOM_USER and PASCOM_PASSWORD"


def places(address: str, base: str) -> list[str]:
    """Where to look: as written, and on the page's own origin if the name means something only in there."""
    if origin(address) == origin(base):
        return [address]
    named, page = urlsplit(address), urlsplit(base)
    own = named._replace(scheme=page.scheme, netloc=page.netloc).geturl()
    if named.hostname == page.hostname:
        own_first = named.scheme == "http" and page.scheme == "https"  # the server is behind a proxy
    else:
        own_first = is_internal(named.hostname or "")  # a page from outside must not lead into our network first
    if own_first:
        return [own, address]
    return [address, own]


def is_internal(host: str) -> bool:
    """Whether a host's name or number means something only within its own network."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return bool(_INTERNAL_NAME.search(host))
