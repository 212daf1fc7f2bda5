"""Is there a document at this address? Asked the way a browser on the page would, and where that fails, better."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from ..errors import DocumentUnusable, NotReachable
from ..fetch.decode import decode, is_document
from ..fetch.fetcher import Fetched, Fetcher, origin, printable, urlsplit_or_none

# What viewers are shipped with; not this server's document.
_EXAMPLE_HOST = re.compile(
    r"(petstore\d*|generator\d*|validator)\.swagger\.(io|wordnik\.com)|rebilly\.github\.io|redocly\.github\.io"
)
_INTERNAL_NAME = re.compile(r"(\.lan|\.local|\.internal|\.intranet|\.home\.arpa|\.docker|\.invalid|\.test)$|^[^.:]+$")
_AS_IS = "%/:?#[]@!$&'()*+,;=~"  # in an address; the rest is escaped, as browsers do


@dataclass(frozen=True)
class Checked:
    """What is at an address: a document, or what else (`problem`)."""

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
        address = quote(_without_dots(urljoin(base, written.strip())).split("#")[0], safe=_AS_IS)
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
            note = (
                "" if place == address else f"the page names {printable(address)}, which is not to be reached from here"
            )
            return Checked(checked.address, checked.document, status=checked.status, note=note)
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
    """The API description in an answer. Raises DocumentUnusable, saying what it is instead."""
    value = decode(answer.body, answer.content_type)
    if not is_document(value):
        keys = ", ".join(list(value)[:4]) if isinstance(value, dict) else "a list"
        raise DocumentUnusable(f"no API description, but data with: {printable(keys)}" if keys else "an empty object")
    return value  # type: ignore[return-value]


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
        behind_proxy = named.scheme == "http" and page.scheme == "https"
        return [own, address] if behind_proxy else [address, own]
    if is_internal(named.hostname or ""):
        return [
            own,
            address,
        ]  # first what the server itself has: an outside page has no business in our network
    return [address, own]


def is_internal(host: str) -> bool:
    """Whether a host's name or number means something only within its own network."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return bool(_INTERNAL_NAME.search(host))
