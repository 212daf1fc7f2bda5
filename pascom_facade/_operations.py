"""The vendor-documented operations the facade stands on, by the names that `openapi/overlay.yaml` pins.

Paths, methods and parameter positions live in the generated modules only.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache
from typing import Any

from .errors import ConfigurationError, NotOffered


class Operation:
    def __init__(self, tag: str, name: str) -> None:
        self._tag, self._name = tag, name

    def request(self, *path: object, **rest: object) -> dict[str, Any]:
        """Method, url and the rest for the HTTP client; path parameters by position, as their names are the instance's.

        Raises NotOffered if the document this client was generated from does not have the operation.
        """
        request: dict[str, Any] = _builder(self._tag, self._name)(*path, **rest)
        return request

    def query_parameters(self) -> list[dict[str, Any]]:
        """What the document says of this operation's query parameters."""
        from .explore.index import built_in  # not in a process that only dials

        try:
            found = built_in().operations.get(f"{self._tag}.{self._name}")
        except ConfigurationError:
            return []
        return [one for one in found["parameters"] if one["in"] == "query"] if found else []


@cache
def _builder(tag: str, name: str) -> Callable[..., dict[str, Any]]:
    module = f"pascom_client.api.{tag}.{name}"
    try:
        builder: Callable[..., dict[str, Any]] = importlib.import_module(module)._get_kwargs
    except ModuleNotFoundError as missing:
        if missing.name is None or not module.startswith(missing.name):
            raise
        raise NotOffered(
            f"the document this client was generated from has no operation {tag}.{name}; "
            "regenerate from an instance that offers it"
        ) from None
    return builder


LIST_CDR = Operation("cdr", "list_cdr")
DEFAULT_DEVICE_ACTION = Operation("identity", "default_device_action")
GET_IDENTITY_STATES = Operation("identity", "get_identity_states")
LIST_IDENTITIES = Operation("identity", "list_identities")
GET_IDENTITY = Operation("identity", "get_identity")
LIST_DEVICES = Operation("device", "list_devices")
GET_DEVICE = Operation("device", "get_device")
GET_RECORDING = Operation("monitor", "get_recording")
PUSH_CSV = Operation("connector", "push_csv")
GET_VOICEMAILBOX = Operation("voicemailbox", "get_voicemailbox")


class JsonBody(dict[str, object]):
    """Stands in for a generated model: the facade sends the fields the vendor printed, and only those."""

    def to_dict(self) -> dict[str, object]:
        return self
