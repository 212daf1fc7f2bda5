"""Which paths may be asked for: those below an instance's `services/`, however a server in between decodes them."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from ._lazy import loading
from .errors import ConfigurationError

# Old servers decode `%u002e`, and two bytes where UTF-8 has one.
_ODD = {rb"(?i)%u002e": b".", rb"(?i)%u00?2f": b"/", rb"(?i)%u00?5c": b"/", rb"\xc0\xae": b".", rb"\xc0\xaf": b"/"}

_SUSPICIOUS = set("%\\;. ")


def check(path: str) -> None:
    """Raises ConfigurationError for a path that leads out of its folder. (An empty value is the encoder's business.)"""
    if path.isascii() and not set(path) & _SUSPICIOUS:
        return  # as nearly all are
    for segment in path.split("/"):
        if {".", ".."} & {_meaning(part) for part in re.split(r"[/\\]", _decoded(segment))}:
            raise ConfigurationError(
                "refused to send the credentials along a path with '.' or '..' in it, encoded or not; "
                "give a path below services/, such as 'cdr/'"
            )


def _decoded(segment: str) -> str:
    """As often as it takes."""
    with loading():
        import unicodedata  # rarely needed

    before, text = b"", segment.encode("utf-8", "surrogatepass")
    while text != before:
        before, text = text, unquote_to_bytes(text)
        for pattern, meant in _ODD.items():
            text = re.sub(pattern, meant, text)
    return unicodedata.normalize("NFKC", text.decode("utf-8", "replace"))


def _meaning(part: str) -> str:
    """Without path parameters (`..;x`), and what some servers cut."""
    return re.sub(r"[\s\x00-\x20\x7f]", "", _decoded(part).split(";")[0])
