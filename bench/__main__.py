"""`python -m bench [ROW …] [--quick] [--peer NAME …] [--output FILE]`: measure, print, write the report."""

from __future__ import annotations

import argparse
import os
import sys
import time
from math import isfinite
from pathlib import Path

from . import peers, report
from .measure import serving
from .rows import ROWS, Bench, Figure

HELP = "measure this client side by side with plain httpx and with generated clients"


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=HELP)
    parser.add_argument("rows", nargs="*", choices=[*ROWS, []], metavar="ROW", help=f"of: {', '.join(ROWS)}")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and records: two minutes")
    parser.add_argument("--peer", action="append", choices=list(peers.PEERS), help="measure this peer as well")
    parser.add_argument("--peers", action="store_true", help="measure all peers as well")
    parser.add_argument("--output", type=Path, default=Path("bench-results.md"), metavar="FILE")
    options = parser.parse_args()
    began, start = "load " + ", ".join(f"{x:.1f}" for x in os.getloadavg()), time.monotonic()
    wanted = list(peers.PEERS) if options.peers else options.peer or []
    contestants = peers.install([*peers.FIRST, *peers.CALLERS, *wanted])
    figures: list[Figure] = []
    with serving() as server:
        bench = Bench(server, contestants, options.quick)
        for name in options.rows or ROWS:
            for figure in ROWS[name](bench):
                figures.append(figure)
                print(report.table([figure]).splitlines()[-1], flush=True)
    command = f"nox -s bench -- {' '.join(sys.argv[1:])}".removesuffix(" -- ")
    options.output.write_text(report.report(figures, command, peers.versions(contestants), began), encoding="utf-8")
    limited = [figure for figure in figures if isfinite(figure.limit)]
    missed = [figure for figure in limited if not figure.holds]
    took = time.monotonic() - start
    print(f"{len(limited) - len(missed)} of {len(limited)} hold, {took:.0f} s: {options.output}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
