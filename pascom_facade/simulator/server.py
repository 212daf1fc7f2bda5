"""`Simulator`: one simulated instance, served from a thread of its own, which tests control and inspect."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import shutil
import socket
import ssl
import string
import tempfile
import threading
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

import uvicorn

from .app import Instance, control, front
from .calls import CallLog
from .connections import KeepAlive, Protocol
from .exchange import Exchange, PlacedCall
from .faults import EVERYDAY, Fault, Reset, Script, as_bytes
from .journal import Journal, Request
from .options import Assumed, Options, Profile
from .recordings import Recording
from .services import Push, Services

HOST = "127.0.0.1"


class Simulator:
    """A pascom instance on loopback; `with Simulator(calls=500) as sim:` starts and stops it.

    `calls` rows of history are made from `seed` and end at `end` (default: the last midnight in the server's zone);
    `calls_per_second` more arrive while it runs. A share `fault_rate` of the answers fails with one of `faults`.
    `same_timestamp` rows share one time. `recording_size` is every recording's size in bytes.
    Connections end after `keep_alive_seconds` of idleness and after `keep_alive_requests` requests, as the vendor's.
    """

    def __init__(
        self,
        calls: int = 500,
        *,
        seed: int = 1,
        profile: Profile = 18,
        instance: str = "voipjack",
        user: str = "moby",
        password: str | None = None,
        port: int = 0,
        tls: bool = False,
        end: datetime | None = None,
        calls_per_second: float = 0.0,
        same_timestamp: int = 1,
        recording_size: int | None = None,
        keep_alive_seconds: int = 5,
        keep_alive_requests: int = 100,
        fault_rate: float = 0.0,
        faults: Iterable[Fault] = EVERYDAY,
        authenticate: bool = True,
        assumed: Assumed | None = None,
    ) -> None:
        self._options = Options(
            calls=calls,
            seed=seed,
            profile=profile,
            instance=instance,
            user=user,
            password=password or new_password(),
            end=end,
            calls_per_second=calls_per_second,
            same_timestamp=same_timestamp,
            recording_size=recording_size,
            keep_alive_seconds=keep_alive_seconds,
            keep_alive_requests=keep_alive_requests,
            authenticate=authenticate,
            assumed=assumed or Assumed(),
        )
        self._port = port
        self._tls = tls
        self._fault_rate = fault_rate
        self._faults = tuple(faults)
        self._running: contextlib.ExitStack | None = None
        self._build()

    def _build(self) -> None:
        options = self._options
        self._calls = CallLog(options)
        self._exchange = Exchange(self._calls)
        self._journal = Journal()
        self._script = Script(self._fault_rate, self._faults, options.seed)
        self._services = Services(options, self._calls, self._exchange)
        self.ca_file: str | None = None
        """Certificate of the authority that signed this server's, with `tls=True`."""

    def __repr__(self) -> str:
        if self._running is None:
            return "<Simulator stopped>"
        return f"<Simulator {self.services}>"

    # its address and login

    @property
    def server(self) -> str:
        scheme = "https" if self._tls else "http"
        return f"{scheme}://{HOST}:{self._port}"

    @property
    def instance(self) -> str:
        return self._options.instance

    @property
    def user(self) -> str:
        return self._options.user

    @property
    def password(self) -> str:
        return self._options.password

    @property
    def services(self) -> str:
        return f"{self.server}/{quote(self.instance)}/services/"

    @property
    def apidoc(self) -> str:
        return f"{self.services}apidoc/"

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables with which the facade and the command line use this instance."""
        variables = {
            "PASCOM_SERVER": self.server,
            "PASCOM_INSTANCE": self.instance,
            "PASCOM_USER": self.user,
            "PASCOM_PASSWORD": self.password,
        }
        if self.ca_file:
            variables["PASCOM_CA_FILE"] = self.ca_file
        return variables

    # what it received

    @property
    def requests(self) -> list[Request]:
        """The last 20,000 requests up to now, oldest first."""
        return list(self._journal.requests)

    @property
    def journal(self) -> Journal:
        """Counts of all requests, by status and by fault."""
        return self._journal

    @property
    def placed_calls(self) -> list[PlacedCall]:
        """The last 100,000 dials that were handled up to now, oldest first."""
        return list(self._exchange.placed)

    @property
    def placed_count(self) -> int:
        """How many dials were handled."""
        return self._exchange.placed_count

    @property
    def pushes(self) -> list[Push]:
        return self._services.pushes

    @property
    def calls(self) -> CallLog:
        """The journal of calls: `len(sim.calls)`, `sim.calls[index]`, oldest first."""
        return self._calls

    def recording(self, record_id: str, rule: int = 1, file: int = 1) -> Recording | None:
        """What `monitor/{record_id}/{rule}/{file}/wav` serves."""
        return self._services.archive.find(record_id, str(rule), str(file))

    # what happens to it

    def ring(self, user: str, number: str) -> None:
        """Let somebody call `user`: the phone rings until it is answered or hung up."""
        self._exchange.ring(user, number)

    def script(
        self,
        method: str,
        path: str,
        *,
        times: int = 1,
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
        body: object = None,
        delay: float = 0.0,
        cut_after: int | None = None,
        prepend: bytes = b"",
        reset: Reset | None = None,
    ) -> None:
        """Answer the next `times` requests with this method and path (below `services/`, `*` allowed) like this.

        With `status` or `body` (bytes, text, or anything JSON) the request isn't handled, only answered. Without
        them it is handled and the answer spoiled: delayed, truncated, with bytes prepended, or with the connection
        reset `before` or `after` handling it or amid the answer's `headers`.
        """
        fault = Fault(status, headers or {}, as_bytes(body), delay, cut_after, prepend, reset)
        self._script.add(method, path, times, fault)

    # its life

    def start(self) -> Simulator:
        """Serve from now on; returns once connections are accepted. Raises OSError if the port is taken."""
        if self._running:
            return self
        with contextlib.ExitStack() as stack:
            listening = stack.enter_context(socket.create_server((HOST, self._port), backlog=512))
            self._port = listening.getsockname()[1]
            config = self._config()
            if self._tls:
                folder = tempfile.mkdtemp(prefix="pascom-simulator-")
                stack.callback(shutil.rmtree, folder, ignore_errors=True)
                config.ssl, self.ca_file = _certificate(Path(folder))
            server = _Server(config)
            thread = threading.Thread(
                target=server.serve_in_thread, args=(listening,), name="pascom-simulator", daemon=True
            )
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.end)
            server.ready.wait()
            self._running = stack.pop_all()
        return self

    def _config(self) -> uvicorn.Config:
        instance = Instance(self._options, self._services, self._journal, self._script)
        app = KeepAlive(
            front(instance, control(self._journal, self._script, self._exchange)),
            self._options.keep_alive_seconds,
            self._options.keep_alive_requests,
        )
        config = uvicorn.Config(
            app,
            http=Protocol,
            loop="asyncio",
            lifespan="off",
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=self._options.keep_alive_seconds,
        )
        config.load()
        return config

    def stop(self) -> None:
        """End at once, even amid requests."""
        if self._running:
            self._running.close()
            self._running = None

    def __enter__(self) -> Simulator:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Server(uvicorn.Server):
    """uvicorn with an event for "it listens", and that ends at once rather than at its next tick."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self._ended = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()
        self.ready.set()

    async def main_loop(self) -> None:
        counter = 0
        while not await self.on_tick(counter):
            counter += 1
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), 0.1)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for connection in list(self.server_state.connections):
            connection.transport.abort()  # waiting for the client would leave sockets open after the loop's end
        await super().shutdown(sockets)

    def serve_in_thread(self, listening: socket.socket) -> None:
        try:
            asyncio.run(self.serve([listening]))
        finally:
            self.ready.set()

    def end(self) -> None:
        self.should_exit = self.force_exit = True
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ended.set)


def new_password() -> str:
    """15 letters and digits, as in the vendor's passwords."""
    return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(15))


def _certificate(folder: Path) -> tuple[ssl.SSLContext, str]:
    """A certificate for loopback from an unknown authority, as an on-site server has."""
    import trustme  # only here: importing it takes longer than starting all the rest

    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", HOST).configure_cert(context)
    ca_file = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    return context, str(ca_file)
