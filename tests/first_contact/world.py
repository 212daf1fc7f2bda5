"""A world: what one instance publishes, and how it answers. Each begins plain; oddities change it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from .exchange import Behaviour, Reply

Document = dict[str, Any]
Operation = dict[str, Any]

INSTANCE = "voipjack"
ACTION = "/identity/{userName}/defaultdevice/action"
RECORDING = "/monitor/{recordID}/{ruleID}/{file}/wav"
PUSH = "/connector/{profileName}/push"
IDENTITY = "/identity/{userName}"
DEVICE = "/device/{name}"
MAILBOX = "/voicemailbox/{mailbox}"
STATES = "/identity/states"
COLLECTIONS = ("/cdr/", "/identity/", "/device/")

VERBS: dict[tuple[str, str], tuple[str, ...]] = {
    ("get", "/cdr/"): ("cdr",),
    ("get", "/identity/"): ("identities",),
    ("get", IDENTITY): ("identity",),
    ("get", STATES): ("states",),
    ("get", "/device/"): ("devices",),
    ("get", DEVICE): ("device",),
    ("get", RECORDING): ("recordings",),
    ("get", MAILBOX): ("voicemailbox",),
    ("post", ACTION): ("dial", "answer", "hangup"),
    ("post", PUSH): ("push",),
}
"""The vendor's ten requests, and the verbs that stand on them."""

_OTHERS = (
    ("get", "/queue/", "List teams"),
    ("post", "/queue/{queueName}/action", "Agent operations"),
    ("get", "/phonebook/", "List entries"),
    ("post", "/phonebook/", "Import entries"),
    ("get", "/redirect/{source}", "Read a forwarding"),
    ("put", "/redirect/{source}", "Set a forwarding"),
    ("get", "/identity/{userName}/cdr", "Calls of a user"),
    ("post", "/connector/{profileName}/run", "Run a profile"),
    ("delete", MAILBOX, "Remove a voicemail box"),
    ("get", "/trunk/", "List trunks"),
)
"""What else this instance offers; the marks in their summaries must be found again in the client."""

RECORD = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        "timestamp": {"type": "integer", "format": "int64"},
        "time": {"type": "string"},
        "userName": {"type": "string"},
        "inbound": {"type": "integer"},
        "number": {"type": "string"},
        "duration": {"type": "integer"},
        "recordId": {"type": "string"},
    },
}
DEVICE_ACTION = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("action", "destination", "prefix")},
}


@dataclass
class World:
    """Everything that can be odd; `seed` decides the rest."""

    random: Random
    document: Document
    files: dict[str, Reply] = field(default_factory=dict)
    """What lies below the host, beside the services: absolute path -> answer."""
    dump: Callable[[Document], bytes] = lambda document: json.dumps(document).encode()
    suffix: str = "json"
    publish: Callable[[World], None] | None = None
    """Lays the page and its documents out; None: the document is given outright (`--document`)."""
    behaviours: list[Behaviour] = field(default_factory=list)
    keys: str = "csv"
    """How several users are asked for: csv, multi, brackets."""
    collections_end_in_slash: bool = True
    """Whether `cdr/` answers itself; else it leads to `cdr`."""
    gone: set[str] = field(default_factory=set)
    """Verbs whose operation the document doesn't offer (where the vendor has it): the output must name them."""
    unsaid: set[str] = field(default_factory=set)
    """Verbs of whose operation the document says nothing but that there is one."""
    only_documented: set[str] = field(default_factory=set)
    """Verbs that need words which nobody can know but from the document, if it has them: else they must raise."""
    unsure: bool = False
    """Whether an upgrade may be taken for one that loses an operation: one is there only by reading kindly."""
    kept: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    """Marks of operations that must be in the client: mark -> (method, path below services, where that is clear)."""

    # to be used by oddities

    def operation(self, method: str, path: str) -> Operation:
        """An operation of the document, made if it isn't there."""
        made: Operation = self.document["paths"].setdefault(path, {}).setdefault(method, {})
        return made

    @property
    def action(self) -> Operation:
        return self.operation("post", ACTION)

    def add(self, method: str, path: str, summary: str, **more: Any) -> Operation:
        """Document one more operation, which must be in the client."""
        mark = f"[{len(self.kept):02}]"
        self.kept[mark] = (method, path)
        made = self.operation(method, path)
        made |= {"summary": f"{summary} {mark}", "responses": {"200": {"description": "OK"}}, **more}
        if names := _parameters(path):
            made["parameters"] = [*names, *made.get("parameters", [])]
        return made

    def remove(self, method: str, path: str) -> Operation:
        """Take one of the ten away; its verbs must be named."""
        item = self.document["paths"][path]
        taken: Operation = item.pop(method)
        if not item:
            del self.document["paths"][path]
        self.gone.update(VERBS[method, path])
        return taken

    def move(self, old: str, new: str) -> None:
        """The path is spelled otherwise, the operations stay what they are."""
        self.document["paths"] = {new if path == old else path: item for path, item in self.document["paths"].items()}
        for mark, (method, path) in self.kept.items():
            if path == old:
                self.kept[mark] = (method, new)

    def moved_away(self, method: str, path: str, new_method: str, new_path: str) -> None:
        """The vendor's request isn't documented, but one like it elsewhere."""
        taken = self.remove(method, path)
        taken.pop("parameters", None)
        self.add(new_method, new_path, "Elsewhere", **{k: v for k, v in taken.items() if k != "summary"})

    def settle(self) -> None:
        """Before paths are spelled otherwise: what the document doesn't offer even if a template is read kindly."""
        offered = [(method, path) for path, method, _ in self.every_operation()]
        for (method, path), verbs in VERBS.items():
            if any(method == one and _fits(other, path) for one, other in offered):
                self.gone.difference_update(verbs)
            self.unsure |= (method, path) not in offered and not self.gone.issuperset(verbs)

    def every_operation(self) -> list[tuple[str, str, Operation]]:
        methods = ("get", "put", "post", "delete")
        return [
            (path, method, item[method])
            for path, item in self.document["paths"].items()
            for method in methods
            if method in item
        ]


