# pyright: standard
"""Types shared by all services, and what turns answers into values; `encoding.py` turns values into requests."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Generic, Literal, TypeVar

if TYPE_CHECKING:
    from uuid import UUID

T = TypeVar("T")


class Unset:
    """A value that isn't there; not the same as None, which is sent and received as null."""

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Unset = Unset()

FileContent = IO[bytes] | bytes | str
FileTypes = tuple[str | None, FileContent, str | None, Mapping[str, str]]


@dataclass
class File:
    """Bytes to be sent or received, with a name, a media type and the headers of its part for uploads."""

    payload: BinaryIO
    file_name: str | None = None
    mime_type: str | None = None
    headers: Mapping[str, str] | None = None

    def to_tuple(self) -> FileTypes:
        """As httpx takes it for multipart/form-data."""
        return self.file_name, self.payload, self.mime_type, self.headers or {}


@dataclass
class Response(Generic[T]):
    """An answer: what the server sent, and `parsed` what could be made of it."""

    status_code: HTTPStatus | int
    content: bytes
    headers: MutableMapping[str, str]
    parsed: T


# Answers: each function makes one type; where it can't, the value stays as it came.


def raw(value: Any) -> Any:
    return value


def decoded(decode: Callable[[Any], Any], value: Any) -> Any:
    """What `decode` makes of the value; the value itself where it can make nothing of it."""
    if value is None or value is UNSET:
        return value
    try:
        return decode(value)
    except (TypeError, ValueError, KeyError, AttributeError):
        return value


def list_of(decode: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def decode_list(values: Any) -> Any:
        return [decoded(decode, value) for value in values] if isinstance(values, list) else values

    return decode_list


def one_of(
    *decoders: Callable[[Any], Any],
    by: tuple[tuple[str, Mapping[str | None, Callable[[Any], Any]]], ...] = (),
) -> Callable[[Any], Any]:
    """The type that a discriminator (`by`: a property, and the type for each value) names, or else the one that fits.

    Under None, it has the parent of the others: for values that it doesn't name.
    """
    models = [decode for decode in decoders if hasattr(decode, "__self__")]
    others = [decode for decode in decoders if not hasattr(decode, "__self__")]

    def decode_one(value: Any) -> Any:
        if isinstance(value, Mapping):
            for name, named in by:
                if (decode := named.get(_as_text(value.get(name)), named.get(None))) is not None:
                    return decode(value)
            return min(models, key=lambda decode: _misfit(decode, value))(value) if models else value
        for decode in others:
            made = decoded(decode, value)
            if made is not value:
                return made
        return value

    return decode_one


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _misfit(decode: Any, value: Mapping[str, Any]) -> tuple[int, ...]:
    """How little a model fits: where a property has other values than it could have, and what lacks or is left over."""
    model = decode.__self__
    constants, unlike, enumerated = [], 0, 0
    for name, allowed in getattr(model, "_known_values", {}).items():
        if value.get(name) is None:
            continue
        fits = any(
            value[name] == one and isinstance(value[name], bool) == isinstance(one, bool) for one in allowed
        )
        if len(allowed) == 1:
            constants.append(fits)
        else:
            unlike += not fits
            enumerated += fits
    lacking, left_over = len(model._required_names - value.keys()), len(value.keys() - model._known_names)
    return constants.count(False), -constants.count(True), unlike, lacking, left_over, -enumerated


def as_datetime(value: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(value)


def as_date(value: str) -> datetime.date:
    return datetime.date.fromisoformat(value)


def as_uuid(value: str) -> UUID:
    from uuid import UUID  # not above: importing it is a twentieth of a process that asks once

    return UUID(value)


def as_file(value: bytes) -> File:
    return File(payload=BytesIO(value))


def read(response: Any, decoders: Mapping[str, Callable[[Any], Any]]) -> Any:
    """What an answer holds, by its status and by what the server says it sends."""
    status = response.status_code
    decode: Callable[[Any], Any] = raw
    for key in (str(status), f"{status // 100}XX", "default"):
        if key in decoders:
            decode = decoders[key]
            break
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if decode is as_file:
        return as_file(response.content)
    if not response.content:
        return None
    if "json" in media_type or not media_type or (decode is not raw and not media_type.endswith("csv")):
        # The second way, bytes that aren't UTF-8 and bare control characters cost a character each.
        for parsed in (response.json, lambda: json.loads(response.text, strict=False)):
            try:
                return decoded(decode, parsed())
            except (ValueError, RecursionError):
                continue  # it isn't what it is said to be: as text or bytes, then
    if not media_type or media_type.startswith("text/") or media_type.endswith(("json", "xml")):
        return response.text
    return as_file(response.content)


def status_of(response: Any) -> HTTPStatus | int:
    """The status as http knows it, or its number."""
    try:
        return HTTPStatus(response.status_code)
    except ValueError:
        return int(response.status_code)


def encoded(value: Any) -> Any:
    """A value as JSON has it; files stay what they are."""
    if isinstance(value, (str, int, float, bool, File, bytes)) or value is None:
        return value
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {key: encoded(inner) for key, inner in value.items() if inner is not UNSET}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [encoded(inner) for inner in value if inner is not UNSET]
    from uuid import UUID

    return str(value) if isinstance(value, UUID) else value


__all__ = ["UNSET", "File", "FileTypes", "Response", "Unset"]
