"""Errors that don't carry along what a verb was called with: crash reporters print the locals of every frame."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any, TypeVar, cast

from .errors import PascomError

Verb = TypeVar("Verb", bound=Callable[..., Any])


def discreet(verb: Verb) -> Verb:
    """Our errors say in one line what there is to say: of the traceback below the verb, nothing is kept."""
    call = _awaited(verb) if iscoroutinefunction(verb) else _called(verb)
    return cast(Verb, wraps(verb)(call))


def _called(verb: Callable[..., Any]) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return verb(*args, **kwargs)
        except PascomError as error:
            failure = error.with_traceback(None)
        del args, kwargs
        failure.__context__ = failure.__cause__ = None
        raise failure

    return call


def _awaited(verb: Callable[..., Any]) -> Callable[..., Any]:
    async def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return await verb(*args, **kwargs)
        except PascomError as error:
            failure = error.with_traceback(None)
        del args, kwargs
        failure.__context__ = failure.__cause__ = None
        raise failure

    return call
