# Made from pascom_facade/_async/discreet.py by `python -m scripts.unasync`: edit that file.
"""Errors that don't carry along what a verb was called with: crash reporters print the locals of every frame."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from ..errors import PascomError

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def discreet(
    verb: Callable[Parameters, Result],
) -> Callable[Parameters, Result]:
    """Our errors say in one line what there is to say: of the traceback below the verb, nothing is kept."""

    @wraps(verb)
    def call(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        try:
            return verb(*args, **kwargs)
        except PascomError as error:
            failure = error.with_traceback(None)
        del args, kwargs
        failure.__context__ = failure.__cause__ = None
        raise failure

    return call
