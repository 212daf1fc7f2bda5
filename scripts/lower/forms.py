"""A single schema: what it says of the type; and the lowered forms that several are united in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pascom_facade._shape import named_types

Schema = Mapping[str, Any]
Lowered = dict[str, Any]

# Keys that limit or describe a value and say nothing about its type.
SAYS_NOTHING = {
    *("title", "description", "example", "examples", "default", "deprecated", "nullable", "readOnly", "writeOnly"),
    *("required", "minProperties", "maxProperties", "xml", "externalDocs", "discriminator"),
    *("not", "if", "then", "else"),
    *("minimum", "maximum", "minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems"),
    *("dependentRequired", "dependencies", "unevaluatedProperties", "$comment", "$id", "$schema", "$anchor"),
}
TEXTUAL = re.compile(r"^text/|[/+](json|xml|yaml|javascript|x-www-form-urlencoded)\b", re.IGNORECASE)
LONGEST_DEFAULT = 60  # characters of one that is told


def with_default(text: str, schema: Any) -> str:
    """A description that tells the default: it is what the server takes for what isn't sent, so it is never sent."""
    default = schema.get("default") if isinstance(schema, Mapping) else None
    if not isinstance(default, (str, int, float)):
        return text
    written = json.dumps(default, ensure_ascii=False)
    return text if len(written) > LONGEST_DEFAULT else f"{text} Default: {written}.".lstrip()


def says_nothing(schema: Schema) -> bool:
    """Whether a schema leaves the type open."""
    return not any(
        value not in (None, [], (), {})
        for key, value in schema.items()
        if key not in SAYS_NOTHING and not key.startswith("x-")
    )


def is_file(schema: Schema) -> bool:
    """Whether a value is bytes: by its format, or since 3.1 by a media type that is neither text nor encoded as one."""
    if "string" not in (named_types(schema) or ["string"]):
        return False
    media_type = schema.get("contentMediaType")
    if schema.get("format") == "binary" or not isinstance(media_type, str):
        return schema.get("format") == "binary"
    return "contentEncoding" not in schema and TEXTUAL.search(media_type) is None


def adds_nothing(schema: Schema) -> bool:
    """Whether it leaves the type of what it stands beside as it is."""
    return says_nothing({key: value for key, value in schema.items() if key != "type" or value != "object"})


def united(parts: Iterable[Lowered]) -> Lowered:
    """Any of the parts, each once; any value if one of them is that."""
    members: list[Lowered] = []
    for part in parts:
        bare = {key: value for key, value in part.items() if key != "description"}
        for member in bare.get("anyOf", [bare]):
            if member not in members:
                members.append(member)
    if not members or {} in members:
        return {}
    return members[0] if len(members) == 1 else {"anyOf": members}


def nullable_if(lowered: Lowered, schema: Schema) -> Lowered:
    if schema.get("nullable") is not True or not lowered:
        return lowered
    return united([lowered, {"type": "null"}])


def typed_map(schema: Schema) -> bool:
    values = schema.get("additionalProperties")
    return isinstance(values, Mapping) and not says_nothing(values)
