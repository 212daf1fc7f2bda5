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


class Operations:
    """The operations of one generated package."""

    def __init__(self, package: str) -> None:
        self._package = package
        self._builders: dict[str, Callable[..., dict[str, Any]]] = {}
        self._parameters: dict[str, list[dict[str, Any]]] = {}

    def request(self, operation: str, *path: object, **rest: object) -> dict[str, Any]:
        """Method, url and the rest for the HTTP client, of `tag.operation`; path parameters by position, as their names
        are the instance's.

        Raises NotOffered if the document the package was generated from does not have the operation,
        ConfigurationError for what can't be sent.
        """
        try:
            wanted = self._builder(operation)(*path, **rest)
        except UnicodeError:
            raise ConfigurationError("nothing was sent: there is a text that is not Unicode in it") from None
        except ValueError as wrong:
            raise ConfigurationError(str(wrong)) from None
        headers = wanted.pop("headers", {})
        headers.pop("Accept", None)  # the client's own says it: the verbs read any type
        return {**wanted, "headers": headers} if headers else wanted

    def query_parameters(self, operation: str) -> list[dict[str, Any]]:
        """What the document says of an operation's query parameters."""
        if operation not in self._parameters:
            self._parameters[operation] = self._documented(operation)
        return self._parameters[operation]

    def _documented(self, operation: str) -> list[dict[str, Any]]:
        from ._index import index_of  # not in a process that only dials

        try:
            found = index_of(self._package).operations.get(operation)
        except ConfigurationError:
            return []
        return [one for one in found["parameters"] if one["in"] == "query"] if found else []

    def _builder(self, operation: str) -> Callable[..., dict[str, Any]]:
        if operation not in self._builders:
            self._builders[operation] = self._imported(operation)
        return self._builders[operation]

    def _imported(self, operation: str) -> Callable[..., dict[str, Any]]:
        module = f"{self._package}.api.{operation}"
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


@cache
def operations_of(package: str) -> Operations:
    """What is known of a package's operations, kept for all who use it."""
    return Operations(package)


class JsonBody(dict[str, object]):
    """Stands in for a generated model: the facade sends the fields the vendor printed, and only those."""

    def to_dict(self) -> dict[str, object]:
        return self
