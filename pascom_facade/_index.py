"""What a document offers, read from its index: a few milliseconds, and no generated module is imported.

`index.json` is in every generated package (scripts/generate/index.py says what is in it): in the one that this package
brings, `pascom_client`, and in those that `pascom regenerate` makes.
"""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ._package import BUILT_IN, folder_of

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
    return index_of(BUILT_IN)


def index_of(package: str) -> Index:
    """The index in a generated package, which isn't imported. Raises ConfigurationError where there is none."""
    return index_in(folder_of(package))


def index_in(folder: Path) -> Index:
    return Index(json.loads((folder / "index.json").read_bytes()))
