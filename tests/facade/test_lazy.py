"""A fork beside a thread that is amid its first import of a part of the facade: the child doesn't wait for its lock."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.scripted_server import OK, serving

PROGRAM = """
import importlib.abc, os, sys, threading, time
from pascom_facade import Pascom

begun = threading.Event()

class Slow(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.startswith(("pascom_facade.", "pascom_client.")) and threading.current_thread() is worker:
            begun.set()
            time.sleep(0.05)

def use():
    try:
        eval(sys.argv[2])
    except Exception:
        pass  # what is answered doesn't matter here

pbx = Pascom(sys.argv[1], "v", password="x", retries=0, timeout=5)
worker = threading.Thread(target=use, daemon=True)
sys.meta_path.insert(0, Slow())
worker.start()
assert begun.wait(10)
child = os.fork()
if child == 0:
    use()
    os._exit(7)
deadline = time.monotonic() + 20
while time.monotonic() < deadline:
    found, status = os.waitpid(child, os.WNOHANG)
    if found:
        sys.exit(0 if os.waitstatus_to_exitcode(status) == 7 else 1)
    time.sleep(0.02)
os.kill(child, 9)
sys.exit("the child hangs")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.parametrize(
    "use",
    [
        "pbx.devices()",
        "list(pbx.cdr())",
        "pbx.push('p', [{'a': 1}])",
        "next(iter(pbx.watch_states('a')))",
        "repr(pbx.services)",
        "pbx.services.device.get_device('x')",
    ],
)
def test_a_fork_amid_an_import(use: str) -> None:
    with serving(*[OK] * 6) as server:
        command = [sys.executable, "-c", PROGRAM, server.origin, use]
        root = Path(__file__).parents[2]
        done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 0, done.stderr
