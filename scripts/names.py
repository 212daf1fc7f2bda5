"""Names that last: what an operation and its parameters are called in Python.

A name follows from the operation itself (the vendor's `operationId` unless it is a mere hash, else method and path
without the parameters' names), never from the order in the document. Where two operations want the same name, a pinned
one (`x-pinned: true`, set by the overlay) keeps it; the others get a suffix made from method and path.
"""

from __future__ import annotations

import builtins
import hashlib
import keyword
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple, TypeVar

from .errors import DocumentUnusable
from .tree import Operation, operations, without_names

LONGEST_NAME = 60
HASH = re.compile(r"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}")  # swagger-php's ids, when nobody has given one
# What the generator renames as well, so that its names and ours agree.
RESERVED = (set(dir(builtins)) | set(keyword.kwlist) | {"self", "true", "false", "datetime"}) - {"id"}

# Names that Windows keeps for devices: no file may be called so, whatever its ending.
DEVICES = {"con", "prn", "aux", "nul", "conin", "conout"}
DEVICES |= {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}

# The operation is another one with another parameter in its path; a query is what most have most of.
PLACES = ("path", "query", "header", "cookie")
# What every model has for itself.
MODEL_METHODS = ("to_dict", "from_dict", "additional_properties", "additional_keys")

Key = TypeVar("Key")
Name = TypeVar("Name")
OperationKey = tuple[str, str]  # path, method


class OperationName(NamedTuple):
    """`api/<tag>/<function>.py` and `Api(client).<tag>.<function>(…)`."""

    tag: str
    function: str

    def __str__(self) -> str:
        return f"{self.tag}.{self.function}"


@cache
def snake_case(text: str) -> str:
    """ASCII words in lower case, joined by underscores; empty when `text` has none."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9]+", "_", ascii_text)
    if any(character.isupper() for character in plain):
        plain = " ".join(re.split(r"([A-Z]?[a-z]+)", plain))
    return "_".join(re.findall(r"[^ _]+", plain)).lower()


@cache
def identifier(text: str, prefix: str) -> str:
    """`text` as a Python name in snake case: bounded, no keyword, no builtin; empty when nothing is left."""
    name = snake_case(text)
    if not name:
        return ""
    if name[0].isdigit():
        name = f"{prefix}_{name}"
    if len(name) > LONGEST_NAME:
        name = f"{name[: LONGEST_NAME - 8].rstrip('_')}_{digest(text)}"
    return f"{name}_" if name in RESERVED else name


def module_name(text: str, prefix: str) -> str:
    """An identifier that may be a file's name on every system."""
    name = identifier(text, prefix)
    return f"{prefix}_{name}" if name in DEVICES else name


def digest(*parts: str) -> str:
    """Six characters that follow from `parts` alone."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:6]


def operation_names(document: Mapping[str, Any]) -> dict[OperationKey, OperationName]:
    """The name of every operation of a repaired document, each another."""
    candidates: dict[OperationKey, list[OperationName]] = {}
    ranks: dict[OperationKey, int] = {}
    for path, method, _, operation in operations(document):
        key = path, method
        tag = _tag(operation)
        candidates[key] = [OperationName(tag, name) for name in _functions(path, method, operation)]
        ranks[key] = int(candidates[key][0].function == operation.get("operationId"))  # spelled so by the vendor
        if operation.get("x-pinned") is True:
            ranks[key] = 2
    return settled(candidates, ranks)


def settled(candidates: Mapping[Key, list[Name]], rank: Mapping[Key, int]) -> dict[Key, Name]:
    """A name for each that no other has, whatever their order.

    All who share a name step on to their next candidate, except a single one of the highest rank.
    """
    step = dict.fromkeys(candidates, 0)
    while True:
        holders: defaultdict[Name, list[Key]] = defaultdict(list)
        for key, names in candidates.items():
            holders[names[step[key]]].append(key)
        clashes = [keys for keys in holders.values() if len(keys) > 1]
        if not clashes:
            return {key: names[step[key]] for key, names in candidates.items()}
        before = dict(step)
        for keys in clashes:
            keeper = _keeper(keys, rank)
            for key in keys:
                if key != keeper:
                    step[key] = min(step[key] + 1, len(candidates[key]) - 1)
        if step == before:
            raise DocumentUnusable(f"no two different names can be found for {clashes[0][:2]}")


def _keeper(keys: list[Key], rank: Mapping[Key, int]) -> Key | None:
    """Who of those that share a name keeps it."""
    highest = max(rank[key] for key in keys)
    best = [key for key in keys if rank[key] == highest]
    if len(best) == 1 and highest:
        return best[0]
    return None


def _tag(operation: Operation) -> str:
    tags = operation.get("tags") or ["default"]
    return module_name(tags[0], "tag") or f"tag_{digest(tags[0])}"


def _functions(path: str, method: str, operation: Operation) -> Iterator[str]:
    """What the operation may be called, best first; the last one is its own alone."""
    operation_id = operation.get("operationId") or ""
    given = ""
    if not HASH.fullmatch(operation_id):
        given = module_name(operation_id, "operation")
    if given:
        yield given
    static, blank = derived(path, method)
    if static != given:
        yield static
    base = given or static
    short = base[: LONGEST_NAME - 7].rstrip("_")
    yield f"{short}_{digest(method, blank)}"
    yield f"{short}_{digest(method, path)}"
    yield f"{short}_{digest(method, path)}_{digest(path, method)}"


def derived(path: str, method: str) -> tuple[str, str]:
    """The name that follows from method and path, and the path with its parameters' names left out."""
    blank = without_names(path)
    words = [method, *(snake_case(segment) for segment in blank.split("/"))]
    if blank.rstrip("/").endswith("{}"):
        words.append("item")
    name = "_".join(word for word in words if word)
    if name == method:
        name = f"{method}_root"
    return identifier(name, "operation"), blank


def parameter_names(parameters: Iterable[tuple[str, str]], *, taken: Iterable[str] = ()) -> dict[tuple[str, str], str]:
    """The Python name of each (location, name); `taken` are names the function needs for itself.

    Where several get the same name, the first of `PLACES` keeps it, so that none that is added takes another's; in one
    place, the one written so. The others get their location appended, or else what tells them apart.
    """
    keys = list(parameters)
    candidates = {}
    for location, name in keys:
        plain = python_name(name)
        bare = plain.rstrip("_")
        candidates[location, name] = [plain, f"{bare}_{location}", f"{bare}_{digest(location, name)}"]
    for key, names in candidates.items():
        candidates[key] = [name for name in names if name not in taken] or names[-1:]
    return settled(candidates, {key: _rank(*key) for key in keys})


def _rank(place: str, name: str) -> int:
    spelled_so = name == python_name(name)
    return 2 * len(PLACES) - 2 * PLACES.index(place) + spelled_so if place in PLACES else int(spelled_so)


def own_names(has_body: bool) -> tuple[str, ...]:
    """What the generated functions call their own arguments, so that no parameter may."""
    return ("client", "body", "content_type") if has_body else ("client",)


def property_names(wire_names: Iterable[str]) -> dict[str, str]:
    """The Python name of each of a model's properties."""
    names = parameter_names((("property", name) for name in wire_names), taken=MODEL_METHODS)
    return {wire: python for (_, wire), python in names.items()}


@cache
def python_name(wire_name: str) -> str:
    """A parameter's or property's name in Python, as far as it follows from its own name."""
    leading = "field_" if wire_name.startswith("_") else ""
    name = identifier(wire_name, "field")
    return f"{leading}{name}" if name else f"field_{digest(wire_name)}"
