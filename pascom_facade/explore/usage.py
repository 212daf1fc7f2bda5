"""How a service is called: the words for `pascom call`, the line for curl, the code with the facade."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from .._index import Index, Operation, Parameter
from . import bodies
from .compose import compose, read
from .curl import curl
from .examples import sample
from .schemas import fields_to_send, kinds, written


def ways_to_call(index: Index, operation: Operation, environ: Mapping[str, str]) -> dict[str, str]:
    """The same call three times: this command line, curl (the secret masked), Python."""
    words = example_words(index, operation)
    return {
        "pascom": as_command(operation, words),
        "curl": curl(compose(index, operation, words), environ),
        "python": as_python(index, operation, words),
    }


def example_words(index: Index, operation: Operation) -> list[str]:
    """The arguments of `pascom call` for what is required."""
    names = [parameter["name"] for parameter in operation["parameters"]]
    words = [
        _word(index, parameter, shared=names.count(parameter["name"]) > 1)
        for parameter in operation["parameters"]
        if parameter["required"] or parameter["in"] == "path"
    ]
    body = operation["body"]
    if not body or not body["content"]:
        return words
    kind = bodies.kind_of(operation, None, "")
    schema = bodies.schema_of(operation, kind)
    value = sample(index, schema)
    if body["required"]:
        value = _not_empty(index, schema, value)
    structured = bodies.is_json(kind) or kind.startswith((bodies.FORM, bodies.PARTS))
    if not structured:
        text = value if isinstance(value, str) else "text"
        return [*words, f"body={text}"] if body["required"] else words
    if isinstance(value, dict) and value:
        taken = {parameter[key] for parameter in operation["parameters"] for key in ("name", "python_name")}
        known = fields_to_send(index, schema).properties
        if all(name in known and not set("=.:@") & set(name) for name in value):
            return words + [
                _field(index, known[name], f"body.{name}" if name in taken else name, one)
                for name, one in value.items()
            ]
    return [*words, f"body:={json.dumps(value, ensure_ascii=False)}"] if body["required"] or value else words


def _not_empty(index: Index, schema: Any, value: Any) -> Any:
    """Needed, yet no field of it is: one will do."""
    if value != {}:
        return value
    first = list(fields_to_send(index, schema).properties.items())[:1]
    return {name: sample(index, part) for name, part in first}


def _word(index: Index, parameter: Parameter, *, shared: bool) -> str:
    schema = parameter["schema"]
    value = _not_empty(index, schema, sample(index, schema))
    if value == []:
        value = ["text"]
    return _field(index, schema, parameter["python_name" if shared else "name"], value)


def _field(index: Index, schema: Any, name: str, value: Any) -> str:
    plain = isinstance(value, str) and (kinds(index, schema) <= {"string", "null"})
    simple = isinstance(value, (int, float)) and not isinstance(value, bool) and "string" not in kinds(index, schema)
    return f"{name}={written(value)}" if plain or simple else f"{name}:={json.dumps(value, ensure_ascii=False)}"


def as_command(operation: Operation, words: Sequence[str]) -> str:
    """As typed into a shell."""
    return " ".join(["pascom", "call", operation["name"], *(shlex.quote(word) for word in words)])


def as_python(index: Index, operation: Operation, words: Sequence[str]) -> str:
    """With the facade: typed, or raw where a body is to be sent."""
    if operation["body"] is None:
        given = [(parameter, repr(value)) for parameter, value in read(index, operation, words).parameters]
        # As the generated functions take them: path parameters by position, the rest by keyword.
        by_position = [value for parameter, value in given if parameter["in"] == "path"]
        by_name = [f"{one['python_name']}={value}" for one, value in given if one["in"] != "path"]
        call = f"{operation['name']}({', '.join([*by_position, *by_name])})"
        return f"with Pascom.from_env() as pbx:\n    print(pbx.services.{call})"
    request = compose(index, operation, words)
    arguments = [repr(request.method), repr(request.path)]
    if request.content is not None:
        if bodies.is_json(request.headers.get("Content-Type", "")):
            arguments.append(f"json={json.loads(request.content)!r}")
        else:
            arguments.append(f"content={request.content!r}")
            arguments.append(f"headers={request.headers!r}")
    return f"with Pascom.from_env() as pbx:\n    print(pbx.request({', '.join(arguments)}).text)"
