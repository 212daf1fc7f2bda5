"""Inside the worker's process: each job in a fork, so that none can leave anything behind, hang or fill the memory.

    python -m scripts.worker.jobs < JOBS

A job is two lines: its name, and its arguments as JSON. Its answer is one: `[true, RESULT]` or `[false, REASON]`. With
`--once`, where there is no fork, the process itself does one job; a line before says that it is ready for it.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections.abc import Callable
from typing import NoReturn

from ..generate import generator
from ..verify import gate
from .worker import LIMITS, ONCE

try:
    import resource
except ImportError:  # Windows: the worker watches the clock
    resource = None  # type: ignore[assignment]

JOBS: dict[str, Callable[..., object]] = {"generate": generator.main, "check": gate.main}
MEMORY = 4 << 30


def main() -> None:
    answers = os.dup(1)
    os.dup2(2, 1)  # whatever is printed is no answer
    with open(0, "rb", buffering=0, closefd=False) as orders:
        if ONCE in sys.argv[1:]:
            _answer(answers, True, "ready")
            if name := orders.readline().decode().strip():
                _do(name, answers)
            return
        while name := orders.readline().decode().strip():
            _in_a_fork(name, answers)


def _in_a_fork(name: str, answers: int) -> None:
    if not (child := os.fork()):
        _do(name, answers)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status:
        seconds, failure = LIMITS[name]
        reason = f"it stopped with status {status}"
        if status == -signal.SIGXCPU:
            reason = f"it takes longer than {seconds} s"
        _answer(answers, False, f"{failure}: {reason}")


def _do(name: str, answers: int) -> NoReturn:
    seconds, failure = LIMITS[name]
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    gc.set_threshold(100_000, 50, 100)  # a short life: collecting often costs a fifth of the time
    try:
        with open(0, "rb", closefd=False) as orders:
            arguments = json.loads(orders.readline())
        _answer(answers, True, JOBS[name](*arguments))
    except BaseException as problem:  # whatever generator or generated code raise
        reason = " ".join(str(problem).split())[:500]
        if not isinstance(problem, SystemExit):
            reason = f"{type(problem).__name__}: {reason}"
        _answer(answers, False, f"{failure}: {reason}")
    os._exit(0)


def _answer(answers: int, done: bool, result: object) -> None:
    with open(answers, "wb", closefd=False) as out:
        out.write(json.dumps([done, result]).encode() + b"\n")


if __name__ == "__main__":
    main()
