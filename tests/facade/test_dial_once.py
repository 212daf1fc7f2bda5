"""A dial is placed at most once, whatever happens to the connection."""

from __future__ import annotations

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from pascom_facade import AsyncPascom, Pascom, PascomError
from pascom_facade.simulator import Simulator
from tests.servers.dropping_proxy import POINTS, dropping


@dataclass
class Dials:
    """What came of many dials, each with a number of its own."""

    succeeded: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)

    def one(self, pbx: Pascom, number: str) -> None:
        try:
            pbx.dial("mpasquay", number)
        except PascomError as error:
            (self.doubtful if error.may_have_happened else self.failed).add(number)
        else:
            self.succeeded.add(number)

    async def one_async(self, pbx: AsyncPascom, number: str) -> None:
        try:
            await pbx.dial("mpasquay", number)
        except PascomError as error:
            (self.doubtful if error.may_have_happened else self.failed).add(number)
        else:
            self.succeeded.add(number)

    def judge(self, sim: Simulator) -> None:
        """Every success is one call, every doubt one or none, every other failure none; none is placed twice."""
        placed = Counter(call.destination for call in sim.placed_calls)
        assert max(placed.values()) == 1, "a call was placed twice"
        assert self.succeeded <= placed.keys(), "a call that succeeded was not placed"
        assert not self.failed & placed.keys(), "a call was placed although the error says it was not"
        assert placed.keys() - self.succeeded <= self.doubtful
        assert len(self.succeeded) <= sim.placed_count <= len(self.succeeded) + len(self.doubtful)


def dial_many(origin: str, sim: Simulator, numbers: list[str], threads: int, retries: int = 2) -> Dials:
    dials = Dials()
    with (
        Pascom(origin, sim.instance, password=sim.password, retries=retries, timeout=20) as pbx,
        ThreadPoolExecutor(threads) as pool,
    ):
        list(pool.map(lambda number: dials.one(pbx, number), numbers))
    return dials


async def dial_many_async(origin: str, sim: Simulator, numbers: list[str], at_once: int) -> Dials:
    dials, room = Dials(), asyncio.Semaphore(at_once)

    async def one(number: str) -> None:
        async with room:
            await dials.one_async(pbx, number)

    async with AsyncPascom(origin, sim.instance, password=sim.password, timeout=20) as pbx:
        await asyncio.gather(*(one(number) for number in numbers))
    return dials


def numbers(count: int) -> list[str]:
    return [f"7{n:06}" for n in range(count)]


@pytest.mark.parametrize("retries", [0, 5])
@pytest.mark.parametrize("colour", ["sync", "async"])
def test_connections_that_drop_at_every_point(colour: str, retries: int) -> None:
    """The short form of tests/long/dial.py."""
    with Simulator(1) as sim, dropping(int(sim.server.rpartition(":")[2]), rate=0.4) as proxy:
        if colour == "sync":
            dials = dial_many(proxy.origin, sim, numbers(250), threads=8, retries=retries)
        else:
            dials = asyncio.run(dial_many_async(proxy.origin, sim, numbers(250), at_once=20))
    dials.judge(sim)
    assert set(proxy.dropped) == set(POINTS)
    assert len(dials.succeeded) > 100 and dials.doubtful


def test_a_server_that_fails_by_itself() -> None:
    with Simulator(1, fault_rate=0.3) as sim:
        dials = dial_many(sim.server, sim, numbers(300), threads=4)
    dials.judge(sim)
    assert dials.doubtful and len(dials.succeeded) > 150


def test_a_thousand_dials_over_connections_of_100_requests() -> None:
    with Simulator(1) as sim:
        dials = dial_many(sim.server, sim, numbers(1000), threads=4)
    dials.judge(sim)
    assert len(dials.succeeded) == sim.placed_count == 1000


def test_idle_connections_are_let_go_before_the_server_closes_them() -> None:
    """After 5 s, says the vendor's `Keep-Alive: timeout=5`; tests/long/dial.py really waits."""
    from pascom_facade._sync.pool import KEPT_IDLE

    assert 0 < KEPT_IDLE <= 4.0
