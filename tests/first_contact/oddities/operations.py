"""The other nine, and what can be said of all of them."""

from __future__ import annotations

from typing import Any

from ..world import DEVICE, IDENTITY, MAILBOX, PUSH, RECORDING, STATES, VERBS, World
from . import oddity


def _add(world: World, path: str, name: str, where: str = "query", method: str = "get", **schema: Any) -> None:
    parameter = {"name": name, "in": where, "required": True, "schema": {"type": "string", **schema}}
    world.operation(method, path).setdefault("parameters", []).append(parameter)


def _moved_parameter(world: World, path: str, name: str) -> None:
    """The path is another template now; its new parameter is declared."""
    item = world.document["paths"][path]
    item["get"]["parameters"].append({"name": name, "in": "path", "required": True, "schema": {"type": "string"}})


# cdr (how it is asked for stands in `answers`, as the instance must want it so)


@oddity("content", "cdr")
def cdr_requires_range(world: World) -> None:
    for one in world.operation("get", "/cdr/")["parameters"]:
        one["required"] = one["name"] in ("timefrom", "timeto")


@oddity("content", "cdr")
def cdr_without_parameters(world: World) -> None:
    del world.operation("get", "/cdr/")["parameters"]


@oddity("content", "cdr")
def cdr_times_are_integers(world: World) -> None:
    for one in world.operation("get", "/cdr/")["parameters"]:
        one["schema"] = {"type": "integer", "format": "int32", "default": 0}


@oddity("content", "cdr")
def cdr_is_text(world: World) -> None:
    answer = {"description": "CSV", "content": {"text/csv": {"schema": {"type": "string"}}}}
    world.operation("get", "/cdr/")["responses"] = {"200": answer}


@oddity("content", "cdr")
def cdr_is_one_object(world: World) -> None:
    schema = {"$ref": "#/components/schemas/CallRecord"}
    answer = {"description": "", "content": {"application/json": {"schema": schema}}}
    world.operation("get", "/cdr/")["responses"] = {"200": answer}


@oddity("content", "cdr")
def cdr_by_post(world: World) -> None:
    world.moved_away("get", "/cdr/", "post", "/cdr/")


@oddity("content", "cdr")
def cdr_missing(world: World) -> None:
    world.remove("get", "/cdr/")


@oddity("content", "cdr")
def cdr_by_user_only(world: World) -> None:
    world.moved_away("get", "/cdr/", "get", "/cdr/{userName}")


@oddity("content", "cdr")
def cdr_requires_format(world: World) -> None:
    _add(world, "/cdr/", "format", enum=["json", "csv"])
    _add(world, "/cdr/", "Accept", "header")


# states


@oddity("content", "states")
def states_requires_keys(world: World) -> None:
    world.operation("get", STATES)["parameters"][0]["required"] = True


@oddity("content", "states")
def states_without_keys(world: World) -> None:
    del world.operation("get", STATES)["parameters"]


@oddity("content", "states")
def states_query_in_path(world: World) -> None:
    world.move(STATES, f"{STATES}?keys={{keys}}")


@oddity("content", "states")
def states_shadowed_by_user(world: World) -> None:
    """Documented as what the router sees: one user called `states`."""
    world.remove("get", STATES)


@oddity("content", "states")
def states_by_user(world: World) -> None:
    world.moved_away("get", STATES, "get", "/identity/{userName}/state")


@oddity("content", "states")
def states_by_post(world: World) -> None:
    world.moved_away("get", STATES, "post", STATES)


@oddity("content", "states")
def states_keys_is_one_example(world: World) -> None:
    world.operation("get", STATES)["parameters"][0]["schema"] = {"type": "string", "enum": ["mpasquay"]}


# recordings


@oddity("content", "recording")
def recording_any_format(world: World) -> None:
    moved = "/monitor/{recordID}/{ruleID}/{file}/{format}"
    world.move(RECORDING, moved)
    _moved_parameter(world, moved, "format")


@oddity("content", "recording")
def recording_without_wav(world: World) -> None:
    """The part is documented, how it is had as sound isn't."""
    world.move(RECORDING, "/monitor/{recordID}/{ruleID}/{file}")


@oddity("content", "recording")
def recording_dot_wav(world: World) -> None:
    world.move(RECORDING, "/monitor/{recordID}/{ruleID}/{file}.wav")


@oddity("content", "recording")
def recording_with_slash(world: World) -> None:
    world.move(RECORDING, RECORDING + "/")


@oddity("content", "recording")
def recording_requires_accept(world: World) -> None:
    _add(world, RECORDING, "Accept", "header", default="audio/x-wav")


@oddity("content", "recording")
def recording_knows_accept(world: World) -> None:
    parameter = {"name": "Accept", "in": "header", "schema": {"type": "string", "default": "audio/x-wav"}}
    world.operation("get", RECORDING)["parameters"].append(parameter)


@oddity("content", "recording")
def recording_requires_range(world: World) -> None:
    _add(world, RECORDING, "Range", "header")


@oddity("content", "recording")
def recording_ids_are_integers(world: World) -> None:
    for one in world.operation("get", RECORDING)["parameters"]:
        one["schema"] = {"type": "integer", "format": "int64"}


@oddity("content", "recording")
def recording_is_json(world: World) -> None:
    schema = {"type": "object", "properties": {"url": {"type": "string"}}}
    answer = {"description": "", "content": {"application/json": {"schema": schema}}}
    world.operation("get", RECORDING)["responses"] = {"200": answer}


@oddity("content", "recording")
def recording_redirects(world: World) -> None:
    world.operation("get", RECORDING)["responses"] = {"302": {"description": "To the file"}}


@oddity("content", "recording")
def recording_missing(world: World) -> None:
    world.remove("get", RECORDING)


