"""This project's facade, used as its README says."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import worker
from worker import Config, Slice


def arguments(config: Config, instance: str) -> dict[str, Any]:
    secure = config.get("secure")
    return {
        "server": config["https" if secure else "http"],
        "instance": instance,
        "password": worker.PASSWORD,
        "ca_file": config["ca"] if secure else None,
    }


def client(config: Config, instance: str = "voipjack") -> Any:
    from pascom_facade import Pascom

    return Pascom(**arguments(config, instance))


def async_client(config: Config, instance: str = "voipjack") -> Any:
    from pascom_facade import AsyncPascom

    return AsyncPascom(**arguments(config, instance))


def dial(config: Config) -> Slice:
    pbx = client(config)
    return lambda n: worker.tally([pbx.dial("mpasquay", "*100") for _ in range(n)])


def adial(config: Config) -> Slice:
    runner, pbx = asyncio.Runner(), async_client(config)
    return lambda n: worker.tally(
        runner.run(worker.in_tasks(lambda: pbx.dial("mpasquay", "*100"), n, config["at_once"]))
    )


def gather(config: Config) -> Slice:
    runner = asyncio.Runner()

    async def run(n: int) -> list[str]:
        async with async_client(config, f"d{config['delay']}") as pbx:
            dials = (pbx.dial("mpasquay", "*100") for _ in range(n))
            answers = await asyncio.gather(*dials, return_exceptions=True)
            return [x if isinstance(x, str) else f"failed: {type(x).__name__}" for x in answers]

    return lambda n: worker.tally(runner.run(run(n)))


def slow_async(config: Config) -> Slice:
    runner = asyncio.Runner()

    async def run(n: int) -> list[str]:
        async with async_client(config, f"d{config['delay']}") as pbx:
            return await worker.in_tasks(lambda: pbx.dial("mpasquay", "*100"), n, config["at_once"])

    return lambda n: worker.tally(runner.run(run(n)))


def threads(config: Config) -> Slice:
    instance = f"d{config['delay']}" if "delay" in config else "voipjack"

    def run(n: int) -> object:
        with client(config, instance) as pbx:
            return worker.tally(worker.in_threads(lambda: pbx.dial("mpasquay", "*100"), n, config["at_once"]))

    return run


def page(config: Config) -> Any:
    from pascom_facade import Answer

    return Answer(200, {}, Path(config["page"]).read_bytes(), "GET", "cdr/")


def decode(config: Config) -> Slice:
    from pascom_facade.cdr import read_calls

    answer = page(config)

    def run(n: int) -> object:
        for _ in range(n):
            calls = read_calls(answer)
        return [len(calls), calls[0].id, calls[-1].timestamp]

    return run


def held(config: Config) -> Slice:
    from pascom_facade.cdr import read_calls

    answer = page(config)
    return lambda n: worker.held(lambda: read_calls(answer)) / n


def journal(config: Config) -> Slice:
    """All of `n` calls by the facade's own paging; with `ahead` False, without fetching ahead. `work`: seconds that
    the caller takes for 1,000 of them.
    """
    if not config.get("ahead", True):
        from pascom_facade._sync.cdr import Walk

        Walk.ahead = 0
    pbx = client(config, config.get("instance", "voipjack"))
    last, work = datetime.fromtimestamp(config["last_call"] / 1000, UTC), config.get("work", 0)

    def run(n: int) -> object:
        seen = total = 0
        for call in pbx.cdr(since=last - timedelta(seconds=n - 1), until=last + timedelta(milliseconds=1)):
            seen += 1
            total += call.id
            if work and seen % 1000 == 0:
                time.sleep(work)
        return [seen, total]

    run(1000)  # what is loaded at the first use isn't part of the growth
    return run


def read(config: Config) -> Slice:
    """`n` calls as a fill reads them: oldest first."""
    pbx = client(config, config["instance"])
    return lambda n: sum(1 for _ in pbx.cdr(since=first_of(config, n), newest_first=False))


def sync(config: Config) -> Slice:
    """A first fill of `n` calls into SQLite."""
    from pascom_facade.sync import sync_calls

    pbx = client(config, config["instance"])
    worker.clear(config["to"])
    return lambda n: sync_calls(pbx, f"sqlite:///{config['to']}", since=first_of(config, n)).new


def first_of(config: Config, n: int) -> datetime:
    """When the first of the last `n` calls began."""
    return datetime.fromtimestamp(config["last_call"] / 1000, UTC) - timedelta(seconds=n - 1)


def download(config: Config) -> Slice:
    pbx = client(config)
    pbx.request("GET", "cdr/")  # what is loaded at the first use isn't part of the growth
    recordings = pbx.recordings
    worker.clear(config["to"])

    def run(n: int) -> object:
        recordings.download("r1", config["to"])
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
    "read": read,
    "sync": sync,
    "download": download,
}

if __name__ == "__main__":
    worker.main(TASKS)
