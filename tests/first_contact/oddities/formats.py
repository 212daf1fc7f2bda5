"""In which format all of it is written."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import yaml

from ..exchange import Reply
from ..world import INSTANCE, Document, World, page_at
from . import oddity

APIDOC = f"/{INSTANCE}/services/apidoc/"
METHODS = ("get", "put", "post", "delete")


@oddity("format", "format")
def yaml_by_hand(world: World) -> None:
    world.suffix = "yaml"
    world.dump = lambda document: yaml.safe_dump(document, sort_keys=False, allow_unicode=True).encode()


@oddity("format", "format")
def bytes_mark_first(world: World) -> None:
    world.dump = lambda document: b"\xef\xbb\xbf" + json.dumps(document, indent=4).encode()


@oddity("format", "format")
def openapi_31(world: World) -> None:
    world.document["openapi"] = "3.1.0"


@oddity("format", "format")
def openapi_version_is_a_number(world: World) -> None:
    world.document["openapi"] = 3.0


@oddity("format", "format")
def swagger_2(world: World) -> None:
    world.document = as_swagger_2(world.document)


@oddity("format", "format")
def swagger_2_without_base_path(world: World) -> None:
    world.document = as_swagger_2(world.document)
    for name in ("host", "basePath", "schemes"):
        world.document.pop(name, None)


@oddity("format", "format")
def swagger_2_base_path_with_slash(world: World) -> None:
    world.document = as_swagger_2(world.document)
    world.document["basePath"] = world.document.get("basePath", "") + "/"
    world.document["host"] = "localhost"


def as_swagger_2(document: Document) -> Document:
    """The same in Swagger 2.0, as far as that goes."""
    servers = document.get("servers") or [{"url": ""}]
    server = urlsplit(str(servers[0]["url"]).replace("[", "").replace("]", ""))
    found: Document = {"swagger": "2.0", "info": document["info"], "paths": {}}
    if server.path:
        found["basePath"] = server.path
    if server.netloc:
        found |= {"host": server.netloc, "schemes": [server.scheme]}
    for path, item in document["paths"].items():
        made: Document = {}
        found["paths"][path] = made
        if "parameters" in item:
            made["parameters"] = [_parameter_2(one) for one in item["parameters"]]
        made |= {method: _operation_2(item[method]) for method in METHODS if method in item}
    found["definitions"] = document["components"]["schemas"]
    text = json.dumps(found).replace("#/components/schemas/", "#/definitions/")
    result: Document = json.loads(text)
    return result


def _parameter_2(parameter: Document) -> Document:
    rest = {name: value for name, value in parameter.items() if name not in ("schema", "explode")}
    return {**rest, **parameter.get("schema", {"type": "string"})}


def _operation_2(operation: Document) -> Document:
    made = {name: value for name, value in operation.items() if name not in ("requestBody", "responses", "parameters")}
    parameters = [_parameter_2(one) for one in operation.get("parameters", [])]
    content = operation.get("requestBody", {}).get("content", {})
    if content:
        made["consumes"] = list(content)
        parameters += _body_2(*next(iter(content.items())))
    if parameters:
        made["parameters"] = parameters
    if "responses" in operation:
        made["responses"] = {status: _answer_2(one) for status, one in operation["responses"].items()}
    return made


def _body_2(media: str, described: Document) -> list[Document]:
    schema = described.get("schema", {})
    if "form" not in media:
        return [{"name": "body", "in": "body", "required": True, "schema": schema}]
    fields = schema.get("properties", {"payload": {"type": "string"}})
    return [{"name": name, "in": "formData", "type": "string"} for name in fields]


def _answer_2(answer: Document) -> Document:
    made: Document = {"description": answer.get("description", "")}
    media: Any = next(iter(answer.get("content", {}).values()), {})
    if "schema" in media:
        made["schema"] = media["schema"]
    return made


# Swagger 1.2: a listing, and a file for each module, so there is a page


@oddity("page", "page")
def swagger_12(world: World) -> None:
    world.publish = lambda world: _publish_listing(world, {"basePath": f"http://localhost/{INSTANCE}/services"})


@oddity("page", "page")
def swagger_12_without_base_path(world: World) -> None:
    world.publish = lambda world: _publish_listing(world, {})


def _publish_listing(world: World, base: Document) -> None:
    where = f"/{INSTANCE}/services/api-docs"
    modules: dict[str, list[Document]] = {}
    document = world.document if "swagger" in world.document else as_swagger_2(world.document)
    for path, item in document["paths"].items():
        operations = [_operation_12(method, item[method]) for method in METHODS if method in item]
        modules.setdefault(_module(path), []).append({"path": path, "operations": operations})
    listed = [{"path": f"/{module}", "description": module} for module in modules]
    world.files[where] = _json({"swaggerVersion": "1.2", "apiVersion": "19", "apis": listed})
    for module, apis in modules.items():
        declaration = {"swaggerVersion": "1.2", "resourcePath": f"/{module}", "apis": apis, "models": {}, **base}
        world.files[f"{where}/{module}"] = _json(declaration)
    world.files[APIDOC] = Reply(200, page_at(where), {"Content-Type": "text/html"})


def _module(path: str) -> str:
    known = ("cdr", "device", "monitor", "voicemailbox", "connector", "queue", "phonebook", "identity")
    return next((name for name in known if name in path.lower()), "rest")


def _operation_12(method: str, operation: Document) -> Document:
    summary = operation.get("summary", "")
    nickname = operation.get("operationId", "call")
    parameters = [
        {
            "name": one["name"],
            "paramType": one["in"].replace("formData", "form"),
            "type": "string",
            "required": one.get("required", False),
        }
        for one in operation.get("parameters", [])
    ]
    return {
        "method": method.upper(),
        "summary": summary,
        "nickname": nickname,
        "type": "void",
        "parameters": parameters,
    }


def _json(value: Any) -> Reply:
    return Reply(200, json.dumps(value).encode(), {"Content-Type": "application/json"})
