"""A request as text for a terminal: `curl`, with the secret left in the environment."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from contextlib import suppress

from ..errors import ConfigurationError
from ..settings import Address
from .compose import Request

NOWHERE = "https://SERVER/INSTANCE/services/"


def base(environ: Mapping[str, str]) -> str:
    """The instance's address; a placeholder as long as none is set."""
    try:
        return Address.from_env(environ, allow_http=True).services
    except ConfigurationError:
        return NOWHERE


def curl(request: Request, environ: Mapping[str, str]) -> str:
    """A line to paste into a shell; the variable `$PASCOM_PASSWORD` stands in it, not the secret."""
    user = shlex.quote(environ.get("PASCOM_USER") or "moby")
    words = ["curl"]
    if request.method != "GET":
        words += ["-X", request.method]
    words += ["-u", f'{user}:"$PASCOM_PASSWORD"']
    if ca_file := environ.get("PASCOM_CA_FILE"):
        words += ["--cacert", shlex.quote(ca_file)]
    for name, value in request.headers.items():
        words += ["-H", shlex.quote(f"{name}: {value}")]
    if request.content is not None:
        words += ["--data-raw", shlex.quote(_text(request.content))]
    words.append(shlex.quote(base(environ) + request.path))
    return " ".join(words)


def _text(content: bytes) -> str:
    """The body; only its size if it is not UTF-8 or a terminal cannot show it."""
    with suppress(UnicodeDecodeError):
        text = content.decode()
        if text.isprintable() or "\n" in text:
            return text
    return f"({len(content):,} bytes)"
