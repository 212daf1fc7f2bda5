"""What may have been carried out is never understated, and one exchange takes no longer than it may."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import pytest

from pascom_facade import AsyncPascom, CallFailed, Pascom, PascomError, TimedOut
from pascom_facade.simulator import Simulator
from tests.servers.scripted_server import LATER, OK, RESET, SILENCE, answer, serving

DIALLED = answer("200 OK", b'{"response":"dial commited"}')


def dial_sync(origin: str, **options: Any) -> str:
    with Pascom(origin, "v", password="x", **options) as pbx:
        return pbx.dial("mpasquay", "1")


def dial_async(origin: str, **options: Any) -> str:
    async def main() -> str:
        async with AsyncPascom(origin, "v", password="x", **options) as pbx:
            return await pbx.dial("mpasquay", "1")

    return asyncio.run(main())


@pytest.fixture(params=[dial_sync, dial_async], ids=["sync", "async"])
def dial(request: pytest.FixtureRequest) -> Callable[..., str]:
    asker: Callable[..., str] = request.param
    return asker


CUT = b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\nConnection: close\r\n\r\n{"
DOUBTFUL = {
    **{
        str(status): answer(f"{status} X", Location="/login")
        for status in (300, 301, 302, 303, 304, 305, 307, 308, 399)
    },
    **{str(status): answer(f"{status} X") for status in (408, 499, 500, 502, 503, 504, 599, 999)},
    "101": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
    "100 and the end": b"HTTP/1.1 100 Continue\r\nConnection: close\r\n\r\n",
    "103 and silence": b"HTTP/1.1 103 Early Hints\r\n\r\n",
    "cut amid the body": CUT,
    "cut amid the head": b"HTTP/1.1 200 OK\r\nConnection: close",
    "cut amid a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n50\r\n{",
    "103 and the end": b"HTTP/1.1 103 Early Hints\r\n\r\nConnection: close",
    "101 and more": b"HTTP/1.1 101 X\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n" + OK,
    "no status": b"HTTP/1.1 000 X\r\nContent-Length: 0\r\n\r\n",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}}",
    "a length that is none": b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nConnection: close",
    "a length without end": b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 400 + b"\r\n\r\n{}",
    "a chunk without end": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    + b"F" * 20
    + b"\r\nConnection: close",
    "a head without end": b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 20_000 + b"\r\n",
    "a header that is none": b"HTTP/1.1 503 a\x00b\r\nContent-Length: 0\r\n\r\n",
    "no HTTP": b"\x15\x03\x01 Connection: close",
    "packed wrongly": answer("200 OK", b"no gzip", Content_Encoding="gzip"),
    "a login page": answer("200 OK", b"<html>"),
    "reset": RESET,
    "silence": SILENCE,
}
NOT_DONE = {str(status): answer(f"{status} X") for status in (400, 401, 403, 404, 407, 410, 429)}


@pytest.mark.parametrize("kind", [*DOUBTFUL, *NOT_DONE])
def test_after_a_post(dial: Callable[..., str], kind: str) -> None:
    with serving((DOUBTFUL | NOT_DONE)[kind]) as server, pytest.raises(PascomError) as caught:
        dial(server.origin, timeout=0.4)
    assert caught.value.may_have_happened is (kind in DOUBTFUL)
    assert len(server.requests) == 1


@pytest.mark.parametrize("kind", ["unreachable", "no such name", "no TLS", "silent TLS"])
def test_before_anything_left(dial: Callable[..., str], kind: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        gone = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with serving(OK) as server, socket.create_server(("127.0.0.1", 0)) as silent:
        origin = {
            "unreachable": gone,
            "no such name": "https://pbx.invalid",
            "no TLS": server.origin.replace("http", "https"),
            "silent TLS": f"https://127.0.0.1:{silent.getsockname()[1]}",
        }[kind]
        with pytest.raises(PascomError) as caught:
            dial(origin, timeout=0.4, retries=0)
    assert not caught.value.may_have_happened and "may have been" not in str(caught.value)


FAULTS: list[dict[str, Any]] = [
    {"status": 503},
    {"status": 429},
    {"reset": "before"},
    {"status": 200, "body": "<!DOCTYPE html>login"},
    {"status": 401},
    {"status": 302, "headers": {"Location": "/login"}},
    {"delay": 1.0},
]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_following_a_call_that_was_placed(fault: dict[str, Any], pascom_simulator: Simulator) -> None:
    sim = pascom_simulator
    sim.script("GET", "identity/states", times=50, **fault)

    async def main() -> None:
        async with AsyncPascom.from_env(sim.environment, timeout=0.3, retries=0) as pbx:
            await pbx.dial("mpasquay", "*100", wait=True)

    def sync() -> None:
        with Pascom.from_env(sim.environment, timeout=0.3, retries=0) as pbx:
            pbx.dial("mpasquay", "*100", wait=True)

    for attempt in (sync, lambda: asyncio.run(main())):
        with pytest.raises(PascomError, match="the call was placed") as caught:
            attempt()
        assert caught.value.may_have_happened
        assert not isinstance(caught.value, CallFailed)
    assert sim.placed_count == 2


def test_of_the_state_that_a_call_did_not_reach_no_number_is_told() -> None:
    state = b"busy with 0049991296910 \x1b[31m " + b"x " * 1000
    with serving(DIALLED, answer("200 OK", json.dumps({"mpasquay": {"state": state.decode()}}).encode())) as server:
        with Pascom(server.origin, "v", password="x") as pbx, pytest.raises(CallFailed) as caught:
            pbx.dial("mpasquay", "1", wait=True, timeout=0)
    assert "busy with …" in str(caught.value) and "1b" not in str(caught.value)
    assert len(str(caught.value)) < 200


def told(error: BaseException) -> tuple[bool, str]:
    """What is said of the error, or of what it came from."""
    happened, cause = False, error
    while cause is not None:
        happened = happened or getattr(cause, "may_have_happened", False)
        cause = cause.__cause__ or cause.__context__  # type: ignore[assignment]
    return happened, "".join(traceback.format_exception(error))


@pytest.mark.parametrize("how", ["cancel", "wait_for", "timeout"])
@pytest.mark.parametrize("wait", [False, True])
def test_cancelled_amid_a_dial(how: str, wait: bool) -> None:
    async def main() -> BaseException:
        async with AsyncPascom(server.origin, "v", password="x") as pbx:
            try:
                if how == "wait_for":
                    await asyncio.wait_for(pbx.dial("a", "1", wait=wait), 0.2)
                elif how == "timeout":
                    async with asyncio.timeout(0.2):
                        await pbx.dial("a", "1", wait=wait)
                else:
                    task = asyncio.create_task(pbx.dial("a", "1", wait=wait))
                    await asyncio.sleep(0.2)
                    task.cancel()
                    await task
            except (asyncio.CancelledError, TimeoutError) as error:
                return error
            raise AssertionError("it wasn't cancelled")

    with serving(*([DIALLED] if wait else []), SILENCE) as server:
        happened, text = told(asyncio.run(main()))
    assert happened and "look before you dial again" in text


def test_cancelled_before_anything_left_nothing_is_said() -> None:
    async def main() -> None:
        async with AsyncPascom(f"https://127.0.0.1:{port}", "v", password="x") as pbx:
            with pytest.raises(TimeoutError) as caught:
                await asyncio.wait_for(pbx.dial("a", "1"), 0.2)
            assert told(caught.value)[0] is False

    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        asyncio.run(main())


@pytest.mark.parametrize("kind", [KeyboardInterrupt, ValueError])
def test_interrupted_amid_a_dial(kind: type[BaseException]) -> None:
    """Ctrl-C; a time limit that a worker sets by a signal."""

    def stop(*_: object) -> None:
        raise kind("stop")

    with serving(SILENCE) as server:
        before = signal.signal(signal.SIGUSR1, stop)
        main = threading.main_thread().ident
        assert main is not None

        def interrupt() -> None:
            while not server.requests:
                time.sleep(0.01)
            signal.pthread_kill(main, signal.SIGUSR1)

        try:
            threading.Thread(target=interrupt).start()
            with pytest.raises(kind) as caught:
                dial_sync(server.origin)
        finally:
            signal.signal(signal.SIGUSR1, before)
    happened, text = told(caught.value)
    assert happened and "look before you dial again" in text


@contextmanager
def dripping(head: bytes, drip: bytes) -> Iterator[str]:
    """A server that says `head`, and then something every 50 ms, for ever."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                    with connection:
                        connection.recv(65536)
                        connection.sendall(head)
                        while True:
                            time.sleep(0.05)
                            connection.sendall(drip)
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.parametrize(
    ("head", "drip"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        (b"", b"H"),
        (b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
        (b"HTTP/1.1 503 Busy\r\nContent-Length: 100000\r\n\r\n", b"x"),
    ],
)
def test_a_server_that_drips_holds_nobody(dial: Callable[..., str], head: bytes, drip: bytes) -> None:
    with dripping(head, drip) as origin:
        begun = time.monotonic()
        with pytest.raises(PascomError) as caught:
            dial(origin, timeout=0.5)
        assert time.monotonic() - begun < 2
    assert caught.value.may_have_happened
    assert isinstance(caught.value, TimedOut)


def test_a_recording_may_take_longer() -> None:
    piece = LATER + b"x" * 4
    slow = b"HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n" + piece * 10
    with serving(slow) as server, Pascom(server.origin, "v", password="x", timeout=0.3, retries=0) as pbx:
        with pbx.recordings.open("r1") as wav:
            assert len(wav.read()) == 40


FORGED = answer("200 OK", b'{"response":"forged"}')


@pytest.mark.parametrize(
    "first",
    [
        DIALLED + FORGED,
        DIALLED + b"x",
        DIALLED + b"\r\n",
        b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello" + FORGED,
        b"HTTP/1.1 204 No Content\r\n\r\n" + FORGED,
        b"HTTP/1.1 204 No Content\r\nContent-Length: 60\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\n\r\n" + FORGED,
        b"HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n" + FORGED,
    ],
)
def test_bytes_behind_an_answer_are_never_the_next_one(first: bytes) -> None:
    async def main(origin: str) -> str:
        async with AsyncPascom(origin, "v", password="x", retries=0) as pbx:
            with suppress(PascomError):
                await pbx.dial("a", "1")
            return await pbx.dial("b", "2")

    with serving(first, DIALLED) as server, Pascom(server.origin, "v", password="x", retries=0) as pbx:
        with suppress(PascomError):
            pbx.dial("a", "1")
        assert pbx.dial("b", "2") == "dial commited"
        assert server.connections == 2
    with serving(first, DIALLED) as server:
        assert asyncio.run(main(server.origin)) == "dial commited"
        assert server.connections == 2


@contextmanager
def deaf(address: str, port: int) -> Iterator[None]:
    """An address that answers nobody who connects: its queue is full."""
    with socket.create_server((address, port), backlog=0) as listener, ExitStack() as waiting:
        for _ in range(3):
            client = waiting.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex(listener.getsockname())
        yield


@pytest.mark.skipif(sys.platform != "linux", reason="others have one address on loopback")
@pytest.mark.parametrize("reached", [False, True])
def test_one_address_leaves_time_for_the_next(
    dial: Callable[..., str], reached: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where three of them don't answer, all of it takes `timeout` seconds."""
    lookup = socket.getaddrinfo

    def several(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        if host not in ("pbx.test", b"pbx.test"):
            return lookup(host, port, *rest, **more)
        known = ["127.0.0.2", "127.0.0.3", "127.0.0.1" if reached else "127.0.0.4"]
        return [found for address in known for found in lookup(address, port, *rest, **more)]

    monkeypatch.setattr(socket, "getaddrinfo", several)
    monkeypatch.setenv("NO_PROXY", "pbx.test")
    monkeypatch.setenv("no_proxy", "pbx.test")
    with serving(DIALLED) as server, ExitStack() as addresses:
        for address in ("127.0.0.2", "127.0.0.3", "127.0.0.4"):
            addresses.enter_context(deaf(address, server.port))
        origin = f"http://pbx.test:{server.port}"
        begun = time.monotonic()
        if reached:
            assert dial(origin, timeout=3, retries=0, allow_http=True) == "dial commited"
        else:
            with pytest.raises(TimedOut) as caught:
                dial(origin, timeout=0.9, retries=0, allow_http=True)
            assert not caught.value.may_have_happened
            assert time.monotonic() - begun < 1.8  # each its own 0.9 would be 2.7
