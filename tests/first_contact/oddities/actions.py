"""Dial, answer and hangup: one operation at the vendor, anything in a document."""

from __future__ import annotations

from typing import Any

from ..world import ACTION, World
from . import oddity

BELOW = "/identity/{userName}/defaultdevice"


def _body(world: World, schema: Any, media: str = "application/json", **more: Any) -> None:
    world.action["requestBody"] = {"content": {media: {"schema": schema}}, **more}


def _object(*names: str, **more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {name: {"type": "string"} for name in names}, **more}


def _header(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": True, "schema": {"type": "string"}, **more}


# the body


@oddity("content", "dial")
def dial_without_body(world: World) -> None:
    del world.action["requestBody"]


@oddity("content", "dial")
def dial_as_form(world: World) -> None:
    _body(world, _object("action", "destination", "prefix"), "application/x-www-form-urlencoded")


@oddity("content", "dial")
def dial_as_multipart(world: World) -> None:
    _body(world, _object("action", "destination", "prefix"), "multipart/form-data", required=True)


@oddity("content", "dial")
def dial_as_text(world: World) -> None:
    _body(world, {"type": "string", "example": '{"action": "dial"}'}, "text/plain")


@oddity("content", "dial")
def dial_as_xml(world: World) -> None:
    _body(world, _object("action", "destination"), "application/xml")


@oddity("content", "dial")
def dial_as_form_or_json(world: World) -> None:
    schema = {"schema": _object("action", "destination", "prefix")}
    content = {"application/x-www-form-urlencoded": schema, "application/json; charset=utf-8": schema}
    world.action["requestBody"] = {"content": content}


@oddity("content", "dial")
def dial_without_prefix(world: World) -> None:
    _body(world, _object("action", "destination"))


@oddity("content", "dial")
def dial_closed_object(world: World) -> None:
    _body(world, _object("action", "destination", additionalProperties=False))


@oddity("content", "dial")
def dial_names_are_german(world: World) -> None:
    _body(world, _object("aktion", "ziel", "amtsholung", required=["aktion", "ziel"]), required=True)


@oddity("content", "dial")
def dial_names_are_other(world: World) -> None:
    _body(world, _object("cmd", "number", "line"))


@oddity("content", "dial")
def dial_wrapped(world: World) -> None:
    _body(world, {"type": "object", "properties": {"body": _object("action", "destination", "prefix")}})


@oddity("content", "dial")
def dial_as_list(world: World) -> None:
    _body(world, {"type": "array", "items": _object("action", "destination", "prefix")})


@oddity("content", "dial")
def dial_inherits(world: World) -> None:
    world.document["components"]["schemas"]["BaseAction"] = _object("id", "action", required=["id", "action"])
    _body(world, {"allOf": [{"$ref": "#/components/schemas/BaseAction"}, _object("destination", "prefix")]})


@oddity("content", "dial")
def dial_body_elsewhere(world: World) -> None:
    schema = {"$ref": "#/components/schemas/DeviceAction"}
    world.document["components"]["requestBodies"] = {"Action": {"content": {"application/json": {"schema": schema}}}}
    world.action["requestBody"] = {"$ref": "#/components/requestBodies/Action"}


@oddity("content", "dial")
def dial_body_leads_nowhere(world: World) -> None:
    _body(world, {"$ref": "#/components/schemas/App.Dto.ActionDTO"})


@oddity("content", "dial")
def dial_requires_more(world: World) -> None:
    names = ("action", "destination", "prefix", "clientId", "timestamp")
    _body(world, _object(*names, required=list(names)), required=True)


@oddity("content", "dial")
def dial_action_is_one(world: World) -> None:
    schema = _object("action", "destination", "prefix")
    schema["properties"]["action"]["enum"] = ["dial"]
    _body(world, schema)


@oddity("content", "dial")
def dial_actions_are_other(world: World) -> None:
    schema = _object("action", "destination", "prefix")
    schema["properties"]["action"]["enum"] = ["DIAL", "ANSWER", "HANGUP"]
    _body(world, schema)


@oddity("content", "dial")
def dial_action_is_a_number(world: World) -> None:
    schema = _object("action", "destination", "prefix")
    schema["properties"]["action"] = {"type": "integer", "description": "1 = dial, 2 = offhook"}
    _body(world, schema)


@oddity("content", "dial")
def dial_one_of(world: World) -> None:
    one = _object("action", "destination", "prefix", required=["action", "destination", "prefix"])
    one["properties"]["action"] = {"type": "string", "enum": ["dial"]}
    other = _object("action", required=["action"])
    other["properties"]["action"] = {"type": "string", "enum": ["offhook", "hangup"]}
    _body(world, {"oneOf": [one, other], "discriminator": {"propertyName": "action"}})


@oddity("content", "dial")
def dial_example_only(world: World) -> None:
    media = {"example": {"action": "dial", "destination": "*100", "prefix": "auto"}}
    world.action["requestBody"] = {"content": {"application/json": media}}


@oddity("content", "dial")
def dial_any_media(world: World) -> None:
    _body(world, {}, "*/*")


# beside the body


@oddity("content", "dial")
def dial_fields_in_query(world: World) -> None:
    del world.action["requestBody"]
    names = ("action", "destination", "prefix")
    queries = [{"name": name, "in": "query", "required": True, "schema": {"type": "string"}} for name in names]
    world.action["parameters"] += queries


@oddity("content", "dial")
def dial_action_in_query_too(world: World) -> None:
    query = {"name": "action", "in": "query", "required": True, "schema": {"enum": ["dial", "offhook", "hangup"]}}
    world.action["parameters"].append(query)


@oddity("content", "dial")
def dial_requires_headers(world: World) -> None:
    world.action["parameters"] += [_header("Authorization"), _header("X-Requested-With"), _header("Content-Type")]


@oddity("content", "dial")
def dial_requires_cookie(world: World) -> None:
    cookie = {"name": "PHPSESSID", "in": "cookie", "required": True, "schema": {"type": "string"}}
    world.action["parameters"].append(cookie)


@oddity("content", "dial")
def dial_answers_text(world: World) -> None:
    world.action["responses"] = {"200": {"description": "dial commited", "content": {"text/html": {}}}}


@oddity("content", "dial")
def dial_answers_no_content(world: World) -> None:
    world.action["responses"] = {"204": {"description": "ok"}}


@oddity("content", "dial")
def dial_without_responses(world: World) -> None:
    del world.action["responses"]


@oddity("content", "dial")
def dial_answers_default_error(world: World) -> None:
    schema = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
    world.action["responses"] = {"default": {"description": "", "content": {"application/json": {"schema": schema}}}}


@oddity("content", "dial")
def dial_user_is_an_integer(world: World) -> None:
    world.action["parameters"][0]["schema"] = {"type": "integer"}


# the path


@oddity("content", "dial")
def dial_action_in_path(world: World) -> None:
    world.move(ACTION, f"{BELOW}/{{action}}")
    parameters = world.document["paths"][f"{BELOW}/{{action}}"]["post"]["parameters"]
    parameters.append({"name": "action", "in": "path", "required": True, "schema": {"type": "string"}})


@oddity("content", "dial")
def dial_any_device(world: World) -> None:
    moved = "/identity/{userName}/{device}/action"
    world.move(ACTION, moved)
    parameters = world.document["paths"][moved]["post"]["parameters"]
    parameters.append({"name": "device", "in": "path", "required": True, "schema": {"type": "string"}})


@oddity("content", "dial")
def dial_both_exact_and_template(world: World) -> None:
    world.add("post", f"{BELOW}/{{action}}", "Any action")


@oddity("content", "dial")
def dial_split_by_action(world: World) -> None:
    world.remove("post", ACTION)
    for name in ("dial", "offhook", "hangup"):
        world.add("post", f"{BELOW}/{name}", name)


@oddity("content", "dial")
def dial_split_by_query(world: World) -> None:
    """Swagger-php of careless hands: one path with a query each."""
    world.remove("post", ACTION)
    for name in ("dial", "offhook", "hangup"):
        world.document["paths"][f"{ACTION}?action={name}"] = {"post": {"summary": name, "responses": {}}}
    world.gone -= {"dial", "answer", "hangup"}  # whatever stands behind the mark, it is the vendor's path


@oddity("content", "dial")
def dial_split_by_fragment(world: World) -> None:
    """How people get several POSTs of one path past the viewer."""
    world.remove("post", ACTION)
    for name in ("dial", "offhook", "hangup"):
        world.document["paths"][f"{ACTION}#{name}"] = {"post": {"summary": name, "responses": {}}}
    world.gone -= {"dial", "answer", "hangup"}


@oddity("content", "dial")
def dial_by_put(world: World) -> None:
    world.moved_away("post", ACTION, "put", ACTION)


@oddity("content", "dial")
def dial_by_get(world: World) -> None:
    world.remove("post", ACTION)
    queries = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in ("action", "destination")]
    world.add("get", ACTION, "By query", parameters=queries)


