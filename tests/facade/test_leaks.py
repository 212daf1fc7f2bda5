"""No secret and no phone number leaves by a repr, a log, an error, a traceback with locals, or the process list."""

from __future__ import annotations

import asyncio
import base64
import gc
import io
import logging
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pascom_facade import AsyncPascom, Pascom, PascomError
from pascom_facade.settings import Address, Credentials
from pascom_facade.simulator import Simulator
from tests.servers.scripted_server import RESET, answer, serving

SECRET = "Sup3rS3cr3tPassw0rd"
NUMBER = "0049991296910"
BASIC = base64.b64encode(f"moby:{SECRET}".encode()).decode()
PLANTED = (SECRET, BASIC, NUMBER)


def clean(text: str) -> None:
    for secret in PLANTED:
        assert secret not in text, text


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that is logged, at every level, by everybody."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


def use_everything(pbx: Any) -> None:
    pbx.dial("mpasquay", NUMBER)
    pbx.states(["mpasquay", NUMBER])
    for call in pbx.cdr(user="mpasquay", since=datetime(2020, 1, 1, tzinfo=UTC), limit=3):
        clean(repr(call))
    pbx.push("CSV-Import", [{"phone": NUMBER}])
    pbx.request("GET", "identity/states", params={"keys": NUMBER})
    clean(repr([pbx.identity("mpasquay"), *pbx.devices(), pbx.recordings, pbx]))
    pbx.services.device.get_device(pbx.devices()[0]["010dev_bez"])


async def use_everything_async(pbx: AsyncPascom) -> None:
    await pbx.dial("mpasquay", NUMBER)
    await pbx.states(["mpasquay", NUMBER])
    async for call in pbx.cdr(limit=3):
        clean(repr(call))
    await pbx.push("CSV-Import", [{"phone": NUMBER}])
    clean(repr([await pbx.identity("mpasquay"), pbx]))


def test_logs_at_debug_of_everybody(logged: io.StringIO) -> None:
    with Simulator(20, password=SECRET) as sim:
        with Pascom(sim.server, sim.instance, password=SECRET) as pbx:
            use_everything(pbx)

        async def run() -> None:
            async with AsyncPascom(sim.server, sim.instance, password=SECRET) as pbx:
                await use_everything_async(pbx)

        asyncio.run(run())
    text = logged.getvalue()
    clean(text)
    assert "POST identity/{user_name}/defaultdevice/action 200" in text, "our own logger says what was asked"
    assert "GET device/{name} 200" in text, "and what was asked of a service"


def test_other_requests_of_httpx_are_still_logged(logged: io.StringIO) -> None:
    import httpx

    with serving() as server:
        httpx.get(f"{server.origin}/elsewhere", trust_env=False)
    assert "/elsewhere" in logged.getvalue()


def failing(origin: str) -> list[Callable[[], object]]:
    def attempt(call: Callable[[Pascom], object]) -> Callable[[], object]:
        def attempted() -> None:
            with Pascom(origin, "voipjack", password=SECRET, retries=0, timeout=0.5) as pbx:
                call(pbx)

        return attempted

    async def dial_async() -> None:
        async with AsyncPascom(origin, "voipjack", password=SECRET, retries=0, timeout=0.5) as client:
            await client.dial("mpasquay", NUMBER)

    return [
        attempt(lambda pbx: pbx.dial("mpasquay", NUMBER)),
        lambda: asyncio.run(dial_async()),
        attempt(lambda pbx: list(pbx.cdr())),
        attempt(lambda pbx: pbx.states(NUMBER)),
        attempt(lambda pbx: pbx.voicemailbox(NUMBER)),
        attempt(lambda pbx: pbx.request("GET", f"voicemailbox/{NUMBER}", params={"number": NUMBER}).json()),
        attempt(lambda pbx: pbx.identity(NUMBER)),
        attempt(lambda pbx: pbx.recordings.download(f"{NUMBER}-1_2-2", tempfile.mkdtemp())),
        lambda: asyncio.run(dial_async()),
    ]


def everything_told(error: BaseException) -> str:
    """The error, what it hangs on to, and what a crash reporter prints: locals of this package's own frames too."""
    told, seen, queue = [], set[int](), [error]
    while queue:
        one = queue.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        told += [str(one), repr(one), repr(vars(one))]
        queue += [other for other in (one.__cause__, one.__context__) if other is not None]
    report = traceback.TracebackException.from_exception(error, capture_locals=True)
    ours = [frame for frame in report.stack if "tests/" not in frame.filename]
    told += [f"{frame.name} {frame.locals}" for frame in ours]
    return "\n".join(told)


LOGIN = answer("302 Found", Location=f"https://elsewhere.invalid/login?from={NUMBER}#{SECRET}")
PLAIN = answer("301 Moved Permanently", Location=f"http://pascom.example/?number={NUMBER}")


