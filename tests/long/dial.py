"""The long form of tests/facade/test_dial_once.py: `python -m tests.long.dial [DIALS]` (default 10,000; some minutes).

Also through a real Apache httpd with `KeepAliveTimeout 5` and `MaxKeepAliveRequests 100`, where one is installed, and
with pauses of 4.5 to 6 s between dials, in which the server closes its idle connections.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pascom_facade import Pascom
from pascom_facade.simulator import Simulator
from tests.facade.test_dial_once import Dials, dial_many, dial_many_async, numbers
from tests.servers.dropping_proxy import dropping

CONFIGURATION = """
ServerRoot "{root}"
ServerName localhost
Listen 127.0.0.1:{port}
PidFile "{root}/pid"
ErrorLog "{root}/error.log"
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule proxy_module {modules}/mod_proxy.so
LoadModule proxy_http_module {modules}/mod_proxy_http.so
KeepAlive On
KeepAliveTimeout 5
MaxKeepAliveRequests 100
ProxyPass "/" "http://127.0.0.1:{target}/" disablereuse=On
"""


@contextmanager
def apache(target: int) -> Iterator[int | None]:
    """A port where Apache httpd passes on to `target`; None if it is not installed."""
    program = shutil.which("apache2") or shutil.which("httpd") or shutil.which("apache2", path="/usr/sbin")
    modules = next((p for p in ("/usr/lib/apache2/modules", "/usr/lib64/httpd/modules") if Path(p).is_dir()), None)
    if program is None or modules is None:
        yield None
        return
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as root:
        configuration = Path(root, "httpd.conf")
        configuration.write_text(
            CONFIGURATION.format(root=root, port=port, modules=modules, target=target), encoding="utf-8"
        )
        server = subprocess.Popen([program, "-X", "-f", str(configuration)])
        try:
            while not _listens(port):
                time.sleep(0.05)
            yield port
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def tell(name: str, dials: Dials, sim: Simulator, started: float) -> None:
    dials.judge(sim)
    print(
        f"{name}: {len(dials.succeeded):,} succeeded, {len(dials.doubtful):,} may have been placed, "
        f"{len(dials.failed):,} were not placed; placed {sim.placed_count:,}, none twice; "
        f"{time.time() - started:.0f} s",
        flush=True,
    )


def dropped(name: str, port: int, sim: Simulator, count: int, *, is_async: bool) -> None:
    started = time.time()
    with dropping(port, rate=0.3) as proxy:
        if is_async:
            dials = asyncio.run(dial_many_async(proxy.origin, sim, numbers(count), at_once=20))
        else:
            dials = dial_many(proxy.origin, sim, numbers(count), threads=8)
    tell(f"{name}, {sum(proxy.dropped.values()):,} drops at {len(proxy.dropped)} points", dials, sim, started)


def idle(name: str, origin: str, sim: Simulator) -> None:
    """40 clients dial 6 times each, with 4.5 to 6 s in between."""
    started, chance = time.time(), random.Random(1)
    dials, pauses = Dials(), [chance.uniform(4.5, 6) for _ in range(240)]

    def user(number: int) -> None:
        with Pascom(origin, sim.instance, password=sim.password, retries=0) as pbx:
            for turn in range(6):
                dials.one(pbx, f"8{number:02}{turn}")
                time.sleep(pauses[number * 6 + turn])

    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(40) as pool:
        list(pool.map(user, range(40)))
    tell(f"{name}, idle in between", dials, sim, started)
    assert len(dials.succeeded) == 240, "no failure at all"


def main(count: int) -> None:
    for is_async in (False, True):
        with Simulator(1) as sim:
            dropped(f"{'async' if is_async else 'sync'}, simulator", port_of(sim), sim, count, is_async=is_async)
    with Simulator(1) as sim:
        idle("simulator", sim.server, sim)
    with Simulator(1) as sim, apache(port_of(sim)) as port:
        if port is None:
            print("no Apache httpd is installed here: left out")
            return
        dropped("sync, Apache", port, sim, count, is_async=False)
    with Simulator(1) as sim, apache(port_of(sim)) as port:
        started = time.time()
        tell(
            "Apache, no drops",
            dial_many(f"http://127.0.0.1:{port}", sim, numbers(count), threads=4),
            sim,
            started,
        )
        assert sim.placed_count == count, "no failure at all"
    with Simulator(1) as sim, apache(port_of(sim)) as port:
        idle("Apache", f"http://127.0.0.1:{port}", sim)


def port_of(sim: Simulator) -> int:
    return int(sim.server.rpartition(":")[2])


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 10_000)
