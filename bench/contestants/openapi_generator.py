"""What OpenAPI Generator (`-g python --library urllib3`) makes of the same document, used as its README says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import worker
from worker import Config, Slice


def client_for(config: Config, instance: str = "voipjack") -> Any:
    import pascom_ogc

    secure = config.get("secure")
    settings = pascom_ogc.Configuration(
        host=f"{config['https' if secure else 'http']}/{instance}/services",
        username=worker.USER,
        password=worker.PASSWORD,
        ssl_ca_cert=config["ca"] if secure else None,
    )
    settings.connection_pool_maxsize = 100
    return pascom_ogc.ApiClient(settings)


def dialler(client: Any) -> Any:
    from pascom_ogc import DeviceAction, IdentityApi

    api = IdentityApi(client)

    def call() -> str:
        body = DeviceAction(action="dial", destination="*100", prefix="auto")
        answer: str = api.default_device_action("mpasquay", body).response
        return answer

    return call


def dial(config: Config) -> Slice:
    call = dialler(client_for(config))
    return lambda n: worker.tally([call() for _ in range(n)])


def threads(config: Config) -> Slice:
    call = dialler(client_for(config, f"d{config['delay']}" if "delay" in config else "voipjack"))
    return lambda n: worker.tally(worker.in_threads(call, n, config["at_once"]))


def records(config: Config) -> Any:
    """Bytes to records, the way the generated `list_cdr` does it."""
    from pascom_ogc import ApiClient

    body, client = Path(config["page"]).read_text(encoding="utf-8"), ApiClient()
    return lambda: client.deserialize(body, "List[CallRecord]", "application/json")


def decode(config: Config) -> Slice:
    read = records(config)

    def run(n: int) -> object:
        for _ in range(n):
            rows = read()
        return [len(rows), rows[0].id, rows[-1].timestamp]

    return run


def held(config: Config) -> Slice:
    read = records(config)
    return lambda n: worker.held(read) / n


def journal(config: Config) -> Slice:
    from pascom_ogc import CdrApi

    api, last = CdrApi(client_for(config)), config["last_call"]

    def run(n: int) -> object:
        first, until, seen, total, border = str(last - (n - 1) * 1000), last, 0, 0, 0
        while True:
            rows = api.list_cdr(timefrom=first, timeto=str(until), limit=1000)
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
    from pascom_ogc import MonitorApi

    api = MonitorApi(client_for(config))
    worker.clear(config["to"])

    def run(n: int) -> object:
        Path(config["to"]).write_bytes(api.get_recording("r1", "1", "whole"))
        return Path(config["to"]).stat().st_size

    return run


TASKS = {
    "dial": dial,
    "threads": threads,
    "decode": decode,
    "held": held,
    "journal": journal,
    "download": download,
}

if __name__ == "__main__":
    worker.main(TASKS)
