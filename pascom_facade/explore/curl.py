"""A request as text for a terminal: `curl`, with the secret left in the environment."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from ..errors import ConfigurationError
from ..settings import Address
from .compose import Request

NOWHERE = "https://SERVER/INSTANCE/services/"


def base(environ: Mapping[str, str]) -> str:
    """The instance's address, or a placeholder where none is set."""
    try:
        return Address.from_env(environ, allow_http=True).services
    except ConfigurationError:
        return NOWHERE


def curl(request: Request, environ: Mapping[str, str]) -> str:
    """A line that can be pasted; `$PASCOM_PASSWORD` is written out, not filled in."""
    user = shlex.quote(environ.get("PASCOM_USER") or "moby")
    words = ["curl", "-X", request.method, "-u", f'{user}:"$PASCOM_PASSWORD"']
    if ca_file := environ.get("PASCOM_CA_FILE"):
        words += ["--cacert", shlex.quote(ca_file)]
    for name, value in request.headers.items():
        words += ["-H", shlex.quote(f"{name}: {value}")]
    if request.content is not None:
        words += ["--data-raw", shlex.quote(_text(request.content))]
    words.append(shlex.quote(base(environ) + request.path))
    if request.method == "GET":
        words[1:3] = []
    return " ".join(words)


def _text(content: bytes) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = ""
    return text if text.isprintable() or "\n" in text else f"({len(content):,} bytes)"
