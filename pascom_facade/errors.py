"""What can go wrong, as one tree.

    PascomError
    ├── ConfigurationError (a ValueError, too)
    ├── ConnectionFailed
    │   ├── CertificateRefused
    │   │   └── CertificateChanged
    │   └── TimedOut
    ├── NotOffered
    ├── TooManyCalls
    ├── CallFailed
    ├── AnsweredWithError
    │   ├── AuthenticationFailed
    │   ├── Forbidden
    │   ├── NotFound
    │   ├── RateLimited
    │   └── ServerError
    └── UnexpectedAnswer

`str()` of each is one line without a secret, a query or a body.
"""

from __future__ import annotations

__all__ = [
    "AnsweredWithError",
    "AuthenticationFailed",
    "CallFailed",
    "CertificateChanged",
    "CertificateRefused",
    "ConfigurationError",
    "ConnectionFailed",
    "Forbidden",
    "NotFound",
    "NotOffered",
    "PascomError",
    "RateLimited",
    "ServerError",
    "TimedOut",
    "TooManyCalls",
    "UnexpectedAnswer",
]


class PascomError(Exception):
    """The root of all errors this package raises on purpose.

    `method`, `path` (a template or a path, never a query) and `status` say which request failed, where one did.
    `may_have_happened` is True when the server may have carried out what was asked although we hold no
    confirmation: after a dial, a phone may be ringing. Such a request is never repeated for you.
    `retry_after` has the seconds that the server asked to wait for, if it did.
    """

    retry_after: float | None = None

    def __init__(
        self,
        message: str,
        *,
        method: str | None = None,
        path: str | None = None,
        status: int | None = None,
        may_have_happened: bool = False,
    ) -> None:
        super().__init__(message)
        self.method = method
        self.path = path
        self.status = status
        self.may_have_happened = may_have_happened


class ConfigurationError(PascomError, ValueError):
    """An address, a credential or an option that cannot work; nothing was sent."""


class ConnectionFailed(PascomError):
    """The server was not reached, or the connection broke."""


class CertificateRefused(ConnectionFailed):
    """The server's certificate is not trusted, or not the one that was pinned; nothing was sent."""


class CertificateChanged(CertificateRefused):
    """The server, or somebody in between, showed another certificate than the pinned one; nothing was sent.

    `pinned` and `shown` are the two fingerprints (SHA-256). Find out why before anything else: who renewed it?
    """

    pinned: str = ""
    shown: str = ""


class TimedOut(ConnectionFailed):
    """The server did not answer in time."""


class NotOffered(PascomError):
    """The document this client was generated from does not offer the operation that a verb needs."""


class TooManyCalls(PascomError):
    """More calls share one moment than the instance answers at once, or it takes no notice of the time range."""


class CallFailed(PascomError):
    """A dial that was waited for did not lead to a call; it was placed all the same (`may_have_happened`)."""

    def __init__(self, message: str) -> None:
        super().__init__(message, may_have_happened=True)


class AnsweredWithError(PascomError):
    """The instance answered with a status that is not 2xx; `status` has it."""


class AuthenticationFailed(AnsweredWithError):
    """401: user name or password is wrong."""


class Forbidden(AnsweredWithError):
    """403: the login is right, but this is not allowed (REST may be switched off on this interface)."""


class NotFound(AnsweredWithError):
    """404 or 410: no such user, device, recording or service, or no such instance."""


class RateLimited(AnsweredWithError):
    """429: too many requests; `retry_after` has the seconds the server asked for, if it did."""


class ServerError(AnsweredWithError):
    """5xx: the instance failed or is restarting."""


class UnexpectedAnswer(PascomError):
    """A redirect, a login page, text that is not JSON, or JSON of another shape than documented."""
