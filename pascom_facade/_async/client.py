"""`AsyncPascom`: the verbs of a phone system."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import timedelta
from importlib import import_module
from math import inf
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Generic, Self, overload

from .._configured import Configured
from .._discreet import discreet
from .._lazy import loading, once
from .._operations import JsonBody
from ..answers import Answer
from ..errors import ConfigurationError
from ..masterdata import Device, Identity, Voicemailbox, has_columns
from ..settings import CLOSED, DEFAULT_USER, Address, Options, Password, number, text
from .package import ApiT

if TYPE_CHECKING:
    from ..cdr import Call, Direction
    from ..cdr_options import CdrOptions
    from ..moments import When
    from ..push_rows import Rows
    from .http import AsyncHttp
    from .lists import PhoneStates
    from .package import AsyncPackage, OtherApi
    from .recordings import AsyncRecordings
    from .watch import StateChange


async def _pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    while piece := file.read(65_536):
        yield piece


class AsyncPascom(Configured, Generic[ApiT]):
    """A pascom instance: `async with AsyncPascom("pascom.cloud", "voipjack", password=…) as pbx: …`

    One object may be used by many tasks of one event loop, a thousand at once too: 100 connections serve them in turn.
    After a fork, and in another event loop, it uses connections of its own. Close it to be done with it.

    A proxy of the environment (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY) is used, except for NO_PROXY and this machine.

    The logger `pascom_facade` has each request: method, path without its values, status, milliseconds, attempt.
    For traces, `opentelemetry-instrumentation-httpx` works as it is; its spans hold addresses with their queries.
    """

    @discreet
    def __init__(
        self,
        server: str,
        instance: str,
        *,
        user: str = DEFAULT_USER,
        password: Password | None = None,
        auth_string: str | None = None,
        ca_file: str | Path | None = None,
        fingerprint: str | None = None,
        verify: bool = True,
        allow_http: bool = False,
        timeout: float = 30.0,
        retries: int = 2,
        cdr_options: CdrOptions | None = None,
        remember: bool = True,
        client: AsyncPackage[ApiT] | str | None = None,
    ) -> None:
        """`https://SERVER/INSTANCE/services/` is the vendor's address scheme: `Pascom("pascom.cloud", "voipjack", …)`,
        `Pascom("192.168.1.5", "voipjack", …)`. Nothing is sent yet.

        password: the REST password, or a function that fetches it at the first request; or
        auth_string: the web UI's "BASIC Auth String" (Information > Developer > Show REST credentials).
        ca_file: the certificate (PEM) of a server that signs its own; or fingerprint: its SHA-256, as `pascom doctor`
        shows it: then only that certificate is trusted. verify=False trusts anybody, and warns.
        allow_http: allow unencrypted http to other machines (loopback always is).
        timeout: seconds to wait for a whole answer (of a recording: for the next piece). retries: how often a GET, or a
        request that was never sent, is tried again. A dial that may have arrived never is.
        cdr_options: how this instance wants its CDR asked, if neither its document nor its answers tell.
        remember: begin with what `pascom doctor --assumptions` learned of this instance (a file in the cache directory,
        which only that command writes): how `cdr` and `states` are to be asked. PASCOM_CACHE=off does without, too.

        client: the package that `pascom regenerate` made of this instance's document, imported or by its name: what
        `services` offers, typed where it is imported (default: PASCOM_CLIENT, else the one that comes with this).

        Raises ConfigurationError for what cannot work.
        """
        address = Address.of(server, instance, allow_http=allow_http)
        login = {"user": user, "password": password, "auth_string": auth_string}
        options = Options(timeout, retries, verify, ca_file, fingerprint)
        self._configure(address, login, options, cdr_options, remember, client)

    @overload
    @classmethod
    def from_env(
        cls, environ: Mapping[str, str] = ..., *, client: AsyncPackage[OtherApi], **options: Any
    ) -> AsyncPascom[OtherApi]: ...
    @overload
    @classmethod
    def from_env(cls, environ: Mapping[str, str] = ..., *, client: str | None = ..., **options: Any) -> Self: ...
    @classmethod
    @discreet
    def from_env(cls, environ: Mapping[str, str] = os.environ, **options: Any) -> Any:
        """From PASCOM_SERVER, PASCOM_INSTANCE, PASCOM_USER (default `moby`), one of PASCOM_PASSWORD,
        PASCOM_PASSWORD_COMMAND or PASCOM_AUTH_STRING, PASCOM_CA_FILE or PASCOM_FINGERPRINT, and PASCOM_CLIENT;
        what they leave open from the instance that PASCOM_PROFILE names.

        Raises ConfigurationError naming what is missing.
        """
        return cls._from_env(environ, options)

    @overload
    @classmethod
    def from_url(cls, url: str, *, client: AsyncPackage[OtherApi], **options: Any) -> AsyncPascom[OtherApi]: ...
    @overload
    @classmethod
    def from_url(cls, url: str, *, client: str | None = ..., **options: Any) -> Self: ...
    @classmethod
    @discreet
    def from_url(cls, url: str, **options: Any) -> Any:
        """From an address as copied from a browser: `https://pascom.cloud/voipjack/services/`."""
        return cls._from_url(url, options)

    @once
    def _http(self) -> AsyncHttp:
        if self._closed:
            raise ConfigurationError(CLOSED)
        with loading():
            from .http import AsyncHttp  # loads httpx: at the first request only

            return AsyncHttp(self._address, self._credentials, self._options)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections; the object cannot be used after that."""
        self._closed = True
        if (http := self.__dict__.get("_http")) is not None:
            await http.aclose()

    @property
    def api(self) -> Any:
        """The generated client (`pascom_client.Client`) wired to this instance, for the generated functions:
        `await pascom_client.api.cdr.list_cdr.asyncio(client=pbx.api)`.
        """
        http = self._http  # before the generated client: it loads httpx as the facade needs it
        with loading():
            package: Any = import_module(self._package)
            client = package.Client

        return client(base_url=self._address.services).set_async_httpx_client(http)

    @property
    def services(self) -> ApiT:
        """Every documented operation by its tag, typed: `await pbx.services.cdr.list_cdr(limit=5)`.

        Generated from the instance's document: `repr`, `dir` and `help` tell what there is, `pascom services` too.
        Raises as all verbs do: anything but 2xx is an error.
        """
        from .._services import self_showing

        with loading():
            package: Any = import_module(self._package)
        services: ApiT = self_showing(package.AsyncApi)(self.api)
        return services

    async def _call(self, operation: str, *path: str, params: dict[str, Any] | None = None, **rest: Any) -> Answer:
        wanted = self._operations.request(operation, *path, **rest)
        if params is not None:
            wanted["params"] = params  # without the document's defaults, such as a limit of another name
        return await self._http.answer(**wanted)

    async def _device_action(self, user: str, **action: object) -> str:
        answer = await self._call("identity.default_device_action", user, body=JsonBody(action))
        return answer.accepted()

    async def _records(self, operation: str) -> tuple[list[Any], Answer]:
        """The objects of a list, of all its pages, and the first page's answer."""
        from .lists import all_pages

        answer = await self._call(operation)
        rows = await all_pages(self._call, self._operations, operation, has_columns, answer, {})
        return rows, answer

    @discreet
    async def dial(
        self, user: str, destination: str, *, prefix: str = "auto", wait: bool = False, timeout: float = 60.0
    ) -> str:
        """Let the preferred phone of `user` (login name) call `destination`; returns what the instance says to it.

        `destination` is an extension, an external number or a service code such as `*100`; `prefix="auto"` works
        out trunk prefixes. The answer, `"dial commited"` (another instance may have other words, or none: `""`), means
        accepted, not answered. (Vendor page.) wait=True follows the phone's state (its words are assumed) until it is
        in use, `timeout` seconds at most; CallFailed says if it won't be.

        A dial is sent at most once: an error whose `may_have_happened` is True says that the phone may be
        ringing. Raises AuthenticationFailed, NotFound (no such user), ConnectionFailed, TimedOut, ServerError.
        """
        text("destination", destination)
        if wait:
            number("timeout", timeout, least=0)
        response = await self._device_action(user, action="dial", destination=destination, prefix=prefix)
        if wait:
            from .watch import follow

            await follow(self.states, user, timeout)
        return response

    @discreet
    async def answer(self, user: str) -> str:
        """Pick up the call that rings at the preferred phone of `user` (the vendor's action `offhook`).

        The request is the vendor's (public facts A); the reply's text, probably `"offhook commited"`, is assumed (D),
        and may be empty. Raises as `dial`.
        """
        return await self._device_action(user, action="offhook")

    @discreet
    async def hangup(self, user: str) -> str:
        """End the call at the preferred phone of `user` (public facts A; broken in the PBX before 18.08).

        Raises as `dial`.
        """
        return await self._device_action(user, action="hangup")

    @discreet
    async def states(self, users: Iterable[str] | str) -> dict[str, str]:
        """The phone state of each of `users` (login names): `Ringing`, `InUse` (public facts A), others as Asterisk
        names them (`Idle`, `Unavailable`, …; assumed, D). A user without a state is left out.

        Several users are asked for in one request, as the document says (else separated by commas, assumed), and one
        by one where an instance has been seen not to take that.
        """
        asked = users.split(",") if isinstance(users, str) else list(users)
        found = await self._phone_states.of(asked)
        return {user: state for user, state in found.items() if state is not None}

    @once
    def _phone_states(self) -> PhoneStates:
        with loading():
            from .lists import PhoneStates

        return PhoneStates(self._call, self._operations, lambda: self._learned("states.several"))

    def watch_states(self, users: Iterable[str] | str, *, every: float = 2.0) -> AsyncIterator[StateChange]:
        """The state of each of `users`, then each change (`.user`, `.state`, `.before`), for ever; break to end.

        The API has no events (vendor): this asks every `every` seconds, up to four times as seldom while nothing
        changes, and goes on through restarts and rate limits of the instance (logged). Raises what asking again
        can't mend, such as AuthenticationFailed.
        """
        from .watch import watch_states

        return watch_states(self.states, [users] if isinstance(users, str) else list(users), every)

    def watch_calls(
        self,
        *,
        since: When | None = None,
        inbound: bool | None = None,
        internal: bool | None = None,
        direction: Direction | None = None,
        result: str | None = None,
        user: str | None = None,
        every: float = 10.0,
        look_back: timedelta = timedelta(hours=1),
    ) -> AsyncIterator[Call]:
        """Each call record that appears or changes from now on, oldest first, for ever; break to end.

        since: those since then come first. inbound, … user: as `cdr` takes them. Asks as `watch_states` does, not for
        records of calls that began more than `look_back` ago.
        """
        from ..moments import as_moment
        from .watch import watch_calls

        start = as_moment("since", since)
        wanted: Any = {"inbound": inbound, "internal": internal, "result": result, "user": user, "direction": direction}
        return watch_calls(lambda start: self.cdr(since=start, **wanted), every, look_back, start)

    @discreet
    async def identity(self, user: str) -> Identity:
        """A user by login name: `.display_name`, `["003use_bez"]`, … (public facts A). Raises NotFound."""
        return Identity.read(await self._call("identity.get_identity", user))

    @discreet
    async def identities(self) -> list[Identity]:
        """All users, of all pages if they come in pages (path: vendor page; shape: D)."""
        return Identity.all_of(*await self._records("identity.list_identities"))

    @discreet
    async def device(self, name: str) -> Device:
        """A phone by name, "with all details" (vendor's screenshot). Raises NotFound."""
        return Device.read(await self._call("device.get_device", name))

    @discreet
    async def devices(self) -> list[Device]:
        """All phones, as `identities` (vendor's screenshot)."""
        return Device.all_of(*await self._records("device.list_devices"))

    @discreet
    async def voicemailbox(self, mailbox: str) -> Voicemailbox:
        """A voicemail box by its extension (vendor's script). Raises NotFound."""
        return Voicemailbox.read(await self._call("voicemailbox.get_voicemailbox", mailbox))

    @discreet
    async def push(self, profile: str, rows: Rows, *, allow_empty: bool = False) -> str:
        """Import `rows` with the connector profile `profile`; returns what the instance says (shape not published).

        rows: mappings or dataclasses (the first one's keys are the columns), the path of a CSV file or an open one,
        or a data frame. Sent as UTF-8 CSV, once, and only after all rows were read. Memory stays flat.

        A profile's default mode REMOVES records that are missing in the push (vendor page): send all rows, always.
        An empty push is refused unless `allow_empty`. Raises ConfigurationError (rows that can't be sent), NotFound (no
        such profile), and as `dial`: an error whose `may_have_happened` is True says that it may be imported.
        (Public facts B: code that ran against real instances.)
        """
        from ..push_rows import spooled

        with spooled(rows, allow_empty=allow_empty) as file:
            wanted = self._operations.request("connector.push_csv", profile, body="")
            wanted["headers"]["Content-Length"] = str(file.seek(0, os.SEEK_END))
            file.seek(0)
            answer = await self._http.answer(**wanted | {"content": _pieces(file)})
        answer.check_no_page()
        return answer.text

    def cdr(
        self,
        *,
        since: When | None = None,
        until: When | None = None,
        inbound: bool | None = None,
        internal: bool | None = None,
        direction: Direction | None = None,
        result: str | None = None,
        user: str | None = None,
        limit: int | None = None,
        newest_first: bool = True,
        after: str | None = None,
    ) -> AsyncIterator[Call]:
        """All call records, each exactly once, however many the instance answers at once; fetched as you go on.

        since, until: a datetime with a zone, a date, a timedelta (so long ago), or a text: "7d", "yesterday",
        "2026-11-20 14:00" (this computer's zone). A call that began at `until` is not in it; a day as `until` is.
        inbound, internal: only these, or only the others; direction: both in one word. limit: at most so many.
        result: `hangup`, `noanswer`, `transfer`, … (public facts A). user: login name.
        after: the `cursor` of a record: go on behind it, with the other arguments as they were.
        Newest first, calls that arrive meanwhile are not in it; oldest first, they come at the end. A call may get
        into the journal only when it ends, under the time it began (assumed): export what is some hours old.

        Raises ConfigurationError (no zone, no cursor), TooManyCalls (more at one moment than the instance answers),
        AuthenticationFailed, ConnectionFailed, TimedOut, ServerError, UnexpectedAnswer. (Vendor page; public facts §5.)
        """
        with loading():  # at the first use: importing msgspec costs more than this package
            from ..cdr_query import Query
            from .cdr import calls

        query = Query(since, until, inbound, internal, result, user, limit, newest_first, after, direction)
        return calls(query, self._cdr_knowledge, self._cdr_page, self._options.retries)

    @discreet
    async def _cdr_page(self, params: dict[str, Any]) -> Answer:
        from .lists import plain_calls

        answer = await self._call("cdr.list_cdr", params=params)
        most = params.get(self._cdr_knowledge.options.limit, inf)
        return await plain_calls(self._call, self._operations, "cdr.list_cdr", answer, params, most)

    @once
    def recordings(self) -> AsyncRecordings:
        """What was recorded of calls: `await pbx.recordings.download(call, "folder")`, and `parts`, `open`, …"""
        with loading():
            from .recordings import AsyncRecordings

        return AsyncRecordings(self._http, self._options.retries, self._operations)

    @discreet
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
        return await self._http.answer(method, path, params=params, content=content, headers=headers, **body)
