"""How to call a service: the words for `pascom call`, the line for curl, the code with the facade."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from .._index import Index, Operation, Parameter, Schema
from . import bodies
from .compose import compose, is_required, read, typed_name
from .curl import curl
from .examples import sample
from .schemas import fields_to_send, kinds, written
from .verbs import SHORT


def ways_to_call(index: Index, operation: Operation, environ: Mapping[str, str]) -> dict[str, str]:
    """The same call three times: with this command line, curl (the secret masked), and Python.

    Before them, where the facade has a verb for it: the short command, and the verb.
    """
    words = example_words(index, operation)
    return SHORT.get(operation["name"], {}) | {
        "pascom": as_command(operation, words),
        "curl": curl(compose(index, operation, words), environ),
        "python": as_python(index, operation, words),
    }


def example_words(index: Index, operation: Operation) -> list[str]:
    """The arguments of `pascom call` for all that is required, and for a body's sample."""
    words = [_parameter_word(index, operation, parameter) for parameter in filter(is_required, operation["parameters"])]
    if bodies.offered(operation):
        words += _body_words(index, operation)
    return words


def _parameter_word(index: Index, operation: Operation, parameter: Parameter) -> str:
    schema = parameter["schema"]
    value = _not_empty(index, schema, sample(index, schema, parameter["name"]))
    if value == []:
        value = ["text"]
    return _word(index, schema, typed_name(operation, parameter), value)


def _body_words(index: Index, operation: Operation) -> list[str]:
    """The body's fields one by one; one `body:=` word if it has none or they cannot be typed."""
    media_type = bodies.media_type_of(operation, None, "")
    schema = bodies.schema_of(operation, media_type)
    value = sample(index, schema)
    required = operation["body"] is not None and operation["body"]["required"]
    if required:
        value = _not_empty(index, schema, value)
    if not (bodies.is_json(media_type) or bodies.is_form(media_type)):
        text = value if isinstance(value, str) else "text"
        return [f"body={text}"] if required else []
    properties = fields_to_send(index, schema).properties
    if isinstance(value, dict) and value and all(name in properties and _can_be_a_word(name) for name in value):
        return _field_words(index, operation, properties, value)
    if required or value:
        return [f"body:={_json(value)}"]
    return []


def _field_words(index: Index, operation: Operation, properties: dict[str, Schema], value: dict[str, Any]) -> list[str]:
    """`name=value`; `body.name=value` where a parameter has that name."""
    parameter_names = {parameter[key] for parameter in operation["parameters"] for key in ("name", "python_name")}
    words = []
    for name, part in value.items():
        word_name = f"body.{name}" if name in parameter_names else name
        words.append(_word(index, properties[name], word_name, part))
    return words


def _can_be_a_word(name: str) -> bool:
    """Whether `pascom call` reads `name=value` as a field of this name."""
    return not set("=.:@") & set(name)


def _not_empty(index: Index, schema: Any, value: Any) -> Any:
    """The value; instead of an empty object, one with the first field: what is required should not be empty."""
    if value != {}:
        return value
    first = list(fields_to_send(index, schema).properties.items())[:1]
    return {name: sample(index, part, name) for name, part in first}


def _word(index: Index, schema: Any, name: str, value: Any) -> str:
    """`name=text` where text is made to fit the type, else `name:=json`."""
    if _is_plain(kinds(index, schema), value):
        return f"{name}={written(value)}"
    return f"{name}:={_json(value)}"


def _is_plain(types: set[str], value: Any) -> bool:
    """Whether `pascom call` reads the bare text back as this value."""
    if isinstance(value, str):
        return types <= {"string", "null"}
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and "string" not in types


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def as_command(operation: Operation, words: Sequence[str]) -> str:
    """The words as typed into a shell."""
    return shlex.join(["pascom", "call", operation["name"], *words])


def as_python(index: Index, operation: Operation, words: Sequence[str]) -> str:
    """With the facade: the generated function, or a raw request where a body is to be sent."""
    if operation["body"] is None:
        arguments = _python_arguments(index, operation, words)
        return f"with Pascom.from_env() as pbx:\n    print(pbx.services.{operation['name']}({', '.join(arguments)}))"
    request = compose(index, operation, words)
    arguments = [repr(request.method), repr(request.path)]
    if request.content is not None:
        if bodies.is_json(request.headers.get("Content-Type", "")):
            arguments.append(f"json={json.loads(request.content)!r}")
        else:
            arguments.append(f"content={request.content!r}")
            arguments.append(f"headers={request.headers!r}")
    return f"with Pascom.from_env() as pbx:\n    print(pbx.request({', '.join(arguments)}).text)"


def _python_arguments(index: Index, operation: Operation, words: Sequence[str]) -> list[str]:
    """As the generated functions take them: path parameters by position, the rest by keyword."""
    positional = []
    keywords = []
    for parameter, value in read(index, operation, words).parameters:
        if parameter["in"] == "path":
            positional.append(repr(value))
        else:
            keywords.append(f"{parameter['python_name']}={value!r}")
    return positional + keywords
