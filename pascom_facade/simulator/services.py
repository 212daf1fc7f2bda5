"""The services themselves: what each address below `services/` answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from . import people
from .answers import not_found, refused
from .assumed import AssumedServices
from .calls import Call, CallLog
from .exchange import Exchange
from .kinds import Kind
from .options import Options
from .recordings import Archive, Recording
from .row_since_19 import raw
from .timeline import parse_time


@dataclass(frozen=True)
class Push:
    """CSV that was pushed to a connector profile; the whole request is in the journal."""

    profile: str
    size: int
    sha256: str
    body: bytes = field(repr=False)


class Services:
    """Routes for one instance."""

    def __init__(self, options: Options, calls: CallLog, exchange: Exchange) -> None:
        self._options = options
        self._assumed = options.assumed
        self._calls = calls
        self._exchange = exchange
        self.archive = Archive(calls, options)
        self.pushes: list[Push] = []

    def routes(self) -> list[Route]:
        return [
            Route("/cdr/", self.cdr),
            Route("/identity/", self._rows([people.identity(person) for person in people.PEOPLE])),
            Route("/identity/states", self.states),
            Route("/identity/{user}", self._row(_identity, "user")),
            Route("/identity/{user}/cdr", self.cdr),
            Route("/identity/{user}/defaultdevice/action", self.action, methods=["POST"]),
            Route("/device/", self._rows([people.device(person) for person in people.PEOPLE])),
            Route("/device/{name}", self._row(people.find_device, "name")),
            Route("/voicemailbox/{mailbox}", self._row(people.find_voicemailbox, "mailbox")),
            Route("/monitor/{record}/{rule}/{file}/wav", self.recording),
            Route("/monitor/{record}", self.sections),
            Route("/connector/{profile}/push", self.push, methods=["POST"]),
            Route("/connector/{profile}/run", self.run_connector, methods=["POST"]),
            *AssumedServices().routes(),
        ]

    async def cdr(self, request: Request) -> Response:
        """Newest first (assumed), 100 rows by default, never more than 1000."""
        assumed, user = self._assumed, request.path_params.get("user")
        if user is not None and user not in people.BY_LOGIN:
            return not_found()
        query = {k: v for k, v in request.query_params.items() if k not in assumed.ignored_parameters}
        window = self._calls.window(
            parse_time(query.get("timefrom", ""), assumed.time_format),
            parse_time(query.get("timeto", ""), assumed.time_format),
            after=not assumed.from_inclusive,
            before=not assumed.to_inclusive,
        )
        wanted = _filter(query, user)
        limit = query.get(assumed.limit_parameter, "")
        most = min(int(limit), assumed.most_rows) if limit.isdecimal() and len(limit) < 10 else assumed.default_rows
        rows = list(islice(self._calls.select(window, wanted, assumed.newest_first), most))
        wants_raw = query.get("rawdata") == "1"
        if wants_raw and query.get("chaindata") == "1":
            rows = self._calls.with_chains(rows)
        render = raw if wants_raw or self._options.profile == 19 else Call.classic
        return Response(f"[{','.join(map(render, rows))}]", media_type="application/json")

    async def states(self, request: Request) -> Response:
        """Unknown users are left out; 204 if nothing remains (C)."""
        keys = request.query_params.getlist("keys")
        users = [user for key in keys for user in key.split(",") if user] if keys else list(people.BY_LOGIN)
        shown = {user: {"state": state} for user in users if (state := self._exchange.state(user))}
        return JSONResponse(shown) if shown else Response(status_code=204)

    async def action(self, request: Request) -> Response:
        """The vendor's body and answer for dial; how a refusal looks is assumed."""
        user, text = request.path_params["user"], await request.body()
        if user not in people.BY_LOGIN:
            return not_found()
        try:
            body = json.loads(text)
            action, destination = body["action"], body.get("destination", "")
        except (ValueError, KeyError, TypeError, AttributeError):
            return refused("no action")
        if action == "dial" and isinstance(destination, str) and destination:
            self._exchange.dial(user, destination, str(body.get("prefix", "")))
        elif action == "offhook":
            self._exchange.offhook(user)
        elif action == "hangup":
            self._exchange.hangup(user)
        else:
            return refused("unknown action, or nothing to dial")
        return JSONResponse({"response": f"{action} commited"})  # sic

    async def recording(self, request: Request) -> Response:
        """A WAV with the headers of the vendor's screenshot."""
        parts = request.path_params
        found = self.archive.find(parts["record"], parts["rule"], parts["file"])
        if found is None:
            return not_found()
        headers = {
            "accept-ranges": "bytes",
            "cache-control": "no-store, no-cache, must-revalidate",
            "content-disposition": f'attachment; filename="{found.filename}"',
            "expires": "Thu, 19 Nov 1981 08:52:00 GMT",
            "pragma": "no-cache",
        }
        wanted = request.headers.get("range") if self._assumed.ranges else None
        return _part(found, wanted, headers)

    async def sections(self, request: Request) -> Response:
        """What was recorded (path assumed, fields of the XMPP twin)."""
        found = self.archive.sections(request.path_params["record"])
        if not found:
            return not_found()
        return JSONResponse(
            [
                {
                    "duration": part.size // 16_000,
                    "ruleId": part.rule,
                    "file": part.file,
                    "state": "n",
                    "type": "manual",
                    "format": "wav",
                    "size": part.size,
                }
                for part in found
            ]
        )

    async def push(self, request: Request) -> Response:
        """Takes CSV of any size; the answer's shape is assumed."""
        profile = request.path_params["profile"]
        if not self._has_connector(profile):
            return not_found()
        async for _ in request.stream():
            pass
        kept = request.scope["pascom.request"]
        self.pushes.append(Push(profile, kept.body_size, kept.body_sha256, kept.body))
        return JSONResponse({"response": "push commited"})

    async def run_connector(self, request: Request) -> Response:
        """Executes a profile (path and answer assumed)."""
        if not self._has_connector(request.path_params["profile"]):
            return not_found()
        return JSONResponse({"response": "run commited"})

    def _has_connector(self, profile: str) -> bool:
        return bool(self._assumed.connectors & {profile, "*"})

    @staticmethod
    def _rows(rows: list[people.Row]) -> Callable[[Request], Any]:
        async def answer(_: Request) -> Response:
            return JSONResponse(rows)

        return answer

    @staticmethod
    def _row(find: Callable[[str], people.Row | None], parameter: str) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            found = find(request.path_params[parameter])
            return not_found() if found is None else JSONResponse(found)

        return answer


