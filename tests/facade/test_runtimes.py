"""One client in every runtime, over every kind of connection: right answers, and every call placed is owned up to."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import gc
import json
import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pascom_facade import AsyncPascom, ConfigurationError, Pascom, PascomError
from pascom_facade._tls import fetch_fingerprint
from pascom_facade.settings import Address, Credentials
from pascom_facade.simulator import Simulator
from tests.helpers.runtime_programs import PROGRAMS
from tests.servers.proxy_server import ProxyServer
from tests.servers.scripted_server import OK, answer, serving

ROOT = Path(__file__).parents[2]
PROXIES = [f"{kind}_proxy" for kind in ("http", "https", "all", "no")]
CLEAN = {name: value for name, value in os.environ.items() if name.lower() not in PROXIES}
NOT_EVERYWHERE = {"uvloop", "gevent"}


Worlds = dict[str, tuple[Simulator, dict[str, Any]]]


@pytest.fixture(scope="module")
def worlds() -> Iterator[Worlds]:
    """Each kind of connection with a simulator of its own, and the program's settings for it."""
    with contextlib.ExitStack() as stack:
        plain, proxied = (stack.enter_context(Simulator(3)) for _ in range(2))
        secure, pinned, pinned_proxied = (stack.enter_context(Simulator(3, tls=True)) for _ in range(3))
        proxy = f"http://127.0.0.1:{stack.enter_context(ProxyServer()).port}"
        yield {
            "http": world(plain),
            "https": world(secure, ca_file=str(secure.ca_file)),
            "pinned": world(pinned, fingerprint=fingerprint_of(pinned)),
            "proxy": world(proxied, server=by_name(proxied), allow_http=True, environment={"HTTP_PROXY": proxy}),
            "pinned through a proxy": world(
                pinned_proxied,
                server=by_name(pinned_proxied),
                fingerprint=fingerprint_of(pinned_proxied),
                environment={"HTTPS_PROXY": proxy},
            ),
        }


def world(sim: Simulator, *, environment: dict[str, str] | None = None, **options: Any) -> tuple[Simulator, Any]:
    common = {"server": sim.server, "instance": sim.instance, "password": sim.password, "timeout": 20}
    return sim, {"options": common | options, "environment": environment or {}}


def fingerprint_of(sim: Simulator) -> str:
    return fetch_fingerprint(Address.of(sim.server, sim.instance))


