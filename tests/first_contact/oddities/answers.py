"""What an instance answers, other than the vendor prints or we assume."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..exchange import Ask, Reply, Request, redirect
from ..world import INSTANCE, World
from . import oddity

SERVICES = f"/{INSTANCE}/services/"
JSON = {"Content-Type": "application/json"}


def _action(world: World, answer: Callable[[Reply], Reply]) -> None:
    """What is said when a command was accepted."""

    def behaviour(request: Request, ask: Ask) -> Reply:
        reply = ask(request)
        accepted = request.path.endswith("/defaultdevice/action") and reply.status == 200
        return answer(reply) if accepted else reply

    world.behaviours.append(behaviour)


@oddity("answers", "dial-answer")
def says_nothing(world: World) -> None:
    _action(world, lambda _: Reply(200, b"", {"Content-Type": "text/html"}))


@oddity("answers", "dial-answer")
def says_no_content(world: World) -> None:
    _action(world, lambda _: Reply(204))


@oddity("answers", "dial-answer")
def says_accepted(world: World) -> None:
    _action(world, lambda _: Reply(202, b"{}", JSON))


@oddity("answers", "dial-answer")
def says_text(world: World) -> None:
    _action(world, lambda _: Reply(200, b"dial commited", {"Content-Type": "text/html; charset=UTF-8"}))


@oddity("answers", "dial-answer")
def says_another_object(world: World) -> None:
    _action(world, lambda reply: reply.saying({"success": True, "data": None}))


@oddity("answers", "dial-answer")
def says_a_list(world: World) -> None:
    _action(world, lambda reply: reply.saying([]))


@oddity("answers", "dial-answer")
def says_true(world: World) -> None:
    _action(world, lambda reply: reply.saying(True))


@oddity("answers", "dial-answer")
def says_response_in_an_object(world: World) -> None:
    _action(world, lambda reply: reply.saying({"response": {"message": "dial commited"}}))


def _rows(world: World, name: str, change: Callable[[list[Any]], Any]) -> None:
    """Another shape of a list that holds anything."""

    def behaviour(request: Request, ask: Ask) -> Reply:
        reply = ask(request)
        mine = request.path.rstrip("/") == SERVICES + name and reply.status == 200
        return reply.saying(change(reply.json)) if mine else reply

    world.behaviours.append(behaviour)


@oddity("answers", "cdr-answer")
def calls_in_an_object(world: World) -> None:
    _rows(world, "cdr", lambda rows: {"data": rows})


@oddity("answers", "cdr-answer")
def calls_in_an_envelope(world: World) -> None:
    _rows(world, "cdr", lambda rows: {"success": True, "total": len(rows), "result": rows, "messages": []})


@oddity("answers", "cdr-answer")
def calls_in_two_envelopes(world: World) -> None:
    _rows(world, "cdr", lambda rows: {"response": {"cdr": rows, "count": len(rows)}})


@oddity("answers", "cdr-answer")
def calls_by_id(world: World) -> None:
    _rows(world, "cdr", lambda rows: {str(row["id"]): row for row in rows})


@oddity("answers", "cdr-answer")
def one_call_alone(world: World) -> None:
    _rows(world, "cdr", lambda rows: rows[0] if len(rows) == 1 else rows)


@oddity("answers", "cdr-answer")
def calls_are_all_text(world: World) -> None:
    _rows(world, "cdr", lambda rows: [{name: str(value) for name, value in row.items()} for row in rows])


@oddity("answers", "lists-answer")
def users_paged(world: World) -> None:
    _rows(world, "identity", lambda rows: {"page": 1, "pages": 1, "total": len(rows), "items": rows})


@oddity("answers", "lists-answer")
def users_by_name(world: World) -> None:
    _rows(world, "identity", lambda rows: {row["003use_name"]: row for row in rows})


@oddity("answers", "lists-answer")
def users_and_devices_in_an_object(world: World) -> None:
    _rows(world, "identity", lambda rows: {"identities": rows})
    _rows(world, "device", lambda rows: {"status": "ok", "devices": rows})


@oddity("answers", "lists-answer")
def devices_by_id_in_an_object(world: World) -> None:
    _rows(world, "device", lambda rows: {"device": {row["010dev_id"]: row for row in rows}})


@oddity("answers", "lists-answer")
def one_device_alone(world: World) -> None:
    _rows(world, "device", lambda rows: rows[0])


def _objects(world: World, change: Callable[[str, Any], Any]) -> None:
    """Another shape of single objects: module, object -> what is said."""

    def behaviour(request: Request, ask: Ask) -> Reply:
        reply = ask(request)
        module, _, rest = request.path.removeprefix(SERVICES).partition("/")
        single = request.method == "GET" and module in ("identity", "device", "voicemailbox") and rest
        if not single or reply.status != 200 or rest == "states":
            return reply
        return reply.saying(change(module, reply.json))

    world.behaviours.append(behaviour)


@oddity("answers", "objects-answer")
def objects_as_lists_of_one(world: World) -> None:
    _objects(world, lambda _, found: [found])


@oddity("answers", "objects-answer")
def objects_in_an_object(world: World) -> None:
    _objects(world, lambda module, found: {module: found})


@oddity("answers", "objects-answer")
def objects_in_an_envelope(world: World) -> None:
    _objects(world, lambda _, found: {"success": True, "data": found})


@oddity("answers", "objects-answer")
def objects_by_id(world: World) -> None:
    _objects(world, lambda _, found: {next(iter(found.values())): found})


@oddity("answers", "states-answer")
def states_are_words(world: World) -> None:
    def behaviour(request: Request, ask: Ask) -> Reply:
        reply = ask(request)
        if not request.path.endswith("/identity/states") or reply.status != 200:
            return reply
        return reply.saying({user: one["state"] for user, one in reply.json.items()})

    world.behaviours.append(behaviour)


@oddity("answers", "slash-answer")
def collections_lead_to_no_slash(world: World) -> None:
    """`cdr/` answers with a redirect to `cdr`."""
    world.collections_end_in_slash = False
    collections = tuple(f"{SERVICES}{name}" for name in ("cdr", "identity", "device"))

    def behaviour(request: Request, ask: Ask) -> Reply:
        if request.method == "GET" and request.path.rstrip("/") in collections:
            if not request.path.endswith("/"):
                return ask(request.at(request.path + "/"))
            query = f"?{request.query}" if request.query else ""
            return redirect(request.path.rstrip("/") + query, 301)
        return ask(request)

    world.behaviours.append(behaviour)


def _bytes(world: World, change: Callable[[Reply], Reply]) -> None:
    def behaviour(request: Request, ask: Ask) -> Reply:
        reply = ask(request)
        is_json = "json" in {name.lower(): value for name, value in reply.headers.items()}.get("content-type", "")
        return change(reply) if is_json and reply.status == 200 else reply

    world.behaviours.append(behaviour)


@oddity("bytes", "bytes-answer")
def php_warns_first(world: World) -> None:
    warning = b"<br />\n<b>Warning</b>:  Undefined array key in <b>/var/www/rest.php</b> on line <b>7</b><br />\n"
    _bytes(world, lambda reply: Reply(200, warning + reply.body, {"Content-Type": "text/html"}))


@oddity("bytes", "bytes-answer")
def json_called_html(world: World) -> None:
    _bytes(world, lambda reply: Reply(200, reply.body, {"Content-Type": "text/html; charset=UTF-8"}))


@oddity("bytes", "bytes-answer")
def json_after_a_mark(world: World) -> None:
    _bytes(world, lambda reply: Reply(200, b"\xef\xbb\xbf" + reply.body, JSON))
