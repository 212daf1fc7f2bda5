"""The vendor-documented operations the facade stands on, by the names that `openapi/overlay.yaml` pins.

Paths, methods and parameter positions live in the generated modules only.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol
from urllib.parse import unquote

from .errors import ConfigurationError, NotOffered
from .index import built_in


class BuildsRequest(Protocol):
    """A generated module's `_get_kwargs`: path parameters by position, the rest by keyword."""

    def __call__(self, *path: object, **rest: object) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Operation:
    tag: str
    name: str

    def builder(self) -> BuildsRequest:
        """The function that builds this operation's request.

        Raises NotOffered if the document this client was generated from does not have the operation.
        """
        return _builder(self.tag, self.name)

    def request(self, *path: object, **rest: object) -> dict[str, Any]:
        """Method, url and the rest for the HTTP client, and the path without its values, for logs and errors."""
        build, body = self.builder(), rest.get("body")
        if isinstance(body, CsvBody):
            rest["body"] = ""
        request = build(*path, **rest)
        template = _templates.get(self)
        if template is None:
            template = unquote(build(*("…" for _ in path), **rest)["url"]).lstrip("/")
            _templates[self] = template
        if isinstance(body, CsvBody):
            request["content"] = body.pieces
            request["headers"] = {**request.get("headers", {}), "Content-Length": str(body.size)}
        return {**request, "extensions": {"path_template": template}}

    def query_parameters(self) -> list[dict[str, Any]]:
        """What the document says of this operation's query parameters."""
        try:
            found = built_in().operations.get(f"{self.tag}.{self.name}")
        except ConfigurationError:
            return []
        return [one for one in found["parameters"] if one["in"] == "query"] if found else []


_templates: dict[Operation, str] = {}


@cache
def _builder(tag: str, name: str) -> BuildsRequest:
    module = f"pascom_client.api.{tag}.{name}"
    try:
        builder: BuildsRequest = importlib.import_module(module)._get_kwargs
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


@dataclass(frozen=True)
class CsvBody:
    """CSV that is read as it is sent; its type and place are the generated client's business."""

    pieces: Any
    size: int