@oddity("content", "dial")
def dial_by_get_as_well(world: World) -> None:
    world.add("get", ACTION, "Actions there are", operationId="default_device_action")


@oddity("content", "dial")
def dial_elsewhere(world: World) -> None:
    world.moved_away("post", ACTION, "post", "/user/{userName}/phone/action")


@oddity("content", "dial")
def dial_missing(world: World) -> None:
    world.remove("post", ACTION)


@oddity("content", "dial")
def dial_twice(world: World) -> None:
    """The same path with another name for its parameter, written for hangup."""
    twin = world.document["paths"].setdefault("/identity/{login}/defaultdevice/action", {})
    twin["post"] = {"summary": "Hang up", "responses": {"200": {"description": "OK"}}}
    twin["post"]["requestBody"] = {"content": {"text/plain": {"schema": {"type": "string"}}}}


@oddity("content", "dial")
def dial_called_otherwise_and_another_so(world: World) -> None:
    world.action["operationId"] = "postIdentityUserNameDefaultdeviceAction"
    world.add("post", "/identity/{userName}/logout", "Log out", operationId="default_device_action", tags=["identity"])


@oddity("content", "dial")
def dial_deprecated_and_hidden(world: World) -> None:
    world.action.update({"deprecated": True, "x-internal": True, "security": [{"nothing": []}]})
