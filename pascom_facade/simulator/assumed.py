"""Services of which little more than their existence is public: path, body and answer of each are assumed.

They store what they receive and return it, so that every documented operation has a plausible answer.
"""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .answers import not_found, refused
from .people import ASSUMED_LISTS


class AssumedServices:
    """Routes for one instance."""

    def __init__(self) -> None:
        self._lists: dict[str, list[dict[str, Any]]] = {tag: [*rows] for tag, rows in ASSUMED_LISTS.items()}
        self._values: dict[tuple[str, str], dict[str, Any]] = {}

    def routes(self) -> list[Route]:
        return [
            Route("/phonebook/", self.import_entries, methods=["POST"]),
            Route("/astdb/{key}", self.value, methods=["GET", "PUT"]),
            Route("/redirect/{source}", self.value, methods=["GET", "PUT"]),
            Route("/queue/{name}/action", self.command, methods=["POST"]),
            Route("/location/{name}/action", self.command, methods=["POST"]),
            Route("/icinga/", self.icinga),
            Route("/xmppserver/debuglog", self.toggle_debuglog, methods=["POST"]),
            Route("/{tag}/", self.listing),
        ]

    async def listing(self, request: Request) -> Response:
        rows = self._lists.get(request.path_params["tag"])
        if rows is None:
            return not_found()
        return JSONResponse(rows)

    async def import_entries(self, request: Request) -> Response:
        entries = await _json(request)
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            return refused("not a list of entries")
        self._lists["phonebook"].extend(entries)
        return JSONResponse({"response": "import commited"})

    async def value(self, request: Request) -> Response:
        """An object under a key: `{"key", "value"}` of astdb, `{"source", "target"}` of redirect."""
        service = request.url.path.split("/")[-2]
        [(name, key)] = request.path_params.items()
        if request.method == "PUT":
            body = await _json(request)
            if not isinstance(body, dict):
                return refused("not an object")
            self._values[service, key] = {**body, name: key}
        if (service, key) not in self._values:
            return not_found()
        return JSONResponse(self._values[service, key])

    async def command(self, request: Request) -> Response:
        body = await _json(request)
        if not isinstance(body, dict) or not isinstance(body.get("action"), str):
            return refused("no action")
        return JSONResponse({"response": f"{body['action']} commited"})

    async def icinga(self, _: Request) -> Response:
        return JSONResponse({"state": "running"})

    async def toggle_debuglog(self, _: Request) -> Response:
        return JSONResponse({"response": "debuglog commited"})


async def _json(request: Request) -> object:
    try:
        return json.loads(await request.body())
    except ValueError:
        return None
