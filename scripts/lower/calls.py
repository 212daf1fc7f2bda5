"""Operations in the one form the generator keeps without fail, and beside it the facts for the templates.

The generator is given each operation under a path of its own, with every parameter as a query parameter named as
in Python, one JSON body and JSON responses: nothing in that can be dropped. What is really sent and received
(places, wire names, styles, media types, status codes) the templates learn from the facts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..names import OperationName, own_names, parameter_names
from ..tree import (
    DEFAULT_STYLES,
    QUERY_FLAGS,
    QUERY_TEMPLATE,
    TEMPLATE,
    all_parameters,
    encodings,
    media_of,
    resolved,
    serialization,
)
from .forms import Lowered, is_file, says_nothing, united, with_default
from .schemas import Schemas

Thing = Mapping[str, Any]

MEDIA_TYPE = re.compile(r"[\w.+-]+/(\*|[\w.+-]+)( *;[ -~]*)?", re.ASCII)  # one that can be asked for
BINARY: Lowered = {"type": "string", "format": "binary"}
TEXT: Lowered = {"type": "string"}
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
DEEPEST = 4  # levels in which a body's files are looked for


@dataclass
class ParameterFact:
    """A parameter as it is sent."""

    name: str
    python_name: str
    place: str
    description: str
    encoding: dict[str, Any]  # what of its place's defaults it changes: arguments of the encoder's function


@dataclass
class OperationFact:
    """An operation as it is called; texts are the document's and mustn't get into code unescaped."""

    method: str
    path: str  # a template for str.format, with the parameters' Python names
    summary: str
    description: str
    deprecated: bool
    assumed: bool
    parameters: list[ParameterFact]
    bodies: list[str] = field(default_factory=list)  # media types, the one to be used first
    text_body: str = ""  # the one that a text is sent as, where the first one holds none
    body_description: str = ""
    statuses: list[str] = field(default_factory=list)  # all that are documented
    bare: list[str] = field(default_factory=list)  # those without a content, that a wider one's type would cover
    binary: bool = False  # a successful answer is bytes
    accept: list[str] = field(default_factory=list)  # the media types of the successful answers, as they are typed
    encodings: dict[str, Any] = field(default_factory=dict)  # of the bodies' fields, by media type and field


def lower_operation(
    schemas: Schemas,
    document: Thing,
    path: str,
    method: str,
    item: Thing,
    operation: Thing,
    name: OperationName,
) -> tuple[Lowered, OperationFact]:
    """What the generator is given for an operation, and its fact."""
    place = ("", name.tag, name.function)
    listed = all_parameters(document, item, operation)
    has_body = "requestBody" in operation
    names = parameter_names(((one["in"], one["name"]) for one in listed), taken=own_names(has_body))
    facts, parameters = [], []
    for one in sorted(listed, key=lambda one: _position(path, one)):
        python_name = names[one["in"], one["name"]]
        description = with_default(schemas.losses.text(one), _parameter_schema(one))
        facts.append(_parameter_fact(one, python_name, description))
        schema = schemas.lower(_parameter_schema(one), (*place, one["name"]))
        required = one["in"] == "path" or one.get("required", False)
        parameters.append({"name": python_name, "in": "query", "required": required, "schema": schema})
    fact = OperationFact(
        method=method,
        path=_format(path, {one["name"]: names[one["in"], one["name"]] for one in listed if one["in"] == "path"}),
        summary=schemas.losses.text(operation, "summary"),
        description=schemas.losses.text(operation),
        deprecated=operation.get("deprecated", False),
        assumed=operation.get("x-assumed", False) is True,
        parameters=facts,
    )
    lowered: Lowered = {
        "operationId": name.function,
        "tags": [name.tag],
        "parameters": parameters,
        "responses": _responses(schemas, document, operation, place, fact),
    }
    if has_body:
        lowered["requestBody"] = _body(schemas, document, operation["requestBody"], place, fact)
    return lowered, fact


def _position(path: str, parameter: Thing) -> int:
    names = TEMPLATE.findall(path)
    return names.index(parameter["name"]) if parameter["in"] == "path" and parameter["name"] in names else len(names)


def _format(path: str, names: Mapping[str, str]) -> str:
    """The path for `str.format`: its parameters by their Python names, other braces doubled, `{?query}` dropped."""
    path = QUERY_TEMPLATE.sub("", path.partition("#")[0])  # a fragment never gets to a server
    path = f"/{path.lstrip('/')}"  # two slashes would be the name of a server
    parts, end = [], 0
    for found in TEMPLATE.finditer(path):
        if found[1] in names:
            parts += [_doubled(path[end : found.start()]), f"{{{names[found[1]]}}}"]
            end = found.end()
    return "".join([*parts, _doubled(path[end:])])


def _doubled(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _parameter_schema(parameter: Thing) -> Any:
    if "schema" in parameter:
        return parameter["schema"]
    media: Any = next(iter(parameter.get("content", {}).values()), {})
    return media.get("schema", {}) if isinstance(media, Mapping) else {}


def _parameter_fact(parameter: Thing, python_name: str, description: str) -> ParameterFact:
    place = parameter["in"]
    style, explode = serialization(parameter, place)
    default = DEFAULT_STYLES[place]
    said = {"style": style, "explode": explode, "media": media_of(parameter)}
    usual: dict[str, Any] = {"style": default, "explode": default == "form", "media": ""}
    if place == "query":
        said |= {name: parameter.get(key) is True for key, name in QUERY_FLAGS.items()}
        usual |= dict.fromkeys(QUERY_FLAGS.values(), False)
    return ParameterFact(
        name=parameter["name"],
        python_name=python_name,
        place=place,
        description=description,
        encoding={key: value for key, value in said.items() if value != usual[key]},
    )


def preferred(media_types: Mapping[str, Any]) -> list[str]:
    """The media types in the order in which we would use them: JSON, forms, then the others as documented."""

    def rank(media_type: str) -> int:
        plain = media_type.partition(";")[0].strip().lower()
        if is_json(plain):
            return 0 if plain == "application/json" else 1
        return 2 + FORMS.index(plain) if plain in FORMS else 4

    return sorted(media_types, key=rank)


def is_json(media_type: str) -> bool:
    plain = media_type.partition(";")[0].strip().lower()
    return plain.endswith(("/json", "+json", "/x-json")) or plain in ("*/*", "application/*")


def _body(schemas: Schemas, document: Thing, listed: Thing, place: tuple[str, ...], fact: OperationFact) -> Lowered:
    body = resolved(document, listed)
    shared = listed.get("$ref")
    place = (str(shared).rsplit("/", 1)[-1], "body") if shared else (*place, "body")
    content = body["content"]
    fact.bodies = [kind for kind in preferred(content) if not kind.startswith("x-")] or ["application/json"]
    fact.body_description = schemas.losses.text(body)
    types: list[Lowered] = []
    with_files: list[str] = []
    for_text: list[str] = []
    for kind in fact.bodies:
        media: Any = content.get(kind)
        media = media if isinstance(media, Mapping) else {}
        schema = media.get("schema", {})
        # Only JSON and forms can be made of values; anything else is sent as it is given.
        lowered = schemas.lower(schema, place) if is_json(kind) or is_form(kind) or _is_plain(document, schema) else {}
        if not (is_json(kind) or is_form(kind)) and lowered in ({}, TEXT, BINARY):
            lowered = {"anyOf": [TEXT, BINARY]}
        types.append(lowered)
        if _takes_text(schemas, kind, lowered):
            for_text.append(kind)
        if found := encodings(document, media):
            fact.encodings[kind] = found
        if kind.lower().startswith("multipart/form-data") and _holds_files(document, schema):
            with_files.append(kind)
    fact.text_body = min(for_text, key=_unlike_text, default="")
    # A file is itself in multipart only.
    fact.bodies = with_files + [kind for kind in fact.bodies if kind not in with_files]
    return {"required": body.get("required", False), "content": {"application/json": {"schema": united(types)}}}


def _takes_text(schemas: Schemas, media_type: str, lowered: Lowered) -> bool:
    """Whether a text is a body of this kind; of JSON only where its schema allows one."""
    if is_form(media_type):
        return False
    several = lowered.get("anyOf", [lowered])
    classes = (schemas.classes.get(one.get("$ref"), {"type": "object"}) if "$ref" in one else one for one in several)
    return not is_json(media_type) or any(one.get("type", "string") == "string" for one in classes)


def _unlike_text(media_type: str) -> int:
    if is_json(media_type):
        return 0
    return 1 if "xml" in media_type or media_type.startswith("text/") else 2


def is_form(media_type: str) -> bool:
    return media_type.partition(";")[0].strip().lower() in FORMS


def _is_plain(document: Thing, schema: Any) -> bool:
    """Whether a value of it is one text."""
    schema = resolved(document, schema)
    return isinstance(schema, Mapping) and schema.get("type") in ("string", "integer", "number", "boolean")


def _holds_files(document: Thing, schema: Any, depth: int = 0) -> bool:
    """Whether a body, a field of it or an item of one of these is a file."""
    schema = resolved(document, schema)
    if not isinstance(schema, Mapping) or depth > DEEPEST:
        return False
    if is_file(schema):
        return True
    inner = [schema.get("items"), *(schema.get("properties") or {}).values()]
    inner += [part for key in ("allOf", "anyOf", "oneOf") for part in schema.get(key) or ()]
    return any(_holds_files(document, one, depth + 1) for one in inner)


def _responses(
    schemas: Schemas, document: Thing, operation: Thing, place: tuple[str, ...], fact: OperationFact
) -> dict[str, Any]:
    """Those responses that have a type; all others are any value, decoded by what the server says it sends."""
    lowered: dict[str, Any] = {}
    kinds: dict[str, str] = {}
    for status, listed in operation["responses"].items():
        if status.startswith("x-"):
            continue
        fact.statuses.append(status)
        response = resolved(document, listed)
        shared = listed.get("$ref")
        here = (str(shared).rsplit("/", 1)[-1], "response") if shared else (*place, "response", status)
        content = {kind: media for kind, media in (response.get("content") or {}).items() if not kind.startswith("x-")}
        if not content:
            continue
        kind = preferred(content)[0]
        kinds[status] = kind
        media: Any = content[kind] if isinstance(content[kind], Mapping) else {}
        schema = schemas.lower(media.get("schema", {}), here)
        if _is_bytes(kind, media.get("schema")):
            schema = BINARY
            fact.binary = fact.binary or status.startswith(("2", "d"))
        elif kind.startswith("text/") and schema == {}:
            schema = TEXT
        lowered[status] = {"description": "", "content": {"application/json": {"schema": schema}}}
    fact.bare = [one for one in fact.statuses if one not in lowered and not lowered.keys().isdisjoint(_wider(one))]
    fact.accept = _accepted(kinds)
    return lowered


def _wider(status: str) -> list[str]:
    """What is documented for this status, too."""
    return [wider for wider in (f"{status[:1]}XX", "default") if wider != status]


def _accepted(kinds: Mapping[str, str]) -> list[str]:
    """The media types to ask for, each once; without any for success, that of `default`."""
    successes = [kind for status, kind in kinds.items() if status.startswith("2")]
    asked = successes or [kind for status, kind in kinds.items() if status == "default"]
    return list(dict.fromkeys(kind for kind in asked if MEDIA_TYPE.fullmatch(kind)))


def _is_bytes(media_type: str, schema: Any) -> bool:
    if isinstance(schema, Mapping) and is_file(schema) and not is_json(media_type):
        return True
    known = is_json(media_type) or media_type.startswith("text/") or "xml" in media_type or "form" in media_type
    untyped = not isinstance(schema, Mapping) or says_nothing(schema) or schema.get("type") == "string"
    return not known and untyped
