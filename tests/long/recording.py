"""The long form of tests/facade/test_recordings.py: 500 MB with 50 cuts, in a process whose memory is measured.

`python -m tests.long.recording [MEGABYTES]`
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pascom_facade.simulator import Simulator
from tests.long.cdr import peak_memory

LARGEST_MB = 60
CUTS = 50


def download(colour: str, record_id: str, to: str) -> None:
    """In a process of its own: download, and print the peak of memory in MB."""
    from pascom_facade import AsyncPascom, Pascom

    async def run() -> None:
        async with AsyncPascom.from_env() as pbx:
            await pbx.recordings.download(record_id, to)

    if colour == "sync":
        with Pascom.from_env() as pbx:
            pbx.recordings.download(record_id, to)
    else:
        asyncio.run(run())
    print(peak_memory())


def main(megabytes: int) -> int:
    size, good = megabytes * 1_000_000, True
    with tempfile.TemporaryDirectory() as folder, Simulator(50, recording_size=size) as sim:
        record_id = next(call.record_id for index in range(50) if (call := sim.calls[index]).record_id)
        wanted = sim.recording(record_id)
        assert wanted
        for colour in ("sync", "async"):
            to = Path(folder, f"{colour}.wav")
            sim.script("GET", "monitor/*/wav", times=CUTS, cut_after=size // (CUTS + 5))
            started = time.time()
            command = [sys.executable, "-m", "tests.long.recording", colour, record_id, str(to)]
            output = subprocess.run(command, env=os.environ | sim.environment, stdout=subprocess.PIPE, check=True)
            memory = int(output.stdout)
            with to.open("rb") as file:
                identical = hashlib.file_digest(file, "sha256").hexdigest() == wanted.sha256()
            good &= identical and memory < LARGEST_MB
            print(
                f"{colour}: {to.stat().st_size:,} bytes, {CUTS} cuts, {'identical' if identical else 'DIFFERENT'}, "
                f"{time.time() - started:.0f} s, peak {memory} MB"
            )
            to.unlink()
    return 0 if good else 1


if __name__ == "__main__":
    if len(sys.argv) == 4:
        download(*sys.argv[1:])
    else:
        sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 500))
