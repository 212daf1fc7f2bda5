"""Of several documents on one page: which belong to this instance, and where in it each has its paths.

A page may list a document for each module of an instance, editions of one document, and other products. What a
document says of its servers decides, for it is all that tells them apart.
"""

from __future__ import annotations

import re
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
    """One of the documents: `name` as messages call it, `at` is what its relative addresses are relative to."""

    name: str
    at: str
    read: Repaired

    @property
    def document(self) -> Document:
        return self.read.document

    @property
    def word(self) -> str:
        """The name in a word: of an address the file's."""
        named = PurePosixPath(urlsplit(self.name).path).stem if "://" in self.name else self.name
        return re.sub(r"[^\w.-]+", "_", named).strip("_") or "part"


class Belonging(NamedTuple):
    """`notes` say which were left out, why, and how to get them all the same."""

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
            server = server_of(part)
            notes.append(_left_out(part, f"of another API ({printable(server)})" if server else "of another API"))
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
    """The absolute address that paths are counted from: the first that leads to `services`, else the first; or ""."""
    found = []
    for server in (holder or part.document).get("servers") or ():
        url = str(server["url"])
        for name, variable in (server.get("variables") or {}).items():
            if variable.get("default"):
                url = url.replace(f"{{{name}}}", str(variable["default"]))
        try:
            found.append(urljoin(part.at, url))
        except ValueError:
            continue
    return next((url for url in found if SERVICES in path_of(url)), found[0] if found else "")


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
    """Whether the server may be the instance's host; a name that means something only in there may be."""
    host = _host(part)
    return not host or host == urlsplit(instance.origin).hostname or is_internal(host)


def _may_be_of(part: Part, instance: Address) -> bool:
    """Whether the server names no other instance."""
    before = path_of(server_of(part))
    name = before[before.index(SERVICES) - 1] if SERVICES in before[1:] else ""
    return not name or "{" in name or unquote(name) == instance.instance


def _host(part: Part) -> str:
    try:
        host = urlsplit(server_of(part)).hostname or ""
    except ValueError:
        return ""
    return "" if "{" in host else host


def _edition(part: Part, taken: list[Part]) -> Part | None:
    """The document of which this is another version: called alike but for a number, and much the same."""
    for other in taken:
        mine, others = _routes(part), _routes(other)
        if _differ_in_number(part, other) and 2 * len(mine & others) >= min(len(mine), len(others)) > 0:
            return other
    return None


def _differ_in_number(part: Part, other: Part) -> bool:
    """Whether the page, or the documents themselves, call the two alike but for a version."""
    if part.name != other.name and _without_version(part.name) == _without_version(other.name):
        return True
    info, others = part.document.get("info", {}), other.document.get("info", {})
    titles = [_without_version(str(one.get("title", ""))) for one in (info, others)]
    return titles[0] == titles[1] and any(info.get(key) != others.get(key) for key in ("title", "version"))


def _without_version(name: str) -> str:
    return _VERSION.sub("", name).strip().lower()


def _says_the_same(part: Part, taken: list[Part]) -> bool:
    """Whether this is one of the others once more: as YAML beside the JSON, say."""
    return any(
        part.document["paths"] == other.document["paths"] and server_of(part) == server_of(other) for other in taken
    )


def _routes(part: Part) -> set[tuple[str, str]]:
    base = "/".join(path_of(server_of(part)))
    return {(method, without_names(f"{base}{path}")) for path, method, _, _ in operations(part.document)}
