"""From an operation of the index and the words typed (`name=value`, `name:=json`, `@file`) to a request.

Whatever is missing or wrong raises before anything is sent.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from .._index import Index, Operation, Parameter
from ..errors import ConfigurationError
from . import bodies
from .fits import fits
from .schemas import Fields, choices, fields, fields_to_send, kinds, type_name, value_of, written
from .suggest import suggestion


@dataclass(frozen=True)
class Request:
    """A request to send; `path` is below `services/`, percent-encoded, with its query."""

    method: str
    path: str
    headers: dict[str, str]
    content: bytes | None
    doubts: tuple[str, ...] = ()
    """Values that are not as documented."""


@dataclass
class Typed:
    """The typed words, sorted into parameters and body."""

    parameters: list[tuple[Parameter, Any]] = field(default_factory=list)
    body: dict[str, Any] = field(default_factory=dict)
    whole: Any = bodies.NOT_GIVEN
    file: bytes | None = None
    file_name: str = ""
    doubts: list[str] = field(default_factory=list)

    @property
    def has_body(self) -> bool:
        return bool(self.body) or self.whole is not bodies.NOT_GIVEN or self.file is not None


def compose(index: Index, operation: Operation, words: Sequence[str], media: str | None = None) -> Request:
    """The request.

    Raises ConfigurationError for a name that is unknown or missing, or a value that cannot be sent.
    """
    typed = read(index, operation, words)
    has_parts = any(isinstance(value, bytes) for value in typed.body.values())
    media_type = bodies.media_type_of(operation, media, typed.file_name, has_parts=has_parts)
    body_fields = fields_to_send(index, bodies.schema_of(operation, media_type))
    missing = _missing_parameters(index, operation, typed) + _missing_body(operation, typed, media_type, body_fields)
    if missing:
        raise ConfigurationError(f"{operation['name']} needs {', '.join(missing)}")
    return replace(_request(operation, typed, media_type), doubts=tuple(typed.doubts))


def is_required(parameter: Parameter) -> bool:
    """Whether the parameter is required; path parameters always are."""
    return bool(parameter["required"]) or parameter["in"] == "path"


def _missing_parameters(index: Index, operation: Operation, typed: Typed) -> list[str]:
    """The required parameters that were not typed, as they would be."""
    given = {(parameter["in"], parameter["name"]) for parameter, _ in typed.parameters}
    return [
        f"{typed_name(operation, parameter)}={_placeholder(index, parameter)}"
        for parameter in operation["parameters"]
        if is_required(parameter) and (parameter["in"], parameter["name"]) not in given
    ]


def _missing_body(operation: Operation, typed: Typed, media_type: str, expected: Fields) -> list[str]:
    """The required fields that were not typed, or the whole body."""
    needs_body = operation["body"] is not None and operation["body"]["required"]
    given = _fields_of_body(typed, media_type)
    if given is not None:
        return [f"{name}=…" for name in expected.required if name not in given]
    if needs_body and expected.required:
        return [f"{name}=…" for name in expected.required]
    if typed.has_body or not needs_body:
        return []
    if expected.properties:
        return [f"{next(iter(expected.properties))}=… or @FILE"]
    return [f"@FILE (the body, {media_type})"]


def _fields_of_body(typed: Typed, media_type: str) -> dict[str, Any] | None:
    """The body's fields, whether typed one by one, as one JSON object, or read from a file; None without any."""
    whole = typed.whole
    if typed.file is not None and bodies.is_json(media_type):
        try:
            whole = json.loads(typed.file)
        except ValueError:
            source = typed.file_name or "stdin"
            raise ConfigurationError(f"{source} holds no JSON, which {media_type} asks for") from None
    if isinstance(whole, dict):
        return whole
    return typed.body or None


def typed_name(operation: Operation, parameter: Parameter) -> str:
    """The documented name; the one it has in Python where several parameters share the documented one."""
    sharing = [other for other in operation["parameters"] if other["name"] == parameter["name"]]
    if len(sharing) > 1:
        return str(parameter["python_name"])
    return str(parameter["name"])


def _placeholder(index: Index, parameter: Parameter) -> str:
    """What stands for the value in a message: the choices, N for a number, else an ellipsis."""
    allowed = choices(index, parameter["schema"])
    if allowed:
        return "|".join(written(value) for value in allowed[:6])
    types = kinds(index, parameter["schema"]) - {"null"}
    if types and types <= {"integer", "number"}:
        return "N"
    return "…"


