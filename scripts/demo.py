"""The whole path, once, on a simulated instance: `nox -s demo`.

Nothing of this checkout is touched: the client is regenerated in a temporary copy and used from there.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
USE_IT = """
from pascom_facade import Pascom
with Pascom.from_env() as pbx:
    print(pbx.dial("mpasquay", "*100"))
    print()
    for call in pbx.cdr(limit=8):
        when = f"{call.started.astimezone():%d.%m. %H:%M}" if call.started else "-"
        print(f"  {when}  {call.direction or '-':<9} {call.number or '-':<16} {call.name or '':<24.24} "
              f"{call.user or '':<12.12} {call.duration or 0:>4} s  {call.result or '-'}")
"""


def main() -> int:
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pascom-demo-") as folder, simulated_instance() as instance:
        work = Path(folder)
        say(f"1. A simulated pascom instance answers at {instance['services']}")
        say(f"   Its interactive REST documentation is {instance['apidoc']}")
        environment = os.environ | {
            "PASCOM_SERVER": instance["server"],
            "PASCOM_INSTANCE": instance["instance"],
            "PASCOM_USER": instance["user"],
            "PASCOM_PASSWORD": instance["password"],
            "PYTHONPATH": os.pathsep.join([str(work / "generated"), str(ROOT)]),
        }
        # Without the document and the client we have: what is used below is made below.
        known = shutil.ignore_patterns("pascom.json", "PROVENANCE.json", "CHANGES.md", "previous")
        shutil.copytree(ROOT / "openapi", work / "openapi", ignore=known)

        def python(*arguments: str) -> str:
            done = subprocess.run(
                [sys.executable, *arguments],
                cwd=work,
                env=environment,
                encoding="utf-8",
                capture_output=True,
                check=False,
            )
            if done.returncode:
                raise SystemExit(f"the demo stops here (exit status {done.returncode}):\n{done.stderr}{done.stdout}")
            return done.stdout.rstrip()

        regenerate = ("-m", "scripts.regenerate")
        say("2. Which OpenAPI document is behind that page?   (regenerate locate)")
        say(indented(python(*regenerate, "locate", instance["apidoc"])))
        say("3. Make the low-level client from it             (regenerate update SERVER INSTANCE)")
        say(indented(python(*regenerate, "update", instance["server"], instance["instance"])))
        say('4. Ring a phone, then list the newest calls:     pbx.dial("mpasquay", "*100"); pbx.cdr()')
        say(indented(python("-c", USE_IT)))
        say(f"\nDone in {time.monotonic() - started:.0f} s. Now with your own instance: see README.md, or type")
        say("   .venv/bin/pip install -e '.[cli,regenerate]' && .venv/bin/pascom doctor")
    return 0


@contextmanager
def simulated_instance() -> Iterator[dict[str, str]]:
    """The simulator as anybody starts it, in a process of its own."""
    command = [sys.executable, "-m", "pascom_facade.simulator", "--json"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as simulator:
        assert simulator.stdout is not None
        try:
            yield json.loads(simulator.stdout.readline())
        finally:
            simulator.terminate()


def indented(text: str) -> str:
    return "\n".join(f"   {line}" if line else "" for line in text.splitlines())


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
