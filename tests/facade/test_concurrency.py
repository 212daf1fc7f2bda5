"""Many requests at once, counted at the server: each exactly once, none lost; and what the pool must survive."""

from __future__ import annotations

import asyncio
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import trustme

from pascom_facade import AsyncPascom, Pascom, errors
from tests.servers.scripted_server import LATER, OK, SILENCE, answer, serving

DIALLED = answer("200 OK", b'{"response":"dial commited"}', Content_Type="application/json")


def dialled(server: Any) -> int:
    return sum(request.startswith(b"POST ") and b'"*100"' in request for request in server.requests)


def test_a_pool_of_threads_shares_one_client() -> None:
    with serving(DIALLED) as server, Pascom(server.origin, "voipjack", password="x") as pbx:
        with ThreadPoolExecutor(50) as threads:
            said = list(threads.map(lambda _: pbx.dial("mpasquay", "*100"), range(2000)))
        assert said == ["dial commited"] * 2000
        assert dialled(server) == 2000


def test_threads_that_begin_at_once_share_one_pool() -> None:
    with serving(DIALLED) as server, Pascom(server.origin, "voipjack", password="x") as pbx:
        start = threading.Barrier(20)

        def begin(_: int) -> int:
            start.wait(10)
            return id(pbx._http)

        with ThreadPoolExecutor(20) as threads:
            assert len(set(threads.map(begin, range(20)))) == 1


def test_a_thousand_tasks_at_once() -> None:
    async def main(origin: str) -> list[str]:
        async with AsyncPascom(origin, "voipjack", password="x") as pbx:
            return await asyncio.gather(*(pbx.dial("mpasquay", "*100") for _ in range(1000)))

    with serving(DIALLED) as server:
        assert asyncio.run(main(server.origin)) == ["dial commited"] * 1000
        assert dialled(server) == 1000
        assert server.connections <= 100


def test_a_cancelled_request_leaves_the_others_alone() -> None:
    """Its connection, in the middle of an answer, is not used again, and its place is free."""

    async def main(origin: str) -> list[str]:
        async with AsyncPascom(origin, "voipjack", password="x", timeout=20) as pbx:
            for _ in range(3):
                stuck = [asyncio.create_task(pbx.dial("mpasquay", "0")) for _ in range(150)]
                await asyncio.sleep(0.1)
                for task in stuck:
                    task.cancel()
                assert all(
                    isinstance(x, asyncio.CancelledError) for x in await asyncio.gather(*stuck, return_exceptions=True)
                )
            server.answers[:] = [DIALLED]
            return await asyncio.gather(*(pbx.dial("mpasquay", "*100") for _ in range(200)))

    with serving(SILENCE) as server:
        assert asyncio.run(main(server.origin)) == ["dial commited"] * 200
        assert dialled(server) == 200


def test_connections_the_server_closed_are_not_used() -> None:
    closing = answer("200 OK", b'{"response":"dial commited"}', Connection="close")
    with serving(closing) as server, Pascom(server.origin, "voipjack", password="x", retries=0) as pbx:
        for _ in range(20):
            pbx.dial("mpasquay", "*100")
        assert dialled(server) == server.connections == 20


def test_an_answer_nobody_asked_for_is_never_taken_for_one() -> None:
    """Apache says 408 on an idle connection before it closes it."""

    async def main(origin: str) -> list[str]:
        async with AsyncPascom(origin, "voipjack", password="x", retries=0) as pbx:
            return [await pbx.dial("mpasquay", "*100") for _ in range(3) if server.said_all.wait(10)]

    with serving(DIALLED + LATER + answer("408 Request Timeout")) as server:
        assert asyncio.run(main(server.origin)) == ["dial commited"] * 3
        with Pascom(server.origin, "voipjack", password="x", retries=0) as pbx:
            for _ in range(3):
                assert server.said_all.wait(10)
                assert pbx.dial("mpasquay", "*100") == "dial commited"
        assert server.connections == 6


BIG = bytes(range(256)) * 20_000


async def everything_async(origin: str, **options: Any) -> bytes:
    async with AsyncPascom(origin, "voipjack", password="x", **options) as pbx:
        await pbx.request("POST", "connector/x/push", content=BIG)
        return (await pbx.request("GET", "cdr/")).content


def everything_sync(origin: str, **options: Any) -> bytes:
    with Pascom(origin, "voipjack", password="x", **options) as pbx:
        pbx.request("POST", "connector/x/push", content=BIG)
        return pbx.request("GET", "cdr/").content


def in_either_way(way: str, origin: str, **options: Any) -> bytes:
    if way == "sync":
        return everything_sync(origin, **options)
    return asyncio.run(everything_async(origin, **options))


@pytest.fixture(params=["sync", "async"])
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_megabytes_go_through_in_both_directions(way: str) -> None:
    with serving(OK, answer("200 OK", BIG)) as server:
        assert in_either_way(way, server.origin) == BIG
    assert server.requests[0].endswith(b"\r\n\r\n" + BIG)


def secure(tmp_path: Path) -> tuple[ssl.SSLContext, Path]:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context, tmp_path / "ca.pem"


def test_the_same_over_tls(way: str, tmp_path: Path) -> None:
    context, ca_file = secure(tmp_path)
    with serving(OK, answer("200 OK", BIG), tls=context) as server:
        assert in_either_way(way, server.origin, ca_file=ca_file) == BIG
    assert server.requests[0].endswith(b"\r\n\r\n" + BIG)


def test_an_unknown_certificate_is_refused(way: str, tmp_path: Path) -> None:
    context, _ = secure(tmp_path)
    with (
        serving(OK, tls=context) as server,
        pytest.raises(errors.ConnectionFailed, match=r"certificate of .* was refused"),
    ):
        in_either_way(way, server.origin)
    assert server.requests == []
