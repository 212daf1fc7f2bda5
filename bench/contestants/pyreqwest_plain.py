"""By hand with pyreqwest, an HTTP client in Rust: where the limit of calls lies."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp_plain
import worker
from aiohttp_plain import DIAL
from worker import Config, Slice

ACTION = "identity/mpasquay/defaultdevice/action"


def address(config: Config, instance: str) -> str:
    return f"{config['https' if config.get('secure') else 'http']}/{instance}/services/{ACTION}"


@asynccontextmanager
async def dialler(config: Config, instance: str) -> Any:
    from pyreqwest.client import ClientBuilder

    where = address(config, instance)
    async with ClientBuilder().http1_only().error_for_status(True).build() as client:

        async def call() -> str:
            request = client.post(where).basic_auth(worker.USER, worker.PASSWORD).body_json(DIAL).build()
            answer: str = (await (await request.send()).json())["response"]
            return answer

        yield call


def caller(config: Config, instance: str = "voipjack") -> Any:
    from pyreqwest.client import SyncClientBuilder

    where, builder = address(config, instance), SyncClientBuilder().http1_only().error_for_status(True)
    if config.get("secure"):
        builder = builder.add_root_certificate_pem(Path(config["ca"]).read_bytes())
    client = builder.build()

    def call() -> str:
        request = client.post(where).basic_auth(worker.USER, worker.PASSWORD).body_json(DIAL).build()
        answer: str = request.send().json()["response"]
        return answer

    return call


def dial(config: Config) -> Slice:
    call = caller(config)
    return lambda n: worker.tally([call() for _ in range(n)])


def threads(config: Config) -> Slice:
    call = caller(config, f"d{config['delay']}" if "delay" in config else "voipjack")
    return lambda n: worker.tally(worker.in_threads(call, n, config["at_once"]))


TASKS = {
    "dial": dial,
    "threads": threads,
    "adial": lambda config: aiohttp_plain.adial(config, dialler),
    "slow_async": lambda config: aiohttp_plain.slow_async(config, dialler),
}

if __name__ == "__main__":
    worker.main(TASKS)
