"""Errors that don't carry along what a verb was called with: crash reporters print the locals of every frame."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import iscoroutinefunction
from traceback import walk_tb
from typing import Any, TypeVar, cast

from .errors import ConfigurationError, PascomError

BUILDS = "_get_kwargs"
"""The function of a generated service that makes its request."""

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


def sendable(service: Verb) -> Verb:
    """Raises ConfigurationError for arguments that a generated service can't write into a request."""
    call = _sent_later(service) if iscoroutinefunction(service) else _sent(service)
    return cast(Verb, wraps(service)(call))


def _sent(service: Callable[..., Any]) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return service(*args, **kwargs)
        except ValueError as wrong:
            raise _refused(wrong) from None

    return call


def _sent_later(service: Callable[..., Any]) -> Callable[..., Any]:
    async def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return await service(*args, **kwargs)
        except ValueError as wrong:
            raise _refused(wrong) from None

    return call


def _refused(wrong: ValueError) -> ValueError:
    """What went wrong as a request was built, as the verbs tell it; anything else as it is."""
    frames = [frame.f_code.co_name for frame, _ in walk_tb(wrong.__traceback__)]
    if isinstance(wrong, PascomError) or BUILDS not in frames:
        return wrong
    if isinstance(wrong, UnicodeError):
        return ConfigurationError("nothing was sent: there is a text that is not Unicode in it")
    return ConfigurationError(str(wrong))