@pytest.mark.parametrize(
    "fault",
    [
        answer("401 Unauthorized", b"no: " + BASIC.encode(), WWW_Authenticate='Basic realm="x"'),
        answer("404 Not Found", NUMBER.encode()),
        answer("500 Internal Server Error", b"<b>Fatal</b> " + SECRET.encode()),
        answer("200 OK", b"<html>" + NUMBER.encode(), Content_Type="text/html"),
        RESET,
        LOGIN,
        PLAIN,
    ],
    ids=["401", "404", "500", "html", "reset", "redirect to a foreign host", "redirect to http"],
)
def test_errors_and_what_they_hang_on_to(fault: bytes, logged: io.StringIO) -> None:
    with serving(fault) as server:
        for attempt in failing(server.origin):
            with pytest.raises(PascomError) as caught:
                attempt()
            clean(everything_told(caught.value))
            assert "\n" not in str(caught.value)
    clean(logged.getvalue())


@pytest.mark.parametrize("fault", [answer("404 Not Found"), RESET, LOGIN], ids=["404", "reset", "redirect"])
def test_errors_of_generated_calls(fault: bytes) -> None:
    async def ask(origin: str) -> None:
        async with AsyncPascom(origin, "voipjack", password=SECRET, retries=0, timeout=0.5) as pbx:
            await pbx.services.voicemailbox.get_voicemailbox(NUMBER)

    with (
        serving(fault) as server,
        Pascom(server.origin, "voipjack", password=SECRET, retries=0, timeout=0.5) as pbx,
    ):
        for attempt in (
            lambda: pbx.services.voicemailbox.get_voicemailbox(NUMBER),
            lambda: pbx.services.identity.get_identity_states(keys=[NUMBER]),
            lambda: asyncio.run(ask(server.origin)),
        ):
            with pytest.raises(PascomError) as caught:
                attempt()
            clean(everything_told(caught.value))


@pytest.mark.parametrize("fault", [LOGIN, PLAIN], ids=["to a foreign host", "to http"])
def test_redirects_are_not_followed(fault: bytes) -> None:
    with serving(fault) as server:
        with (
            Pascom(server.origin, "voipjack", password=SECRET) as pbx,
            pytest.raises(PascomError, match="redirected to"),
        ):
            pbx.states("mpasquay")
        assert len(server.requests) == 1


def test_reprs_of_what_holds_the_secret() -> None:
    pbx = Pascom("pascom.cloud", "voipjack", password=SECRET)
    held = [
        pbx,
        pbx._credentials,
        pbx._options,
        pbx._http,
        pbx._http.auth,
        pbx.api,
        Credentials("moby", SECRET),
    ]
    clean(repr(held))
    pbx.close()
    address = Address.from_url("https://pascom.cloud/voipjack/services/")
    clean(f"{address!r} {Credentials.from_auth_string(BASIC)!r}")


@pytest.mark.parametrize("server", ["no server", "http://pascom.example"])
def test_nothing_is_left_of_a_refused_address(server: str) -> None:
    environ = {"PASCOM_SERVER": server, "PASCOM_INSTANCE": "x", "PASCOM_PASSWORD": SECRET}
    attempts: list[Callable[[], Pascom]] = [
        lambda: Pascom(server, "x", password=SECRET),
        lambda: Pascom.from_url(f"http://moby:{SECRET}@pascom.example/x/services/"),
        lambda: Pascom.from_env(environ),
    ]
    for construct in attempts:
        with pytest.raises(PascomError) as caught:
            construct()
        clean(everything_told(caught.value))


def test_nothing_is_left_of_a_refused_auth_string() -> None:
    bad = base64.b64encode(SECRET.encode()).decode()
    with pytest.raises(PascomError) as caught:
        Pascom("pascom.cloud", "voipjack", auth_string=bad)
    told = everything_told(caught.value)
    clean(told)
    assert bad not in told


def test_the_process_list(tmp_path: Path) -> None:
    """A password command gives its password by its output, not by arguments or environment of others."""
    with Simulator(1, password=SECRET) as sim:
        secret = tmp_path / "secret"
        secret.write_text(SECRET)
        environ = {**sim.environment, "PASCOM_PASSWORD_COMMAND": f"cat {secret}"}
        del environ["PASCOM_PASSWORD"]
        code = (
            "import os; from pascom_facade import Pascom\n"
            "with Pascom.from_env() as pbx: list(pbx.cdr())\n"
            "print(open('/proc/self/cmdline').read(), open('/proc/self/environ').read())"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], env=environ, capture_output=True, encoding="utf-8", check=True
        )
    clean(done.stdout + done.stderr)
    gc.collect()