def plain(seed: int) -> World:
    """The ten, and some more, described as a tidy developer would."""
    paths: Document = {}
    world = World(Random(seed), {"openapi": "3.0.3", "info": {"title": "REST API", "version": "19.12"}})
    world.document |= {
        "servers": [{"url": f"/{INSTANCE}/services"}],
        "paths": paths,
        "components": {"schemas": {"CallRecord": copy.deepcopy(RECORD), "DeviceAction": copy.deepcopy(DEVICE_ACTION)}},
    }
    for (method, path), verbs in VERBS.items():
        operation = world.operation(method, path)
        operation |= {"tags": [path.split("/")[1]], "summary": f"For {verbs[0]}", "responses": _answers(path)}
        if found := [*_parameters(path), *_queries(path)]:
            operation["parameters"] = found
    world.action["requestBody"] = _body("application/json", {"$ref": "#/components/schemas/DeviceAction"})
    world.operation("post", PUSH)["requestBody"] = _body("text/csv", {"type": "string"})
    for method, path, summary in _OTHERS:
        world.add(method, path, summary, tags=[path.split("/")[1]])
    return world


def _fits(template: str, path: str) -> bool:
    """Whether the vendor's address is one of a documented path."""
    known, asked = template.rstrip("/").split("/"), path.rstrip("/").split("/")
    return len(known) == len(asked) and all(
        one == other or one.startswith("{") for one, other in zip(known, asked, strict=True)
    )


def page_at(address: str) -> bytes:
    """Swagger UI that shows the document at `address`."""
    return page_with(f"url: {json.dumps(address)},")


def page_with(settings: str) -> bytes:
    return f"""<!DOCTYPE html><html><head><title>REST API</title></head><body><div id="swagger-ui"></div>
<script src="swagger-ui-bundle.js"></script>
<script>window.onload = function () {{ SwaggerUIBundle({{ {settings} dom_id: "#swagger-ui" }}); }};</script>
</body></html>""".encode()


def _body(media: str, schema: Document) -> Document:
    return {"required": True, "content": {media: {"schema": schema}}}


def _parameters(path: str) -> list[Document]:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]


def _queries(path: str) -> list[Document]:
    names: tuple[str, ...] = ()
    if path == "/cdr/":
        names = ("timefrom", "timeto", "inbound", "internal", "result", "limit")
    elif path == STATES:
        names = ("keys",)
    return [{"name": name, "in": "query", "schema": {"type": "string"}} for name in names]


def _answers(path: str) -> Document:
    if path == RECORDING:
        return {"200": {"description": "OK", "content": {"audio/x-wav": {"schema": {"type": "string"}}}}}
    schema: Document = {"type": "object"}
    if path == "/cdr/":
        schema = {"type": "array", "items": {"$ref": "#/components/schemas/CallRecord"}}
    elif path in COLLECTIONS:
        schema = {"type": "array", "items": {"type": "object"}}
    return {"200": {"description": "OK", "content": {"application/json": {"schema": schema}}}}
