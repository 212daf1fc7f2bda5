"""A process that makes and checks clients, each in a fork of its own (`jobs.py`), for as long as it is needed.

It loads its libraries while the document is still being repaired: for a small document that takes longer than
making the client.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

from ..errors import StepFailed, error_from


class Worker:
    """`with Worker() as worker: worker.does("generate", …)`."""

    def __enter__(self) -> Worker:
        root = Path(__file__).resolve().parents[__package__.count(".") + 1]
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"{__package__}.jobs"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"},
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def does(self, job: str, *arguments: Any) -> Any:
        """What the job returns. Raises DocumentUnusable with its reason if it fails, takes too long or too much."""
        order = f"{job}\n{json.dumps(arguments, sort_keys=True)}\n".encode()
        assert self._process.stdin and self._process.stdout
        try:
            self._process.stdin.write(order)
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except BrokenPipeError:
            answer = b""
        if not answer:
            raise StepFailed("the generator doesn't start: is the extra 'regenerate' of pascom-facade installed?")
        done, result = json.loads(answer)
        if not done:
            raise error_from(result)
        return result