@dataclass
class _Encoded:
    """Parameters as text, by their location."""

    path: dict[str, str] = field(default_factory=dict)
    query: list[list[tuple[str, str]]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)


@contextmanager
def _refusals() -> Iterator[None]:
    """Around calls of the encoder alone: what it refuses is a value that cannot be sent, and no bug of ours."""
    try:
        yield
    except (TypeError, ValueError) as wrong:
        raise ConfigurationError(str(wrong)) from None


def _request(operation: Operation, typed: Typed, media_type: str) -> Request:
    """Encoded as generated functions encode, whatever document the operation is from."""
    from pascom_client import encoding

    encoded = _encoded(typed.parameters)
    headers = encoded.headers
    if encoded.cookies:
        headers["Cookie"] = "; ".join(f"{name}={text}" for name, text in encoded.cookies.items())
    content = None
    if typed.has_body:
        with _refusals():
            content, body_headers = bodies.content(operation, media_type, typed.body, typed.whole, typed.file)
        headers |= body_headers
    template, _, query_template = operation["path"].partition("#")[0].partition("?")
    template = f"/{template.lstrip('/')}"  # two slashes would begin the name of a server
    filled = _filled(template, encoded.path)
    with _refusals():
        address = encoding.checked_path(template, filled).removeprefix("/")
    fixed_query = _fixed_query(query_template, encoded.path)
    if fixed_query:
        address = f"{address}?{fixed_query}"
    path = encoding.with_query(address, *encoded.query)
    return Request(operation["method"].upper(), path, headers, content)


def _encoded(parameters: Sequence[tuple[Parameter, Any]]) -> _Encoded:
    from pascom_client import encoding

    encoded = _Encoded()
    for parameter, value in parameters:
        name = parameter["name"]
        serialization = _serialization(parameter)
        with _refusals():
            match parameter["in"]:
                case "path":
                    encoded.path[name] = encoding.in_path(name, value, **serialization)
                case "query":
                    encoded.query.append(encoding.in_query(name, value, **serialization))
                case "header":
                    encoded.headers |= encoding.in_header(name, value, **serialization)
                case _:
                    encoded.cookies |= encoding.in_cookie(name, value, **serialization)
    return encoded


# The index's properties of a parameter -> the encoder's arguments.
SERIALIZATION = {
    "style": "style",
    "explode": "explode",
    "media": "media",
    "allowReserved": "reserved",
    "allowEmptyValue": "empty",
    "x-whole-query": "whole",
}


def _serialization(parameter: Parameter) -> dict[str, Any]:
    return {argument: parameter[key] for key, argument in SERIALIZATION.items() if key in parameter}


def _fixed_query(template: str, values: dict[str, str]) -> str:
    """The query that some documents write into the path, without the placeholders of query parameters."""
    filled = (_filled(pair, values) for pair in template.split("&"))
    return "&".join(pair for pair in filled if pair and "{" not in pair)


def _filled(template: str, values: dict[str, str]) -> str:
    """The template with values for its placeholders; a placeholder without a value stays."""
    text = ""
    for part in re.split(r"(\{[^{}]+\})", template):
        if part.startswith("{"):
            text += values.get(part[1:-1], part)
        else:
            text += _quoted(part)
    return text


def _quoted(literal: str) -> str:
    from urllib.parse import quote

    return quote(literal, safe="/:@!$&'()*+,;=-._~%")


def read(index: Index, operation: Operation, words: Sequence[str]) -> Typed:
    """The words, sorted. Raises ConfigurationError for a name that is unknown."""
    return Reader(index, operation).read(words)


