"""How the instance's web server goes about it: slashes, ETags, headers, and what an error looks like. All assumed."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .options import Assumed, Body
from .people import ASSUMED_LISTS

COLLECTIONS = frozenset({"cdr", "identity", "device", *ASSUMED_LISTS})
_LASTING = ("/apidoc/", "/identity/", "/device/")
_ETAG = '"1-simulated"'

BODIES: dict[Body, tuple[str, bytes]] = {
    "json": ("application/json", b'{"error":"refused"}'),
    "html": ("text/html; charset=utf-8", b"<!DOCTYPE html><html><h1>Error</h1></html>"),
    "text": ("text/plain; charset=utf-8", b"Error"),
    "empty": ("", b""),
}


class Manners:
    """Around an instance's services, as its options say."""

    def __init__(self, app: ASGIApp, assumed: Assumed) -> None:
        self._app = app
        self._assumed = assumed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if path.rpartition("/services/")[2] in COLLECTIONS:
            if self._assumed.slashes == "redirect":
                await RedirectResponse(path + "/", status_code=301)(scope, receive, send)
                return
            if self._assumed.slashes == "same":
                scope = {**scope, "path": path + "/"}
        lasting = self._assumed.etags and scope["path"].endswith(_LASTING)
        asked = [value for name, value in scope["headers"] if name == b"if-none-match"]
        if lasting and asked == [_ETAG.encode()]:
            await Response(status_code=304, headers={"etag": _ETAG})(scope, receive, send)
            return
        await self._app(scope, receive, self._mannered(send, lasting))

    def _mannered(self, send: Send, lasting: bool) -> Send:
        """`send` that adds headers, and puts the instance's own error in place of ours."""
        body: bytes | None = None

        async def sending(message: Message) -> None:
            nonlocal body
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if message["status"] >= 400 and self._assumed.error_body != "json":
                    kind, body = BODIES[self._assumed.error_body]
                    headers["content-type"], headers["content-length"] = kind, str(len(body))
                    if not kind:
                        del headers["content-type"]
                elif headers.get("content-type") == "application/json":
                    headers["content-type"] = self._assumed.json_type
                if lasting:
                    headers["etag"] = _ETAG
            elif body is not None:
                message = {**message, "body": body}
                body = b""
            await send(message)

        return sending