@oddity("content", "recording")
def recording_in_another_order(world: World) -> None:
    world.move(RECORDING, "/monitor/{file}/{ruleID}/{recordID}/wav")


@oddity("content", "recording")
def recording_parameters_listed_backwards(world: World) -> None:
    world.operation("get", RECORDING)["parameters"].reverse()


# push


@oddity("content", "push")
def push_as_file(world: World) -> None:
    schema = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}, "required": ["file"]}
    world.operation("post", PUSH)["requestBody"] = {
        "required": True,
        "content": {"multipart/form-data": {"schema": schema}},
    }


@oddity("content", "push")
def push_as_rows(world: World) -> None:
    schema = {"type": "array", "items": {"type": "object"}}
    world.operation("post", PUSH)["requestBody"] = {"content": {"application/json": {"schema": schema}}}


@oddity("content", "push")
def push_without_body(world: World) -> None:
    del world.operation("post", PUSH)["requestBody"]


@oddity("content", "push")
def push_requires_query(world: World) -> None:
    _add(world, PUSH, "delimiter", method="post", enum=[";", ","])
    _add(world, PUSH, "Content-Length", "header", method="post")


@oddity("content", "push")
def push_by_put(world: World) -> None:
    world.moved_away("post", PUSH, "put", PUSH)


@oddity("content", "push")
def push_missing(world: World) -> None:
    world.remove("post", PUSH)


@oddity("content", "push")
def push_any_command(world: World) -> None:
    world.move(PUSH, "/connector/{profileName}/{command}")
    item = world.document["paths"]["/connector/{profileName}/{command}"]
    item["post"]["parameters"].append({"name": "command", "in": "path", "required": True, "schema": {"type": "string"}})


# single objects


@oddity("content", "identity")
def user_is_an_integer(world: World) -> None:
    world.operation("get", IDENTITY)["parameters"][0]["schema"] = {"type": "integer", "format": "int32"}


@oddity("content", "identity")
def user_is_one_example(world: World) -> None:
    world.operation("get", IDENTITY)["parameters"][0]["schema"] = {"type": "string", "enum": ["admin"]}


@oddity("content", "identity")
def user_requires_query(world: World) -> None:
    _add(world, IDENTITY, "format")
    _add(world, IDENTITY, "fields")


@oddity("content", "identity")
def user_by_query(world: World) -> None:
    world.remove("get", IDENTITY)
    _add(world, "/identity/", "userName")


@oddity("content", "identity")
def user_missing(world: World) -> None:
    world.remove("get", IDENTITY)


@oddity("content", "identity")
def users_missing(world: World) -> None:
    world.remove("get", "/identity/")


@oddity("content", "device")
def devices_missing(world: World) -> None:
    world.remove("get", "/device/")
    world.remove("get", DEVICE)


@oddity("content", "device")
def devices_as_one_optional(world: World) -> None:
    """`device/{name?}`, as Laravel has it."""
    world.move(DEVICE, "/device/{name?}")


@oddity("content", "device")
def device_with_pattern(world: World) -> None:
    world.move(DEVICE, "/device/{name:.+}")


@oddity("content", "mailbox")
def mailbox_missing(world: World) -> None:
    world.remove("get", MAILBOX)


@oddity("content", "mailbox")
def mailbox_any_kind(world: World) -> None:
    world.move(MAILBOX, "/{kind}/{mailbox}")


# all of them


@oddity("all", "everything")
def nothing_is_said(world: World) -> None:
    for method, path in VERBS:
        if method in world.document["paths"].get(path, {}):
            world.document["paths"][path][method] = {}
            world.unsaid.update(VERBS[method, path])


@oddity("all", "everything")
def ten_missing(world: World) -> None:
    for method, path in VERBS:
        if method in world.document["paths"].get(path, {}):
            world.remove(method, path)


@oddity("all", "everything")
def all_require_login_header(world: World) -> None:
    for path, method, _ in world.every_operation():
        _add(world, path, "Authorization", "header", method)


@oddity("all", "everything")
def all_share_parameters(world: World) -> None:
    for item in world.document["paths"].values():
        shared = {"name": "lang", "in": "query", "required": True, "schema": {"type": "string"}}
        item["parameters"] = [shared, {"name": "X-CSRF-Token", "in": "header", "required": True}]


@oddity("all", "tags")
def no_tags(world: World) -> None:
    for _, _, operation in world.every_operation():
        operation.pop("tags", None)


@oddity("all", "tags")
def german_tags(world: World) -> None:
    for path, _, operation in world.every_operation():
        operation["tags"] = [
            {"cdr": "Anrufliste", "identity": "Benutzer", "device": "Geräte"}.get(path.split("/")[1], "Übriges")
        ]


@oddity("all", "tags")
def many_tags(world: World) -> None:
    for path, _, operation in world.every_operation():
        operation["tags"] = ["REST API", "default", f"/{path.split('/')[1]}"]


@oddity("all", "ids")
def ids_are_one(world: World) -> None:
    for _, _, operation in world.every_operation():
        operation["operationId"] = "index"


@oddity("all", "ids")
def ids_are_mixed_up(world: World) -> None:
    """The facade's names, each on another operation."""
    names = ["list_cdr", "list_identities", "get_identity", "get_identity_states", "list_devices", "get_device"]
    names += ["get_recording", "get_voicemailbox", "default_device_action", "push_csv"]
    world.random.shuffle(names)
    for (_, _, operation), name in zip(reversed(world.every_operation()), names, strict=False):
        operation["operationId"] = name


@oddity("all", "ids")
def ids_are_odd(world: World) -> None:
    for path, method, operation in world.every_operation():
        operation["operationId"] = f"App\\Rest\\{path.strip('/').replace('/', '::')}@{method}"