def _identity(user: str) -> people.Row | None:
    person = people.BY_LOGIN.get(user)
    return people.identity(person) if person else None


def _filter(query: dict[str, str], user: str | None) -> Callable[[Kind], bool] | None:
    """What the query and the address ask for; None: everything."""
    fields: dict[str, object] = {
        name: query[name] == "1" for name in ("inbound", "internal") if query.get(name) in ("0", "1")
    }
    if query.get("result"):
        fields["result"] = query["result"]
    if not fields and user is None:
        return None

    def wanted(kind: Kind) -> bool:
        mine = user is None or kind.person.login == user
        return mine and all(getattr(kind, name) == value for name, value in fields.items())

    return wanted


def _part(found: Recording, wanted: str | None, headers: dict[str, str]) -> Response:
    """The whole recording, or the one range asked for; several ranges get the whole, as RFC 9110 allows."""
    start, stop, status = 0, found.size, 200
    if wanted and wanted.startswith("bytes=") and "," not in wanted:
        first, _, last = wanted[6:].partition("-")
        if first.isdecimal() and (last.isdecimal() or not last):
            start, stop, status = int(first), min(int(last) + 1 if last else found.size, found.size), 206
        elif not first and last.isdecimal():
            start, status = max(0, found.size - int(last)), 206
        if start >= stop:
            return Response(status_code=416, headers={**headers, "content-range": f"bytes */{found.size}"})
    if status == 206:
        headers["content-range"] = f"bytes {start}-{stop - 1}/{found.size}"
    headers["content-length"] = str(stop - start)

    async def chunks() -> Any:
        for chunk in found.chunks(start, stop):
            yield chunk

    return StreamingResponse(chunks(), status, headers, media_type="audio/x-wav")
