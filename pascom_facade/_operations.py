"""The vendor-documented operations the facade stands on, by the names that `openapi/overlay.yaml` pins.

Paths, methods and parameter positions live in the generated modules only.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache
from typing import Any

from ._lazy import loading
from .errors import ConfigurationError, NotOffered


def request(operation: str, *path: object, **rest: object) -> dict[str, Any]:
    """Method, url and the rest for the HTTP client, of `tag.operation`; path parameters by position, as their names are
    the instance's.

    Raises NotOffered if the document this client was generated from does not have the operation, ConfigurationError for
    what can't be sent.
    """
    try:
        wanted = _builder(operation)(*path, **rest)
    except UnicodeError:
        raise ConfigurationError("nothing was sent: there is a text that is not Unicode in it") from None
    except ValueError as wrong:
        raise ConfigurationError(str(wrong)) from None
    headers = wanted.pop("headers", {})
    headers.pop("Accept", None)  # the client's own says it: the verbs read any type
    return {**wanted, "headers": headers} if headers else wanted


@cache
def query_parameters(operation: str) -> list[dict[str, Any]]:
    """What the document says of an operation's query parameters."""
    from ._index import built_in  # not in a process that only dials

    try:
        found = built_in().operations.get(operation)
    except ConfigurationError:
        return []
    return [one for one in found["parameters"] if one["in"] == "query"] if found else []


@cache
def _builder(operation: str) -> Callable[..., dict[str, Any]]:
    module = f"pascom_client.api.{operation}"
    try:
        with loading():
            builder: Callable[..., dict[str, Any]] = importlib.import_module(module)._get_kwargs
    except ModuleNotFoundError as missing:
        if missing.name is None or not module.startswith(missing.name):
            raise
        raise NotOffered(
            f"the document this client was generated from has no operation {operation}; "
            "regenerate from an instance that offers it"
        ) from None
    return builder


class JsonBody(dict[str, object]):
    """Stands in for a generated model: the facade sends the fields the vendor printed, and only those."""

    def to_dict(self) -> dict[str, object]:
        return self
