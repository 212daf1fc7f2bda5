"""A request's body: which media type, and its bytes."""

from __future__ import annotations

import json
import mimetypes
import secrets
from typing import Any
from urllib.parse import urlencode

from .._index import Operation
from ..errors import ConfigurationError
from .schemas import written

FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"


def is_json(kind: str) -> bool:
    """Whether a media type is JSON's."""
    bare = kind.partition(";")[0].strip().lower()
    return bare == "application/json" or bare.endswith("+json")


def takes_files(operation: Operation) -> bool:
    """Whether a field of the body may be a file."""
    return any(kind.startswith(PARTS) for kind in (operation["body"] or {"content": {}})["content"])


def kind_of(operation: Operation, asked: str | None, file_name: str) -> str:
    """The media type to send: the one asked for, the file's if documented, else JSON, a form, or the first."""
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
    for wanted in (is_json, lambda kind: kind.startswith((FORM, PARTS))):
        for kind in offered:
            if wanted(kind):
                return kind
    first = offered[0] if offered else "application/json"
    if "*" in first:
        return guessed or ("application/octet-stream" if file_name else "application/json")
    return first


def schema_of(operation: Operation, kind: str) -> Any:
    """What the body is to be, sent as this media type."""
    offered = (operation["body"] or {"content": {}})["content"]
    return offered.get(kind) or next((schema for key, schema in offered.items() if "*" in key), {})


def content(kind: str, body: dict[str, Any], whole: Any, file: bytes | None) -> tuple[bytes, str]:
    """The bytes and their `Content-Type`."""
    if file is not None:
        if body or whole is not None:
            raise ConfigurationError("give the body as @FILE or as fields, not both")
        return file, kind
    value = body if whole is None else whole
    if is_json(kind):
        return json.dumps(value, ensure_ascii=False).encode(), kind
    if kind.startswith(FORM) and isinstance(value, dict):
        pairs = {k: [_plain(one) for one in v] if isinstance(v, list) else _plain(v) for k, v in value.items()}
        return urlencode(pairs, doseq=True).encode(), kind
    if kind.startswith(PARTS) and isinstance(value, dict):
        return _multipart(value)
    if isinstance(whole, str):
        return whole.encode(), kind
    if isinstance(whole, bytes):
        return whole, kind
    raise ConfigurationError(f"a body of {kind} is given as @FILE or body=TEXT")


def _plain(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else written(value)


def _multipart(value: dict[str, Any]) -> tuple[bytes, str]:
    boundary = secrets.token_hex(16)
    parts = []
    for name, items in value.items():
        for item in items if isinstance(items, list) else [items]:
            shown = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
            head = f'--{boundary}\r\nContent-Disposition: form-data; name="{shown}"'
            if isinstance(item, bytes):
                head += '; filename="file"\r\nContent-Type: application/octet-stream'
            elif isinstance(item, (dict, list)):
                head += "\r\nContent-Type: application/json"
            data = item if isinstance(item, bytes) else written(item).encode()
            parts.append(head.encode() + b"\r\n\r\n" + data + b"\r\n")
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), f"{PARTS}; boundary={boundary}"
