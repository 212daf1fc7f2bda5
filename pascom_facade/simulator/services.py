"""The services themselves: the answer of each address below `services/`."""

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
from .timeline import Clock


@dataclass(frozen=True)
class Push:
    """CSV pushed to a connector profile; the whole request is in the journal."""

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
        self._clock = Clock(options.assumed.zone)
        self.archive = Archive(calls, options)
        self.pushes: list[Push] = []

    def routes(self) -> list[Route]:
        return [
            Route("/cdr/", self.cdr),
            Route("/identity/", self._rows([people.identity(person) for person in people.PEOPLE])),
            Route("/identity/states", self.states),
            Route("/identity/{user}", self.identity),
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
        assumed = self._assumed
        user = request.path_params.get("user")
        if user is not None and user not in people.BY_LOGIN:
            return self._unknown()
        query = {name: value for name, value in request.query_params.items() if name not in assumed.ignored_parameters}
        if assumed.refuses_unknown and not query.keys() <= {*_PARAMETERS, assumed.limit_parameter}:
            return refused("an unknown parameter")
        times = {name: self._clock.reads(query.get(name, ""), assumed.time_format) for name in ("timefrom", "timeto")}
        if assumed.refuses_times and any(query.get(name) and moment is None for name, moment in times.items()):
            return refused("not a time")
        window = self._calls.window(
            *times.values(),
            after=not assumed.from_inclusive,
            before=not assumed.to_inclusive,
            unit=1000 if assumed.whole_seconds else 1,
        )
        rows = self._selected(window, query, user)
        wants_raw = query.get("rawdata") == "1"
        if wants_raw and query.get("chaindata") == "1":
            rows = self._calls.with_chains(rows)
        if wants_raw or self._options.profile == 19:
            texts = (raw(row) for row in rows)
        else:
            texts = (row.classic(self._clock) for row in rows)
        return Response(f"[{','.join(texts)}]", media_type="application/json")

    def _selected(self, window: range, query: dict[str, str], user: str | None) -> list[Call]:
        """The rows that are wanted, cut."""
        assumed = self._assumed
        newest = assumed.keeps_newest
        if newest is None:
            newest = assumed.newest_first
        wanted, later = _filter(query, user), None
        if not assumed.filters_first:
            wanted, later = _filter({}, user), wanted
        rows = list(islice(self._calls.select(window, wanted, newest), self._limit(query)))
        if newest != assumed.newest_first:
            rows.reverse()
        return [row for row in rows if later is None or later(row.kind)]

    async def identity(self, request: Request) -> Response:
        person = people.BY_LOGIN.get(request.path_params["user"])
        return JSONResponse(people.identity(person)) if person else self._unknown()

    def _unknown(self) -> Response:
        """Of a user whom nobody knows."""
        status = self._assumed.unknown_user
        if status == 404:
            return not_found()
        return JSONResponse({}) if status == 200 else Response(status_code=status)

    def _limit(self, query: dict[str, str]) -> int:
        limit = query.get(self._assumed.limit_parameter, "")
        if not limit.isdecimal() or len(limit) >= 10:
            return self._assumed.default_rows
        return min(int(limit), self._assumed.most_rows)

    async def states(self, request: Request) -> Response:
        """Unknown users are left out; 204 if nothing remains (C)."""
        users = _keys(request, self._assumed.states_keys)
        if users is None:
            users = list(people.BY_LOGIN)
        by_user = {user: {"state": state} for user in users if (state := self._exchange.state(user))}
        if by_user or self._assumed.no_states == 200:
            return JSONResponse(by_user)
        return Response(status_code=204) if self._assumed.no_states == 204 else not_found()

    async def action(self, request: Request) -> Response:
        """The vendor's body and answer for dial; refusals are assumed."""
        user = request.path_params["user"]
        text = await request.body()
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
        recording = self.archive.find(parts["record"], parts["rule"], parts["file"])
        if recording is None:
            return not_found()
        if request.method == "HEAD" and self._assumed.heads != 200:
            return Response(status_code=self._assumed.heads)
        headers = {
            "accept-ranges": "bytes",
            "cache-control": "no-store, no-cache, must-revalidate",
            "content-disposition": f'attachment; filename="{recording.filename}"',
            "expires": "Thu, 19 Nov 1981 08:52:00 GMT",
            "pragma": "no-cache",
        }
        range_ = None
        if self._assumed.ranges:
            range_ = request.headers.get("range")
        return _part(recording, range_, headers)

    async def sections(self, request: Request) -> Response:
        """A recording's sections (path assumed, fields of the XMPP twin)."""
        sections = self.archive.sections(request.path_params["record"])
        if not sections or not self._assumed.recording_details:
            return not_found()
        return JSONResponse([_described(section) for section in sections])

    async def push(self, request: Request) -> Response:
        """Accept CSV of any size; the answer's shape is assumed."""
        profile = request.path_params["profile"]
        if not self._has_connector(profile):
            return not_found()
        async for _ in request.stream():
            pass
        kept = request.scope["pascom.request"]
        self.pushes.append(Push(profile, kept.body_size, kept.body_sha256, kept.body))
        return JSONResponse({"response": "push commited"})

    async def run_connector(self, request: Request) -> Response:
        """Execute a profile (path and answer assumed)."""
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
            row = find(request.path_params[parameter])
            if row is None:
                return not_found()
            return JSONResponse(row)

        return answer


_PARAMETERS = ("timefrom", "timeto", "inbound", "internal", "result", "rawdata", "chaindata")


def _keys(request: Request, how: str) -> list[str] | None:
    """The users that are asked for, as far as this server understands; None: all."""
    plain = request.query_params.getlist("keys")
    if how == "brackets":
        return request.query_params.getlist("keys[]") or plain[-1:] or None
    if not plain or how == "repeated":
        return plain or None
    if how == "comma":
        return [user for key in plain for user in key.split(",") if user]
    # Told twice, PHP takes the last.
    return plain[-1].split(";") if how == "semicolon" else plain[-1:]


def _described(section: Recording) -> dict[str, object]:
    return {
        "duration": section.size // 16_000,
        "ruleId": section.rule,
        "file": section.file,
        "state": "n",
        "type": "manual",
        "format": "wav",
        "size": section.size,
    }


def _filter(query: dict[str, str], user: str | None) -> Callable[[Kind], bool] | None:
    """Whether a call is selected by the query and the path's user; None selects all."""
    fields: dict[str, object] = {}
    for name in ("inbound", "internal"):
        if query.get(name) in ("0", "1"):
            fields[name] = query[name] == "1"
    if query.get("result"):
        fields["result"] = query["result"]
    if not fields and user is None:
        return None

    def selects(kind: Kind) -> bool:
        if user is not None and kind.person.login != user:
            return False
        return all(getattr(kind, name) == value for name, value in fields.items())

    return selects


def _part(recording: Recording, range_: str | None, headers: dict[str, str]) -> Response:
    """The whole recording, or the requested range; several ranges get the whole, as RFC 9110 allows."""
    size = recording.size
    start, stop, status = 0, size, 200
    requested = _requested(range_ or "", size)
    if requested is not None:
        start, stop = requested
        if start >= stop:
            return Response(status_code=416, headers={**headers, "content-range": f"bytes */{size}"})
        status = 206
        headers["content-range"] = f"bytes {start}-{stop - 1}/{size}"
    headers["content-length"] = str(stop - start)

    async def chunks() -> Any:
        for chunk in recording.chunks(start, stop):
            yield chunk

    return StreamingResponse(chunks(), status, headers, media_type="audio/x-wav")


def _requested(range_: str, size: int) -> tuple[int, int] | None:
    """Start and stop of a Range header's single range; None if it asks for the whole or can't be understood."""
    if not range_.startswith("bytes=") or "," in range_:
        return None
    first, _, last = range_.removeprefix("bytes=").partition("-")
    if first.isdecimal() and not last:
        return int(first), size
    if first.isdecimal() and last.isdecimal():
        return int(first), min(int(last) + 1, size)
    if not first and last.isdecimal():
        return max(0, size - int(last)), size
    return None
