"""Damage documents as careless annotations do, and repair them all the same: no operation lost, and once is enough.

    python -m tests.long.fuzz_repair [--runs 10000] [--seed 1]

Each run takes our own document or one of the samples, damages one to thirty places of it (never an operation as
such), repairs it, and goes as far as the generator, without running it: a few hundredths of a second each.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import random
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from scripts.download.files import read_document
from scripts.generate.index import index
from scripts.lower import lower
from scripts.repair import repair
from scripts.tree import operations, pointer, untyped_responses

ROOT = Path(__file__).parents[2]
SAMPLES = Path(os.environ.get("PASCOM_SAMPLES", ROOT.parent / "shared/samples")) / "documents"

Place = tuple[Any, Any, tuple[str, ...]]  # a list or an object, one of its keys, and all keys that lead there
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
WRONG: tuple[Any, ...] = (
    *(None, [], {}, "", "text", 0, -5, 3.5, True, False, [None], [[]], [{}], {"": ""}, {"0": "a"}, ["a", 1, None]),
    *({"$ref": "#/nowhere"}, {"$ref": 5}, {"$ref": "other.yaml#/a"}, {"type": "string"}, "#/components/schemas/No"),
    *("\"'\\\n{}", 10**30, {"x-a": [1, {"b": None}]}, {"a b/c~d%2F": 1}, {"type": "file"}, {"type": ["string"]}),
)  # fmt: skip
TYPES: tuple[Any, ...] = (
    *(
        "int",
        "String",
        "file",
        "date",
        "mixed",
        "array[string]",
        "string|null",
        "Foo[]",
        "?int",
        "array<string>",
    ),
    *(
        "",
        "'string'",
        " string ",
        "\\App\\Models\\User",
        None,
        [],
        {},
        3,
        ["string", "null"],
        ["null"],
        [None],
    ),
)
NAMES = (
    *("", " ", "ä", "日本", '"', "/", "~", "{}", "%2F", "class", "None", "self", "1", "..", "a" * 300, "ａ", "a\nb"),
    *("type", "properties", "required", "x-note", "name[]", "default", "200 OK", "2xx", "json", "*/*", "form"),
)  # fmt: skip
PATHS = (
    "{0}/",
    "{0}/{{new}}",
    "{0}/:new",
    "{0}?a={{a}}",
    "{0}{{?a,b}}",
    "{0}/{{a:[0-9]+}}",
    "https://x.example{0}",
)


@cache
def documents() -> list[dict[str, Any]]:
    samples = sorted(file for file in SAMPLES.glob("*/*") if file.suffix in (".json", ".yaml", ".yml"))
    files = [ROOT / "openapi/pascom.json", *(file for file in samples if file.stat().st_size < 100_000)]
    read = [json.loads(json.dumps(read_document(file))) for file in files]
    return [document for document in read if isinstance(document.get("paths"), dict)]


def places(value: Any, at: tuple[str, ...] = ()) -> Iterator[Place]:
    """Everything in a document but its paths and operations as such."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        here = (*at, str(key))
        is_operation = here[0] == "paths" and (len(here) < 3 or (len(here) == 3 and key in METHODS))
        if not is_operation and here not in (("openapi",), ("swagger",)):
            yield value, key, here
        if isinstance(inner, (dict, list)):
            yield from places(inner, here)


def wrong(document: Any, place: Place, chance: random.Random) -> Any:
    return copy.deepcopy(chance.choice(TYPES if place[1] == "type" else WRONG))


def as_php_has_it(document: Any, place: Place, chance: random.Random) -> Any:
    """An empty list for an object and the other way round, keys that are numbers, one for a list."""
    value = place[0][place[1]]
    if isinstance(value, list):
        return chance.choice(({}, {str(number + 1): one for number, one in enumerate(value)}, value[:1] or {}))
    return chance.choice(([], list(value.values()), [value])) if isinstance(value, dict) else [value]


def as_text(document: Any, place: Place, chance: random.Random) -> Any:
    value = place[0][place[1]]
    return str(value) if isinstance(value, (bool, int, float)) else value


def elsewhere(document: Any, place: Place, chance: random.Random) -> Any:
    """A copy of another place, or a reference to it."""
    holder, key, at = chance.choice(list(places(document)))
    return {"$ref": pointer(at)} if chance.random() < 0.7 else copy.deepcopy(holder[key])


def renamed(document: Any, place: Place, chance: random.Random) -> Any:
    holder, key, at = place
    value = holder[key]
    if isinstance(holder, dict) and len(at) > 1:
        holder[chance.choice(NAMES)] = value
    return value


DAMAGES: tuple[Callable[[Any, Place, random.Random], Any], ...] = (
    wrong,
    wrong,
    as_php_has_it,
    as_text,
    elsewhere,
)


def damage(document: dict[str, Any], chance: random.Random) -> None:
    for _ in range(chance.choice((1, 3, 10, 30))):
        place = chance.choice(list(places(document)))
        place[0][place[1]] = chance.choice((*DAMAGES, renamed))(document, place, chance)
    path = chance.choice(list(document["paths"]))
    other = chance.choice(PATHS).format(path)
    if path.startswith("/") and other not in document["paths"]:
        document["paths"] = {other if key == path else key: item for key, item in document["paths"].items()}


def run(seed: int) -> None:
    """One damaged document; raises AssertionError, or whatever goes wrong."""
    chance = random.Random(seed)
    document = copy.deepcopy(chance.choice(documents()))
    documented = len(list(operations(repair(document).document)))
    damage(document, chance)
    once = repair(document)
    assert len(list(operations(once.document))) >= documented, "an operation is lost"
    json.dumps(once.document, allow_nan=False)
    twice = repair(once.document)
    assert (twice.document, twice.repairs) == (once.document, []), "once is not enough"
    lower(once.document)
    index(once.document)
    untyped_responses(once.document)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    failed = 0
    for seed in range(options.seed, options.seed + options.runs):
        try:
            run(seed)
        except Exception as problem:  # whatever it is, it is a failure
            failed += 1
            print(f"seed {seed}: {type(problem).__name__}: {problem}", file=sys.stderr, flush=True)
    print(f"{options.runs} documents, {failed} failures")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
