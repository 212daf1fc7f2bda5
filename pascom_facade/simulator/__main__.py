"""`python -m pascom_facade.simulator`: a simulated instance that serves until interrupted."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from shlex import quote
from textwrap import indent
from typing import TYPE_CHECKING

from .background import in_background, is_running, wait

if TYPE_CHECKING:
    from .server import Simulator


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print where it is as one JSON line")
    if hasattr(os, "fork"):
        parser.add_argument("--until-exit", type=int, metavar="PID", help="serve in the background as long as PID runs")
    parser.add_argument("--port", type=int, default=0, help="port on loopback (default: a free one)")
    parser.add_argument("--calls", type=_count, default=500, metavar="N", help="calls in the journal (default: 500)")
    parser.add_argument("--seed", type=int, default=1, help="other calls with another seed")
    parser.add_argument("--profile", type=int, choices=(18, 19), help="pascom version (default: 18; 19: assumed CDR)")
    parser.add_argument("--like", metavar="FILE", help="play an instance as `pascom doctor --report FILE` found it")
    parser.add_argument("--instance", default="voipjack", help="name of the instance (default: voipjack)")
    parser.add_argument("--tls", action="store_true", help="https with a certificate of an unknown authority")
    parser.add_argument("--end", type=datetime.fromisoformat, metavar="TIME", help="when the journal ends (with zone)")
    parser.add_argument("--calls-per-second", type=float, default=0.0, metavar="N", help="calls that keep arriving")
    parser.add_argument("--fault-rate", type=float, default=0.0, metavar="SHARE", help="share of answers that fail")
    parser.add_argument("--recording-size", type=int, metavar="BYTES", help="size of every recording")


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted, or in the background; returns the exit status."""
    pid: int | None = getattr(arguments, "until_exit", None)
    if pid is None:
        return _serve(arguments, lambda text: print(text, flush=True))
    if not is_running(pid):
        print(f"--until-exit {pid}: no such process; $$ is the shell's", file=sys.stderr)
        return 2
    return in_background(lambda announce: _serve(arguments, announce))


def _serve(arguments: argparse.Namespace, announce: Callable[[str], None]) -> int:
    try:
        from .server import Simulator
    except ImportError as error:
        print(
            f"the simulator needs the extra 'simulator' of pascom-facade, as {error.name} is not installed",
            file=sys.stderr,
        )
        return 1
    end = arguments.end
    if end is not None:
        end = end.astimezone()
    from .like import NotAReport, like, read

    try:
        likeness = read(arguments.like) if arguments.like else like({})
    except NotAReport as error:
        print(error, file=sys.stderr)
        return 1
    for finding in likeness.not_played:
        print(f"can't be played: {finding}", file=sys.stderr)
    simulator = Simulator(
        arguments.calls,
        seed=arguments.seed,
        profile=arguments.profile or likeness.profile,
        instance=arguments.instance,
        port=arguments.port,
        tls=arguments.tls,
        end=end,
        calls_per_second=arguments.calls_per_second,
        fault_rate=arguments.fault_rate,
        recording_size=arguments.recording_size,
        assumed=likeness.assumed,
        **likeness.keep_alive,
    )
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        simulator.start()
    except (OSError, OverflowError) as error:
        print(f"port {arguments.port} can't be used: {error}; leave out --port to get a free one", file=sys.stderr)
        return 1
    pid: int | None = getattr(arguments, "until_exit", None)
    described = _as_json if arguments.json else _as_text
    if pid is not None:
        described = _as_exports
    with simulator:
        announce(described(simulator))
        wait(stop, pid)
    return 0


def _as_json(simulator: Simulator) -> str:
    connection = {
        "server": simulator.server,
        "instance": simulator.instance,
        "user": simulator.user,
        "password": simulator.password,
        "services": simulator.services,
        "apidoc": simulator.apidoc,
    }
    if simulator.ca_file:
        connection["ca_file"] = simulator.ca_file
    return json.dumps(connection)


def _as_exports(simulator: Simulator) -> str:
    return "\n".join(f"export {name}={quote(value)}" for name, value in simulator.environment.items())


def _for_powershell(simulator: Simulator) -> str:
    quoted = {name: value.replace("'", "''") for name, value in simulator.environment.items()}
    return "; ".join(f"$env:{name} = '{value}'" for name, value in quoted.items())


def _as_text(simulator: Simulator) -> str:
    exports = indent(_as_exports(simulator), "  ")
    return (
        f"A simulated pascom instance with {len(simulator.calls):,} calls; Ctrl-C ends it.\n"
        f"Documentation: {simulator.apidoc}  (user {simulator.user}, password below)\n"
        f"What it was asked: {simulator.server}/_simulator/requests\n"
        f"{exports}\n"
        f"In PowerShell: {_for_powershell(simulator)}"
    )


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m pascom_facade.simulator", description=__doc__)
    add_arguments(parser)
    return run(parser.parse_args(argv))


if __name__ == "__main__":
    sys.exit(main())
