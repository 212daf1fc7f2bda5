"""Which of several documents on one page belong to this instance, and where in it each has its paths.

A page may list a document for each module of an instance, editions of one document, and other products. Only the
servers in a document distinguish them.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from pascom_facade.settings import Address

from ..fetch.fetcher import origin, printable
from ..locate.candidates import is_internal
from ..repair import Repaired
from ..tree import operations, without_names

Document = dict[str, Any]

SERVICES = "services"
_VERSION = re.compile(r"\bv?\d[\d.]*\b|\bv\d", re.IGNORECASE)


class Part(NamedTuple):
    """One of the documents: `name` is its name in messages, `at` the base of its relative addresses."""

    name: str
    at: str
    read: Repaired

    @property
    def document(self) -> Document:
        return self.read.document

    @property
    def word(self) -> str:
        """The name as one word; of an address its file's name."""
        name = self.name
        if "://" in name:
            name = PurePosixPath(urlsplit(name).path).stem
        return re.sub(r"[^\w.-]+", "_", name).strip("_") or "part"


class Belonging(NamedTuple):
    """`notes` say which documents were left out, why, and how to get them nevertheless."""

    parts: list[Part]
    notes: list[str]


def belonging(parts: list[Part], instance: Address) -> Belonging:
    """Those of the documents that are this instance's, the one that is shown first in front."""
    under_services = [part for part in parts if _is_under_services(part)]
    ours = under_services
    for is_ours in (_is_on, _may_be_of):
        ours = [part for part in ours if is_ours(part, instance)] or ours
    neutral = [part for part in parts if part not in under_services and _says_nothing(part, instance)]
    at_a_root = [part for part in parts if not path_of(server_of(part)) and _is_on(part, instance)]
    chosen = ours + neutral or at_a_root or [part for part in parts if _host(part) == _host(parts[0])]
    taken: list[Part] = []
    notes = []
    for part in parts:
        if part not in chosen:
            why = "of another API"
            if server := server_of(part):
                why = f"of another API ({printable(server)})"
            notes.append(_left_out(part, why))
        elif _says_the_same(part, taken):
            continue
        elif edition := _edition(part, taken):
            notes.append(_left_out(part, f"another edition of {edition.name!r}"))
        else:
            taken.append(part)
    return Belonging(taken, notes)


def _left_out(part: Part, why: str) -> str:
    return f"the page's document {part.name!r} is {why}: not taken; --name takes it alone"


def server_of(part: Part, holder: Document | None = None) -> str:
    """The absolute address that paths are relative to: the first that leads to `services`, else the first; or ""."""
    urls = []
    for server in (holder or part.document).get("servers") or ():
        with suppress(ValueError):
            urls.append(urljoin(part.at, _with_defaults(server)))
    for url in urls:
        if SERVICES in path_of(url):
            return url
    if not urls:
        return ""
    return urls[0]


def _with_defaults(server: Document) -> str:
    url = str(server["url"])
    for name, variable in (server.get("variables") or {}).items():
        if variable.get("default"):
            url = url.replace(f"{{{name}}}", str(variable["default"]))
    return url


def path_of(url: str) -> list[str]:
    """The segments of an address's path."""
    try:
        return [segment for segment in urlsplit(url).path.split("/") if segment]
    except ValueError:
        return []


def _is_under_services(part: Part) -> bool:
    paths = part.document["paths"]
    in_paths = [path for path in paths if SERVICES in path_of(path)[:3]]
    return SERVICES in path_of(server_of(part)) or len(in_paths) * 2 > len(paths)


def _says_nothing(part: Part, instance: Address) -> bool:
    """Whether a document leaves open where its paths are: no server, or the root of the instance's."""
    server = server_of(part)
    return not server or (not path_of(server) and origin(server) == origin(instance.origin))


def _is_on(part: Part, instance: Address) -> bool:
    """Whether the server may be the instance's host; the name of an internal host may be."""
    host = _host(part)
    return not host or host == urlsplit(instance.origin).hostname or is_internal(host)


def _may_be_of(part: Part, instance: Address) -> bool:
    """Whether the server names no other instance."""
    before = path_of(server_of(part))
    if SERVICES not in before[1:]:
        return True
    name = before[before.index(SERVICES) - 1]
    return not name or "{" in name or unquote(name) == instance.instance


def _host(part: Part) -> str:
    try:
        host = urlsplit(server_of(part)).hostname or ""
    except ValueError:
        return ""
    if "{" in host:
        return ""
    return host


def _edition(part: Part, taken: list[Part]) -> Part | None:
    """The document of which this is another version: it differs in a number of the name, and little in content."""
    for other in taken:
        if _differ_in_number(part, other) and _have_much_in_common(part, other):
            return other
    return None


def _have_much_in_common(part: Part, other: Part) -> bool:
    mine = _routes(part)
    others = _routes(other)
    fewest = min(len(mine), len(others))
    return fewest > 0 and 2 * len(mine & others) >= fewest


def _differ_in_number(part: Part, other: Part) -> bool:
    """Whether the page, or the documents themselves, call the two alike but for a version."""
    if part.name != other.name and _without_version(part.name) == _without_version(other.name):
        return True
    info = part.document.get("info", {})
    other_info = other.document.get("info", {})
    title, other_title = (_without_version(str(one.get("title", ""))) for one in (info, other_info))
    differ = any(info.get(key) != other_info.get(key) for key in ("title", "version"))
    return title == other_title and differ


def _without_version(name: str) -> str:
    return _VERSION.sub("", name).strip().lower()


def _says_the_same(part: Part, taken: list[Part]) -> bool:
    """Whether this is one of the others again, in YAML beside the JSON for example."""
    for other in taken:
        if part.document["paths"] == other.document["paths"] and server_of(part) == server_of(other):
            return True
    return False


def _routes(part: Part) -> set[tuple[str, str]]:
    base = "/".join(path_of(server_of(part)))
    return {(method, without_names(f"{base}{path}")) for path, method, _, _ in operations(part.document)}
