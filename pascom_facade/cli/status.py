"""The exit statuses, and how an error becomes one line."""

from __future__ import annotations

import re
import sys

from .. import errors
from .._printable import printable

FAILURE, USAGE, LOGIN, REFUSED, UNAVAILABLE, INTERRUPTED = 1, 2, 3, 4, 5, 130
MISFIT = 6  # `doctor --fail-on breaking`: the instance's document has changes that break callers of the client
# `pascom regenerate` ends as its steps do: 0 done, 1 failure, 2 usage, 3 no document found, not reachable or login
# refused, 4 document can't be used, 5 an operation that the facade stands on is gone, 6 drift (see scripts/errors.py).


def status_of(error: errors.PascomError) -> int:
    """The exit status for a failure of this class or HTTP status."""
    if isinstance(error, errors.ConfigurationError):
        return USAGE
    if isinstance(error, errors.AuthenticationFailed):
        return LOGIN
    if isinstance(error, errors.ConnectionFailed):
        return UNAVAILABLE
    if error.status is None or error.status < 400:
        return FAILURE
    if error.status < 500:
        return REFUSED
    return UNAVAILABLE


def one_line(text: str) -> str:
    """The text as one line, whatever it quotes; control characters don't reach the terminal."""
    return " ".join(printable(text).split())


def say(text: str) -> None:
    """One line for the person at the terminal."""
    print(f"pascom: {one_line(text)}", file=sys.stderr)


ARGUMENTS = {
    "allow_http=True": "--allow-http",
    "pass user= and password=": "set PASCOM_USER and PASCOM_PASSWORD",
    "PASCOM_PASSWORD or pass password=": "PASCOM_PASSWORD",
    "pass its certificate as ca_file= (PASCOM_CA_FILE)": "name its certificate with --ca-file or PASCOM_CA_FILE",
    "pin its fingerprint, which": "pin its fingerprint with PASCOM_FINGERPRINT, which",
    "ca_file ": "the certificate file ",
    "allow_empty=True": "--allow-empty",
}
# The other arguments of the facade that an error may name, as the options that give them.
OPTIONS = {
    "allow_http": "--allow-http",
    "ca_file": "--ca-file",
    "every": "--every",
    "fingerprint": "PASCOM_FINGERPRINT",
    "limit": "--limit",
    "since": "--since",
    "timeout": "--timeout",
    "until": "--until",
    "user": "--login",
    "verify": "--insecure",
}


def as_typed(message: str) -> str:
    """The facade's message, with options and variables instead of the names of its arguments."""
    for argument, option in ARGUMENTS.items():
        message = message.replace(argument, option)
    return re.sub(r"\b([a-z_]+)=(?=\s)", lambda found: OPTIONS.get(found[1], found[0]), message)
