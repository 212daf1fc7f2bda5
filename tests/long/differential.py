"""Random parameters, bodies and answers: what a generated function sends, and what it makes of an answer.

    python -m tests.long.differential [--runs 2000] [--seed 1]

What should be sent is a straight transcription of the standard's tables (RFC 6570 and OpenAPI's style values); bodies
are read back by other parsers (`differential_bodies.py`). What is read must hold everything that was answered.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import httpx

from tests.helpers.built import Built, answers, built, document

from . import differential_bodies as bodies

AT_ONCE = 200  # operations of one package
ALPHABET = "aZ09-._~ /?#[]@!$&'()*+,;=%\"<>|äß日"
FOR_HEADERS = "aZ09-._~/?#[]@!$&'()*+;=%<>|"
# (place, style, explode) -> what is before the first, between the parts, and whether they are named (RFC 6570, 3.2.1)
TABLE = {
    ("path", "simple"): ("", ",", False),
    ("path", "label"): (".", ".", False),
    ("path", "matrix"): (";", ";", True),
    ("query", "form"): ("", "&", True),
    ("query", "spaceDelimited"): ("", "%20", True),
    ("query", "pipeDelimited"): ("", "%7C", True),
    ("query", "deepObject"): ("", "&", True),
    ("header", "simple"): ("", ",", False),
}


class Case(NamedTuple):
    operation: dict[str, Any]
    parameters: list[tuple[dict[str, Any], Any]]
    body: Any
    answer: Any
    other_body: bodies.Body | None = None  # instead of JSON
    other_answer: bodies.Answer | None = None


def expected(parameter: dict[str, Any], value: Any) -> str:
    """A parameter as RFC 6570 expands it."""
    place, style, name = parameter["in"], parameter["style"], parameter["name"]
    first, separator, named = TABLE[place, style]
    explode, escape = parameter["explode"], _as_it_is if place == "header" else _escaped
    if style == "deepObject":
        return "&".join(f"{escape(f'{name}[{key}]')}={escape(text(one))}" for key, one in value.items())
    if not isinstance(value, (dict, list)):
        return first + _named(name, escape(text(value)), named)
    if not explode:
        flat = [part for pair in value.items() for part in pair] if isinstance(value, dict) else value
        between = separator if style in ("spaceDelimited", "pipeDelimited") else ","
        return first + _named(name, between.join(escape(text(part)) for part in flat), named)
    if isinstance(value, dict):
        parts = [f"{escape(key)}={escape(text(one))}" for key, one in value.items()]
    else:
        parts = [_named(name, escape(text(one)), named) for one in value]
    return first + ("&" if place == "query" else separator).join(parts)


def _named(name: str, written: str, named: bool) -> str:
    return f"{name}={written}" if named else written


def _escaped(written: str) -> str:
    return quote(written, safe="")


def _as_it_is(written: str) -> str:
    return written


def text(value: Any) -> str:
    return json.dumps(value) if isinstance(value, (bool, int, float)) else value


def case(chance: random.Random, number: int) -> Case:
    parameters = [
        _parameter(chance, place, at) for at, place in enumerate(chance.choices(["path", "query", "header"], k=3))
    ]
    schema, answer_schema = _schema(chance, 3), _schema(chance, 3)
    template = "".join(f"/{{{one['name']}}}" for one, _ in parameters if one["in"] == "path")
    operation = {
        "path": f"/{number}{template}",
        "method": "post",
        "parameters": [one for one, _ in parameters],
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": answers(_200=answer_schema),
    }
    made = Case(operation, parameters, _value(chance, schema), _value(chance, answer_schema))
    if chance.random() < 0.4:
        made = made._replace(other_body=(body := bodies.body(chance)))
        operation["requestBody"] = {"required": True, "content": body.content}
    if chance.random() < 0.2:
        made = made._replace(other_answer=(answer := bodies.answer(chance)))
        operation["responses"] = {"200": {"description": "", "content": answer.content}}
    return made


def _parameter(chance: random.Random, place: str, number: int) -> tuple[dict[str, Any], Any]:
    style = chance.choice([style for its, style in TABLE if its == place])
    kind = {"deepObject": "object"}.get(style) or chance.choice(["string", "integer", "boolean", "array", "object"])
    explode = style == "deepObject" or chance.random() < 0.5
    if style in ("spaceDelimited", "pipeDelimited"):
        kind, explode = "array", False
    if style == "label" and not explode:  # OpenAPI has changed its mind on what is between these
        explode = True
    letters = FOR_HEADERS if place == "header" else ALPHABET
    one: Callable[[], str] = lambda: "".join(chance.choices(letters, k=chance.randint(1, 6))) + "x"  # noqa: E731
    values: dict[str, Callable[[], Any]] = {
        "string": one,
        "integer": lambda: chance.randint(-9, 10**6),
        "boolean": lambda: chance.random() < 0.5,
        "array": lambda: [one() for _ in range(chance.randint(1, 3))],
        "object": lambda: {key: one() for key in chance.sample("RGB", chance.randint(1, 3))},
    }
    schema: dict[str, Any] = {"type": kind}
    if kind == "array":
        schema["items"] = {"type": "string"}
    if kind == "object":
        schema["additionalProperties"] = {"type": "string"}
    parameter = {"name": f"p{number}", "in": place, "style": style, "explode": explode, "schema": schema}
    return {**parameter, "required": place == "path" or chance.random() < 0.5}, values[kind]()


def _schema(chance: random.Random, depth: int) -> dict[str, Any]:
    kinds = ["string", "integer", "number", "boolean", "null", "enum", "any"]
    kind = chance.choice(kinds if not depth else [*kinds, *["array", "object", "object", "map", "oneOf"] * 2])
    if kind == "array":
        return {"type": "array", "items": _schema(chance, depth - 1)}
    if kind == "map":
        return {"type": "object", "additionalProperties": _schema(chance, depth - 1)}
    if kind == "oneOf":
        return {"oneOf": [_schema(chance, depth - 1) for _ in range(chance.randint(2, 3))]}
    if kind == "object":
        names = chance.sample(["id", "Name", "self", "a-b", "to_dict", "class", "_x", "kind"], chance.randint(1, 5))
        properties = {name: _schema(chance, depth - 1) for name in names}
        return {
            "type": "object",
            "properties": properties,
            "required": chance.sample(names, chance.randint(0, len(names))),
        }
    if kind == "enum":
        return {"enum": chance.sample(["a", "b", 1, 2.5, True, None], chance.randint(1, 3))}
    nullable = chance.random() < 0.2
    if kind == "any":
        return {}
    return {"type": [kind, "null"] if nullable else kind}


def _value(chance: random.Random, schema: dict[str, Any]) -> Any:
    """What the schema allows, and sometimes what it doesn't: servers do."""
    if chance.random() < 0.05:
        return chance.choice([None, "odd", 7, [], {}, ["de", "en"], {"more": [1]}])
    if "enum" in schema:
        return chance.choice(schema["enum"])
    if "oneOf" in schema:
        return _value(chance, chance.choice(schema["oneOf"]))
    kind = chance.choice(schema["type"]) if isinstance(schema.get("type"), list) else schema.get("type")
    if kind == "array":
        return [_value(chance, schema["items"]) for _ in range(chance.randint(0, 3))]
    if kind == "object":
        listed = schema.get("properties") or {f"key{at}": schema["additionalProperties"] for at in range(2)}
        kept = [name for name in listed if name in schema.get("required", ()) or chance.random() < 0.6]
        return {name: _value(chance, listed[name]) for name in kept} | ({"other": 1} if chance.random() < 0.1 else {})
    values = {"integer": 5, "number": 2.5, "boolean": False, "null": None}
    return values[kind] if kind in values else "".join(chance.choices(ALPHABET, k=4))


