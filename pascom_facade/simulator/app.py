"""The instance's front door: login, the journal of requests, faults, then the services or the documentation page."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping

from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import page
from .connections import EXTENSION, Connection
from .exchange import Exchange
from .faults import Fault, Script, as_bytes
from .journal import BodyReader, Journal, Request
from .manners import BODIES, Manners
from .options import Options
from .services import Services

# As in the vendor's screenshot of 2019; since 19.07 the instances run nginx.
_SERVER = {18: b"Apache/2.4.18 (Ubuntu)", 19: b"nginx"}

_THIS_MACHINE = ["127.0.0.1", "localhost"]
"""What the simulator may be called by who controls it: not a name that a web page had looked up."""


class _Ended(Exception):
    """The connection was ended on purpose; nothing more can be sent."""


class Instance:
    """ASGI application of one simulated instance: everything below `/INSTANCE/services/`."""

    def __init__(self, options: Options, services: Services, journal: Journal, script: Script) -> None:
        self._options = options
        self._prefix = f"/{options.instance}/services/"
        router = Router([*page.routes(options.profile), *services.routes()], redirect_slashes=False)
        self._router = Manners(router, options.assumed)
        self._journal = journal
        self._script = script
        server = options.assumed.server.encode() or _SERVER[options.profile]
        more = [(name.lower().encode(), value.encode()) for name, value in options.assumed.headers.items()]
        self._headers = [(b"server", server), *more]
        self._login = "Basic " + base64.b64encode(f"{options.user}:{options.password}".encode()).decode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if not scope["path"].startswith(self._prefix):
            await Response(status_code=404)(scope, receive, send)
            return
        path = scope["path"][len(self._prefix) :]
        request = self._journal.begin(scope["method"], path, scope["query_string"].decode("latin-1"), scope["headers"])
        scope = {**scope, "root_path": self._prefix.rstrip("/"), "pascom.request": request}
        answering = _Answering(send, self._journal, request, self._headers)
        # Cancelled when the simulator stops, which has aborted the connection already.
        with contextlib.suppress(asyncio.CancelledError):
            await self._answer(scope, path, _Recorded(receive, request), answering)

    async def _answer(self, scope: Scope, path: str, receive: _Recorded, send: _Answering) -> None:
        if not self._may_enter(scope):
            realm = self._options.assumed.realm  # not published
            challenge = {"www-authenticate": f'Basic realm="{realm}"'}
            kind, body = BODIES[self._options.assumed.login_body]
            await Response(body, 401, challenge, kind or None)(scope, receive, send)
            return
        fault = None
        if not path.startswith("apidoc"):
            fault = self._script.next(scope["method"], path)
        if fault is None:
            await self._router(scope, receive, send)
        else:
            self._journal.failed(scope["pascom.request"], fault.name)
            await _failing(fault, self._router, scope, receive, send)

    def _may_enter(self, scope: Scope) -> bool:
        if not self._options.authenticate:
            return True
        given = next((value for key, value in scope["headers"] if key == b"authorization"), b"")
        return hmac.compare_digest(given, self._login.encode())


class _Recorded:
    """`receive` that copies the body into the journal."""

    def __init__(self, receive: Receive, request: Request) -> None:
        self._receive = receive
        self._body = BodyReader(request)
        self._complete = False

    async def __call__(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._body.take(message.get("body", b""))
            self._complete = not message.get("more_body", False)
        return message

    async def drain(self) -> None:
        while not self._complete and (await self())["type"] == "http.request":
            pass

    async def until_gone(self) -> None:
        while (await self())["type"] != "http.disconnect":
            pass


class _Answering:
    """`send` that notes the status and adds what every answer has, such as the server's name."""

    def __init__(self, send: Send, journal: Journal, request: Request, headers: list[tuple[bytes, bytes]]) -> None:
        self._send = send
        self._journal = journal
        self._request = request
        self._headers = headers

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._journal.answered(self._request, message["status"])
            message["headers"] = [*message["headers"], *self._headers]
        await self._send(message)


