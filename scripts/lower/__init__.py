"""Lowers, as compilers do, a valid document to the part of OpenAPI that the generator turns into code without loss.

`lower` serves the generator alone: its result is never kept or shown. The generator silently drops valid operations
and responses that it cannot model. Each is rewritten into the few forms it never drops (`schemas.py`, `calls.py`);
what those cannot express goes to the templates as facts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from openapi_python_client.strings import ClassName, PythonIdentifier

from ..names import DEVICES, LONGEST_NAME, OperationName, digest, operation_names, settled, snake_case
from ..tree import operations
from .calls import OperationFact, lower_operation
from .forms import Lowered
from .losses import Losses
from .schemas import NamePath, Schemas
from .unions import Discriminator

# What generated modules import, define or are called themselves.
RESERVED_CLASSES = {
    *("Any", "Api", "AsyncApi", "AuthenticatedClient", "Client", "File", "HTTPStatus", "Literal", "Mapping"),
    *(
        "Response",
        "Self",
        "TypeVar",
        "Unset",
        "Uuid",
        "Bytesio",
        "Iterator",
        "Types",
        "Datetime",
        "Typechecking",
    ),
}


class Generatable(NamedTuple):
    document: dict[str, Any]
    operations: dict[OperationName, OperationFact]
    wire_names: dict[str, dict[str, str]]  # class name -> property's Python name -> its name in the document
    sources: dict[str | OperationName, Any]  # of each class and operation: the part of the document it was made of
    losses: Losses
    discriminators: list[Discriminator]  # their classes by name
    known_values: dict[str, dict[str, list[Any]]]  # class name -> property's name in the document -> its values


def lower(document: Mapping[str, Any]) -> Generatable:
    """What the generator is given for a repaired document."""
    schemas = Schemas(document)
    names = operation_names(document)
    paths: dict[str, Any] = {}
    facts: dict[OperationName, OperationFact] = {}
    sources: dict[str | OperationName, Any] = {}
    for number, (path, method, item, operation) in enumerate(operations(document)):
        name = names[path, method]
        lowered, facts[name] = lower_operation(schemas, document, path, method, item, operation, name)
        sources[name] = operation
        paths[f"/{number}"] = {"get": lowered}
    for name in document.get("components", {}).get("schemas", {}):
        schemas.lower({"$ref": f"#/components/schemas/{name.replace('~', '~0').replace('/', '~1')}"}, (name,))
    schemas.finish()
    paths = schemas.settled(paths)
    classes = class_names(schemas.places, schemas.classes)
    sources |= {classes[key]: source for key, source in schemas.sources.items()}
    info = document.get("info", {})
    return Generatable(
        {
            "openapi": "3.1.0",
            "info": {"title": str(info.get("title") or "API"), "version": str(info.get("version") or "0")},
            "paths": _referring(paths, classes),
            "components": {
                "schemas": {classes[key]: _referring(schema, classes) for key, schema in schemas.classes.items()}
            },
        },
        facts,
        {classes[key]: wire for key, wire in schemas.wire_names.items()},
        sources,
        schemas.losses,
        [
            Discriminator(one.property, {value: classes[key] for value, key in one.classes.items()})
            for one in schemas.discriminators
        ],
        {classes[key]: known for key, known in schemas.known_values(paths).items()},
    )


def class_names(places: Mapping[str, NamePath], classes: Mapping[str, Lowered]) -> dict[str, str]:
    """A class name for each shared schema; no two have the same module either."""
    first = {key: _class_name(" ".join(_own(places[key]))) for key in classes}
    modules = {key: _module(name) for key, name in first.items()}
    count = Counter(modules.values())
    candidates = {key: [name] for key, name in first.items()}
    ranks = dict.fromkeys(classes, 3)
    for key in classes:
        if count[modules[key]] > 1:
            candidates[key] += _longer_names(key, places[key])
            ranks[key] = _rank(key, is_own_name=first[key] == places[key][-1])
    chosen = settled({key: [_module(name) for name in names] for key, names in candidates.items()}, ranks)
    return {key: next(name for name in candidates[key] if _module(name) == chosen[key]) for key in classes}


def _longer_names(key: str, place: NamePath) -> list[str]:
    own = " ".join(_own(place))
    full = " ".join(part for part in place if part)
    return [_class_name(text) for text in (full, f"{own} {digest(key)}", f"model {digest(key, key)}")]


def _rank(key: str, *, is_own_name: bool) -> int:
    """Who keeps a name that several want: a schema that is called exactly so, before others, before inline ones."""
    if "/inline/" in key:
        return 0
    return 2 if is_own_name else 1


def _own(place: NamePath) -> NamePath:
    """An operation's place without its tag, which is only named where it has to be."""
    return place[2:] if place[0] == "" else place


@cache
def _module(class_name: str) -> str:
    return str(PythonIdentifier(class_name, "field_"))


@cache
def _class_name(text: str) -> str:
    """`text` as a class name that the generator leaves as it is."""
    words = [text]
    if text.islower() or "_" in text or " " in text:
        words = snake_case(text).split("_")
    name = "".join(word[:1].upper() + word[1:] for word in words if word)
    if not name.isascii() or not name.isidentifier():
        name = "".join(word.capitalize() for word in snake_case(text).split("_"))
    if not name or not name[0].isalpha():
        name = f"Model{name or digest(text).capitalize()}"
    if len(name) > LONGEST_NAME + 20:
        name = f"{name[:LONGEST_NAME]}{digest(text).capitalize()}"
    if name in RESERVED_CLASSES or name.capitalize() in RESERVED_CLASSES or _module(name) in DEVICES:
        name += "Model"
    for _ in range(5):
        generated = str(ClassName(name, "Model"))
        if generated == name:
            break
        name = generated
    return name


def _referring(part: Any, classes: Mapping[str, str]) -> Any:
    """`part` with its references to schemas by their class names."""
    if isinstance(part, list):
        return [_referring(value, classes) for value in part]
    if not isinstance(part, dict):
        return part
    reference = part.get("$ref")
    if isinstance(reference, str) and reference in classes:
        return {"$ref": f"#/components/schemas/{classes[reference]}"}
    return {key: _referring(value, classes) for key, value in part.items()}
