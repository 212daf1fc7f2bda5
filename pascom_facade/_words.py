"""What a server says, as far as an error may repeat it: no login, query, number or control character, and short."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from .settings import unquoted

LONGEST = 60
LATEST = 366 * 86_400.0  # seconds; a server that asks for a longer wait means "never"
NUMBER = r"\+?\d(?:[\s./()-]{0,3}\d){2,}"


def quoted(text: str, secrets: Iterable[str] = ()) -> str:
    """A server's words; `secrets`: the caller's, which it may repeat."""
    text = _without(secrets, text)
    text = re.sub(r"\S*@", "…@", text)
    text = re.sub(r"[?#]\S*", "", text)
    text = re.sub(NUMBER, "…", text)
    return _short(re.sub(r"\S{30,}", "…", text))


def place(location: str, secrets: Iterable[str] = ()) -> str:
    """Where a redirect leads."""
    text = _without(secrets, location)
    try:
        parts = urlsplit(text)
        host = _host(parts.hostname or "")
    except ValueError:
        return "…"
    segments = parts.path.split(";")[0].split("/")
    path = re.sub(NUMBER, "…", "/".join(map(_segment, segments)))
    if not host:
        return _short(path)
    scheme = f"{parts.scheme}:" if parts.scheme in ("http", "https") else ""
    return _short(f"{scheme}//{host}{path}")


def path(text: str) -> str:
    """A path that was asked for: no segment that may be a number, on one line."""
    segments = [segment if not re.search(NUMBER, segment) else "…" for segment in text.split("/")]
    return _short(_printable("/".join(segments)))


def seconds(asked: str) -> float | None:
    """The wait that `Retry-After` asks for, in seconds or as a date; None if it is neither."""
    text = asked.strip()[:100]
    if re.fullmatch(r"\d+(\.\d+)?", text, re.ASCII):
        return min(float(text), LATEST)
    try:
        date = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    wait = (date.replace(tzinfo=date.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(max(wait, 0.0), LATEST)


def _without(secrets: Iterable[str], text: str) -> str:
    text = _printable(unquoted(text[:2000]))
    for secret in secrets:
        text = text.replace(secret, "…")
    return text


def _segment(text: str) -> str:
    """A segment of a path, unless it may be a number, a query or a token."""
    if re.search(r"\d{3}|[@?#=]|\S{40,}", text):
        return "…"
    return text


def _host(name: str) -> str:
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return re.sub(r"\d[\d.-]{3,}\d", "…", name)
    if address.version == 6:
        return f"[{str(address).partition('%')[0]}]"
    return str(address)


def _printable(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _short(text: str) -> str:
    text = text.strip()
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST - 1] + "…"