def by_name(sim: Simulator) -> str:
    return sim.server.replace("127.0.0.1", "pbx.corp.test")


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_matrix(program: str, worlds: Worlds) -> None:
    """In each world two dials fail: one that was not placed, and one whose answer was lost after it was placed."""
    if program in NOT_EVERYWHERE:
        pytest.importorskip(program)
    if program == "gevent":
        pytest.importorskip("gevent.subprocess", exc_type=ImportError)
    if program.startswith("fork") and not hasattr(os, "fork"):
        pytest.skip("no forks here")
    for sim, _ in worlds.values():
        sim.script("POST", "*", status=404)
        sim.script("POST", "*", reset="after")
    command = [sys.executable, "-W", "error::ResourceWarning", "-m", "tests.helpers.runtime_programs", program]
    settings = json.dumps({name: one for name, (_, one) in worlds.items()})
    done = subprocess.run([*command, settings], env=CLEAN, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    outcomes = [json.loads(line) for line in done.stdout.splitlines()]
    for name, (sim, _) in worlds.items():
        check_world([one for one in outcomes if one["world"] == name], sim)


def check_world(outcomes: list[dict[str, Any]], sim: Simulator) -> None:
    """What was answered is right, and what failed may have happened exactly if it did."""
    placed = [call.destination for call in sim.placed_calls]
    for one in outcomes:
        if one["what"] != "get":
            may_have_happened = one.get("happened", True)
            assert placed.count(one["what"]) == int(may_have_happened), one
        assert one.get("right") or "error" in one, one
    failed = [one for one in outcomes if "error" in one]
    assert sorted(one["happened"] for one in failed) == [False, True], failed
    assert "get" not in [one["what"] for one in failed]


def test_a_loop_closes_its_connections_as_it_ends() -> None:
    async def main() -> None:
        await pbx.request("GET", "cdr/")

    gc.collect()  # what other tests left
    with serving(OK) as server, warnings.catch_warnings():
        warnings.simplefilter("error")
        pbx = AsyncPascom(server.origin, "v", password="x")
        asyncio.run(main())
        gc.collect()
        asyncio.run(main())
        assert server.connections == 2


def test_without_a_loop_of_asyncio_one_error_says_so() -> None:
    """As trio would drive it."""
    with serving(OK) as server:
        for password in ("x", lambda: "x"):
            pbx = AsyncPascom(server.origin, "v", password=password)
            for work in (pbx.states("a"), pbx.dial("a", "1"), anext(pbx.cdr()), anext(pbx.watch_states("a"))):
                with pytest.raises(ConfigurationError, match="event loop of asyncio"):
                    work.__await__().send(None)
        assert not server.requests


@pytest.mark.parametrize("used", [False, True])
def test_after_close_one_error_says_so(used: bool) -> None:
    with serving(OK) as server:
        pbx = Pascom(server.origin, "v", password="x")
        recordings = pbx.recordings if used else None
        if used:
            pbx.request("GET", "cdr/")
        pbx.close()
        pbx.close()
        for attempt in (
            lambda: pbx.states("a"),
            lambda: pbx.dial("a", "1"),
            lambda: list(pbx.cdr()),
            lambda: pbx.services.device.get_device("a"),
            lambda: (recordings or pbx.recordings).parts("r1"),
        ):
            with pytest.raises(ConfigurationError, match="was closed"):
                attempt()

        async def main() -> None:
            other = AsyncPascom(server.origin, "v", password="x")
            if used:
                await other.request("GET", "cdr/")
            await other.aclose()
            await other.aclose()
            with pytest.raises(ConfigurationError, match="was closed"):
                await other.dial("a", "1")

        asyncio.run(main())
        assert not [one for one in server.requests if one.startswith(b"POST")]


def test_closing_amid_requests_of_other_threads() -> None:
    slow = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[" + b"<later>]"
    with serving(slow) as server:
        pbx = Pascom(server.origin, "v", password="x")
        found: list[object] = []

        def ask() -> None:
            try:
                while True:
                    found.append(pbx.request("GET", "cdr/").json())
            except PascomError as error:
                found.append(error)

        threads = [threading.Thread(target=ask) for _ in range(5)]
        for one in threads:
            one.start()
        while len(found) < 5:
            pass
        pbx.close()
        for one in threads:
            one.join(10)
    assert all(one == [] or isinstance(one, ConfigurationError) for one in found), found


@pytest.mark.parametrize("used", [False, True])
def test_nothing_of_it_is_pickled(used: bool) -> None:
    with serving(OK) as server, Pascom(server.origin, "v", password="Geheim-7") as pbx:
        if used:
            pbx.request("GET", "cdr/")
        parts = [
            pbx,
            pbx._credentials,
            pbx._http,
            pbx.recordings,
            pbx.api,
            AsyncPascom(server.origin, "v", password="x"),
        ]
        for one in parts:
            for attempt in (pickle.dumps, copy.deepcopy):
                with pytest.raises(ConfigurationError, match="make one there"):
                    attempt(one)
        with pytest.raises(ConfigurationError, match="make one there"):
            multiprocessing.get_context("spawn").Process(target=print, args=(pbx,)).start()
    error = pickle.loads(pickle.dumps(PascomError("x", status=3, may_have_happened=True)))
    assert (error.status, error.may_have_happened) == (3, True)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks here")
def test_a_stream_of_the_parent_is_not_read_in_a_forked_child() -> None:
    """Amid a recording: the child would take the parent's bytes. It goes on over a connection of its own."""
    code = """if True:
        import os, sys
        from pascom_facade import Pascom, PascomError
        with Pascom(sys.argv[1], "v", password="x", retries=0) as pbx:
            with pbx.recordings.open("r1") as wav:
                first = wav.read(4)
                if os.fork() == 0:
                    try:
                        print("child:", wav.read(4), flush=True)
                    except PascomError as error:
                        print("child:", type(error).__name__, flush=True)
                    os._exit(0)
                os.wait()
                print("parent:", first + wav.read(), flush=True)
    """
    pieces = b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\nETag: x\r\n\r\nRIFF<later>data"
    with serving(pieces) as server:
        done = subprocess.run(
            [sys.executable, "-c", code, server.origin], capture_output=True, encoding="utf-8", timeout=30
        )
    assert done.stdout == "child: b'data'\nparent: b'RIFFdata'\n", done.stderr
    assert server.connections == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks here")
def test_a_fork_while_another_thread_fetches_the_password() -> None:
    code = """if True:
        import os, sys, threading, time
        from pascom_facade import Pascom
        begun = threading.Event()
        def vault():
            begun.set(); time.sleep(0.5); return "x"
        with Pascom(sys.argv[1], "v", password=vault) as pbx:
            thread = threading.Thread(target=pbx.request, args=("GET", "cdr/")); thread.start()
            begun.wait()
            if os.fork() == 0:
                print("child:", pbx.request("GET", "cdr/").json(), flush=True)
                os._exit(0)
            thread.join(); os.wait()
    """
    with serving(OK) as server:
        done = subprocess.run(
            [sys.executable, "-c", code, server.origin], capture_output=True, encoding="utf-8", timeout=20
        )
    assert done.stdout == "child: []\n", done.stderr


@pytest.mark.parametrize("how", ["atexit", "thread", "loop in a thread"])
def test_while_the_interpreter_ends(how: str) -> None:
    code = """if True:
        import asyncio, atexit, sys, threading, time
        from pascom_facade import AsyncPascom, Pascom, PascomError
        def ask():
            try:
                print(pbx.request("GET", "cdr/").json(), flush=True)
            except PascomError as error:
                print(type(error).__name__, error, flush=True)
        async def main():
            async with AsyncPascom(sys.argv[1].replace("127.0.0.1", "localhost"), "v", password="x", retries=0) as one:
                try:
                    print((await one.request("GET", "cdr/")).json(), flush=True)
                except PascomError as error:
                    print(type(error).__name__, error, flush=True)
        def later(work):
            threading.main_thread().join()
            work()
        pbx = Pascom(sys.argv[1], "v", password="x", retries=0)
        if sys.argv[2] == "atexit":
            atexit.register(ask)
        elif sys.argv[2] == "thread":
            threading.Thread(target=later, args=(ask,)).start()
        else:
            threading.Thread(target=later, args=(lambda: asyncio.run(main()),)).start()
    """
    with serving(OK) as server:
        command = [sys.executable, "-c", code, server.origin, how]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=30)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.stdout.startswith(("[]", "ConnectionFailed")), done.stdout


def test_refused_login_is_still_a_credential() -> None:
    for user in ("", "a:b"):
        with pytest.raises(ConfigurationError, match="user"):
            Credentials(user, "x")
    with pytest.raises(ConfigurationError, match="no character"):
        Credentials("a", "\udcff")


def test_debug_mode_of_asyncio_has_nothing_to_say(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        async with AsyncPascom(server.origin, "v", password="x") as pbx:
            await asyncio.gather(*(pbx.request("GET", "cdr/") for _ in range(5)))
            with contextlib.suppress(PascomError):
                await pbx.request("GET", "cdr/gone")

    with serving(OK, OK, OK, OK, OK, answer("404 Gone")) as server, warnings.catch_warnings():
        warnings.simplefilter("error")
        asyncio.run(main(), debug=True)
        gc.collect()
    assert not [record for record in caplog.records if record.name == "asyncio" and record.levelname != "DEBUG"]
