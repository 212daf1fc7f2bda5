"""A request's body: which media type; its bytes are the generated client's business (`encoding.py`)."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from typing import Any

from .._index import Operation
from ..errors import ConfigurationError

NOT_GIVEN: Any = object()  # which null isn't
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"


def is_json(kind: str) -> bool:
    """Whether a media type is JSON's."""
    from pascom_client.encoding import is_json as takes_json

    return "*" not in kind and takes_json(kind)


def takes_files(operation: Operation) -> bool:
    """Whether a field of the body may be a file."""
    return any(kind.startswith(PARTS) for kind in (operation["body"] or {"content": {}})["content"])


def kind_of(operation: Operation, asked: str | None, file_name: str, *, has_parts: bool = False) -> str:
    """The media type to send: the one asked for, the file's if documented, else JSON, a form, or the first.

    `has_parts`: a field is a file, which is itself in multipart only.
    """
    if not operation["body"]:
        return ""
    offered = list(operation["body"]["content"])
    if asked:
        if asked not in offered and not any("*" in kind for kind in offered):
            raise ConfigurationError(f"{operation['name']} takes {', '.join(offered)}, not {asked}")
        return asked
    guessed = mimetypes.guess_type(file_name)[0]
    if guessed in offered:
        return str(guessed)
    wanted: list[Callable[[str], bool]] = [is_json, lambda kind: kind.startswith((FORM, PARTS))]
    if has_parts:
        wanted.insert(0, lambda kind: kind.startswith(PARTS))
    for fits in wanted:
        for kind in offered:
            if fits(kind):
                return kind
    first = offered[0] if offered else "application/json"
    if "*" not in first:
        return first
    by_default = "text/plain" if first.startswith("text/") else "application/json"
    return guessed or ("application/octet-stream" if file_name else by_default)


def schema_of(operation: Operation, kind: str) -> Any:
    """What the body is to be, sent as this media type."""
    offered = (operation["body"] or {"content": {}})["content"]
    return offered.get(kind) or next((schema for key, schema in offered.items() if "*" in key), {})


def content(
    operation: Operation, kind: str, body: dict[str, Any], whole: Any, file: bytes | None
) -> tuple[bytes, dict[str, str]]:
    """The bytes and their headers. Raises ValueError for what the media type can't hold."""
    from pascom_client.encoding import in_body

    if file is not None and (body or whole is not NOT_GIVEN):
        raise ConfigurationError("give the body as @FILE or as fields, not both")
    value = body if whole is NOT_GIVEN else whole
    encodings = operation["body"].get("encoding") if operation["body"] else None
    arguments, headers = in_body(value if file is None else file, kind, encodings)
    if "files" not in arguments:
        return arguments["content"], headers
    from .._policy import multipart  # only for parts: importing httpx takes longer than all the rest

    data, media_type = multipart(arguments["files"])
    return data, {"Content-Type": media_type}
