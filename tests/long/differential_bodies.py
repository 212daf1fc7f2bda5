"""Random bodies and answers of all media types, and what a reader that knows nothing of our encoder makes of them."""

from __future__ import annotations

import email
import json
import random
import re
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import httpx

FORM, PARTS, TEXT, BYTES = (
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/plain",
    "application/octet-stream",
)
LETTERS = "aZ09-._~ /?#[]@!$&'()*+,;=%\"<>|äß日"
# How a list stands in a form that isn't exploded (OpenAPI, Encoding Object and Style Values).
SEPARATORS = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|"}


class Body(NamedTuple):
    """`given` to the function; `expected` is what a reader finds in what was sent."""

    content: dict[str, Any]
    given: Callable[[Any], Any]  # of the class File of the package
    expected: Any


def body(chance: random.Random) -> Body:
    """A body that isn't JSON."""
    kind = chance.choice([FORM, FORM, PARTS, PARTS, TEXT, BYTES])
    if kind == TEXT:
        text = words(chance)
        return Body({TEXT: {"schema": {"type": "string"}}}, lambda _: text, text)
    if kind == BYTES:
        data = chance.randbytes(20)
        return Body({BYTES: {"schema": {"type": "string", "format": "binary"}}}, _as_file(data), data.hex())
    return _fields(chance, kind)


def words(chance: random.Random) -> str:
    return "".join(chance.choices(LETTERS, k=chance.randint(1, 8))) + "x"


def _as_file(data: bytes) -> Callable[[Any], Any]:
    return lambda file: file(BytesIO(data))


def _fields(chance: random.Random, kind: str) -> Body:
    properties: dict[str, Any] = {}
    encoding: dict[str, Any] = {}
    given: dict[str, Any] = {}
    expected: list[Any] = []
    for name in chance.sample(["a", "B c", "list[]", "self", "ü"], chance.randint(1, 4)):
        kinds = ["text", "number", "flag", "list", "joined", "object"] + (["file"] if kind == PARTS else [])
        one = FIELDS[chance.choice(kinds)](chance)
        properties[name], given[name] = one.schema, one.value
        if one.encoding:
            encoding[name] = one.encoding
        expected += [(name, one.media if kind == PARTS else None, text) for text in one.texts]
    media = {"schema": {"type": "object", "properties": properties}, "encoding": encoding}
    return Body({kind: media}, lambda file: _with_files(given, file), expected)


def _with_files(given: Mapping[str, Any], file: Any) -> dict[str, Any]:
    return {name: file(BytesIO(value)) if isinstance(value, bytes) else value for name, value in given.items()}


class Field(NamedTuple):
    schema: dict[str, Any]
    value: Any
    texts: list[Any]
    media: str = TEXT
    encoding: dict[str, Any] | None = None


def _text(chance: random.Random) -> Field:
    value = words(chance)
    return Field({"type": "string"}, value, [value])


def _number(chance: random.Random) -> Field:
    value = chance.randint(-9, 99)
    return Field({"type": "integer"}, value, [str(value)])


def _flag(chance: random.Random) -> Field:
    value = chance.random() < 0.5
    return Field({"type": "boolean"}, value, [json.dumps(value)])


def _list(chance: random.Random) -> Field:
    values = [words(chance) for _ in range(chance.randint(0, 3))]
    return Field({"type": "array", "items": {"type": "string"}}, values, values)


def _joined(chance: random.Random) -> Field:
    values = [words(chance) for _ in range(chance.randint(1, 3))]
    style = chance.choice([*SEPARATORS])
    said = {"style": style, "explode": False}
    return Field({"type": "array", "items": {"type": "string"}}, values, [SEPARATORS[style].join(values)], TEXT, said)


def _object(chance: random.Random) -> Field:
    value = {"k": words(chance), "n": [1, None]}
    return Field({"type": "object"}, value, [value], "application/json")


def _file(chance: random.Random) -> Field:
    data = chance.randbytes(9)
    said = chance.choice([None, {"contentType": "image/png"}])
    return Field(
        {"type": "string", "format": "binary"}, data, [data.hex()], (said or {}).get("contentType", BYTES), said
    )


FIELDS: dict[str, Callable[[random.Random], Field]] = {
    "text": _text,
    "number": _number,
    "flag": _flag,
    "list": _list,
    "joined": _joined,
    "object": _object,
    "file": _file,
}


def read(request: httpx.Request, expected: Any) -> Any:
    """What was sent, as `expected` has it."""
    kind = request.headers["content-type"].partition(";")[0]
    if kind == TEXT:
        return request.content.decode()
    if kind == BYTES:
        return request.content.hex()
    found: list[tuple[str, str | None, str]]
    if kind == FORM:
        pairs = parse_qsl(request.content.decode(), keep_blank_values=True)
        found = [(name, None, text) for name, text in pairs]
    else:
        found = _parts(request)
    # An object is written as JSON, in whatever way.
    return [
        (name, media, json.loads(text))
        if at < len(expected) and isinstance(expected[at][2], dict)
        else (name, media, text)
        for at, (name, media, text) in enumerate(found)
    ]


def _parts(request: httpx.Request) -> list[tuple[str, str | None, str]]:
    head = b"Content-Type: " + request.headers["content-type"].encode() + b"\r\n\r\n"
    message = email.message_from_bytes(head + request.content)
    parts: Any = message.get_payload() if message.is_multipart() else []
    found = []
    for part in parts:
        data = part.get_payload(decode=True)
        text = data.hex() if part.get_filename() else data.decode()
        found.append((part.get_content_type(), text))
    names = re.findall(rb'form-data; name="([^"]*)"', request.content)  # UTF-8, which `email` doesn't read there
    return [(name.decode(), *part) for name, part in zip(names, found, strict=True)]


class Answer(NamedTuple):
    content: dict[str, Any]
    response: httpx.Response
    expected: Any


def answer(chance: random.Random) -> Answer:
    """An answer that isn't JSON."""
    if chance.random() < 0.5:
        text = words(chance)
        return Answer({TEXT: {"schema": {"type": "string"}}}, httpx.Response(200, text=text), text)
    data = chance.randbytes(20)
    media = {BYTES: {"schema": {"type": "string", "format": "binary"}}}
    return Answer(media, httpx.Response(200, content=data, headers={"content-type": BYTES}), data.hex())


def held(value: Any) -> Any:
    """What was read, as `expected` has it."""
    return value.payload.read().hex() if hasattr(value, "payload") else value
