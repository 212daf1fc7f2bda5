"""From the wheel, in fresh environments outside any checkout: each extra alone; a project that keeps its client.

    python -m tests.long.installed [--only extras|project]

Needs an index for the dependencies. Prints a line for each thing that was seen; stops at the first that is otherwise.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pascom_facade.simulator import Simulator
from tests.helpers.wheels import build, environment_of

CONSUMER = """
from typing import assert_type

import client_of_18
import client_of_19
from client_of_18.models import CallRecord as CallOf18
from client_of_19.models import CallRecord as CallOf19
from pascom_facade import AsyncPascom, Pascom

old = Pascom("SERVER_18", "voipjack", password="PASSWORD_18", client=client_of_18)
new = Pascom("SERVER_19", "voipjack", password="PASSWORD_19", client=client_of_19)
assert_type(old.services, client_of_18.Api)
assert_type(new, Pascom[client_of_19.Api])
for row in old.services.cdr.list_cdr(limit=5):
    assert_type(row, CallOf18)
    print("18", row.user_name)
for later in new.services.cdr.list_cdr(limit=5):
    assert_type(later, CallOf19)
    print("19", later.srcusername)
assert_type(Pascom.from_env(client=client_of_19).services, client_of_19.Api)
assert_type(AsyncPascom("x", "y", password="z", client=client_of_18).services, client_of_18.AsyncApi)
"""
WRONG = """
import client_of_18
import client_of_19
from pascom_facade import Pascom

pbx = Pascom("x", "voipjack", password="y", client=client_of_19)
for row in pbx.services.cdr.list_cdr():
    print(row.user_name)
