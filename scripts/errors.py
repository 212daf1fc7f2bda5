"""How a step fails: one line for the person at the terminal, and the exit status of the story's step."""

from __future__ import annotations

import errno
import os


class StepFailed(Exception):
    """A step cannot go on. `str()` is one line: what, where, and what to do about it."""

    status = 1


class WrongUsage(StepFailed):
    status = 2


class DocumentNotFound(StepFailed):
    """No document found, not reachable, or the login was refused."""

    status = 3


class NotReachable(DocumentNotFound):
    """No answer: no such host, no connection, certificate refused, too slow, too large, too many requests."""


class Misdirected(NotReachable):
    """There is an answer, but it redirects to where there is none, or to where we don't go."""


class DocumentUnusable(StepFailed):
    """There is a document, but no client can be made from it."""

    status = 4


class ContractBroken(StepFailed):
    """An operation that a facade verb stands on is gone, has moved, or takes another body."""

    status = 5


class Drift(StepFailed):
    """`generated/` does not follow from `openapi/`."""

    status = 6


def error_from(reason: str) -> StepFailed:
    """The error for the reason that another process reports: the document isn't at fault for a full disk."""
    if (full := os.strerror(errno.ENOSPC)) in reason:
        return StepFailed(f"{full}: the disk is full; nothing was replaced")
    return DocumentUnusable(reason)
