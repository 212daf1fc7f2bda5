"""Step 2: Swagger 2.0 becomes OpenAPI 3.0; later steps repair what was wrong in it.

springfox 2, swaggo, go-swagger, swagger-php before 3 and Nelmio before 4 write Swagger 2.0.
"""

from __future__ import annotations

from typing import Any

from .log import Log

METHODS_OF_SWAGGER_2 = ("get", "put", "post", "delete", "options", "head", "patch")
SCHEMA_KEYS = (
    *("type", "format", "items", "default", "enum", "pattern", "multipleOf", "uniqueItems"),
    *("maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"),
    *("maxLength", "minLength", "maxItems", "minItems"),
)
MOVED = {
    "#/definitions/": "#/components/schemas/",
    "#/parameters/": "#/components/parameters/",
    "#/responses/": "#/components/responses/",
}
# Of a query and a form; what OpenAPI 3 has no style for stays `x-collectionFormat`, which the encoder knows.
COLLECTIONS = {
    "csv": {"style": "form", "explode": False},
    "multi": {"style": "form", "explode": True},
    "ssv": {"style": "spaceDelimited", "explode": False},
    "tsv": {"style": "form", "explode": False, "x-collectionFormat": "tsv"},
    "pipes": {"style": "pipeDelimited", "explode": False},
}
KEPT = ("info", "tags", "security", "externalDocs")
FLOWS = {"application": "clientCredentials", "accessCode": "authorizationCode"}

Thing = dict[str, Any]


def converted(document: Thing, log: Log) -> Thing:
    """The same service as an OpenAPI 3.0 document; anything but Swagger 2.0 is returned as it is."""
    if "swagger" not in document or "openapi" in document:
        return document
    log.fix(("swagger",), "Swagger 2.0", "converted to OpenAPI 3.0")
    return _Conversion(document).document()


