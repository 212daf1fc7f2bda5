"""What paths are called: names of parameters, then prefixes in servers and paths."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from ..world import COLLECTIONS, INSTANCE, World
from . import oddity

SERVICES = f"/{INSTANCE}/services"


def _renamed(world: World, rename: Callable[[str], str]) -> None:
    """Every path by itself."""
    world.document["paths"] = {rename(path): item for path, item in world.document["paths"].items()}


def _prefixed(world: World, *prefixes: str) -> None:
    """Every path with one of these in front."""

    def prefixed(path: str) -> str:
        prefix = world.random.choice(prefixes)
        return f"{prefix}/{path}" if prefix and not path.startswith("/") else prefix + path

    _renamed(world, prefixed)


def _served(world: World, *addresses: str) -> None:
    world.document["servers"] = [{"url": address} for address in addresses]


def _undeclared(world: World) -> None:
    """No path parameter is declared, as nothing looks like one."""
    for _, _, operation in world.every_operation():
        if "parameters" in operation:
            operation["parameters"] = [one for one in operation["parameters"] if one.get("in") != "path"]


# names of parameters


@oddity("names", "names")
def parameters_are_ids(world: World) -> None:
    text = json.dumps(world.document)
    for old, new in (("userName", "id"), ("profileName", "id"), ("mailbox}", "id}"), ('"mailbox"', '"id"')):
        text = text.replace(old, new)
    world.document = json.loads(text)


@oddity("names", "names")
def parameters_are_german(world: World) -> None:
    text = json.dumps(world.document)
    for old, new in (("userName", "benutzer_name"), ("recordID", "aufnahme-id"), ("profileName", "profil")):
        text = text.replace(old, new)
    world.document = json.loads(text)


@oddity("names", "names")
def parameters_undeclared(world: World) -> None:
    _undeclared(world)


@oddity("names", "names")
def parameters_declared_otherwise(world: World) -> None:
    """The path says one name, the declaration another."""
    _renamed(world, lambda path: path.replace("{userName}", "{user}").replace("{profileName}", "{profile}"))


@oddity("names", "names")
def parameters_are_optional(world: World) -> None:
    for _, _, operation in world.every_operation():
        for one in operation.get("parameters", []):
            one["required"] = False


@oddity("names", "names")
def parameters_with_colons(world: World) -> None:
    _renamed(world, lambda path: re.sub(r"\{(\w+)\}", r":\1", path))
    _undeclared(world)


@oddity("names", "names")
def parameters_in_angles(world: World) -> None:
    _renamed(world, lambda path: re.sub(r"\{(\w+)\}", r"<\1>", path))
    _undeclared(world)


@oddity("names", "names")
def parameters_in_brackets(world: World) -> None:
    _renamed(world, lambda path: re.sub(r"\{(\w+)\}", r"[\1]", path))
    _undeclared(world)


@oddity("names", "names")
def parameters_with_types(world: World) -> None:
    """Flask's and Symfony's."""
    _renamed(world, lambda path: re.sub(r"\{(\w+)\}", r"<string:\1>", path))
    _undeclared(world)


@oddity("names", "names")
def parameters_after_a_dollar(world: World) -> None:
    _renamed(world, lambda path: re.sub(r"\{(\w+)\}", r"${\1}", path))


# slashes at the end


@oddity("names", "slashes")
def no_slash_at_the_end(world: World) -> None:
    _renamed(world, lambda path: path.rstrip("/"))


@oddity("names", "slashes")
def slash_at_every_end(world: World) -> None:
    _renamed(world, lambda path: path if "?" in path or "#" in path else path.rstrip("/") + "/")


@oddity("names", "slashes")
def both_with_and_without_slash(world: World) -> None:
    paths = world.document["paths"]
    for path in COLLECTIONS:
        if "get" in paths.get(path, {}):
            paths[path.rstrip("/")] = {"get": {"summary": "The same", "responses": {}}}


@oddity("names", "slashes")
def no_slash_at_the_beginning(world: World) -> None:
    _renamed(world, lambda path: path.lstrip("/"))


@oddity("names", "slashes")
def two_slashes(world: World) -> None:
    _renamed(world, lambda path: f"/{path}")


@oddity("names", "slashes")
def two_slashes_amid(world: World) -> None:
    _renamed(world, lambda path: "/" + path[1:].replace("/", "//", 1))


# prefixes


@oddity("paths", "prefix")
def prefix_in_all_paths(world: World) -> None:
    _served(world, "/")
    _prefixed(world, SERVICES)


@oddity("paths", "prefix")
def services_in_all_paths(world: World) -> None:
    _served(world, f"/{INSTANCE}")
    _prefixed(world, "/services")


@oddity("paths", "prefix")
def services_in_all_paths_without_servers(world: World) -> None:
    del world.document["servers"]
    _prefixed(world, "/services")


@oddity("paths", "prefix")
def prefix_in_some_paths(world: World) -> None:
    _served(world, "/")
    _prefixed(world, "", "/services", SERVICES)


@oddity("paths", "prefix")
def prefix_twice(world: World) -> None:
    _served(world, SERVICES)
    _prefixed(world, SERVICES)


@oddity("paths", "prefix")
def prefix_twice_in_some(world: World) -> None:
    _served(world, SERVICES)
    _prefixed(world, "", "/services", SERVICES)


@oddity("paths", "prefix")
def instance_is_a_parameter(world: World) -> None:
    _served(world, "/")
    _prefixed(world, "/{instance}/services")
    for item in world.document["paths"].values():
        item["parameters"] = [{"name": "instance", "in": "path", "required": True, "schema": {"type": "string"}}]


@oddity("paths", "prefix")
def instance_is_an_undeclared_parameter(world: World) -> None:
    _served(world, "/")
    _prefixed(world, "/{mandant}/services")


@oddity("paths", "prefix")
def instance_is_a_server_variable(world: World) -> None:
    variables = {"host": {"default": "pascom.cloud"}, "instance": {"default": "demo", "enum": ["demo", "test"]}}
    world.document["servers"] = [{"url": "https://{host}/{instance}/services", "variables": variables}]


@oddity("paths", "prefix")
def instance_is_an_undescribed_variable(world: World) -> None:
    _served(world, "https://{server}/{instance}/services/")


@oddity("paths", "prefix")
def instance_of_somebody_else(world: World) -> None:
    _served(world, "https://pbx.pascom.net/")
    _prefixed(world, "/pascom/services")


@oddity("paths", "prefix")
def server_of_somebody_else(world: World) -> None:
    _served(world, "https://demo.pascom.cloud/demo/services")


@oddity("paths", "prefix")
def server_is_localhost(world: World) -> None:
    _served(world, "http://localhost:8080/services/")


@oddity("paths", "prefix")
def server_is_localhost_without_services(world: World) -> None:
    _served(world, "http://127.0.0.1/")


@oddity("paths", "prefix")
def server_is_relative(world: World) -> None:
    _served(world, "..")


@oddity("paths", "prefix")
def server_is_here(world: World) -> None:
    _served(world, "./")


@oddity("paths", "prefix")
def server_is_empty(world: World) -> None:
    _served(world, "")


@oddity("paths", "prefix")
def server_is_no_address(world: World) -> None:
    _served(world, "[SERVER]/[INSTANCE]/services", "https://<SERVER>/<INSTANCE>/services")


@oddity("paths", "prefix")
def servers_are_absent(world: World) -> None:
    del world.document["servers"]


@oddity("paths", "prefix")
def servers_are_many(world: World) -> None:
    _served(world, "http://localhost/", "https://staging.example.com/api/", f"https://pascom.cloud{SERVICES}")


@oddity("paths", "prefix")
def servers_of_each_path(world: World) -> None:
    del world.document["servers"]
    for item in world.document["paths"].values():
        item["servers"] = [{"url": SERVICES}]


@oddity("paths", "prefix")
def old_base_without_instance(world: World) -> None:
    """As mobydick 7 had it."""
    _served(world, "http://IP_OF_MOBYDICK/services")


@oddity("paths", "prefix")
def addresses_as_paths(world: World) -> None:
    _served(world, "/")
    _prefixed(world, f"https://pascom.cloud{SERVICES}")


@oddity("paths", "prefix")
def front_controller_in_paths(world: World) -> None:
    """`index.php` of a framework whose rewriting its annotations don't know."""
    _served(world, f"{SERVICES}/index.php")
    world.kept = {mark: (method, None) for mark, (method, _) in world.kept.items()}


# what else is listed


@oddity("outside", "others")
def path_outside(world: World) -> None:
    world.add("get", "/xmpp/status", "Outside")
    world.kept = {
        mark: (method, None if path == "/xmpp/status" else path) for mark, (method, path) in world.kept.items()
    }


@oddity("outside", "others")
def services_itself(world: World) -> None:
    world.document["paths"]["/services"] = {"get": {"summary": "All modules", "responses": {}}}


@oddity("outside", "others")
def root_itself(world: World) -> None:
    world.document["paths"]["/"] = {"get": {"summary": "Version", "responses": {}}}


@oddity("all", "others")
def catch_all(world: World) -> None:
    world.document["paths"]["/{module}/{id}/{sub}/{action}"] = {"post": {"summary": "Any", "responses": {}}}
    world.document["paths"]["/{module}/{id}"] = {"get": {"summary": "Any", "responses": {}}}


@oddity("all", "others")
def apidoc_itself(world: World) -> None:
    world.add("get", "/apidoc/", "This page")


@oddity("all", "others")
def modules_in_capitals(world: World) -> None:
    world.document["paths"]["/Cdr/"] = {"get": {"summary": "The old one", "deprecated": True, "responses": {}}}
