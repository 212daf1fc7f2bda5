"""Ask an instance about everything that is assumed of it."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import AuthenticationFailed, ConnectionFailed, PascomError, ServerError
from .instance import Instance
from .looking import EnoughAsked
from .table import TABLE
from .words import Assumption, Finding, Told, Why

_WHY: tuple[tuple[type[PascomError], Why], ...] = (
    (EnoughAsked, Why.ENOUGH),
    (ConnectionFailed, Why.NO_ANSWER),
    (ServerError, Why.FAILED),
    (PascomError, Why.REFUSED),
)


def examine(look: Instance) -> Iterator[Finding]:
    """A finding for each assumption, as they are found. Raises what an instance that can't be asked at all raises."""
    look.begin()
    for assumption in TABLE:
        yield assumption.finding(_told(assumption, look))


def _told(assumption: Assumption, look: Instance) -> Told:
    """An instance may answer anything: that costs one finding."""
    try:
        return assumption.check(look)
    except AuthenticationFailed:
        raise
    except PascomError as error:
        return Told(why=next(why for kind, why in _WHY if isinstance(error, kind)))
    except (ValueError, TypeError, AttributeError, KeyError, IndexError):
        return Told(why=Why.OTHER_ANSWER)
