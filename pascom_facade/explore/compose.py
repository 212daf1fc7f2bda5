"""From an operation of the index and what was typed (`name=value`, `name:=json`, `@file`) to a request.

Everything that is missing or wrong is said before anything is sent.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
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
    """What will be sent; `path` is below `services/`, percent-encoded, with its query."""

    method: str
    path: str
    headers: dict[str, str]
    content: bytes | None
    doubts: tuple[str, ...] = ()
    """What is not of the documented type."""


@dataclass
class Typed:
    """What was typed, sorted to where it belongs."""

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
    """The request. Raises ConfigurationError for what is unknown or missing."""
    typed = read(index, operation, words)
    has_parts = any(isinstance(value, bytes) for value in typed.body.values())
    kind = bodies.kind_of(operation, media, typed.file_name, has_parts=has_parts)
    body_fields = fields_to_send(index, bodies.schema_of(operation, kind))
    _demand(index, operation, typed, kind, body_fields)
    try:
        return replace(_request(operation, typed, kind), doubts=tuple(typed.doubts))
    except (TypeError, ValueError) as wrong:  # the encoder's: what can't be sent
        raise ConfigurationError(str(wrong)) from None


def _request(operation: Operation, typed: Typed, kind: str) -> Request:
    """By the encoder that generated functions use, whatever document the operation is of."""
    from pascom_client import encoding

    values: dict[str, str] = {}
    query: list[list[tuple[str, str]]] = []
    headers: dict[str, str] = {}
    cookies: dict[str, str] = {}
    for parameter, value in typed.parameters:
        name, place, how = parameter["name"], parameter["in"], _serialization(parameter)
        if place == "path":
            values[name] = encoding.in_path(name, value, **how)
        elif place == "query":
            query.append(encoding.in_query(name, value, **how))
        elif place == "header":
            headers |= encoding.in_header(name, value, **how)
        else:
            cookies |= encoding.in_cookie(name, value, **how)
    if cookies:
        headers["Cookie"] = "; ".join(f"{name}={text}" for name, text in cookies.items())
    content = None
    if typed.has_body:
        content, typed_as = bodies.content(operation, kind, typed.body, typed.whole, typed.file)
        headers |= typed_as
    path, _, fixed = operation["path"].partition("?")
    path = f"/{path.lstrip('/')}"  # two would be the name of a server
    address = encoding.checked_path(path, _filled(path, values)).removeprefix("/")
    # Some documents write a query into the path; where its placeholders are query parameters, those say it all.
    brought = [part for part in (_filled(one, values) for one in fixed.split("&")) if part and "{" not in part]
    if brought:
        address = f"{address}?{'&'.join(brought)}"
    return Request(operation["method"].upper(), encoding.with_query(address, *query), headers, content)


# What an index says of a parameter, by the encoder's names for it.
SERIALIZATION = {
    "style": "style",
    "explode": "explode",
    "media": "media",
    "allowReserved": "reserved",
    "allowEmptyValue": "empty",
}


def _serialization(parameter: Parameter) -> dict[str, Any]:
    return {argument: parameter[key] for key, argument in SERIALIZATION.items() if key in parameter}


def _filled(template: str, values: dict[str, str]) -> str:
    return "".join(
        values.get(part[1:-1], part) if part.startswith("{") else _literal(part)
        for part in re.split(r"(\{[^{}]+\})", template)
    )


def read(index: Index, operation: Operation, words: Sequence[str]) -> Typed:
    """What was typed, sorted. Raises ConfigurationError for what is unknown."""
    return Reader(index, operation).read(words)


def _literal(part: str) -> str:
    from urllib.parse import quote

    return quote(part, safe="/:@!$&'()*+,;=-._~%")


def _demand(index: Index, operation: Operation, typed: Typed, kind: str, body: Fields) -> None:
    """Name all that is missing, at once."""
    given = {(parameter["in"], parameter["name"]) for parameter, _ in typed.parameters}
    missing = [
        f"{_typed_name(operation, parameter)}={_placeholder(index, parameter)}"
        for parameter in operation["parameters"]
        if (parameter["required"] or parameter["in"] == "path") and (parameter["in"], parameter["name"]) not in given
    ]
    whole = typed.whole
    if typed.file is not None and bodies.is_json(kind):
        try:
            whole = json.loads(typed.file)
        except ValueError:
            raise ConfigurationError(f"{typed.file_name or 'stdin'} holds no JSON, which {kind} asks for") from None
    present = whole if isinstance(whole, dict) else typed.body
    if typed.body or isinstance(whole, dict) or (operation["body"] and operation["body"]["required"] and body.required):
        missing += [f"{name}=…" for name in body.required if name not in present]
    elif operation["body"] and operation["body"]["required"] and not typed.has_body:
        missing.append(
            f"@FILE (the body, {kind})" if not body.properties else f"{next(iter(body.properties))}=… or @FILE"
        )
    if missing:
        raise ConfigurationError(f"{operation['name']} needs {', '.join(missing)}")


def _typed_name(operation: Operation, parameter: Parameter) -> str:
    shared = sum(other["name"] == parameter["name"] for other in operation["parameters"]) > 1
    return str(parameter["python_name" if shared else "name"])


def _placeholder(index: Index, parameter: Parameter) -> str:
    allowed = kinds(index, parameter["schema"]) - {"null"}
    if known := choices(index, parameter["schema"]):
        return "|".join(written(one) for one in known[:6])
    return "N" if allowed and allowed <= {"integer", "number"} else "…"


class Reader:
    """Sorts what was typed to parameters and fields of the body, by name."""

    def __init__(self, index: Index, operation: Operation) -> None:
        self._index = index
        self._operation = operation
        self._doubts: list[str] = []
        self._parameters: dict[str, Parameter] = {}
        # By the documented name; where several places share one, by the names they have in Python.
        for parameter in operation["parameters"]:
            self._parameters[parameter["python_name"]] = parameter
        names = [parameter["name"] for parameter in operation["parameters"]]
        for parameter in operation["parameters"]:
            if names.count(parameter["name"]) == 1:
                self._parameters[parameter["name"]] = parameter
        self._fields = Fields(open=bool(operation["body"]))
        for schema in (operation["body"] or {"content": {}})["content"].values():
            found = fields(index, schema)
            self._fields.properties.update(found.properties)
            self._fields.open = self._fields.open and found.open

    def read(self, words: Sequence[str]) -> Typed:
        """Raises ConfigurationError."""
        typed = Typed(doubts=self._doubts)
        for word in words:
            name, sign, value = self._split(word)
            if not name:
                self._read_file(typed, value)
            elif (parameter := self._parameters.get(name)) is not None:
                self._set_parameter(typed, parameter, self._value(sign, value, parameter["schema"], name))
            else:
                self._set_field(typed, name, sign, value)
        return typed

    def _split(self, word: str) -> tuple[str, str, str]:
        name, equals, value = word.partition("=")
        if equals:
            bare = name.removesuffix(":")
            if name in self._parameters or name in self._fields.properties:
                return name, "=", value
            if not word.startswith("@") or bare in self._parameters or bare in self._fields.properties:
                return bare, ":=" if name.endswith(":") else "=", value
        name, at, value = word.partition("@")
        if not at:
            raise ConfigurationError(f"{word!r} is neither name=value, name:=json nor @FILE")
        return name, "@", value

    def _value(self, sign: str, text: str, schema: Any, name: str) -> Any:
        if sign == "@":
            data = read_bytes(text)
            return (
                data
                if self._operation["body"] and bodies.takes_files(self._operation)
                else data.decode("utf-8", "replace")
            )
        if sign == ":=":
            try:
                value = json.loads(text)
            except ValueError as wrong:
                raise ConfigurationError(f"{name}:= wants JSON: {wrong}") from None
            if not fits(self._index, schema, value):
                self._doubts.append(f"{name} is not as documented ({type_name(self._index, schema)})")
            return value
        return value_of(self._index, schema, text, name, self._doubts.append)

    def _set_parameter(self, typed: Typed, parameter: Parameter, value: Any) -> None:
        for at, (known, before) in enumerate(typed.parameters):
            if known is parameter:
                if not (isinstance(before, list) and isinstance(value, list)):
                    raise ConfigurationError(f"{parameter['name']} is given twice")
                typed.parameters[at] = (parameter, before + value)
                return
        typed.parameters.append((parameter, value))

    def _set_field(self, typed: Typed, name: str, sign: str, value: str) -> None:
        if not self._operation["body"]:
            raise self._unknown(name)
        if name == "body" and "body" not in self._fields.properties:
            typed.whole = self._value(sign, value, {}, name)
            return
        *outer, last = [name] if name in self._fields.properties else name.removeprefix("body.").split(".")
        target, known = typed.body, self._fields
        for part in outer:
            if part not in known.properties and not known.open:
                raise self._unknown(name)
            known = fields(self._index, known.properties.get(part, {}))
            target = target.setdefault(part, {})
            if not isinstance(target, dict):
                raise ConfigurationError(f"{name}: {part} is given twice")
        # A body that names its fields and takes others as well: a typing error is likelier than a secret field.
        if last not in known.properties and (not known.open or known.properties):
            raise self._unknown(name)
        if last in target:
            raise ConfigurationError(f"{name} is given twice")
        target[last] = self._value(sign, value, known.properties.get(last, {}), name)

    def _unknown(self, name: str) -> ConfigurationError:
        known = [*self._parameters, *self._fields.properties]
        offered = f"; it has {', '.join(known[:12])}" if known else "; it takes none"
        return ConfigurationError(
            f"{self._operation['name']} has no parameter {name!r}{suggestion(name, known) or offered}"
        )

    def _read_file(self, typed: Typed, name: str) -> None:
        if not self._operation["body"]:
            raise ConfigurationError(f"{self._operation['name']} takes no body, so no @{name}")
        if typed.file is not None:
            raise ConfigurationError("one body is enough: @FILE is given twice")
        typed.file, typed.file_name = read_bytes(name), name


def read_bytes(name: str) -> bytes:
    """A file's bytes; `-` is stdin."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise ConfigurationError(f"@{name} cannot be read: {error.strerror}") from None