class Reader:
    """Sorts typed words into parameters and fields of the body, by name."""

    def __init__(self, index: Index, operation: Operation) -> None:
        self._index = index
        self._operation = operation
        self._doubts: list[str] = []
        self._parameters = _bytyped_name(operation["parameters"])
        self._fields = Fields(open=bool(operation["body"]))
        for schema in bodies.offered(operation).values():
            offered = fields(index, schema)
            self._fields.properties.update(offered.properties)
            self._fields.open = self._fields.open and offered.open

    def read(self, words: Sequence[str]) -> Typed:
        """Raises ConfigurationError."""
        typed = Typed(doubts=self._doubts)
        for word in words:
            name, sign, text = self._split(word)
            parameter = self._parameters.get(name)
            if not name:
                self._read_file(typed, text)
            elif parameter is not None:
                value = self._value(sign, text, parameter["schema"], name)
                self._set_parameter(typed, parameter, value)
            else:
                self._set_field(typed, name, sign, text)
        return typed

    def _split(self, word: str) -> tuple[str, str, str]:
        """Name, sign (`=`, `:=` or `@`) and text; a name may itself end in a colon, a file's hold an equals sign."""
        name, equals, text = word.partition("=")
        if equals:
            if self._knows(name):
                return name, "=", text
            bare = name.removesuffix(":")
            sign = ":=" if name.endswith(":") else "="
            if self._knows(bare) or not word.startswith("@"):
                return bare, sign, text
        name, at, text = word.partition("@")
        if not at:
            raise ConfigurationError(f"{word!r} is neither name=value, name:=json nor @FILE")
        return name, "@", text

    def _knows(self, name: str) -> bool:
        return name in self._parameters or name in self._fields.properties

    def _value(self, sign: str, text: str, schema: Any, name: str) -> Any:
        if sign == "@":
            data = read_bytes(text)
            if bodies.takes_files(self._operation):
                return data
            return data.decode("utf-8", "replace")
        if sign == ":=":
            return self._json_value(text, schema, name)
        return value_of(self._index, schema, text, name, self._doubts.append)

    def _json_value(self, text: str, schema: Any, name: str) -> Any:
        try:
            value = json.loads(text)
        except ValueError as wrong:
            raise ConfigurationError(f"{name}:= wants JSON: {wrong}") from None
        if not fits(self._index, schema, value):
            self._doubts.append(f"{name} is not as documented ({type_name(self._index, schema)})")
        return value

    def _set_parameter(self, typed: Typed, parameter: Parameter, value: Any) -> None:
        """A list may be typed in several words."""
        for position, (other, before) in enumerate(typed.parameters):
            if other is parameter:
                if not (isinstance(before, list) and isinstance(value, list)):
                    raise ConfigurationError(f"{parameter['name']} is given twice")
                typed.parameters[position] = (parameter, before + value)
                return
        typed.parameters.append((parameter, value))

    def _set_field(self, typed: Typed, name: str, sign: str, text: str) -> None:
        if not self._operation["body"]:
            raise self._unknown(name)
        if name == "body" and "body" not in self._fields.properties:
            typed.whole = self._value(sign, text, {}, name)
            return
        *outer, last = self._steps(name)
        target = typed.body
        expected = self._fields
        for step in outer:
            if step not in expected.properties and not expected.open:
                raise self._unknown(name)
            expected = fields(self._index, expected.properties.get(step, {}))
            target = target.setdefault(step, {})
            if not isinstance(target, dict):
                raise ConfigurationError(f"{name}: {step} is given twice")
        # Where a body names its fields and allows others as well, a typing error is likelier than another field.
        if last not in expected.properties and (expected.properties or not expected.open):
            raise self._unknown(name)
        if last in target:
            raise ConfigurationError(f"{name} is given twice")
        schema = expected.properties.get(last, {})
        target[last] = self._value(sign, text, schema, name)

    def _steps(self, name: str) -> list[str]:
        """`body.device.name` is the field `name` of the field `device`, unless a field has dots in its name."""
        if name in self._fields.properties:
            return [name]
        return name.removeprefix("body.").split(".")

    def _unknown(self, name: str) -> ConfigurationError:
        known = [*self._parameters, *self._fields.properties]
        hint = suggestion(name, known)
        if not known:
            hint = "; it takes none"
        elif not hint:
            hint = f"; it has {', '.join(known[:12])}"
        return ConfigurationError(f"{self._operation['name']} has no parameter {name!r}{hint}")

    def _read_file(self, typed: Typed, name: str) -> None:
        if not self._operation["body"]:
            raise ConfigurationError(f"{self._operation['name']} takes no body, so no @{name}")
        if typed.file is not None:
            raise ConfigurationError("one body is enough: @FILE is given twice")
        typed.file = read_bytes(name)
        typed.file_name = name


def _bytyped_name(parameters: Sequence[Parameter]) -> dict[str, Parameter]:
    """By the names they have in Python, and by the documented one unless several locations share it."""
    by_name = {parameter["python_name"]: parameter for parameter in parameters}
    documented = [parameter["name"] for parameter in parameters]
    for parameter in parameters:
        if documented.count(parameter["name"]) == 1:
            by_name[parameter["name"]] = parameter
    return by_name


def read_bytes(name: str) -> bytes:
    """A file's bytes; `-` is stdin."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise ConfigurationError(f"@{name} cannot be read: {error.strerror}") from None
