"""Read one path: its segments, its parameters in any router's notation, its query; and how many of its segments only
lead to `…/services/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import parse_qsl

Segments = tuple[str, ...]

SERVICES = "services"
# The modules that public facts name. A path that begins with one is below `services/` already.
MODULES = frozenset(
    [
        *("apply", "astdb", "berofix", "cdr", "connector", "device", "extension", "externals", "faxdevice"),
        *("faxserver", "icinga", "identity", "ipdevice", "location", "monitor", "phonebook", "pluginscript"),
        *("prompt", "queue", "redirect", "skill", "trunk", "voicemailbox", "xmppserver"),
    ]
)
_DOCUMENTATION = re.compile(r"api-?docs?|(?:swagger|openapi|redoc|resources)\b.*", re.IGNORECASE)
# A framework's one script that all requests go through; the vendor's addresses show that they needn't name it.
_FRONT_CONTROLLER = re.compile(r"(?:index|app)(?:_\w+)?\.php", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{[^{}]+\}")
# `?` and `#` end a path, but not inside of `{name?}`.
_PATH_END = re.compile(r"[?#](?![^{}]*\})")
_ESCAPED = re.compile(r"%(3[ace]|7[bd])", re.IGNORECASE)
_ROUTERS = (
    re.compile(r":([^\W\d]\w*)\??"),  # Express, Rails
    re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>"),  # Flask, with a converter or without
    re.compile(r"\[(?:\.\.\.)?(\w+)\]"),  # Next.js
    re.compile(r"\$?\{\{?\s*[*+/.]?([^\W\d][\w.-]*?)[*?]?\s*\}?\}"),  # URI templates, placeholders of shells
)


class Spelt(NamedTuple):
    """A path, read: `query` has the names and values behind a `?`."""

    segments: Segments
    ends_in_slash: bool = False
    query: tuple[tuple[str, str], ...] = ()

    @property
    def path(self) -> str:
        joined = "/" + "/".join(self.segments)
        if self.ends_in_slash and self.segments:
            joined += "/"
        return joined


def spelt(path: str) -> Spelt:
    """`//identity/:user?x=1` is the segments `identity` and `{user}`, and the query `x=1`."""
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), path.strip())
    address = plain
    behind = ""
    if end := _PATH_END.search(plain):
        address = plain[: end.start()]
        if end[0] == "?":
            behind = plain[end.end() :].partition("#")[0]
    query = parse_qsl(behind, keep_blank_values=True)
    return Spelt(segments(address), address.endswith("/"), tuple(query))


def segments(address: str) -> Segments:
    return tuple(_parameter(one) for one in address.split("/") if one not in ("", ".", ".."))


def is_parameter(segment: str) -> bool:
    return bool(_TEMPLATE.fullmatch(segment))


def parameters(path: str) -> list[str]:
    return [one[1:-1] for one in _TEMPLATE.findall(path)]


def _parameter(segment: str) -> str:
    for form in _ROUTERS:
        if found := form.fullmatch(segment):
            return f"{{{found[1]}}}"
    return segment


class Prefixes:
    """What stands in front of `services/` in a document's server and paths, some with it and some without."""

    def __init__(self, base: Segments, paths: Iterable[Segments]) -> None:
        listed = list(paths)
        with_services = [path for path in listed if _services_at(path) is not None]
        without = [path for path in listed if _services_at(path) is None]
        self._modules = {path[0] for path in without if path and not _names_module(path[1:])}
        self._at_services = _services_at(base) is not None
        self._certain = {_before(path) for path in with_services if _names_module(_behind(path))}
        self._certain.add(_before(base))
        instances = {segment for path in (base, *with_services) for segment in _before(path)[-1:]}
        self._shared: set[str] = set()
        if not self._at_services:
            self._shared = set(_shared_beginning(listed))
            instances.update(base[-1:])
        self._instances = instances - MODULES

    def below_services(self, base: Segments, path: Segments) -> Segments:
        """`path`, which is meant relative to `base`, relative to `services/`."""
        below = self._below_services(base, path)
        if below and _FRONT_CONTROLLER.fullmatch(below[0]) and _names_module(below[1:]):
            return below[1:]
        return below

    def _below_services(self, base: Segments, path: Segments) -> Segments:
        own, is_whole = self._behind_services(path)
        if self._begins_with_instance(own):
            return own[1:]
        tail, at_services = self._behind_services(base)
        if is_whole or not at_services or own[: len(tail)] == tail:
            return own
        if _DOCUMENTATION.fullmatch(tail[0]):
            return own  # where the document lies, not what it is about
        return tail + own

    def _begins_with_instance(self, path: Segments) -> bool:
        """Whether `services` was left out behind the instance."""
        if not path or path[0] in MODULES:
            return False
        could_be = path[0] in self._instances or is_parameter(path[0])
        return path[0] in self._shared or (could_be and _names_module(path[1:]))

    def _behind_services(self, path: Segments) -> tuple[Segments, bool]:
        passed: set[Segments] = set()
        while (at := _services_at(path)) is not None:
            before = path[:at]
            again = not before or before in passed
            if not again and (passed or not self._is_prefix(before, _behind(path))):
                break
            passed.add(before)
            path = _behind(path)
        return path, bool(passed)

    def _is_prefix(self, before: Segments, after: Segments) -> bool:
        """Whether these segments in front of `services` name a server's place, and not a module with services."""
        if before[0] in MODULES:
            return False
        if before in self._certain or _names_module(after):
            return True
        if self._at_services or before[0] in self._modules:
            return False
        return len(before) == 1 or len({is_parameter(one) for one in before}) == 1


def _services_at(path: Segments) -> int | None:
    return next((at for at, segment in enumerate(path) if segment.lower() == SERVICES), None)


def _before(path: Segments) -> Segments:
    """What stands in front of `services`, which is not a module's own."""
    before = path[: _services_at(path) or 0]
    if before and before[0] in MODULES:
        return ()
    return before


def _behind(path: Segments) -> Segments:
    """What stands behind the first `services`."""
    at = _services_at(path)
    if at is None:
        return ()
    return path[at + 1 :]


def _names_module(path: Segments) -> bool:
    return bool(path) and path[0].partition(".")[0] in MODULES


def _shared_beginning(paths: list[Segments]) -> Segments:
    """The segment that all paths begin with, if it can be an instance."""
    first = {path[:1] for path in paths}
    if len(paths) < 2 or len(first) > 1:
        return ()
    [beginning] = first
    if any(map(is_parameter, beginning)):
        return beginning
    if any(path[1:2] == (SERVICES,) or _names_module(path[1:]) for path in paths):
        return beginning
    return ()
