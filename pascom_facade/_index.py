"""What a document offers, read from its index: a few milliseconds, and no generated module is imported.

`generated/pascom_client/index.json` is written by every build (scripts/generate/index.py says what is in it).
"""

from __future__ import annotations

import json
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from .errors import ConfigurationError

if TYPE_CHECKING:
    from ._shape import SchemaReader

Schema = dict[str, Any]


Parameter = dict[str, Any]
"""name, python_name, in, required, type, default, enum, description, schema; where needed style, explode, media,
allowReserved, allowEmptyValue."""


class Body(TypedDict):
    required: bool
    description: str
    content: dict[str, Schema]
    encoding: NotRequired[dict[str, dict[str, dict[str, Any]]]]
    """By media type and field: style, explode, contentType, allowReserved."""


class Response(TypedDict):
    status: str
    description: str
    content: dict[str, Schema]


class Operation(TypedDict):
    name: str
    tag: str
    operation: str
    method: str
    path: str
    summary: str
    description: str
    deprecated: bool
    assumed: bool
    parameters: list[Parameter]
    body: Body | None
    responses: list[Response]


class Index:
    """The operations of one document, by name (`tag.operation`)."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.title: str = data["title"]
        self.version: str = data["version"]
        self.schemas: dict[str, Schema] = data["schemas"]
        self.operations: dict[str, Operation] = {entry["name"]: entry for entry in data["operations"]}

    @property
    def tags(self) -> list[str]:
        """In order."""
        return sorted({operation["tag"] for operation in self.operations.values()})

    @cached_property
    def reader(self) -> SchemaReader:
        """What reads its schemas."""
        from ._shape import SchemaReader

        return SchemaReader(self.resolved)

    def resolved(self, schema: Schema) -> Schema:
        """What a reference refers to, or the schema itself; what cannot be followed allows anything."""
        seen = set()
        while isinstance(reference := schema.get("$ref"), str) and reference not in seen:
            seen.add(reference)
            schema = self.schemas.get(reference.removeprefix("#/components/schemas/"), {})
        return schema


def built_in() -> Index:
    """The index of the document this package's client was generated from."""
    spec = find_spec("pascom_client")
    for folder in (spec and spec.submodule_search_locations) or ():
        path = Path(folder, "index.json")
        if path.exists():
            return Index(json.loads(path.read_bytes()))
    raise ConfigurationError("no generated client is installed here; run `python -m scripts.regenerate update …`")