def differences(package: Built, name: str, made: Case) -> list[str]:
    """What was sent or read otherwise than it should be."""
    path = [value for one, value in made.parameters if one["in"] == "path"]
    keywords = {one["name"]: value for one, value in made.parameters if one["in"] != "path"}
    types = package.module("types")
    response = made.other_answer.response if made.other_answer else httpx.Response(200, json=made.answer)
    body = made.other_body.given(types.File) if made.other_body else made.body
    read, sent = package.asked(name, response, *path, body=body, **keywords)
    by_place = {place: [expected(one, value) for one, value in made.parameters if one["in"] == place]
                for place in ("path", "query")}  # fmt: skip
    target = "/".join([made.operation["path"].split("/{")[0], *by_place["path"]])
    if by_place["query"]:
        target += f"?{'&'.join(by_place['query'])}"
    headers = {one["name"]: expected(one, value) for one, value in made.parameters if one["in"] == "header"}
    pairs = [
        ("address", sent.url.raw_path.decode(), httpx.URL(f"http://test{target}").raw_path.decode()),
        ("headers", {key: sent.headers.get(key) for key in headers}, headers),
        ("body", bodies.read(sent, made.other_body.expected), made.other_body.expected)
        if made.other_body
        else ("body", json.loads(sent.content), made.body),
        ("answer", bodies.held(read), made.other_answer.expected)
        if made.other_answer
        else ("answer", types.encoded(read), made.answer),
    ]
    return [f"{what}: {found!r}, not {should!r}" for what, found, should in pairs if found != should]


def run(folder: Path, seed: int, count: int) -> list[str]:
    """What `count` random operations of one package do otherwise, each with what it was made of."""
    chance = random.Random(seed)
    cases = {f"o{number}": case(chance, number) for number in range(count)}
    found = []
    with built(
        folder, f"differential_{seed}", document({name: one.operation for name, one in cases.items()})
    ) as package:
        for name, one in cases.items():
            found += [f"seed {seed}, {name}: {what} ({one})" for what in differences(package, name, one)]
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    failures = []
    for number in range(-(-options.runs // AT_ONCE)):
        with tempfile.TemporaryDirectory() as folder:
            failures += run(Path(folder), options.seed + number, min(AT_ONCE, options.runs))
    print(*failures[:20], sep="\n")
    print(f"{len(failures)} differences in {options.runs} operations")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