services: client_of_18.Api = pbx.services
"""


@dataclass(frozen=True)
class Shell:
    """Commands of one environment, in one folder."""

    programs: Path
    folder: Path

    def __call__(
        self, program: str, *arguments: str, status: int = 0, says: str = "", settings: Mapping[str, str] = {}
    ) -> str:
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
        environment = {**kept, "HOME": str(self.folder), **settings}
        command = [str(self.programs / program), *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=600
        )
        said = done.stdout + done.stderr
        assert done.returncode == status, f"{program} {arguments}: {done.returncode}, not {status}\n{said}"
        assert says in said, f"{program} {arguments} doesn't say {says!r}:\n{said}"
        assert "Traceback" not in said, said
        print(f"ok: {program} {' '.join(arguments)}".rstrip() + (f" says {says!r}" if says else ""), flush=True)
        return said


def extras(place: Path, wheel: Path) -> None:
    """Each extra alone: what it is for works, and what needs another names that."""
    with Simulator(calls=3) as simulator:
        settings = simulator.environment
        shells = {
            name: _shell(place, wheel, name)
            for name in ("", "cli", "simulator", "regenerate", "cli,sync", "cli,charts")
        }
        for shell in shells.values():
            shell("python", "-c", "import pascom_facade; pascom_facade.Pascom; import pascom_client")
            verb = "from pascom_facade import Pascom; print(Pascom.from_env().dial('mpasquay', '*100'))"
            shell("python", "-c", verb, says="dial commited", settings=settings)
        shells[""]("pascom", "doctor", status=1, says="needs the extra 'cli'")
        shells["simulator"]("pascom", "services", "-o", "table", status=1, says="needs the extra 'cli'")
        shells["simulator"]("python", "-m", "pascom_facade.simulator", "--help")
        for name in ("", "cli", "regenerate"):
            shells[name]("python", "-m", "pascom_facade.simulator", status=1, says="needs the extra 'simulator'")
        cli = shells["cli"]
        cli("pascom", "doctor", "-o", "table", says="fits", settings=settings)
        cli("pascom", "services", "--live", says="list_cdr", settings=settings)
        cli("pascom", "services", "-o", "table", says="35 services", settings=settings)
        cli("pascom", "regenerate", status=2, says="needs the extra 'regenerate'", settings=settings)
        chart = "pascom", "cdr", "--since", "9w", "--summary", "--to", "week.svg"
        cli(*chart, status=2, says="needs the extra 'charts'", settings=settings)
        shells["cli,charts"](*chart, settings=settings)
        cli("pascom", "sync", status=2, says="needs the extra 'sync'", settings=settings)
        shells["cli,sync"]("pascom", "sync", says=f"{3 + len(shells)} new", settings=settings)
        regenerate = shells["regenerate"]
        regenerate("pascom", "regenerate", says="pascom_client/ was made", settings=settings)
        regenerate("pascom", "regenerate", "check", says="follows from its document", settings=settings)


def project(place: Path, wheel: Path) -> None:
    """A client of 18, brought to 19 and back; two clients in one process, each typed."""
    programs = environment_of(place / "project", wheel, "cli", "regenerate", more=("mypy", "basedpyright"))
    folder = place / "acme"
    folder.mkdir()
    (folder / "pyproject.toml").write_text('[project]\nname = "acme"\nversion = "1"\n')
    shell = Shell(programs, folder)
    with instance(18) as old, instance(19) as new:
        shell("pascom", "regenerate", says="pascom_client/ was made", settings=old.environment)
        as_of_18 = contents(folder / "pascom_client")
        shell("pascom", "regenerate", says="nothing was replaced", settings=old.environment)
        shell("pascom", "regenerate", "check", "--full", says="follows from its document")
        chosen = {"PASCOM_CLIENT": "pascom_client"}
        misfit = "40 breaking"
        shell("pascom", "doctor", "--fail-on", "breaking", status=6, says=misfit, settings=new.environment | chosen)
        shell("pascom", "regenerate", says=misfit, settings=new.environment)
        shell("pascom", "regenerate", "changes", "--fail-on", "breaking", status=1, says=misfit)
        shell("pascom", "doctor", "--fail-on", "breaking", settings=new.environment | chosen)
        as_of_19 = contents(folder / "pascom_client")
        shell("pascom", "regenerate", "rollback", says="Back to version 18, byte for byte")
        assert contents(folder / "pascom_client") == as_of_18
        shell("pascom", "regenerate", "rollback", says="Back to version 19, byte for byte")
        assert contents(folder / "pascom_client") == as_of_19
        shell("pascom", "regenerate", "--into", "client_of_18", settings=old.environment)
        shell("pascom", "regenerate", "--into", "client_of_19", settings=new.environment)
        text = CONSUMER
        for version, simulator in (("18", old), ("19", new)):
            text = text.replace(f"SERVER_{version}", simulator.server)
            text = text.replace(f"PASSWORD_{version}", simulator.password)
        (folder / "consumer.py").write_text(text)
        (folder / "wrong.py").write_text(WRONG)
        said = shell("python", "consumer.py", settings=old.environment)
        assert {line.split()[0] for line in said.splitlines()} == {"18", "19"}
        pyright = ("basedpyright", "--pythonpath", str(programs / "python"), "--level", "error")
        shell("mypy", "--strict", "consumer.py", "client_of_18", "client_of_19", says="Success")
        shell(*pyright, "consumer.py", says="0 errors")
        shell("mypy", "--strict", "wrong.py", status=1, says='"CallRecord" has no attribute "user_name"')
        shell(*pyright, "wrong.py", status=1, says="2 errors")


def _shell(place: Path, wheel: Path, extra: str) -> Shell:
    programs = environment_of(place / f"only-{extra or 'core'}", wheel, *([extra] if extra else []))
    folder = place / f"in-{extra or 'core'}"
    folder.mkdir()
    return Shell(programs, folder)


@contextmanager
def instance(profile: Literal[18, 19]) -> Iterator[Simulator]:
    with Simulator(calls=5, profile=profile) as simulator:
        yield simulator


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("extras", "project"))
    only = parser.parse_args().only
    with tempfile.TemporaryDirectory(prefix="installed-") as name:
        place = Path(name)
        (wheel,) = build(place / "dist", "--wheel")
        for part in (extras, project):
            if only in (None, part.__name__):
                part(place, wheel)
    print(f"all as it should be, on Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
