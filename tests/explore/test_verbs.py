"""The short commands and verbs that `show` offers first do what they say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pascom_facade._index import built_in
from pascom_facade.explore.usage import ways_to_call
from pascom_facade.explore.verbs import SHORT
from pascom_facade.simulator import Simulator


@pytest.mark.parametrize("operation", SHORT)
def test_the_short_ways_run(operation: str, tmp_path: Path) -> None:
    (tmp_path / "contacts.csv").write_text("displayname,phone\nKanzlei Ozan,+49991296911\n", "utf-8")
    ways = ways_to_call(built_in(), built_in().operations[operation], {})
    with Simulator(calls=20) as simulator:
        environment = {
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "HOME": str(tmp_path),
            **simulator.environment,
        }
        for command in (
            ["sh", "-c", ways["command"]],
            [sys.executable, "-c", f"from pascom_facade import Pascom\n{ways['verb']}"],
        ):
            done = subprocess.run(
                command, cwd=tmp_path, env=environment, capture_output=True, stdin=subprocess.DEVNULL, check=False
            )
            assert done.returncode == 0, done.stderr.decode()
        path = built_in().operations[operation]["path"].partition("{")[0].strip("/")
        assert any(path in request.path for request in simulator.requests)
