"""Examples of a call, made from the index: what is required, with values of the documented type."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from typing import Any

from ..index import Index, Operation, Parameter, Schema
from . import bodies
from .schemas import choices, fields, kind_of, kinds, written

TEXTS = {
    "date": "2026-11-23",
    "date-time": "2026-11-23T10:00:00Z",
    "time": "10:00:00Z",
    "uuid": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "email": "name@example.com",
    "uri": "https://example.com/",
    "url": "https://example.com/",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "hostname": "example.com",
    "byte": "ZXhhbXBsZQ==",
    "duration": "PT1H",
}


def sample(index: Index, schema: Any, depth: int = 0) -> Any:
    """A value the schema allows, as small as it may be; the author's own where there is one."""
    if not isinstance(schema, dict):
        return "text"
    schema = index.resolved(schema)
    if "const" in schema:
        return schema["const"]
    for key in ("example", "default"):
        given = schema.get(key)
        if given not in (None, "") and _is_of(kinds(index, schema), given):
            lacking = set(fields(index, schema).required) - given.keys() if isinstance(given, dict) else None
            if not lacking:
                return given
    if enum := [one for one in choices(index, schema) if one is not None]:
        return enum[0]
    allowed = kinds(index, schema)
    if allowed == {"null"}:
        return None
    for key in ("oneOf", "anyOf"):
        telling = [part for part in schema.get(key, ()) if kinds(index, part) != {"null"}]
        if telling and "properties" not in schema:
            return sample(index, telling[0], depth + 1)
    if "allOf" in schema and len(schema["allOf"]) == 1 and "object" not in allowed:
        return sample(index, schema["allOf"][0], depth + 1)
    if "object" in allowed:
        found = fields(index, schema)
        if depth > 6:
            return {}
        return {name: sample(index, found.properties.get(name, {}), depth + 1) for name in found.required}
    if "array" in allowed:
        least = max(1, schema.get("minItems") or 0) if depth < 6 else 0
        return [sample(index, schema.get("items", {}), depth + 1) for _ in range(min(least, 20))]
    if "integer" in allowed or "number" in allowed:
        return int(_number(schema)) if "integer" in allowed else _number(schema)
    if "boolean" in allowed:
        return True
    return _text(schema)


def _is_of(allowed: set[str], value: Any) -> bool:
    """Whether an author's example has the author's type: examples of identifiers are often numbers."""
    kind = kind_of(value)
    return not allowed or kind in allowed or (kind == "integer" and "number" in allowed)


def _number(schema: Schema) -> Any:
    low, high = schema.get("minimum"), schema.get("maximum")
    value = 1 if low is None else low
    return high if high is not None and value > high else value


def _text(schema: Schema) -> str:
    text = TEXTS.get(schema.get("format", ""), "text")
    if schema.get("format") not in TEXTS:
        text = text.ljust(min(schema.get("minLength") or 0, 200), "x")
        if (most := schema.get("maxLength")) is not None:
            text = text[: max(most, 1)]
    return text


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
    schema = body["content"].get(kind, {})
    value = sample(index, schema)
    if value == {} and body["required"]:  # required, yet no field of it is: one will do
        value = {
            name: sample(index, part) for name, part in list(fields(index, schema).properties.items())[:1]
        }
    structured = bodies.is_json(kind) or kind.startswith((bodies.FORM, bodies.PARTS))
    if not structured:
        return [*words, "body=text"] if body["required"] else words
    if isinstance(value, dict) and value:
        taken = {parameter[key] for parameter in operation["parameters"] for key in ("name", "python_name")}
        known = fields(index, schema).properties
        if all(name in known and not set("=.:@") & set(name) for name in value):
            return words + [
                _field(index, known[name], f"body.{name}" if name in taken else name, one)
                for name, one in value.items()
            ]
    return [*words, f"body:={json.dumps(value, ensure_ascii=False)}"] if body["required"] or value else words


def _word(index: Index, parameter: Parameter, *, shared: bool) -> str:
    schema = parameter["schema"]
    value = sample(index, schema)
    if isinstance(value, list) and not value:
        value = ["text"]
    return _field(index, schema, parameter["python_name" if shared else "name"], value)


def _field(index: Index, schema: Any, name: str, value: Any) -> str:
    plain = isinstance(value, str) and (kinds(index, schema) <= {"string", "null"})
    simple = (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and "string" not in kinds(index, schema)
    )
    return (
        f"{name}={written(value)}" if plain or simple else f"{name}:={json.dumps(value, ensure_ascii=False)}"
    )


def as_command(operation: Operation, words: Sequence[str]) -> str:
    """As typed into a shell."""
    return " ".join(["pascom", "call", operation["name"], *(shlex.quote(word) for word in words)])


def as_python(index: Index, operation: Operation, words: Sequence[str]) -> str:
    """With the facade: typed, or raw where a body is to be sent."""
    from .compose import compose, read

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