class _Conversion:
    def __init__(self, source: Thing) -> None:
        self.source = source
        self.shared = _thing(source.get("parameters"))

    def document(self) -> Thing:
        paths = self.source.get("paths")
        if isinstance(paths, dict):
            paths = {path: self.path_item(item) for path, item in paths.items()}
        return {
            "openapi": "3.0.3",
            "info": {},
            **{key: value for key, value in self.source.items() if key in KEPT or key.startswith("x-")},
            "servers": self.servers(),
            "paths": paths,
            "components": {name: part for name, part in self.components().items() if part},
        }

    def components(self) -> dict[str, Thing]:
        source = self.source
        produces = _texts(source.get("produces"))
        schemas = _thing(source.get("definitions"))
        responses = _thing(source.get("responses"))
        schemes = _thing(source.get("securityDefinitions"))
        parameters = {}
        for name, parameter in self.shared.items():
            if not isinstance(parameter, dict) or parameter.get("in") not in ("body", "formData"):
                parameters[name] = self.parameter(parameter)
        return {
            "schemas": {name: self.schema(schema) for name, schema in schemas.items()},
            "parameters": parameters,
            "responses": {name: self.response(response, produces) for name, response in responses.items()},
            "securitySchemes": {name: _security(scheme) for name, scheme in schemes.items()},
        }

    def servers(self, schemes: Any = None) -> list[Thing]:
        """Where the document lies; with the schemes of one operation, where that lies."""
        host, base = self.source.get("host"), self.source.get("basePath")
        if not isinstance(base, str):
            base = ""
        if not isinstance(host, str) or not host:
            return [{"url": base or "/"}]
        said = _texts(schemes) or _texts(self.source.get("schemes")) or ["https"]
        return [{"url": f"{scheme}://{host}{base}"} for scheme in said]

    def path_item(self, item: Any) -> Any:
        if not isinstance(item, dict):
            return item
        shared, shared_body = self.parameters(item.get("parameters"), [])
        result = dict(item)
        if "parameters" in item:
            result["parameters"] = shared
        for key, value in item.items():
            if key.lower() in METHODS_OF_SWAGGER_2 and isinstance(value, dict):
                result[key] = self.operation(value, shared_body)
            elif key == "$ref":
                result[key] = _moved(value)
        return result

    def operation(self, operation: Thing, shared_body: Thing | None) -> Thing:
        result = {key: value for key, value in operation.items() if key not in ("consumes", "produces", "schemes")}
        consumes = _texts(operation.get("consumes", self.source.get("consumes")))
        produces = _texts(operation.get("produces", self.source.get("produces")))
        parameters, body = self.parameters(operation.get("parameters"), consumes)
        if "parameters" in operation:
            result["parameters"] = parameters
        if body or shared_body:
            result["requestBody"] = body or shared_body
        if _texts(operation.get("schemes")):
            result["servers"] = self.servers(operation["schemes"])
        responses = operation.get("responses")
        if isinstance(responses, dict):
            result["responses"] = {code: self.response(response, produces) for code, response in responses.items()}
        return result

    def parameters(self, listed: Any, consumes: list[str]) -> tuple[Any, Thing | None]:
        """The parameters that stay parameters, and the request's body made of the others."""
        if isinstance(listed, dict):
            listed = list(listed.values())
        if not isinstance(listed, list):
            return listed, None
        kept, body, fields = [], None, []
        for parameter in listed:
            target = self.target(parameter)
            location = _thing(target).get("in")
            if location == "body":
                body = target
            elif location == "formData":
                fields.append(target)
            else:
                kept.append(self.parameter(parameter))
        if body is not None:
            return kept, self.body(body, consumes)
        if fields:
            return kept, self.form(fields, consumes)
        return kept, None

    def target(self, parameter: Any) -> Any:
        reference = _thing(parameter).get("$ref")
        if isinstance(reference, str) and reference.startswith("#/parameters/"):
            return self.shared.get(reference.removeprefix("#/parameters/"), parameter)
        return parameter

    def body(self, parameter: Thing, consumes: list[str]) -> Thing:
        media = {"schema": self.schema(parameter.get("schema", {}))}
        content = dict.fromkeys(consumes or ["application/json"], media)
        described: Thing = {key: parameter[key] for key in ("description", "required") if key in parameter}
        return {**described, "content": content}

    def form(self, fields: list[Thing], consumes: list[str]) -> Thing:
        has_file = any(field.get("type") == "file" for field in fields)
        kinds = [kind for kind in consumes if kind in ("multipart/form-data", "application/x-www-form-urlencoded")]
        if has_file:
            kinds = ["multipart/form-data"]
        properties, encoding = {}, {}
        for field in fields:
            if field.get("type") == "array":
                encoding[str(field.get("name"))] = collected(field)
            schema = self.parameter(field).get("schema", {})
            if "description" in field:
                schema["description"] = field["description"]
            properties[str(field.get("name"))] = schema
        schema = {"type": "object", "properties": properties}
        required = [str(field.get("name")) for field in fields if field.get("required") is True]
        if required:
            schema["required"] = required
        media: Thing = {"schema": schema}
        if encoding:
            media["encoding"] = encoding
        result: Thing = {"content": dict.fromkeys(kinds or ["application/x-www-form-urlencoded"], media)}
        if required:
            result["required"] = True
        return result

    def parameter(self, parameter: Any) -> Any:
        if not isinstance(parameter, dict):
            return parameter
        if "$ref" in parameter:
            return {"$ref": _moved(parameter["$ref"])}
        result = {key: value for key, value in parameter.items() if key not in (*SCHEMA_KEYS, "collectionFormat")}
        if "schema" not in result:
            schema = self.schema({key: parameter[key] for key in SCHEMA_KEYS if key in parameter})
            if schema.get("type") == "file":
                schema |= {"type": "string", "format": "binary"}
            result["schema"] = schema
        if parameter.get("type") == "array":
            result |= collected(parameter)
        return result

    def response(self, response: Any, produces: list[str]) -> Any:
        if not isinstance(response, dict):
            return response
        if "$ref" in response:
            return {"$ref": _moved(response["$ref"])}
        result = {key: value for key, value in response.items() if key not in ("schema", "examples", "headers")}
        schema = response.get("schema")
        if isinstance(schema, dict):
            schema = self.schema(schema)
            if schema.get("type") == "file":
                schema = {**schema, "type": "string", "format": "binary"}
                produces = produces or ["application/octet-stream"]
            result["content"] = {kind: {"schema": schema} for kind in produces or ["application/json"]}
        headers = response.get("headers")
        if isinstance(headers, dict):
            result["headers"] = {name: self.parameter(header) for name, header in headers.items()}
        return result

    def schema(self, schema: Any) -> Any:
        """A schema with its references moved; its own parts included."""
        if isinstance(schema, list):
            return [self.schema(part) for part in schema]
        if not isinstance(schema, dict):
            return schema
        literal = ("example", "examples", "default", "enum")
        result = {key: value if key in literal else self.schema(value) for key, value in schema.items()}
        if isinstance(schema.get("properties"), dict):
            # Whose keys are names, also when they read like keywords.
            result["properties"] = {name: self.schema(part) for name, part in schema["properties"].items()}
        if "$ref" in result:
            result["$ref"] = _moved(result["$ref"])
        if isinstance(result.get("discriminator"), str):
            result["discriminator"] = {"propertyName": result["discriminator"]}
        if result.pop("x-nullable", None) is True:
            result["nullable"] = True
        return result


def collected(parameter: Thing) -> Thing:
    """How a list is written, as OpenAPI 3 says it; in a path or a header there are commas, and our own key."""
    collection = str(parameter.get("collectionFormat"))
    if parameter.get("in") in ("query", "formData"):
        return COLLECTIONS.get(collection, COLLECTIONS["csv"])
    return {"x-collectionFormat": collection} if collection in ("ssv", "tsv", "pipes") else {}


def _moved(reference: Any) -> Any:
    if isinstance(reference, str):
        for old, new in MOVED.items():
            if reference.startswith(old):
                return new + reference.removeprefix(old)
    return reference


def _security(scheme: Any) -> Any:
    if not isinstance(scheme, dict):
        return scheme
    described = {"description": scheme["description"]} if "description" in scheme else {}
    if scheme.get("type") == "basic":
        return {"type": "http", "scheme": "basic", **described}
    if scheme.get("type") != "oauth2":
        return scheme
    flow = {key: scheme[key] for key in ("authorizationUrl", "tokenUrl", "scopes") if scheme.get(key) is not None}
    name = FLOWS.get(str(scheme.get("flow")), str(scheme.get("flow", "implicit")))
    return {"type": "oauth2", "flows": {name: {"scopes": {}, **flow}}, **described}


def _thing(value: Any) -> Thing:
    return value if isinstance(value, dict) else {}


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for text in value if isinstance(text, str)]
    return []
