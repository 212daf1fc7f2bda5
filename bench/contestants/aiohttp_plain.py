"""By hand with aiohttp, whose parser and pool are C and asyncio's own: where the limit of async calls lies."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import worker
from worker import Config, Slice

DIAL = {"action": "dial", "destination": "*100", "prefix": "auto"}


@asynccontextmanager
async def dialler(config: Config, instance: str) -> Any:
    import aiohttp

    address = f"{config['http']}/{instance}/services/identity/mpasquay/defaultdevice/action"
    auth, connector = aiohttp.BasicAuth(worker.USER, worker.PASSWORD), aiohttp.TCPConnector(limit=100)
    async with aiohttp.ClientSession(auth=auth, connector=connector, raise_for_status=True) as session:

        async def call() -> str:
            async with session.post(address, json=DIAL) as response:
                answer: str = (await response.json())["response"]
                return answer

        yield call


Dialler = Callable[[Config, str], AbstractAsyncContextManager[Callable[[], Awaitable[str]]]]


def adial(config: Config, dialler: Dialler = dialler) -> Slice:
    runner, kept = asyncio.Runner(), dialler(config, "voipjack")
    call = runner.run(kept.__aenter__())

    def run(n: int) -> object:
        assert kept  # it closes what it holds when it is forgotten
        return worker.tally(runner.run(worker.in_tasks(call, n, config["at_once"])))

    return run


def slow_async(config: Config, dialler: Dialler = dialler) -> Slice:
    runner = asyncio.Runner()

    async def run(n: int) -> list[str]:
        async with dialler(config, f"d{config['delay']}") as call:
            return await worker.in_tasks(call, n, config["at_once"])

    return lambda n: worker.tally(runner.run(run(n)))


TASKS = {"adial": adial, "slow_async": slow_async}

if __name__ == "__main__":
    worker.main(TASKS)
