"""`AsyncPascom`: the verbs of a phone system."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from .. import _operations
from .._operations import JsonBody, Operation
from ..answers import Answer
from ..base import PascomBase

if TYPE_CHECKING:
    from .._http import AsyncHttp
    from ..cdr import Call
    from .recordings import AsyncRecordings


class AsyncPascom(PascomBase):
    """A pascom instance: `async with AsyncPascom("pascom.cloud", "voipjack", password=…) as pbx: …`

    One object may be used by many tasks of one event loop.
    """

    @cached_property
    def _http(self) -> AsyncHttp:
        from .._http import AsyncHttp  # httpx is loaded at the first request

        return AsyncHttp(self._address, self._credentials, self._options)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections; the object cannot be used after that."""
        if (http := self.__dict__.get("_http")) is not None:
            await http.aclose()

    @property
    def api(self) -> Any:
        """The generated client (`pascom_client.Client`) wired to this instance, for the generated functions:
        `await pascom_client.api.cdr.list_cdr.asyncio(client=pbx.api)`.
        """
        return self._generated_client().set_async_httpx_client(self._http)

    async def _call(
        self, operation: Operation, *path: str, params: dict[str, Any] | None = None, **rest: Any
    ) -> Answer:
        request = operation.builder()(*path, **rest)
        if params is not None:
            request["params"] = params  # not with the document's defaults, such as a limit of another name
        return await self._http.answer(**request)

    async def _device_action(self, user: str, **action: object) -> str:
        answer = await self._call(_operations.DEFAULT_DEVICE_ACTION, user, body=JsonBody(action))
        return self._response_text(answer)

    async def dial(self, user: str, destination: str, *, prefix: str = "auto") -> str:
        """Let the preferred phone of `user` (login name) call `destination`; returns `"dial commited"`.

        `destination` is an extension, an external number or a service code such as `*100`; `prefix="auto"` works
        out trunk prefixes. The answer means accepted, not answered. (Vendor page.)

        A dial is sent at most once: an error whose `may_have_happened` is True says that the phone may be
        ringing. Raises AuthenticationFailed, NotFound (no such user), ConnectionFailed, TimedOut, ServerError.
        """
        return await self._device_action(user, action="dial", destination=destination, prefix=prefix)

    async def answer(self, user: str) -> str:
        """Pick up the call that rings at the preferred phone of `user` (the vendor's action `offhook`).

        The request is the vendor's (public facts A); the reply's text, probably `"offhook commited"`, is assumed (D).
        Raises as `dial`.
        """
        return await self._device_action(user, action="offhook")

    async def hangup(self, user: str) -> str:
        """End the call at the preferred phone of `user` (public facts A; broken in the PBX before 18.08).

        Raises as `dial`.
        """
        return await self._device_action(user, action="hangup")

    async def states(self, users: Iterable[str] | str) -> dict[str, str]:
        """The phone state of each of `users` (login names): `Ringing`, `InUse` (public facts A), others as Asterisk
        names them (`Idle`, `Unavailable`, …; assumed, D). A user without a state is left out.

        Several users in one request are separated by commas (assumed).
        """
        keys = users if isinstance(users, str) else ",".join(users)
        answer = await self._call(_operations.GET_IDENTITY_STATES, params={"keys": keys})
        return self._states(answer)

    def cdr(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        inbound: bool | None = None,
        internal: bool | None = None,
        result: str | None = None,
        user: str | None = None,
        limit: int | None = None,
        newest_first: bool = True,
        after: str | None = None,
    ) -> AsyncIterator[Call]:
        """All call records, each exactly once, however many the instance answers at once; fetched as you go on.

        since, until: zone-aware; a call that began at `since` belongs to it, one at `until` doesn't.
        inbound, internal: only these, or only the others. result: `hangup`, `noanswer`, `transfer`, … (public facts A).
        user: login name. limit: at most so many. newest_first=False: oldest first.
        after: the `cursor` of a record: go on behind it, with the other arguments as they were.

        Newest first, calls that arrive meanwhile are not in it; oldest first, they come at the end. A call may get
        into the journal only when it ends, under the time it began (assumed): export what is some hours old.

        Raises ConfigurationError (no zone, no cursor), TooManyCalls (more at one moment than the instance answers),
        AuthenticationFailed, ConnectionFailed, TimedOut, ServerError, UnexpectedAnswer. (Vendor page; public facts §5.)
        """
        from ..windows import Query  # at the first use: importing msgspec costs more than this package
        from .cdr import calls

        query = Query(since, until, inbound, internal, result, user, limit, newest_first, after)
        return calls(query, query.plan(self._cdr_knowledge), self._cdr_page, self._options.retries)

    async def _cdr_page(self, params: dict[str, Any]) -> Answer:
        return await self._call(_operations.LIST_CDR, params=params)

    @cached_property
    def recordings(self) -> AsyncRecordings:
        """What was recorded of calls: `await pbx.recordings.download(call, "folder")`, and `parts`, `open`, …"""
        from .recordings import AsyncRecordings

        return AsyncRecordings(self._http, self._options.retries)

    async def request(
        self,
        method: str,
        path: str,
        *,
        params: dict[str, Any] | None = None,
        json: Any = None,
        content: bytes | str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Any request below this instance's `services/`: `await pbx.request("GET", "device/")`.

        Returns the answer (`.status`, `.headers`, `.content`, `.text`, `.json()`); anything but 2xx raises. Raises
        ConfigurationError for a path outside this instance: the credentials never leave it.
        """
        body = {} if json is None else {"json": json}
        return await self._http.answer(
            method.upper(), path, params=params, content=content, headers=headers, **body
        )
