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
from contextlib import ExitStack, nullcontext
from functools import partial
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

SECONDS = 90
PRELOADED = ("httpx", "msgspec", "dateutil.parser", "jsonpath", "yaml", "starlette.routing", "uvicorn", "quickjs")
"""What takes long to import, and every judgement needs."""
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
    for name in (*PRELOADED, f"{__package__}.judge"):
        import_module(name)
    build: Any = import_module("scripts.build")
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    with ExitStack() as stack, open(0, "rb", buffering=0, closefd=False) as jobs:
        started = build.Worker
        generator = stack.enter_context(started())
        while line := jobs.readline():
            # One process that generates for all: loading its libraries takes longer than all the rest of a judgement.
            build.Worker = partial(nullcontext, generator)
            answer, status = _forked(json.loads(line))
            if status:
                generator = stack.enter_context(started())  # the other may be amid a client
                answer = json.dumps([f"the judge stopped with status {status}: longer than {SECONDS} s?"]).encode()
            answers.write(answer + b"\n")


def _forked(job: dict[str, Any]) -> tuple[bytes, int]:
    reading, writing = os.pipe()
    if not (child := os.fork()):
        _do(job, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    return answer, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


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
