"""A process that makes and checks clients, each job in a fork of its own (`jobs.py`), for as long as it is needed.

It loads its libraries while the document is still being repaired: for a small document that takes longer than
making the client. Where there is no fork, each job has a process of its own, and the next one is started when a job
has ended.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from ..errors import DocumentUnusable, StepFailed, error_from

# The seconds of the processor that each job may take (a busy machine is no reason to fail), and what failing means.
LIMITS = {
    "generate": (300, "the generator can't make a client of this document"),
    "check": (120, "the generated client isn't sound"),
}
ONCE = "--once"
PATIENCE = 2  # where only the clock can be watched


class Worker:
    """`with Worker() as worker: worker.does("generate", …)`."""

    def __init__(self) -> None:
        self._forks = hasattr(os, "fork")

    def __enter__(self) -> Worker:
        self._process = self._started()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _started(self) -> subprocess.Popen[bytes]:
        root = Path(__file__).resolve().parents[__package__.count(".") + 1]
        path = os.pathsep.join(filter(None, (str(root), os.environ.get("PYTHONPATH"))))
        return subprocess.Popen(
            [sys.executable, "-m", f"{__package__}.jobs", *([] if self._forks else [ONCE])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_without_secrets(os.environ) | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        )

    def _end(self) -> None:
        self._process.kill()
        self._process.communicate()

    def does(self, job: str, *arguments: Any) -> Any:
        """What the job returns. Raises DocumentUnusable with its reason if it fails, takes too long or too much."""
        order = f"{job}\n{json.dumps(arguments, sort_keys=True)}\n".encode()
        assert self._process.stdin and self._process.stdout
        # Nothing but answers where one process does all jobs: what another reader has buffered of it would be lost.
        is_ready = self._forks
        try:
            is_ready = is_ready or bool(self._process.stdout.readline())
            self._process.stdin.write(order)
            self._process.stdin.flush()
            answer = self._answer(job)
        except (BrokenPipeError, OSError):
            answer = b""
        if not is_ready or (self._forks and not answer):
            raise StepFailed("the generator doesn't start: is the extra 'regenerate' of pascom-facade installed?")
        if not self._forks:
            self._end()
            self._process = self._started()
        if not answer:
            raise DocumentUnusable(f"{LIMITS[job][1]}: it stopped")
        done, result = json.loads(answer)
        if not done:
            raise error_from(result)
        return result

    def _answer(self, job: str) -> bytes:
        """The job's line; empty if it ended without one."""
        assert self._process.stdout
        if self._forks:
            return self._process.stdout.readline()
        seconds, failure = LIMITS[job]
        clock = threading.Timer(seconds * PATIENCE, self._process.kill)
        clock.start()
        try:
            answer = self._process.stdout.readline()
        finally:
            is_in_time = clock.is_alive()
            clock.cancel()
        if not answer and not is_in_time:
            raise DocumentUnusable(f"{failure}: it takes longer than {seconds * PATIENCE} s")
        return answer


def _without_secrets(environ: Mapping[str, str]) -> dict[str, str]:
    """For a process that imports generated code: without an instance's settings, its password above all."""
    return {name: value for name, value in environ.items() if not name.startswith("PASCOM_")}
