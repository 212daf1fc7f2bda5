"""A process that judges worlds, each in a fork of its own: libraries are loaded once, and nothing is left behind.

    python -m tests.first_contact.worker < JOBS

A job is one line of JSON, `{"names": […], "seed": 1, "before": null}`; its answer a list of what is wrong.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

SECONDS = 90
PRELOADED = (
    *(f"pascom_facade._sync.{name}" for name in ("cdr", "http", "recordings", "watch")),
    *("pascom_facade.journal", "pascom_facade.simulator.server", "scripts.update", "scripts.source"),
    *("scripts.locate", "scripts.overlay", f"{__package__}.judge"),
)
"""What every judgement needs, but not the client: each makes its own."""
ROOT = Path(__file__).parent.parent.parent


class Worker:
    """`with Worker() as worker: worker.judge(["no-dial"], seed=1)`."""

    def __enter__(self) -> Worker:
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def judge(self, names: list[str], seed: int, before: list[str] | None = None) -> list[str]:
        """What is wrong with this world, one line each."""
        assert self._process.stdin and self._process.stdout
        job = json.dumps({"names": names, "seed": seed, "before": before})
        self._process.stdin.write(job.encode() + b"\n")
        self._process.stdin.flush()
        answer: list[str] = json.loads(self._process.stdout.readline())
        return answer


def main() -> None:
    for name in PRELOADED:
        import_module(name)

    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    with open(0, "rb", buffering=0, closefd=False) as jobs:
        while line := jobs.readline():
            reading, writing = os.pipe()
            if not (child := os.fork()):
                _do(json.loads(line), writing)
            os.close(writing)
            with os.fdopen(reading, "rb") as pipe:
                answer = pipe.read()
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            stopped = json.dumps([f"the judge stopped with status {status}: longer than {SECONDS} s?"]).encode()
            answers.write((answer or stopped) + b"\n")


def _do(job: dict[str, Any], writing: int) -> NoReturn:
    from .judge import judge

    signal.alarm(SECONDS)
    try:
        found = judge(job["names"], job["seed"], job["before"])
    except BaseException as problem:
        found = [f"the judge failed: {type(problem).__name__}: {problem}"]
    os.write(writing, json.dumps(found).encode())
    os._exit(0)


if __name__ == "__main__":
    main()
