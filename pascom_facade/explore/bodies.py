"""The media type of a request's body; its bytes are the generated client's business (`encoding.py`)."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Sequence
from typing import Any

from .._index import Operation, Schema
from ..errors import ConfigurationError

NOT_GIVEN: Any = object()  # which null isn't
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"


def is_json(media_type: str) -> bool:
    """Whether a body of this media type is JSON; a range such as `*/*` is not."""
    from pascom_client.encoding import is_json as takes_json

    return "*" not in media_type and takes_json(media_type)


def is_form(media_type: str) -> bool:
    """Whether a body of this media type is a form, whose fields are sent one by one."""
    return media_type.startswith((FORM, PARTS))


def is_multipart(media_type: str) -> bool:
    """Whether a field of the body may be a file."""
    return media_type.startswith(PARTS)


def offered(operation: Operation) -> dict[str, Schema]:
    """The documented media types and what the body is to be in each."""
    if operation["body"] is None:
        return {}
    return operation["body"]["content"]


def takes_files(operation: Operation) -> bool:
    """Whether a field of the body may be a file."""
    return any(map(is_multipart, offered(operation)))


def media_type_of(operation: Operation, asked: str | None, file_name: str, *, has_parts: bool = False) -> str:
    """The media type to send: the one asked for, the file's if documented, else JSON, a form, or the first.

    `has_parts`: a field is a file, which only multipart sends as it is.
    """
    if not operation["body"]:
        return ""
    documented = list(offered(operation))
    if asked:
        any_allowed = any("*" in media_type for media_type in documented)
        if asked not in documented and not any_allowed:
            raise ConfigurationError(f"{operation['name']} takes {', '.join(documented)}, not {asked}")
        return asked
    guessed, _ = mimetypes.guess_type(file_name)
    if guessed in documented:
        return str(guessed)
    preferred = _first_of(documented, has_parts=has_parts)
    if preferred is not None:
        return preferred
    first = documented[0] if documented else "application/json"
    if "*" not in first:
        return first
    return guessed or _default(first, file_name)


def _first_of(documented: Sequence[str], *, has_parts: bool) -> str | None:
    preferences: list[Callable[[str], bool]] = [is_json, is_form]
    if has_parts:
        preferences.insert(0, is_multipart)
    for fits in preferences:
        for media_type in documented:
            if fits(media_type):
                return media_type
    return None


def _default(media_range: str, file_name: str) -> str:
    """A media type within a range, when not even the file's name tells one."""
    if file_name:
        return "application/octet-stream"
    if media_range.startswith("text/"):
        return "text/plain"
    return "application/json"


def schema_of(operation: Operation, media_type: str) -> Any:
    """The schema of the body in this media type, or in the first range such as `*/*`."""
    schemas = offered(operation)
    if schemas.get(media_type):
        return schemas[media_type]
    return next((schema for documented, schema in schemas.items() if "*" in documented), {})


def content(
    operation: Operation, media_type: str, body: dict[str, Any], whole: Any, file: bytes | None
) -> tuple[bytes, dict[str, str]]:
    """The bytes and their headers. Raises ValueError for what the media type can't hold."""
    from pascom_client.encoding import in_body

    value = _value(body, whole, file)
    encodings = None
    if operation["body"]:
        encodings = operation["body"].get("encoding")
    arguments, headers = in_body(value, media_type, encodings)
    if "files" not in arguments:
        return arguments["content"], headers
    from .._policy import multipart  # only for parts: importing httpx takes longer than all the rest

    data, content_type = multipart(arguments["files"])
    return data, {"Content-Type": content_type}


def _value(body: dict[str, Any], whole: Any, file: bytes | None) -> Any:
    if file is not None:
        if body or whole is not NOT_GIVEN:
            raise ConfigurationError("give the body as @FILE or as fields, not both")
        return file
    if whole is not NOT_GIVEN:
        return whole
    return body
