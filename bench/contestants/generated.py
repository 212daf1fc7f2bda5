"""What the bare openapi-python-client makes of the same (repaired) document, used as its README says."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import worker
from worker import Config, Slice


def client_for(config: Config, instance: str = "voipjack") -> Any:
    import base64
    import ssl

    from pascom_client import AuthenticatedClient

    secure = config.get("secure")
    return AuthenticatedClient(
        base_url=f"{config['https' if secure else 'http']}/{instance}/services",
        token=base64.b64encode(f"{worker.USER}:{worker.PASSWORD}".encode()).decode(),
        prefix="Basic",
        verify_ssl=ssl.create_default_context(cafile=config["ca"]) if secure else True,
    )


def call(client: Any) -> str:
    from pascom_client.api.identity import default_device_action
    from pascom_client.models import DeviceAction

    body = DeviceAction(action="dial", destination="*100", prefix="auto")
    answer: str = default_device_action.sync("mpasquay", client=client, body=body).response
    return answer


async def acall(client: Any) -> str:
    from pascom_client.api.identity import default_device_action
    from pascom_client.models import DeviceAction

    body = DeviceAction(action="dial", destination="*100", prefix="auto")
    answer: str = (await default_device_action.asyncio("mpasquay", client=client, body=body)).response
    return answer


def dial(config: Config) -> Slice:
    client = client_for(config)
    return lambda n: worker.tally([call(client) for _ in range(n)])


def adial(config: Config) -> Slice:
    runner, client = asyncio.Runner(), client_for(config)
    return lambda n: worker.tally(runner.run(worker.in_tasks(lambda: acall(client), n, config["at_once"])))


def gather(config: Config) -> Slice:
    runner = asyncio.Runner()

    async def run(n: int) -> list[str]:
        async with client_for(config, f"d{config['delay']}") as client:
            answers = await asyncio.gather(*(acall(client) for _ in range(n)), return_exceptions=True)
            return [x if isinstance(x, str) else f"failed: {type(x).__name__}" for x in answers]

    return lambda n: worker.tally(runner.run(run(n)))


def slow_async(config: Config) -> Slice:
    runner = asyncio.Runner()

    async def run(n: int) -> list[str]:
        async with client_for(config, f"d{config['delay']}") as client:
            return await worker.in_tasks(lambda: acall(client), n, config["at_once"])

    return lambda n: worker.tally(runner.run(run(n)))


def threads(config: Config) -> Slice:
    instance = f"d{config['delay']}" if "delay" in config else "voipjack"

    def run(n: int) -> object:
        import httpx

        client = client_for(config, instance)
        client = client.with_timeout(httpx.Timeout(60))  # else a lost answer (see the report) is waited for, for ever
        with client:
            return worker.tally(worker.in_threads(lambda: call(client), n, config["at_once"]))

    return run


def decode(config: Config) -> Slice:
    from pascom_client.models import CallRecord

    body = Path(config["page"]).read_bytes()

    def run(n: int) -> object:
        for _ in range(n):
            rows = [CallRecord.from_dict(row) for row in json.loads(body)]
        return [len(rows), rows[0].id, rows[-1].timestamp]

    return run


def held(config: Config) -> Slice:
    from pascom_client.models import CallRecord

    body = Path(config["page"]).read_bytes()
    return lambda n: worker.held(lambda: [CallRecord.from_dict(row) for row in json.loads(body)]) / n


def journal(config: Config) -> Slice:
    from pascom_client.api.cdr import list_cdr

    client, last = client_for(config), config["last_call"]

    def run(n: int) -> object:
        first, until, seen, total, border = str(last - (n - 1) * 1000), last, 0, 0, 0
        while True:
            rows = list_cdr.sync(client=client, timefrom=first, timeto=str(until), limit=1000)
            for row in rows:
                if row.timestamp != border or not seen:
                    seen += 1
                    total += row.id
            if len(rows) < 1000:
                return [seen, total]
            until = border = rows[-1].timestamp

    run(1000)  # what is loaded at the first use isn't part of the growth
    return run


def download(config: Config) -> Slice:
    from pascom_client.api.monitor import get_recording

    client = client_for(config)
    worker.clear(config["to"])

    def run(n: int) -> object:
        answer = get_recording.sync_detailed("r1", "1", "whole", client=client)
        Path(config["to"]).write_bytes(answer.content)
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