async def _failing(fault: Fault, app: ASGIApp, scope: Scope, receive: _Recorded, send: _Answering) -> None:
    """Handle the request with the fault."""
    connection: Connection = scope["extensions"][EXTENSION]
    if fault.delay:
        await asyncio.sleep(fault.delay)
    if fault.reset == "before":
        connection.reset()
        await receive.until_gone()
        return
    if fault.replaces_answer:
        await receive.drain()
        headers = {"content-type": "application/json"}
        headers |= {name.lower(): value for name, value in fault.headers.items()}
        app = Response(fault.body or b"", fault.status or 200, headers)
    try:
        await app(scope, receive, _spoiled(fault, connection, send))
    except* _Ended:
        await receive.until_gone()


def _spoiled(fault: Fault, connection: Connection, send: _Answering) -> Callable[[Message], Awaitable[None]]:
    """`send` that resets the connection, prepends to the body, or truncates it."""
    left = fault.cut_after
    prepend = fault.prepend

    async def spoiling(message: Message) -> None:
        nonlocal left, prepend
        if fault.reset == "after":
            connection.reset()
            raise _Ended
        if fault.reset == "headers":
            connection.reset_amid_headers()
            raise _Ended
        if message["type"] == "http.response.start":
            message["headers"] = _with_headers(message["headers"], fault.headers, longer_by=len(prepend))
        elif message["type"] == "http.response.body":
            message["body"] = prepend + message.get("body", b"")
            prepend = b""
            if left is not None:
                if len(message["body"]) > left:
                    await send({**message, "body": message["body"][:left], "more_body": True})
                    connection.close()
                    raise _Ended
                left -= len(message["body"])
        await send(message)

    return spoiling


Headers = list[tuple[bytes, bytes]]


def _with_headers(headers: Headers, replacing: Mapping[str, str], *, longer_by: int) -> Headers:
    """The headers with some replaced, and with the content-length of a body that is `longer_by` bytes longer."""
    replaced = {name.lower().encode(): value.encode() for name, value in replacing.items()}
    kept = []
    for name, value in headers:
        if name in replaced:
            continue
        if name == b"content-length":
            value = b"%d" % (int(value) + longer_by)
        kept.append((name, value))
    return [*kept, *replaced.items()]


def control(journal: Journal, script: Script, exchange: Exchange) -> ASGIApp:
    """`/_simulator/…`: for other processes what `Simulator` offers in its own; no part of a real instance.

    A web page in the same browser can neither read it, by a name of its own for this machine, nor ring: it may not send
    JSON elsewhere.
    """

    async def requests(request: HttpRequest) -> Response:
        if request.method == "DELETE":
            journal.clear()
        return JSONResponse([kept_request.as_json() for kept_request in journal.requests])

    async def add(request: HttpRequest) -> Response:
        if not _is_json(request):
            return _NO_JSON
        fields = json.loads(await request.body())
        method, path, times = fields.pop("method"), fields.pop("path"), fields.pop("times", 1)
        fields["body"] = as_bytes(fields.get("body"))
        script.add(method, path, times, Fault(**fields))
        return JSONResponse({"scripted": times})

    async def ring(request: HttpRequest) -> Response:
        if not _is_json(request):
            return _NO_JSON
        call = json.loads(await request.body())
        exchange.ring(call["user"], call["number"])
        return JSONResponse({"ringing": True})

    router = Router(
        [
            Route("/_simulator/requests", requests, methods=["GET", "DELETE"]),
            Route("/_simulator/script", add, methods=["POST"]),
            Route("/_simulator/ring", ring, methods=["POST"]),
        ]
    )
    return TrustedHostMiddleware(router, allowed_hosts=_THIS_MACHINE, www_redirect=False)


_NO_JSON = Response("send it as application/json\n", 415)


def _is_json(request: HttpRequest) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"


def front(instance: Instance, control_app: ASGIApp) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/_simulator/"):
            await control_app(scope, receive, send)
        else:
            await instance(scope, receive, send)

    return app
