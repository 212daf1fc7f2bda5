"""By hand with httpx and json: what every ratio is measured against."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import worker
from worker import Config, Slice

DIAL = {"action": "dial", "destination": "*100", "prefix": "auto"}
ACTION = "identity/mpasquay/defaultdevice/action"


def options(config: Config, instance: str = "voipjack") -> dict[str, Any]:
    import ssl

    origin = config["https" if config.get("secure") else "http"]
    return {
        "base_url": f"{origin}/{instance}/services/",
        "auth": (worker.USER, worker.PASSWORD),
        **({"verify": ssl.create_default_context(cafile=config["ca"])} if config.get("secure") else {}),
    }


def client(config: Config, instance: str = "voipjack") -> Any:
    import httpx

    return httpx.Client(**options(config, instance))


def async_client(config: Config, instance: str = "voipjack") -> Any:
    import httpx

    return httpx.AsyncClient(**options(config, instance))


def dial_with(pbx: Any) -> str:
    response = pbx.post(ACTION, json=DIAL)
    response.raise_for_status()
    answer: str = response.json()["response"]
    return answer


async def adial_with(pbx: Any) -> str:
    response = await pbx.post(ACTION, json=DIAL)
    response.raise_for_status()
    answer: str = response.json()["response"]
    return answer


def dial(config: Config) -> Slice:
    pbx = client(config)
    return lambda n: worker.tally([dial_with(pbx) for _ in range(n)])


def adial(config: Config) -> Slice:
    runner, pbx = asyncio.Runner(), async_client(config)
    return lambda n: worker.tally(runner.run(worker.in_tasks(lambda: adial_with(pbx), n, config["at_once"])))


def gather(config: Config) -> Slice:
    runner = asyncio.Runner()

    async def run(n: int) -> list[str]:
        async with async_client(config, f"d{config['delay']}") as pbx:
            answers = await asyncio.gather(*(adial_with(pbx) for _ in range(n)), return_exceptions=True)
            return [x if isinstance(x, str) else f"failed: {type(x).__name__}" for x in answers]

    return lambda n: worker.tally(runner.run(run(n)))


def slow_async(config: Config) -> Slice:
    runner = asyncio.Runner()

    async def run(n: int) -> list[str]:
        async with async_client(config, f"d{config['delay']}") as pbx:
            return await worker.in_tasks(lambda: adial_with(pbx), n, config["at_once"])

    return lambda n: worker.tally(runner.run(run(n)))


def threads(config: Config) -> Slice:
    instance = f"d{config['delay']}" if "delay" in config else "voipjack"

    def run(n: int) -> object:
        with client(config, instance) as pbx:
            return worker.tally(worker.in_threads(lambda: dial_with(pbx), n, config["at_once"]))

    return run


def decode(config: Config) -> Slice:
    body = Path(config["page"]).read_bytes()

    def run(n: int) -> object:
        for _ in range(n):
            rows = json.loads(body)
        return [len(rows), rows[0]["id"], rows[-1]["timestamp"]]

    return run


def held(config: Config) -> Slice:
    body = Path(config["page"]).read_bytes()
    return lambda n: worker.held(lambda: json.loads(body)) / n


def journal(config: Config) -> Slice:
    """`n` calls, page by page: the window's end moves, the row at its border is taken once."""
    pbx = client(config, config.get("instance", "voipjack"))
    last = config["last_call"]

    def run(n: int) -> object:
        window = {"timefrom": last - (n - 1) * 1000, "timeto": last, "limit": 1000}
        seen = total = border = 0
        while True:
            rows = pbx.get("cdr/", params=window).json()
            for row in rows:
                if row["timestamp"] != border or not seen:
                    seen += 1
                    total += row["id"]
            if len(rows) < 1000:
                return [seen, total]
            window["timeto"] = border = rows[-1]["timestamp"]

    run(1000)  # what is loaded at the first use isn't part of the growth
    return run


def download(config: Config) -> Slice:
    pbx = client(config)
    pbx.get("cdr/")  # what is loaded at the first use isn't part of the growth
    worker.clear(config["to"])

    def run(n: int) -> object:
        with pbx.stream("GET", "monitor/r1/1/whole/wav") as response, open(config["to"], "wb") as file:  # noqa: PTH123
            for part in response.iter_bytes():
                file.write(part)
        return Path(config["to"]).stat().st_size

    return run


TASKS = {
    "dial": dial,
    "adial": adial,
    "gather": gather,
    "slow_async": slow_async,
    "threads": threads,
    "decode": decode,
    "held": held,
    "journal": journal,
    "download": download,
}

if __name__ == "__main__":
    worker.main(TASKS)
