"""What an OpenAPI 3 document consists of: each object's fields, and what belongs in each field.

One table for 3.0, 3.1 and 3.2: what a later version adds is harmless in an earlier one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


class Scalar(Enum):
    TEXT = "text"
    FLAG = "true or false"
    NUMBER = "a number"
    COUNT = "a whole number, not negative"
    ANYTHING = "anything"


@dataclass(frozen=True)
class MapOf:
    """Values of one kind under any names; `extended`: those in `x-` are notes, not names."""

    inner: Kind
    extended: bool = False

    def is_note(self, key: str) -> bool:
        return self.extended and key.startswith("x-")


@dataclass(frozen=True)
class ListOf:
    inner: Kind


@dataclass(frozen=True)
class Object:
    """An object with the fields of `OBJECTS[name]`; a `$ref` may stand in its place if `reference`."""

    name: str
    reference: bool = False


Kind: TypeAlias = Scalar | MapOf | ListOf | Object

TEXT, FLAG, NUMBER, COUNT, ANYTHING = Scalar


def ref_or(name: str) -> Object:
    return Object(name, reference=True)


SCHEMA = ref_or("Schema")
CONTENT = MapOf(Object("MediaType"))
EXAMPLES: dict[str, Kind] = {"example": ANYTHING, "examples": MapOf(ref_or("Example"))}
SERIALIZED: dict[str, Kind] = {
    "description": TEXT,
    "required": FLAG,
    "deprecated": FLAG,
    "allowEmptyValue": FLAG,
    "allowReserved": FLAG,
    "style": TEXT,
    "explode": FLAG,
    "schema": SCHEMA,
    "content": CONTENT,
    **EXAMPLES,
}
OPERATION: Kind = Object("Operation")

OBJECTS: dict[str, dict[str, Kind]] = {
    "OpenAPI": {
        "openapi": TEXT,
        "info": Object("Info"),
        "servers": ListOf(Object("Server")),
        "paths": MapOf(ref_or("PathItem"), extended=True),
        "components": Object("Components"),
        "security": ListOf(MapOf(ListOf(TEXT))),
        "tags": ListOf(Object("Tag")),
        "externalDocs": Object("ExternalDocs"),
    },
    "Info": {
        "title": TEXT,
        "summary": TEXT,
        "description": TEXT,
        "termsOfService": TEXT,
        "version": TEXT,
        "contact": Object("Contact"),
        "license": Object("License"),
    },
    "Contact": {"name": TEXT, "url": TEXT, "email": TEXT},
    "License": {"name": TEXT, "url": TEXT, "identifier": TEXT},
    "Server": {"url": TEXT, "description": TEXT, "variables": MapOf(Object("ServerVariable"))},
    "ServerVariable": {"enum": ListOf(TEXT), "default": TEXT, "description": TEXT},
    "ExternalDocs": {"url": TEXT, "description": TEXT},
    "Tag": {"name": TEXT, "description": TEXT, "externalDocs": Object("ExternalDocs")},
    "PathItem": {
        "summary": TEXT,
        "description": TEXT,
        "servers": ListOf(Object("Server")),
        "parameters": ListOf(ref_or("Parameter")),
        "additionalOperations": MapOf(OPERATION),
        **dict.fromkeys(("get", "put", "post", "delete", "options", "head", "patch", "trace", "query"), OPERATION),
    },
    "Operation": {
        "tags": ListOf(TEXT),
        "summary": TEXT,
        "description": TEXT,
        "externalDocs": Object("ExternalDocs"),
        "operationId": TEXT,
        "parameters": ListOf(ref_or("Parameter")),
        "requestBody": ref_or("RequestBody"),
        "responses": MapOf(ref_or("Response"), extended=True),
        "deprecated": FLAG,
        "security": ListOf(MapOf(ListOf(TEXT))),
        "servers": ListOf(Object("Server")),
    },
    "Parameter": {"name": TEXT, "in": TEXT, **SERIALIZED},
    "Header": SERIALIZED,
    "RequestBody": {"description": TEXT, "content": CONTENT, "required": FLAG},
    "MediaType": {"schema": SCHEMA, "encoding": MapOf(Object("Encoding")), **EXAMPLES},
    "Encoding": {
        "contentType": TEXT,
        "headers": MapOf(ref_or("Header")),
        "style": TEXT,
        "explode": FLAG,
        "allowReserved": FLAG,
    },
    "Response": {
        "description": TEXT,
        "headers": MapOf(ref_or("Header")),
        "content": CONTENT,
        "links": MapOf(ref_or("Link")),
    },
    "Example": {"summary": TEXT, "description": TEXT, "externalValue": TEXT},
    "Link": {"operationRef": TEXT, "operationId": TEXT, "description": TEXT, "parameters": MapOf(ANYTHING)},
    "Components": {
        "schemas": MapOf(SCHEMA),
        "responses": MapOf(ref_or("Response")),
        "parameters": MapOf(ref_or("Parameter")),
        "examples": MapOf(ref_or("Example")),
        "requestBodies": MapOf(ref_or("RequestBody")),
        "headers": MapOf(ref_or("Header")),
        "securitySchemes": MapOf(ref_or("SecurityScheme")),
        "links": MapOf(ref_or("Link")),
        "pathItems": MapOf(ref_or("PathItem")),
    },
    "SecurityScheme": {
        "type": TEXT,
        "description": TEXT,
        "name": TEXT,
        "in": TEXT,
        "scheme": TEXT,
        "bearerFormat": TEXT,
        "openIdConnectUrl": TEXT,
        "flows": Object("OAuthFlows"),
    },
    "OAuthFlows": dict.fromkeys(
        ("implicit", "password", "clientCredentials", "authorizationCode"), Object("OAuthFlow")
    ),
    "OAuthFlow": {"authorizationUrl": TEXT, "tokenUrl": TEXT, "refreshUrl": TEXT, "scopes": MapOf(TEXT)},
    "Schema": {
        "title": TEXT,
        "description": TEXT,
        "format": TEXT,
        "pattern": TEXT,
        "contentMediaType": TEXT,
        "contentEncoding": TEXT,
        **dict.fromkeys(("multipleOf", "maximum", "minimum"), NUMBER),
        **dict.fromkeys(("maxLength", "minLength", "maxItems", "minItems", "maxProperties", "minProperties"), COUNT),
        **dict.fromkeys(("uniqueItems", "nullable", "readOnly", "writeOnly", "deprecated"), FLAG),
        "properties": MapOf(SCHEMA),
        "patternProperties": MapOf(SCHEMA),
        "$defs": MapOf(SCHEMA),
        "definitions": MapOf(SCHEMA),
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), ListOf(SCHEMA)),
        **dict.fromkeys(("not", "items", "additionalProperties"), SCHEMA),
        "discriminator": Object("Discriminator"),
        "xml": Object("Xml"),
        "externalDocs": Object("ExternalDocs"),
    },
    "Discriminator": {"propertyName": TEXT, "mapping": MapOf(TEXT), "defaultMapping": TEXT},
    "Xml": {"name": TEXT, "namespace": TEXT, "prefix": TEXT, "attribute": FLAG, "wrapped": FLAG},
}

# Fields that are known and looked into no further.
UNREAD: dict[str, set[str]] = {
    "OpenAPI": {"webhooks", "jsonSchemaDialect", "$self"},
    "Server": {"name"},
    "Tag": {"summary", "parent", "kind"},
    "PathItem": {"$ref"},
    "Operation": {"callbacks"},
    "MediaType": {"itemSchema", "itemEncoding", "prefixEncoding", "description"},
    "Encoding": {"encoding", "itemEncoding", "prefixEncoding"},
    "Response": {"summary"},
    "Example": {"value", "dataValue", "serializedValue"},
    "Link": {"requestBody", "server"},
    "Components": {"callbacks", "mediaTypes"},
    "SecurityScheme": {"deprecated", "oauth2MetadataUrl"},
    "OAuthFlows": {"deviceAuthorization"},
    "OAuthFlow": {"deviceAuthorizationUrl"},
    "Xml": {"nodeType"},
    "Schema": {
        *(
            "type",
            "enum",
            "const",
            "default",
            "required",
            "example",
            "examples",
            "if",
            "then",
            "else",
            "contains",
        ),
        *(
            "exclusiveMaximum",
            "exclusiveMinimum",
            "minContains",
            "maxContains",
            "propertyNames",
            "contentSchema",
        ),
        *(
            "dependentRequired",
            "dependentSchemas",
            "dependencies",
            "additionalItems",
            "format",
        ),
        *(
            "unevaluatedItems",
            "unevaluatedProperties",
            "$ref",
            "$id",
            "$schema",
            "$anchor",
            "$comment",
            "$defs",
        ),
        *("$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor", "$vocabulary", "id"),
    },
}

# A text in the place of such an object says this field of it.
TEXT_MEANS = {
    "Server": "url",
    "Tag": "name",
    "ExternalDocs": "url",
    "Response": "description",
    "License": "name",
    "Contact": "name",
    "Discriminator": "propertyName",
    "RequestBody": "description",
}
